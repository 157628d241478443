//! The mark that a response bears of the error that it was made from.

#[cfg(feature = "tower")]
use std::borrow::Cow;

use crate::spec::ErrorSpec;

/// In the extensions of a response that was made from an [`ApiError`](crate::ApiError): what was declared of the error.
/// Middleware reads from it that this answer needs no envelope any more, and which error it is.
///
/// It is there with the feature `tower`, since it costs each response allocations.
///
/// ```
/// use errorbook::{Answered, ApiError};
///
/// #[derive(ApiError)]
/// #[api(status = 410, message = "This run has expired.")]
/// struct Gone;
///
/// let response = Gone.to_response();
/// # #[cfg(feature = "tower")]
/// assert_eq!(response.extensions().get::<Answered>().unwrap().spec().code(), "gone");
/// ```
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "tower"), allow(dead_code, reason = "only the layer reads more than the spec"))]
pub struct Answered {
    spec: &'static ErrorSpec,
    /// Of which request operators were told that this is its answer.
    recorded: Recorded,
    /// Whether the message is that of whoever holds the error.
    has_words: bool,
}

/// Whether there was an event of an answer.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "tower"), allow(dead_code, reason = "only the layer reads it"))]
pub(crate) enum Recorded {
    /// None: it was only rendered.
    Nobody,
    /// One, for the request with this number; `None`: outside any.
    Of(Option<u64>),
}

impl Answered {
    pub(super) const fn by(spec: &'static ErrorSpec, recorded: Recorded, has_words: bool) -> Self {
        Self { spec, recorded, has_words }
    }

    /// The message, if it is the same for every value.
    #[cfg(feature = "tower")]
    pub(crate) fn constant_message(&self) -> Option<&'static str> {
        if self.has_words { None } else { self.spec.constant_message() }
    }

    /// Whether operators are still to be told that this is the answer to the request with this number. True once: they
    /// are told then.
    #[cfg(feature = "tower")]
    pub(crate) fn is_due(&mut self, request: Option<u64>) -> bool {
        let is_due = match self.recorded {
            Recorded::Nobody => true,
            // An answer that was kept since, or is shared among several requests.
            Recorded::Of(Some(other)) => request.is_some_and(|request| request != other),
            Recorded::Of(None) => false,
        };
        self.recorded = Recorded::Of(request);
        is_due
    }

    /// What was declared of the error.
    #[must_use]
    pub const fn spec(&self) -> &'static ErrorSpec {
        self.spec
    }
}

/// In the extensions of a response that was made while a request of gRPC was served: the error's message, where it varies.
/// The error is gone by the time that it is told.
#[cfg(feature = "tower")]
#[derive(Debug, Clone)]
pub(crate) struct MessageForGrpc(pub(crate) Cow<'static, str>);
