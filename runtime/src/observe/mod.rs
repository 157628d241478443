//! What operators learn of an error, while it still is one. Takes the error and how it ended; gives an event with the
//! feature `tracing`, a count with `metrics`, nothing without either. A body that is only rendered is no answer.

#![allow(missing_docs, reason = "only expansions name what is here")]

#[cfg(feature = "metrics")]
mod metrics;
#[cfg(feature = "tracing")]
mod tracing;

use std::borrow::Cow;
use std::error::Error;
use std::fmt::{self, Display, Write};

use http::StatusCode;

use crate::api_error::ApiError;
use crate::spec::ErrorSpec;

/// What an error can tell operators, as far as its type implements it.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "holds trait objects, and only expansions name it")]
pub enum Logged<'a> {
    /// Its `Display` and its causes.
    Error(&'a (dyn Error + 'a)),
    /// Its `Display`.
    Display(&'a dyn Display),
    Nothing,
}

/// Finds out what a type implements: method lookup takes the inherent method where the type is an `Error`, then
/// that of [`LoggedByDisplay`], then that of [`LoggedByNothing`].
#[derive(Debug)]
pub struct Probe<'a, T: ?Sized>(pub &'a T);

impl<'a, T: Error> Probe<'a, T> {
    #[must_use]
    pub fn __errorbook_logged(&self) -> Logged<'a> {
        Logged::Error(self.0)
    }
}

pub trait LoggedByDisplay<'a> {
    fn __errorbook_logged(&self) -> Logged<'a>;
}

impl<'a, T: Display> LoggedByDisplay<'a> for Probe<'a, T> {
    fn __errorbook_logged(&self) -> Logged<'a> {
        Logged::Display(self.0)
    }
}

pub trait LoggedByNothing<'a> {
    fn __errorbook_logged(&self) -> Logged<'a>;
}

impl<'a, T> LoggedByNothing<'a> for &Probe<'a, T> {
    fn __errorbook_logged(&self) -> Logged<'a> {
        Logged::Nothing
    }
}

#[cfg(feature = "tracing")]
impl Logged<'_> {
    fn says_anything(self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// Why there is an error's response, where the error does not know it itself.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tower"), allow(dead_code, reason = "only the layer answers for others"))]
pub(crate) enum Because<'a> {
    /// The service failed without a response.
    Failure(&'a (dyn Error + 'static)),
    /// The service panicked. That is never kept quiet, whatever answers for it.
    Panic(&'a dyn Display),
}

#[cfg(any(feature = "tower", feature = "tracing"))]
impl<'a> Because<'a> {
    pub(crate) fn logged(self) -> Logged<'a> {
        match self {
            Self::Failure(error) => Logged::Error(error),
            Self::Panic(panic) => Logged::Display(panic),
        }
    }
}

/// The `Display`, or nothing. One that fails must not take the event along.
impl Display for Logged<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => formatter.write_str(&rendered(error)),
            Self::Display(error) => formatter.write_str(&rendered(error)),
            Self::Nothing => Ok(()),
        }
    }
}

fn rendered(value: impl Display) -> Cow<'static, str> {
    let mut text = String::new();
    match write!(text, "{value}") {
        Ok(()) => Cow::Owned(text),
        Err(_) => Cow::Borrowed("(its `Display` failed)"),
    }
}

/// What each of the causes says, the nearest first.
pub(crate) fn causes(logged: Logged<'_>) -> impl Iterator<Item = Cow<'static, str>> {
    let first = if let Logged::Error(error) = logged { error.source() } else { None };
    std::iter::successors(first, |cause: &&'_ (dyn Error + 'static)| (*cause).source()).map(rendered)
}

/// What is told of an error: how it ended.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "a count tells less than an event"))]
pub(crate) struct Record<'a> {
    /// `None`: it answered no request.
    pub(crate) status: Option<StatusCode>,
    /// The one set by hand; else the ambient one is told.
    pub(crate) request_id: Option<&'a str>,
    /// Told in place of what the error itself says.
    pub(crate) because: Option<Because<'a>>,
}

/// Tells operators of an error: one event, one count.
pub(crate) fn record(error: &dyn ApiError, spec: &'static ErrorSpec, record: Record<'_>) {
    #[cfg(feature = "tracing")]
    tracing::record(error, spec, record);
    #[cfg(feature = "metrics")]
    metrics::count(spec, record.status);
    let _ = (error, spec, record);
}
