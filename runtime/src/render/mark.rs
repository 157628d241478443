//! The mark that a response bears of the error that it was made from: what was declared, and what was told to the caller,
//! so that whoever passes the response on can hold it to that.
#![cfg_attr(not(feature = "tower"), allow(dead_code, reason = "only the layer reads more than the spec"))]

#[cfg(feature = "tower")]
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::envelope::Envelope;
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
///
/// Middleware that puts a response of its own in the place of an error's makes it anew, without this mark: `ErrorLayer`
/// sends whatever bears it with the error's status.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "tower"), allow(dead_code, reason = "only the layer reads more than the spec"))]
pub struct Answered {
    spec: &'static ErrorSpec,
    /// Of which request operators were told that this is its answer.
    recorded: Recorded,
    pub(crate) told: Told,
}

/// What the response told when it was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) envelope: &'static Envelope,
    pub(crate) status: StatusCode,
    /// The wait of `Retry-After`, as exact as it is known.
    pub(crate) wait: Option<Duration>,
    /// The request's id, in an envelope that shows anything of the request.
    pub(crate) id: Option<ToldId>,
    /// How many bytes the body has.
    pub(crate) length: usize,
    /// The error stands in for a value, so that what was put over the response was meant for that.
    pub(crate) in_place_of_a_value: bool,
    /// The message is that of whoever holds the error.
    pub(crate) has_words: bool,
    /// There is no body, and headers tell the error as gRPC does.
    pub(crate) by_grpc: bool,
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
    pub(super) const fn new(spec: &'static ErrorSpec, told: Told, recorded: Recorded) -> Self {
        Self { spec, recorded, told }
    }

    /// The mark of the same error, told as gRPC does.
    pub(crate) const fn by_grpc(self) -> Self {
        Self { told: Told { status: StatusCode::OK, by_grpc: true, ..self.told }, ..self }
    }

    /// The mark of the same error, which stands in for a value.
    #[cfg(feature = "axum-extract")]
    pub(crate) const fn in_place_of_a_value(self) -> Self {
        Self { told: Told { in_place_of_a_value: true, ..self.told }, ..self }
    }

    /// The message, if it is the same for every value.
    #[cfg(feature = "tower")]
    pub(crate) fn constant_message(&self) -> Option<&'static str> {
        if self.told.has_words { None } else { self.spec.constant_message() }
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

/// An id that a header can tell too. It is a copy: to share the context's would cost an allocation.
#[derive(Clone, Copy)]
pub(crate) struct ToldId {
    length: u8,
    bytes: [u8; Self::LONGEST],
}

impl ToldId {
    /// As long as an id can be that a request brings.
    pub(crate) const LONGEST: usize = 128;

    /// `None` for one that is longer than that.
    pub(super) fn new(id: &str) -> Option<Self> {
        let mut told = Self { length: u8::try_from(id.len()).ok()?, bytes: [0; Self::LONGEST] };
        told.bytes.get_mut(..id.len())?.copy_from_slice(id.as_bytes());
        Some(told)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl fmt::Debug for ToldId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf8_lossy(self.as_bytes()), formatter)
    }
}

/// In the extensions of a response that was made while a request of gRPC was served: the error's message, where it varies.
/// The error is gone by the time that it is told.
#[cfg(feature = "tower")]
#[derive(Debug, Clone)]
pub(crate) struct MessageForGrpc(pub(crate) Cow<'static, str>);
