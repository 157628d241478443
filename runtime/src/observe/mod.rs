//! What operators learn of an error, while it still is one. Takes the error and how it ended; gives an event with the
//! feature `tracing`, a count with `metrics`, a line for the tests' coverage with `coverage`, nothing without any. A body
//! that is only rendered is no answer.
//! Whatever happens while they are told, it changes no answer.

#![allow(missing_docs, reason = "only expansions name what is here")]

#[cfg(feature = "client-tokio")]
mod attempt;
mod logged;
#[cfg(feature = "metrics")]
mod metrics;
#[cfg(feature = "tracing")]
mod outside;
#[cfg(feature = "tracing")]
mod tracing;

use std::fmt::Display;

use http::StatusCode;

#[cfg(feature = "client-tokio")]
pub(crate) use attempt::{Failed, attempt_failed, attempt_succeeded};
#[cfg(feature = "tower")]
pub(crate) use logged::Said;
pub use logged::{Logged, LoggedByDisplay, LoggedByNothing, Probe};
#[cfg(feature = "tracing")]
pub(crate) use outside::value_is_lost;
#[cfg(all(feature = "tower", feature = "tracing"))]
pub(crate) use outside::was_answered_outside;

use crate::api_error::ApiError;
#[cfg(any(feature = "metrics", feature = "tracing"))]
use crate::guard::guarded;
use crate::render::Overrides;
use crate::spec::ErrorSpec;

/// Why there is an error's response, where the error does not know it itself.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tower"), allow(dead_code, reason = "only the layer answers for others"))]
pub(crate) enum Because<'a> {
    /// What this said: the service's error, or a body in whose place the envelope stands.
    #[cfg(feature = "tower")]
    Said(&'a Said),
    /// The service panicked. That is never kept quiet, whatever answers for it.
    Panic(&'a dyn Display),
}

#[cfg(any(feature = "tower", feature = "tracing"))]
impl<'a> Because<'a> {
    pub(crate) fn logged(self) -> Logged<'a> {
        match self {
            #[cfg(feature = "tower")]
            Self::Said(said) => Logged::said(said),
            Self::Panic(panic) => Logged::display(panic),
        }
    }
}

/// What is told of an error: how it ended.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "a count tells less than an event"))]
pub(crate) struct Record<'a> {
    /// `None`: it answered no request.
    pub(crate) status: Option<StatusCode>,
    /// What was set by hand; the rest is told as the context has it.
    pub(crate) overrides: &'a Overrides<'a>,
    /// Told in place of what the error itself says.
    pub(crate) because: Option<Because<'a>>,
}

/// Tells operators of an error: one event, one count. There is no `error` where only its response is left.
pub(crate) fn record(error: Option<&dyn ApiError>, spec: &'static ErrorSpec, record: Record<'_>) {
    // Subscribers and recorders are the service's own code, and so is what an error says of itself.
    #[cfg(feature = "tracing")]
    let _ = guarded(|| tracing::record(error, spec, record));
    #[cfg(feature = "metrics")]
    let _ = guarded(|| metrics::count(spec, record.status));
    #[cfg(feature = "coverage")]
    crate::coverage::record(spec);
    let _ = (error, spec, record);
}

/// Tells operators that an error's answer was to be sent with a status which is not the error's, and was sent with that.
#[cfg(feature = "tower")]
pub(crate) fn put_over(spec: &'static ErrorSpec, put: StatusCode, sent: StatusCode) {
    #[cfg(feature = "tracing")]
    let _ = guarded(|| tracing::put_over(spec, put, sent));
    let _ = (spec, put, sent);
}
