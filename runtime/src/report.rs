//! Any `ApiError`, boxed: what `?` makes of every error type in a handler.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{Response, StatusCode};

use crate::api_error::ApiError;
use crate::body::Body;
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
pub struct Report(Box<dyn ApiError + Send + Sync>);

impl<E: ApiError + Send + Sync + 'static> From<E> for Report {
    fn from(error: E) -> Self {
        Self(Box::new(error))
    }
}

impl Report {
    /// The status of the response; see [`ApiError::status`].
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// The stable machine-readable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// What end users read; see [`ApiError::message`].
    #[must_use]
    pub fn message(&self) -> Cow<'_, str> {
        self.0.message()
    }

    /// The retry rule, with this value's own wait.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.0.retry()
    }

    /// All that was declared of this error.
    #[must_use]
    pub fn spec(&self) -> &'static ErrorSpec {
        self.0.spec()
    }

    /// The response; see [`ApiError::to_response`].
    #[must_use]
    pub fn to_response(&self) -> Response<Bytes> {
        self.0.to_response()
    }

    /// The body, to be completed by hand; see [`ApiError::body`].
    pub fn body(&self) -> Body<'_> {
        self.0.body()
    }

    /// The error itself.
    #[must_use]
    pub fn as_error(&self) -> &(dyn ApiError + Send + Sync + 'static) {
        &*self.0
    }
}

/// For operators: the code, and what the error's `Display` says, if it has one.
impl fmt::Debug for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code(), self.0.__errorbook_logged())
    }
}

#[cfg(feature = "axum")]
impl crate::axum::IntoResponse for Report {
    fn into_response(self) -> crate::axum::AxumResponse {
        crate::axum::respond(self.0.__errorbook_erased())
    }
}
