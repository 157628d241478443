//! What operators of a client learn of its attempts: an event for each that failed and for the success after those, a count of
//! the retries, and of those that the budget refused.

use http::StatusCode;

use crate::client::{Decision, Outcome, Transport, Why};
#[cfg(any(feature = "metrics", feature = "tracing"))]
use crate::guard::guarded;
use crate::retry::Attempt;

/// How an attempt failed, as far as that is known.
#[derive(Clone, Copy, Default)]
#[cfg_attr(
    not(all(feature = "metrics", feature = "tracing")),
    allow(dead_code, reason = "an event and a count do not tell the same")
)]
pub(crate) struct Failed<'a> {
    pub(crate) status: Option<StatusCode>,
    /// As it came.
    pub(crate) code: Option<&'a str>,
    /// The code again, if it is a declared one.
    pub(crate) declared: Option<&'static str>,
    /// Where there was no response.
    pub(crate) transport: Option<Transport>,
}

impl Failed<'_> {
    /// What an outcome alone tells.
    pub(crate) fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Transport(transport) => Self { transport: Some(transport), ..Self::default() },
            Outcome::Told(told) => {
                let declared = told.code();
                Self { status: told.status(), code: declared, declared, transport: None }
            }
        }
    }
}

/// Tells of an attempt that failed, and of what follows it.
pub(crate) fn attempt_failed(attempt: &Attempt<'_>, failed: Failed<'_>, decision: &Decision) {
    #[cfg(feature = "tracing")]
    let _ = guarded(|| by_tracing::failed(attempt, failed, decision));
    #[cfg(feature = "metrics")]
    let _ = guarded(|| match decision {
        Decision::Retry { .. } => super::metrics::count_retry(failed.declared, failed.status),
        Decision::Stop { why: Why::Budget, .. } => super::metrics::count_refusal(),
        Decision::Stop { .. } => {}
    });
    let _ = (attempt, failed, decision, Why::Budget);
}

/// Tells of an attempt that succeeded. Of a first one there is nothing to tell.
pub(crate) fn attempt_succeeded(attempt: &Attempt<'_>, status: Option<StatusCode>) {
    #[cfg(feature = "tracing")]
    if attempt.number() > 1 {
        let _ = guarded(|| by_tracing::succeeded(attempt, status));
    }
    let _ = (attempt, status);
}

#[cfg(feature = "tracing")]
mod by_tracing {
    use std::fmt;

    use http::StatusCode;
    use tracing::Level as At;

    use super::Failed;
    use crate::bounded::{LONGEST_TEXT, prefix};
    use crate::client::{Decision, Transport, Why};
    use crate::one_line::one_line;
    use crate::retry::Attempt;

    /// At `debug`, as whoever called gets the error. What asks for another set-up of the client is at `warn`.
    pub(super) fn failed(attempt: &Attempt<'_>, failed: Failed<'_>, decision: &Decision) {
        let (after, why, come_back) = match *decision {
            Decision::Retry { after } => (Some(after), None, None),
            Decision::Stop { why, come_back } => (None, Some(why), come_back),
        };
        // A service, or a proxy before it, may write a megabyte there.
        let code = failed.code.map(|code| one_line(prefix(code, LONGEST_TEXT)));
        let code = code.as_deref().or_else(|| failed.transport.map(Transport::as_str));
        // A level is a constant of each event, so there is an event for each level.
        macro_rules! event {
            ($level:expr) => {
                tracing::event!(
                    target: "errorbook::client",
                    $level,
                    error.r#type = code,
                    http.request.method = attempt.method().as_str(),
                    http.request.resend_count = resend_count(attempt),
                    http.response.status_code = failed.status.map(|status| status.as_u16()),
                    retry.wait = after.map(debug),
                    retry.stopped = why.map(Why::as_str),
                    retry.come_back = come_back.map(debug),
                    "{}",
                    Told(why),
                )
            };
        }
        match why {
            Some(Why::Budget | Why::BodyGone) => event!(At::WARN),
            _ => event!(At::DEBUG),
        }
    }

    pub(super) fn succeeded(attempt: &Attempt<'_>, status: Option<StatusCode>) {
        tracing::event!(
            target: "errorbook::client",
            At::DEBUG,
            http.request.method = attempt.method().as_str(),
            http.request.resend_count = resend_count(attempt),
            http.response.status_code = status.map(|status| status.as_u16()),
            "the request succeeded",
        );
    }

    /// What follows, in words.
    struct Told(Option<Why>);

    impl fmt::Display for Told {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self.0 {
                None => f.write_str("the request is sent again"),
                Some(why) => write!(f, "the request is not sent again: {why}"),
            }
        }
    }

    /// How often the request was sent before; `None` for the first attempt, as OpenTelemetry has it.
    fn resend_count(attempt: &Attempt<'_>) -> Option<u32> {
        attempt.number().checked_sub(1).filter(|count| *count > 0)
    }
}
