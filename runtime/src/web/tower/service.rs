//! The service that the layer makes. Takes a request; gives the future of its response, in which the request has its
//! context and the service its answer, whatever becomes of it.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context as Polling, Poll, ready};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower::Service;

use super::{ResponseBody, ResponseFuture};
use crate::service::{Asked, BoxError, Panicked, Settings};

/// The service that [`ErrorLayer`](super::ErrorLayer) makes. It never fails: an error of the inner service is answered.
#[derive(Debug)]
pub struct ErrorService<S> {
    inner: S,
    settings: Arc<Settings>,
    /// Why the inner service was not ready; the next call is answered with it.
    not_ready: Option<BoxError>,
}

impl<S: Clone> Clone for ErrorService<S> {
    fn clone(&self) -> Self {
        // The error is this instance's to answer with.
        Self { inner: self.inner.clone(), settings: Arc::clone(&self.settings), not_ready: None }
    }
}

impl<S> ErrorService<S> {
    pub(super) fn new(inner: S, settings: Arc<Settings>) -> Self {
        Self { inner, settings, not_ready: None }
    }
}

impl<S, A, B> Service<Request<A>> for ErrorService<S>
where
    S: Service<Request<A>, Response = Response<B>>,
    S::Error: Into<BoxError>,
    B: Body<Data = Bytes>,
{
    type Response = Response<ResponseBody<B>>;
    type Error = Infallible;
    type Future = ResponseFuture<S::Future, B>;

    fn poll_ready(&mut self, polling: &mut Polling<'_>) -> Poll<Result<(), Infallible>> {
        if self.not_ready.is_none() {
            let inner = &mut self.inner;
            self.not_ready = match catch_unwind(AssertUnwindSafe(|| inner.poll_ready(polling))) {
                Ok(ready) => ready!(ready).err().map(Into::into),
                Err(panic) => Some(Panicked::new(&*panic).into()),
            };
        }
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<A>) -> Self::Future {
        let asked = Asked::new(request.method(), request.headers());
        let context = self.settings.context(request.headers_mut());
        let settings = Arc::clone(&self.settings);
        match self.not_ready.take() {
            None => ResponseFuture::call(&mut self.inner, request, context, settings, asked),
            Some(error) => ResponseFuture::failed(&*error, context, settings, asked),
        }
    }
}
