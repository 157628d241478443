//! The future of a response: each poll of the inner one inside the request's context, panics caught, and what
//! comes out turned into an answer.

use std::any::Any;
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Polling, Poll, ready};

use bytes::Bytes;
use http::{HeaderValue, Response, response};
use http_body::Body;
use pin_project_lite::pin_project;
use tower::BoxError;

use super::{Asked, ErrorBody, Settings, answer};
use crate::context::{self, Context};

pin_project! {
    /// The response that [`ErrorService`](super::ErrorService) is making.
    pub struct ResponseFuture<F, B> {
        #[pin]
        state: State<F, B>,
        context: Option<Context>,
        settings: Arc<Settings>,
        asked: Asked,
    }
}

pin_project! {
    #[project = Projected]
    enum State<F, B> {
        Calling { #[pin] future: F },
        /// Reads the text of a 4xx that is to be kept.
        Reading { parts: Option<response::Parts>, #[pin] body: B, text: Vec<u8> },
        /// Answered before it began.
        Answered { response: Option<Response<Bytes>> },
    }
}

impl<F, B> fmt::Debug for ResponseFuture<F, B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

impl<F, B> ResponseFuture<F, B> {
    pub(super) fn calling(
        future: F,
        context: Option<Context>,
        settings: Arc<Settings>,
        asked: Asked,
    ) -> Self {
        Self { state: State::Calling { future }, context, settings, asked }
    }

    pub(super) fn failed(
        error: &BoxError,
        context: Option<Context>,
        settings: Arc<Settings>,
        asked: Asked,
    ) -> Self {
        Self::answered(context, settings, asked, |settings| answer::to_failure(error, settings, asked))
    }

    pub(super) fn panicked(
        panic: &(dyn Any + Send),
        context: Option<Context>,
        settings: Arc<Settings>,
        asked: Asked,
    ) -> Self {
        Self::answered(context, settings, asked, |settings| answer::to_panic(panic, settings, asked))
    }

    fn answered(
        mut context: Option<Context>,
        settings: Arc<Settings>,
        asked: Asked,
        answer: impl FnOnce(&Settings) -> Response<Bytes>,
    ) -> Self {
        let response = context::within(&mut context, || answer(&settings));
        Self { state: State::Answered { response: Some(response) }, context, settings, asked }
    }
}

impl<F, B, E> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<Response<B>, E>>,
    E: Into<BoxError>,
    B: Body<Data = Bytes>,
{
    type Output = Result<Response<ErrorBody<B>>, Infallible>;

    fn poll(self: Pin<&mut Self>, polling: &mut Polling<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let poll = || poll_response(this.state, this.settings, *this.asked, polling);
        let mut response = ready!(context::within(this.context, poll));
        push_request_id(&mut response, this.context.take(), this.settings);
        Poll::Ready(Ok(response))
    }
}

fn poll_response<F, B, E>(
    mut state: Pin<&mut State<F, B>>,
    settings: &Settings,
    asked: Asked,
    polling: &mut Polling<'_>,
) -> Poll<Response<ErrorBody<B>>>
where
    F: Future<Output = Result<Response<B>, E>>,
    E: Into<BoxError>,
    B: Body<Data = Bytes>,
{
    loop {
        let response = match state.as_mut().project() {
            Projected::Calling { future } => match catch_unwind(AssertUnwindSafe(|| future.poll(polling))) {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(Ok(response))) if answer::is_to_be_told_by_grpc(&response, asked) => {
                    answer::by_grpc(response.into_parts().0)
                }
                Ok(Poll::Ready(Ok(response))) if !answer::is_foreign_error(&response) => {
                    return Poll::Ready(response.map(|body| ErrorBody::Inner { body }));
                }
                Ok(Poll::Ready(Ok(response))) => {
                    let (parts, body) = response.into_parts();
                    if answer::keeps_text(&parts, settings) {
                        state.set(State::Reading { parts: Some(parts), body, text: Vec::new() });
                        continue;
                    }
                    answer::in_envelope(parts, None, settings, asked)
                }
                Ok(Poll::Ready(Err(error))) => answer::to_failure(&error.into(), settings, asked),
                Err(panic) => answer::to_panic(&*panic, settings, asked),
            },
            Projected::Reading { parts, body, text } => {
                // A body that panics has no text.
                let poll = || poll_text(body, text, settings.kept_text, polling);
                let text = ready!(catch_unwind(AssertUnwindSafe(poll)).unwrap_or(Poll::Ready(None)));
                // There are parts until the response is made of them.
                let Some(parts) = parts.take() else { return Poll::Pending };
                answer::in_envelope(parts, text, settings, asked)
            }
            Projected::Answered { response } => match response.take() {
                Some(response) => response,
                None => return Poll::Pending,
            },
        };
        return Poll::Ready(response.map(ErrorBody::error));
    }
}

/// The whole text, if it is no longer than `limit` bytes and is UTF-8.
fn poll_text<B: Body<Data = Bytes>>(
    mut body: Pin<&mut B>,
    text: &mut Vec<u8>,
    limit: usize,
    polling: &mut Polling<'_>,
) -> Poll<Option<String>> {
    while let Some(frame) = ready!(body.as_mut().poll_frame(polling)) {
        let Ok(frame) = frame else { return Poll::Ready(None) };
        if let Some(data) = frame.data_ref() {
            if text.len() + data.len() > limit {
                return Poll::Ready(None);
            }
            text.extend_from_slice(data);
        }
    }
    let text = String::from_utf8(std::mem::take(text)).ok().filter(|text| !text.trim().is_empty());
    Poll::Ready(text)
}

/// The id in the response's header, unless a service further in has put one there.
fn push_request_id<B>(response: &mut Response<B>, context: Option<Context>, settings: &Settings) {
    let Some(id) = context.and_then(Context::into_request_id) else { return };
    let id = match id {
        Cow::Borrowed(id) => Bytes::from_static(id.as_bytes()),
        Cow::Owned(id) => Bytes::from(id),
    };
    if let Ok(value) = HeaderValue::from_maybe_shared(id) {
        response.headers_mut().entry(&settings.request_id_header).or_insert(value);
    }
}
