//! The service that the layer makes. Takes a request; gives the future of its response, in which the request has its
//! context and the service its answer, whatever becomes of it.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context as Polling, Poll, ready};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower::Service;

use super::error::status_of;
use super::{ResponseBody, ResponseFuture};
use crate::guard::guarded;
use crate::service::{Asked, BoxError, Failure, Settings};

/// The service that [`ErrorLayer`](super::ErrorLayer) makes. It never fails: an error of the inner service is answered.
#[derive(Debug)]
pub struct ErrorService<S> {
    inner: S,
    settings: Arc<Settings>,
    /// Why the inner service was not ready; the next call is answered with it.
    not_ready: Option<Failure>,
}

impl<S: Clone> Clone for ErrorService<S> {
    fn clone(&self) -> Self {
        // The failure is this instance's to answer with.
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
            self.not_ready = match guarded(|| inner.poll_ready(polling)) {
                Ok(ready) => ready!(ready).err().map(|error| Failure::new(error, status_of)),
                Err(panicked) => Some(panicked.into()),
            };
        }
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<A>) -> Self::Future {
        let asked = Asked::new(&self.settings, request.method(), request.version(), request.headers());
        let context = self.settings.context(request.headers_mut()).by_grpc(asked.by_grpc());
        let settings = Arc::clone(&self.settings);
        match self.not_ready.take() {
            None => ResponseFuture::call(&mut self.inner, request, context, settings, asked),
            Some(failure) => {
                let _ = guarded(|| drop(request));
                ResponseFuture::failed(&failure, context, settings, asked)
            }
        }
    }
}
