//! An error response as it was read back: what is known of it, whatever came.

use std::error::Error;
use std::fmt::{self, Debug, Display};
use std::time::Duration;

use http::{Response, StatusCode};
use serde_json::value::RawValue;

use super::{Reader, Told};
use crate::api_error::Catalogued;
use crate::spec::ErrorSpec;

/// What a response that is an error told.
pub struct Failure<E>(Box<Known<E>>);

/// In one place on the heap, so that a `Result` with a failure is small.
pub(super) struct Known<E> {
    pub(super) status: StatusCode,
    pub(super) told: Told,
    pub(super) error: Option<E>,
}

/// In which way a body was none of the service's errors, or not a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Flaw {
    /// There is none.
    Empty,
}

impl<E> Failure<E> {
    pub(super) fn new(known: Known<E>) -> Self {
        Self(Box::new(known))
    }

    /// The status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        None
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        None
    }

    /// The request's id: that of the body, else of the header.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        None
    }

    /// The details, as JSON.
    #[must_use]
    pub fn details(&self) -> Option<&RawValue> {
        None
    }

    /// How long to wait before the request is sent again, if it may be.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.told.wait()
    }

    /// What is declared of the error.
    #[must_use]
    pub fn specs(&self) -> &[&'static ErrorSpec] {
        &[]
    }

    /// The error itself, where it can be made of what was read.
    #[must_use]
    pub fn error(&self) -> Option<&E> {
        self.0.error.as_ref()
    }

    /// The error itself, or what is known where it cannot be made of that.
    ///
    /// # Errors
    ///
    /// This failure, unchanged, where there is no [`error`](Self::error).
    pub fn into_error(mut self) -> Result<E, Self> {
        self.0.error.take().ok_or(self)
    }

    /// What a decision about a retry needs.
    #[must_use]
    pub fn told(&self) -> Told {
        self.0.told
    }

    /// How the body was odd.
    #[must_use]
    pub fn flaw(&self) -> Option<Flaw> {
        None
    }
}

impl<E: Catalogued> Failure<E> {
    /// Reads a response that is an error.
    #[must_use]
    pub fn read(response: &Response<impl AsRef<[u8]>>) -> Self {
        Reader::new().read(response)
    }
}

impl<E> From<&Failure<E>> for Told {
    fn from(failure: &Failure<E>) -> Self {
        failure.0.told
    }
}

impl<E> Display for Failure<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0.status, out)
    }
}

impl<E> Debug for Failure<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Failure").field("status", &self.0.status).finish_non_exhaustive()
    }
}

impl<E> Error for Failure<E> {}
