//! The body of a response behind the layer. Takes the service's own body, or an error's bytes; gives the frames of
//! either, those of a stream in its request's context.

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
    ///
    /// ```
    /// use bytes::Bytes;
    /// use errorbook::tower::ResponseBody;
    /// use http_body::Body;
    ///
    /// // Any service that answers with a body of `B` answers behind the layer with a `ResponseBody<B>`.
    /// fn length<B: Body<Data = Bytes>>(response: &http::Response<ResponseBody<B>>) -> Option<u64> {
    ///     response.body().size_hint().exact()
    /// }
    /// ```
    #[derive(Debug)]
    pub struct ResponseBody<B> {
        #[pin]
        state: State<B>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = Projected]
    enum State<B> {
        /// The inner service's.
        Inner { #[pin] body: B },
        /// The inner service's, if it makes its frames while it is sent.
        Streamed { #[pin] body: Option<B>, context: Option<Context> },
        /// An error's, until it is sent.
        Error { bytes: Option<Bytes> },
    }

    impl<B> PinnedDrop for State<B> {
        fn drop(this: Pin<&mut Self>) {
            // A stream that is given up half-way ends in its context too.
            if let Projected::Streamed { mut body, context } = this.project() {
                context::within(context, || body.set(None));
            }
        }
    }
}

impl<B: Body> ResponseBody<B> {
    /// The service's own. A stream gets its context later, when that is no longer the ambient one.
    #[inline]
    pub(super) fn inner(body: B) -> Self {
        let state = if body.size_hint().exact().is_some() || body.is_end_stream() {
            State::Inner { body }
        } else {
            State::Streamed { body: Some(body), context: None }
        };
        Self { state }
    }
}

impl<B> ResponseBody<B> {
    pub(super) fn error(bytes: Bytes) -> Self {
        Self { state: State::Error { bytes: Some(bytes).filter(|bytes| !bytes.is_empty()) } }
    }

    /// Where the context of its request belongs, if it is a stream.
    pub(super) fn context_mut(&mut self) -> Option<&mut Option<Context>> {
        match &mut self.state {
            State::Streamed { context, .. } => Some(context),
            State::Inner { .. } | State::Error { .. } => None,
        }
    }
}

/// The inner body's default, as it would stand without the layer.
impl<B: Default> Default for ResponseBody<B> {
    fn default() -> Self {
        Self { state: State::Inner { body: B::default() } }
    }
}

impl<B: Body<Data = Bytes>> Body for ResponseBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        polling: &mut Polling<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        match self.project().state.project() {
            Projected::Inner { body } => body.poll_frame(polling),
            Projected::Streamed { body, context } => match body.as_pin_mut() {
                Some(body) => context::within(context, || body.poll_frame(polling)),
                None => Poll::Ready(None),
            },
            Projected::Error { bytes } => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.state {
            State::Inner { body } => body.is_end_stream(),
            State::Streamed { body, .. } => body.as_ref().is_none_or(Body::is_end_stream),
            State::Error { bytes } => bytes.is_none(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.state {
            State::Inner { body } => body.size_hint(),
            State::Streamed { body, .. } => body.as_ref().map_or_else(SizeHint::default, Body::size_hint),
            State::Error { bytes } => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
        }
    }
}
