//! Any `ApiError`, boxed: what `?` makes of every error type in a handler.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};

use crate::api_error::ApiError;
use crate::body::Body;
use crate::observe::Logged;
use crate::retry::Retry;
use crate::spec::ErrorSpec;

/// Any [`ApiError`], so that `?` works across error types. It has the methods of one and is a response, but, like
/// `anyhow::Error`, is itself no error: `From` every `ApiError` leaves no room for that.
///
/// Its catalogue cannot be known, so an API whose errors are documented has an enum with
/// `#[api(transparent)]` variants instead.
///
/// ```
/// use errorbook::{ApiError, Report};
///
/// #[derive(ApiError)]
/// #[api(status = 402, message = "Out of credits.")]
/// struct OutOfCredits;
///
/// #[derive(ApiError)]
/// #[api(status = 404, message = "No such story.")]
/// struct NoSuchStory;
///
/// fn story(id: u32, credits: u32) -> Result<u32, Report> {
///     if id > 10 {
///         Err(NoSuchStory)?;
///     }
///     if credits == 0 {
///         Err(OutOfCredits)?;
///     }
///     Ok(id)
/// }
///
/// assert_eq!(story(11, 1).unwrap_err().code(), "no_such_story");
/// assert_eq!(story(1, 0).unwrap_err().status(), http::StatusCode::PAYMENT_REQUIRED);
/// ```
pub struct Report(Box<dyn Reported>);

/// An error in a box that can be opened again.
trait Reported: Any + Send + Sync {
    fn as_error(&self) -> &(dyn ApiError + Send + Sync + 'static);
    fn as_any(&self) -> &dyn Any;
}

impl<E: ApiError + Send + Sync + 'static> Reported for E {
    fn as_error(&self) -> &(dyn ApiError + Send + Sync + 'static) {
        self
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl<E: ApiError + Send + Sync + 'static> From<E> for Report {
    fn from(error: E) -> Self {
        Self(Box::new(error))
    }
}

impl Report {
    /// The status of the response; see [`ApiError::status`].
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.as_error().status()
    }

    /// The stable machine-readable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.as_error().code()
    }

    /// What end users read; see [`ApiError::message`].
    #[must_use]
    pub fn message(&self) -> Cow<'_, str> {
        self.as_error().message()
    }

    /// The retry rule, with this value's own wait.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.as_error().retry()
    }

    /// All that was declared of this error.
    #[must_use]
    pub fn spec(&self) -> &'static ErrorSpec {
        self.as_error().spec()
    }

    /// The response, of which operators learn nothing; see [`ApiError::to_response`].
    #[must_use]
    pub fn to_response(&self) -> Response<Bytes> {
        self.as_error().to_response()
    }

    /// Answers a request with it; see [`ApiError::respond`].
    #[must_use = "it is the answer to a request"]
    pub fn respond(&self) -> Response<Bytes> {
        self.as_error().respond()
    }

    /// Tells operators of an error that answers no request; see [`ApiError::record`].
    pub fn record(&self) {
        self.as_error().record();
    }

    /// The body, to be completed by hand; see [`ApiError::body`].
    pub fn body(&self) -> Body<'_> {
        self.as_error().body()
    }

    /// The error itself.
    #[must_use]
    pub fn as_error(&self) -> &(dyn ApiError + Send + Sync + 'static) {
        self.0.as_error()
    }

    /// The error itself, if it is of this type.
    ///
    /// ```
    /// use errorbook::{ApiError, Report};
    ///
    /// #[derive(ApiError)]
    /// #[api(status = 402, message = "Out of credits.")]
    /// struct OutOfCredits {
    ///     need: u64,
    /// }
    ///
    /// let report = Report::from(OutOfCredits { need: 10 });
    /// assert_eq!(report.downcast_ref::<OutOfCredits>().map(|error| error.need), Some(10));
    /// assert!(report.downcast_ref::<std::convert::Infallible>().is_none());
    /// ```
    #[must_use]
    pub fn downcast_ref<E: 'static>(&self) -> Option<&E> {
        self.0.as_any().downcast_ref()
    }

    fn logged(&self) -> Logged<'_> {
        self.as_error().__errorbook_logged()
    }
}

/// For operators, as `anyhow::Error` prints: what the error's `Display` says, and with `{:#}` its causes behind it, each
/// behind a colon. An error without a `Display` is told by its code. Line breaks and other control characters are
/// escaped, as part of a text may be a caller's.
impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(message) = self.logged().message() else { return formatter.write_str(self.code()) };
        formatter.write_str(&message)?;
        if formatter.alternate() {
            for cause in self.logged().causes() {
                write!(formatter, ": {cause}")?;
            }
        }
        Ok(())
    }
}

/// For operators, as `anyhow::Error` prints: the error, and its causes line by line.
impl fmt::Debug for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")?;
        for (index, cause) in self.logged().causes().into_iter().enumerate() {
            let lead = if index == 0 { "\n\nCaused by:" } else { "" };
            write!(formatter, "{lead}\n    {index}: {cause}")?;
        }
        Ok(())
    }
}

#[cfg(feature = "axum")]
impl crate::axum::IntoResponse for Report {
    fn into_response(self) -> crate::axum::AxumResponse {
        crate::axum::respond(self.as_error().__errorbook_erased())
    }
}
