//! The answer of a service whose error responses are read: the response first, then perhaps its body.

use std::fmt::{self, Debug};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::Response;
use http::response::Parts;
use http_body::Body;
use pin_project_lite::pin_project;

use super::super::is_error;
use super::super::put_back::{PutBack, ReadStart};
use crate::api_error::Catalogued;
use crate::client::Reader;

pin_project! {
    /// The future of [`ReadFailures`](super::ReadFailures).
    pub struct ResponseFuture<F, B: Body, E> {
        #[pin]
        called: F,
        reading: Option<Reading<B>>,
        reader: Arc<Reader<E>>,
    }
}

/// An error response whose body is being read.
struct Reading<B: Body> {
    head: Box<Parts>,
    start: ReadStart<B>,
}

impl<F, B: Body, E> ResponseFuture<F, B, E> {
    pub(super) fn new(called: F, reader: Arc<Reader<E>>) -> Self {
        Self { called, reading: None, reader }
    }
}

impl<F, B: Body, E> Debug for ResponseFuture<F, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

impl<F, B, E, X> Future for ResponseFuture<F, B, E>
where
    F: Future<Output = Result<Response<B>, X>>,
    B: Body + Unpin,
    E: Catalogued + Send + Sync + 'static,
{
    type Output = Result<Response<PutBack<B>>, X>;

    fn poll(self: Pin<&mut Self>, polling: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if this.reading.is_none() {
            let response = match ready!(this.called.poll(polling)) {
                Ok(response) => response,
                Err(error) => return Poll::Ready(Err(error)),
            };
            if !is_error(response.status()) {
                return Poll::Ready(Ok(response.map(PutBack::unread)));
            }
            let (head, body) = response.into_parts();
            let start = ReadStart::of(&head.headers, body, this.reader.max_bytes());
            *this.reading = Some(Reading { head: Box::new(head), start });
        }
        let Some(reading) = this.reading else { return Poll::Pending };
        let (start, body) = ready!(Pin::new(&mut reading.start).poll(polling));
        let Some(Reading { head, .. }) = this.reading.take() else { return Poll::Pending };
        let failure = this.reader.read_parts(head.status, &head.headers, start);
        let mut response = Response::from_parts(*head, body);
        response.extensions_mut().insert(Arc::new(failure));
        Poll::Ready(Ok(response))
    }
}
