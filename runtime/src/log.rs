//! What operators learn of an answered error, while it still is one: an event with the `tracing` feature, a count
//! with `metrics`, nothing without either. A body that is only rendered is no answer, so it is not told.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::borrow::Cow;
use std::error::Error;
use std::fmt::{self, Display, Write};

use http::StatusCode;

use crate::api_error::ApiError;
use crate::spec::ErrorSpec;
#[cfg(feature = "tracing")]
use crate::spec::Level;

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

    fn has_causes(self) -> bool {
        matches!(self, Self::Error(error) if error.source().is_some())
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

/// The causes, the nearest first, between colons.
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "only an event shows them"))]
struct Causes<'a>(Logged<'a>);

impl Display for Causes<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Logged::Error(error) = self.0 else { return Ok(()) };
        let mut cause = error.source();
        let mut separator = "";
        while let Some(error) = cause {
            write!(formatter, "{separator}{}", rendered(error))?;
            separator = ": ";
            cause = error.source();
        }
        Ok(())
    }
}

/// An error was answered with this status. `request_id` is the one set by hand; else the ambient one is told.
/// `because` is told in place of what the error itself says.
pub(crate) fn answered(
    error: &dyn ApiError,
    because: Option<Because<'_>>,
    spec: &'static ErrorSpec,
    status: StatusCode,
    request_id: Option<&str>,
) {
    #[cfg(feature = "tracing")]
    {
        let logged = because.map_or_else(|| error.__errorbook_logged(), Because::logged);
        let level = if let Some(Because::Panic(_)) = because { Level::Error } else { spec.log() };
        events::answered(logged, level, spec, status, request_id);
    }
    #[cfg(feature = "metrics")]
    count(spec, status);
    let _ = (error, because, spec, status, request_id);
}

#[cfg(feature = "metrics")]
fn count(spec: &'static ErrorSpec, status: StatusCode) {
    let status = crate::json::small_number(u64::from(status.as_u16())).unwrap_or_default();
    metrics::counter!("errorbook_error_responses_total", "code" => spec.code(), "status" => status)
        .increment(1);
}

#[cfg(feature = "tracing")]
mod events {
    use http::StatusCode;
    use tracing::Level as At;

    use super::{Causes, Logged};
    use crate::context::Context;
    use crate::spec::{ErrorSpec, Level};

    pub(super) fn answered(
        logged: Logged<'_>,
        level: Level,
        spec: &'static ErrorSpec,
        status: StatusCode,
        request_id: Option<&str>,
    ) {
        // A level is a constant of each event, so there is an event for each level.
        macro_rules! event {
            ($level:expr) => {
                if tracing::event_enabled!(target: "errorbook", $level) {
                    let ambient = if request_id.is_none() { Context::current() } else { None };
                    let request_id = request_id.or(ambient.as_ref().and_then(Context::request_id));
                    tracing::event!(
                        target: "errorbook",
                        $level,
                        error.r#type = spec.code(),
                        http.response.status_code = status.as_u16(),
                        request_id,
                        error.message = logged.says_anything().then(|| tracing::field::display(logged)),
                        error.causes = logged.has_causes().then(|| tracing::field::display(Causes(logged))),
                        "{}",
                        spec.title(),
                    )
                }
            };
        }
        match level {
            Level::Off => {}
            Level::Error => event!(At::ERROR),
            Level::Warn => event!(At::WARN),
            Level::Info => event!(At::INFO),
            Level::Debug => event!(At::DEBUG),
            Level::Trace => event!(At::TRACE),
        }
    }
}
