//! The body of a response behind the layer: the service's own, or an error's.

use std::pin::Pin;
use std::task::{Context as Polling, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

use crate::context::{self, Context};

pin_project! {
    /// The inner service's body, passed on as it comes, or that of an error.
    ///
    /// A body whose length is not known when it starts is a stream: it is read in its request's
    /// [context](crate::context), so that what it renders shows the id.
    #[derive(Debug)]
    #[project = Projected]
    pub enum ErrorBody<B> {
        /// The inner service's.
        #[doc(hidden)]
        Inner { #[pin] body: B },
        /// Likewise, if it makes its frames while it is sent.
        #[doc(hidden)]
        Streamed { #[pin] body: Option<B>, context: Box<Option<Context>> },
        /// An error's, until it is sent.
        #[doc(hidden)]
        Error { bytes: Option<Bytes> },
    }

    impl<B> PinnedDrop for ErrorBody<B> {
        fn drop(this: Pin<&mut Self>) {
            // A stream that is given up half-way ends in its context too.
            if let Projected::Streamed { mut body, context } = this.project() {
                context::within(context, || body.set(None));
            }
        }
    }
}

impl<B: Body> ErrorBody<B> {
    /// The service's own. A stream gets its context later, when that is no longer the ambient one.
    #[inline]
    pub(super) fn inner(body: B) -> Self {
        if body.size_hint().exact().is_some() || body.is_end_stream() {
            Self::Inner { body }
        } else {
            Self::Streamed { body: Some(body), context: Box::new(None) }
        }
    }
}

impl<B> ErrorBody<B> {
    pub(super) fn error(bytes: Bytes) -> Self {
        Self::Error { bytes: Some(bytes).filter(|bytes| !bytes.is_empty()) }
    }

    /// Where the context of its request belongs, if it is a stream.
    pub(super) fn context_mut(&mut self) -> Option<&mut Option<Context>> {
        match self {
            Self::Streamed { context, .. } => Some(context),
            Self::Inner { .. } | Self::Error { .. } => None,
        }
    }
}

impl<B: Body<Data = Bytes>> Body for ErrorBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        polling: &mut Polling<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        match self.project() {
            Projected::Inner { body } => body.poll_frame(polling),
            Projected::Streamed { body, context } => match body.as_pin_mut() {
                Some(body) => context::within(context, || body.poll_frame(polling)),
                None => Poll::Ready(None),
            },
            Projected::Error { bytes } => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Inner { body } => body.is_end_stream(),
            Self::Streamed { body, .. } => body.as_ref().is_none_or(Body::is_end_stream),
            Self::Error { bytes } => bytes.is_none(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Inner { body } => body.size_hint(),
            Self::Streamed { body, .. } => body.as_ref().map_or_else(SizeHint::default, Body::size_hint),
            Self::Error { bytes } => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
        }
    }
}
