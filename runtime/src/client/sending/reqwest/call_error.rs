//! Why a call gave no success: the service's error, or that there was no response. Takes either; gives one error.

use std::fmt::{self, Debug, Display, Formatter};
use std::time::Duration;

use reqwest_middleware::Error;

use super::Attempts;
use super::origin::outcome_of_error;
use crate::client::{Failure, Outcome, Why};

/// What [`send_typed`](super::RequestExt::send_typed) gives where there is no success: an error of the service, or no
/// response.
///
/// Its `Display` is one line for a log. Of a request without a response it says only how that failed, and has what reqwest
/// says, which shows the URL, for its [`source`](std::error::Error::source).
///
/// ```
/// # use errorbook::ApiError;
/// # use errorbook::client::reqwest::CallError;
/// # #[derive(Debug, ApiError)]
/// # #[api(decode)]
/// # enum StoryError {
/// #     #[api(status = 402, message = "…")]
/// #     InsufficientCredits { #[api(detail)] need: u64, #[api(detail)] have: u64 },
/// # }
/// fn what_to_do(error: &CallError<StoryError>) -> String {
///     match (error.error(), error.come_back()) {
///         (Some(StoryError::InsufficientCredits { need, have }), _) => format!("buy {} credits", need - have),
///         (_, Some(wait)) => format!("come back in {wait:?}"),
///         (_, None) => format!("report this: {error}"),
///     }
/// }
/// ```
pub struct CallError<E>(Box<Inner<E>>);

struct Inner<E> {
    cause: Cause<E>,
    outcome: Outcome,
    attempts: Option<Attempts>,
}

enum Cause<E> {
    Failure(Failure<E>),
    NoResponse(Error),
}

impl<E> CallError<E> {
    pub(super) fn of_failure(failure: Failure<E>, outcome: Outcome, attempts: Option<Attempts>) -> Self {
        Self(Box::new(Inner { cause: Cause::Failure(failure), outcome, attempts }))
    }

    pub(super) fn without_response(error: Error, attempts: Option<Attempts>) -> Self {
        let outcome = outcome_of_error(&error);
        Self(Box::new(Inner { cause: Cause::NoResponse(error), outcome, attempts }))
    }

    /// The error, where the service answered with one that could be rebuilt.
    #[must_use]
    pub fn error(&self) -> Option<&E> {
        self.failure()?.error()
    }

    /// The code, where the service answered with one, known to this client or not.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.failure()?.code()
    }

    /// What the error response says; `None` if there was no response.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure<E>> {
        match &self.0.cause {
            Cause::Failure(failure) => Some(failure),
            Cause::NoResponse(_) => None,
        }
    }

    /// Why there was no response.
    #[must_use]
    pub fn transport(&self) -> Option<&Error> {
        match &self.0.cause {
            Cause::Failure(_) => None,
            Cause::NoResponse(error) => Some(error),
        }
    }

    /// The failure itself.
    ///
    /// # Errors
    ///
    /// This error as it is, if there was no response.
    pub fn into_failure(self) -> Result<Failure<E>, Self> {
        let Inner { cause, attempts, .. } = *self.0;
        match cause {
            Cause::Failure(failure) => Ok(failure),
            Cause::NoResponse(error) => Err(Self::without_response(error, attempts)),
        }
    }

    /// How often the request was sent, and why not again; `None` if no [`RetryMiddleware`](super::RetryMiddleware) sent it.
    #[must_use]
    pub fn attempts(&self) -> Option<Attempts> {
        self.0.attempts
    }

    /// After which time, from the response on, it may be worth to come back: what the response told, or what its rule says.
    #[must_use]
    pub fn come_back(&self) -> Option<Duration> {
        let told = || self.failure()?.retry_after();
        self.0.attempts.and_then(|attempts| attempts.come_back()).or_else(told)
    }
}

/// What reqwest says after the head of a success, when its body breaks off say.
impl<E> From<reqwest::Error> for CallError<E> {
    fn from(error: reqwest::Error) -> Self {
        Self::without_response(error.into(), None)
    }
}

impl<E> Display for CallError<E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0.cause {
            Cause::Failure(failure) => write!(f, "{failure}")?,
            Cause::NoResponse(error) => f.write_str(in_words(error))?,
        }
        let Some(attempts) = self.0.attempts else { return Ok(()) };
        let times = attempts.number();
        // That a 404 is not repeated goes without saying.
        match (times, attempts.why().filter(|why| *why != Why::Never)) {
            (0 | 1, None) => Ok(()),
            (0 | 1, Some(why)) => write!(f, " (not sent again: {why})"),
            (_, None) => write!(f, " (sent {times} times)"),
            (_, Some(why)) => write!(f, " (sent {times} times, and not again: {why})"),
        }
    }
}

/// How a request failed to which there is no response.
fn in_words(error: &Error) -> &'static str {
    if error.is_middleware() {
        "a middleware of the client failed"
    } else if error.is_builder() {
        "the request could not be built"
    } else if error.is_redirect() {
        "the redirects led nowhere"
    } else if error.is_connect() {
        "there was no connection to the service"
    } else if error.is_timeout() {
        "the service did not answer in time"
    } else if error.is_decode() || error.is_body() {
        "the body could not be read or sent to its end"
    } else {
        "the connection broke before there was a response"
    }
}

impl<E> Debug for CallError<E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_tuple("CallError");
        match &self.0.cause {
            Cause::Failure(failure) => shown.field(failure),
            Cause::NoResponse(error) => shown.field(error),
        };
        shown.field(&self.0.attempts).finish()
    }
}

impl<E> std::error::Error for CallError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Cause::Failure(_) => None,
            Cause::NoResponse(error) => Some(error),
        }
    }
}

/// For whoever tries again what no middleware does: a whole call, with the body of its success.
impl<E> From<&CallError<E>> for Outcome {
    fn from(error: &CallError<E>) -> Self {
        error.0.outcome
    }
}
