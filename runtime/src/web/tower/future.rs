//! The future of a response: each poll of the inner one inside the request's context, panics caught, and what
//! comes out turned into an answer.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Polling, Poll, ready};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{Response, response};
use http_body::Body;
use pin_project_lite::pin_project;
use tower::Service;

use super::ResponseBody;
use super::error::status_of;
use super::read::{self, Text};
use crate::context::{self, Context};
use crate::guard::guarded;
use crate::service::{self, Asked, BoxError, Failure, Settings};

pin_project! {
    /// The response that [`ErrorService`](super::ErrorService) is making.
    pub struct ResponseFuture<F, B> {
        #[pin]
        state: State<F, B>,
        context: Option<Context>,
        settings: Arc<Settings>,
        asked: Asked,
    }

    impl<F, B> PinnedDrop for ResponseFuture<F, B> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            // A request that is given up half-way ends in its context too.
            if this.context.is_some() {
                context::within(this.context, || {
                    let _ = guarded(|| this.state.set(State::Answered { response: None }));
                });
            }
        }
    }
}

pin_project! {
    #[project = Projected]
    enum State<F, B> {
        Calling { #[pin] future: F },
        /// Reads the text of a 4xx that is to be kept.
        Reading { parts: Option<response::Parts>, #[pin] body: B, text: Text },
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
    /// Calls the inner service, in the request's context.
    #[inline]
    pub(super) fn call<S: Service<R, Future = F>, R>(
        service: &mut S,
        request: R,
        context: Context,
        settings: Arc<Settings>,
        asked: Asked,
    ) -> Self {
        // Made before the inner future, which is large, so that this moves once only: to where it stays.
        let mut started =
            Self { state: State::Answered { response: None }, context: Some(context), settings, asked };
        let Self { state, context, settings, .. } = &mut started;
        let entered = context::enter(context);
        let called = guarded(|| *state = State::Calling { future: service.call(request) });
        if let Err(panicked) = called {
            *state = State::answered(service::to_failure(&panicked.into(), settings, asked));
        }
        drop(entered);
        started
    }

    /// Answers for an inner service that was not ready.
    pub(super) fn failed(failure: &Failure, context: Context, settings: Arc<Settings>, asked: Asked) -> Self {
        let mut context = Some(context);
        let response = context::within(&mut context, || service::to_failure(failure, &settings, asked));
        Self { state: State::answered(response), context, settings, asked }
    }
}

impl<F, B> State<F, B> {
    fn answered(response: Response<Bytes>) -> Self {
        Self::Answered { response: Some(response) }
    }
}

impl<F, B, E> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<Response<B>, E>>,
    E: Into<BoxError>,
    B: Body<Data = Bytes>,
{
    type Output = Result<Response<ResponseBody<B>>, Infallible>;

    fn poll(self: Pin<&mut Self>, polling: &mut Polling<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let mut answer = Poll::Pending;
        let entered = context::enter(this.context);
        let polled = guarded(|| {
            answer = poll_response(this.state.as_mut(), this.settings, *this.asked, polling);
        });
        if let Err(panicked) = polled {
            let response = service::to_failure(&panicked.into(), this.settings, *this.asked);
            answer = Poll::Ready(Ok(response.map(ResponseBody::error)));
        }
        if answer.is_ready() {
            // What the service drops now it drops in its context. Should that panic, there is an answer all the same.
            let _ = guarded(|| this.state.set(State::Answered { response: None }));
        }
        drop(entered);
        if let Poll::Ready(Ok(response)) = &mut answer {
            hand_over(this.context.take(), response, this.settings);
        }
        answer
    }
}

#[inline]
fn poll_response<F, B, E>(
    mut state: Pin<&mut State<F, B>>,
    settings: &Settings,
    asked: Asked,
    polling: &mut Polling<'_>,
) -> Poll<Result<Response<ResponseBody<B>>, Infallible>>
where
    F: Future<Output = Result<Response<B>, E>>,
    E: Into<BoxError>,
    B: Body<Data = Bytes>,
{
    loop {
        let response = match state.as_mut().project() {
            Projected::Calling { future } => match ready!(future.poll(polling)).map(record_untold) {
                Ok(response) if service::is_due_by_grpc(&response, asked) => {
                    let (parts, body) = response.into_parts();
                    let _ = guarded(|| drop(body));
                    service::by_grpc(parts, settings, asked)
                }
                Ok(mut response) if !service::is_foreign_error(&response) => {
                    if service::mark(response.extensions()).is_some() {
                        let length = response.body().size_hint().exact();
                        service::hold_to_its_word(&mut response, length, settings, asked);
                    }
                    return Poll::Ready(Ok(response.map(ResponseBody::inner)));
                }
                Ok(response) => {
                    let (parts, body) = response.into_parts();
                    let length = guarded(|| body.size_hint().lower()).unwrap_or(u64::MAX);
                    if service::keeps_text(&parts, length, settings) {
                        state.set(State::Reading { parts: Some(parts), body, text: Text::default() });
                        continue;
                    }
                    let replaced = read::replaced(&parts, body);
                    service::in_envelope(parts, None, replaced.as_ref(), settings, asked)
                }
                Err(error) => service::to_failure(&Failure::new(error, status_of), settings, asked),
            },
            Projected::Reading { parts, body, text } => {
                let read = match guarded(|| text.poll(body, settings.kept_text, polling)) {
                    Ok(polled) => Ok(ready!(polled)),
                    Err(panicked) => Err(panicked),
                };
                let (parts, text) = (parts.take(), mem::take(text));
                // Before anything is told: should that panic, that is what is told.
                let dropped = guarded(|| state.set(State::Answered { response: None }));
                // There are parts until the response is made of them.
                let Some(parts) = parts else { return Poll::Pending };
                let (text, replaced) = text.end(read.and_then(|is_whole| dropped.map(|()| is_whole)));
                let is_stripped = asked.by_head && text.is_none();
                let mut response = service::in_envelope(parts, text, replaced.as_ref(), settings, asked);
                if is_stripped {
                    // The text that a GET would have is not known (RFC 9110 section 8.6).
                    response.headers_mut().remove(CONTENT_LENGTH);
                }
                response
            }
            Projected::Answered { response } => match response.take() {
                Some(response) => response,
                None => return Poll::Pending,
            },
        };
        return Poll::Ready(Ok(response.map(ResponseBody::error)));
    }
}

/// A response that made an error without telling of it is told of here.
#[inline]
fn record_untold<B>(mut response: Response<B>) -> Response<B> {
    service::record_untold(&mut response);
    response
}

/// Puts the id into the response's header, in place of any other, and leaves the context to a body that streams.
fn hand_over<B>(context: Option<Context>, response: &mut Response<ResponseBody<B>>, settings: &Settings) {
    let id = match response.body_mut().context_mut() {
        None => context.and_then(Context::into_request_id_value),
        Some(place) => {
            *place = context;
            place.as_ref().and_then(Context::request_id_value).cloned()
        }
    };
    if let Some(id) = id {
        service::tell(response, &settings.request_id_header, id);
    }
}
