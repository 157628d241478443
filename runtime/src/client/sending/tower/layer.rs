//! Reads the error responses of a service that is called. Takes its responses; gives them as they came, with what they say in
//! their extensions.

use std::fmt::{self, Debug};
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body::Body;
use tower::{Layer, Service};

use super::super::put_back::PutBack;
use super::ResponseFuture;
use crate::api_error::Catalogued;
use crate::client::Reader;

/// Reads each response with an error status, 400 and above, as `E` writes its errors, and puts the
/// [`Failure`](crate::client::Failure) into its extensions, for [`RetryPolicy`](super::RetryPolicy) and
/// [`failure_of`](super::failure_of).
///
/// Its body is read up to the reader's limit and put back: whoever reads it finds it as it came, trailers, errors and what
/// is beyond the limit too. A success is not touched, and streams. Of an error that streams itself (`text/event-stream`,
/// gRPC, `multipart/…`) status and headers alone are read, as its body may never end.
pub struct ReadFailuresLayer<E> {
    reader: Arc<Reader<E>>,
}

impl<E> ReadFailuresLayer<E> {
    /// Reads by [`Reader::new`].
    #[must_use]
    pub fn new() -> Self {
        Self::with_reader(Reader::new())
    }

    /// Reads by this reader, which has another envelope or limit.
    #[must_use]
    pub fn with_reader(reader: Reader<E>) -> Self {
        Self { reader: Arc::new(reader) }
    }
}

impl<E> Default for ReadFailuresLayer<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for ReadFailuresLayer<E> {
    fn clone(&self) -> Self {
        Self { reader: Arc::clone(&self.reader) }
    }
}

impl<E> Debug for ReadFailuresLayer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadFailuresLayer").finish_non_exhaustive()
    }
}

impl<S, E> Layer<S> for ReadFailuresLayer<E> {
    type Service = ReadFailures<S, E>;

    fn layer(&self, inner: S) -> Self::Service {
        ReadFailures { inner, reader: Arc::clone(&self.reader) }
    }
}

/// A service whose error responses are read; see [`ReadFailuresLayer`].
pub struct ReadFailures<S, E> {
    inner: S,
    reader: Arc<Reader<E>>,
}

impl<S: Clone, E> Clone for ReadFailures<S, E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), reader: Arc::clone(&self.reader) }
    }
}

impl<S: Debug, E> Debug for ReadFailures<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadFailures").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<S, E, A, B> Service<Request<A>> for ReadFailures<S, E>
where
    S: Service<Request<A>, Response = Response<B>>,
    E: Catalogued + Send + Sync + 'static,
    B: Body + Unpin,
{
    type Response = Response<PutBack<B>>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, B, E>;

    fn poll_ready(&mut self, polling: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(polling)
    }

    fn call(&mut self, request: Request<A>) -> Self::Future {
        ResponseFuture::new(self.inner.call(request), Arc::clone(&self.reader))
    }
}
