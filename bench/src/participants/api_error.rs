//! `api-error`: its derive, and the body of its own default responder.

use std::time::Duration;

use api_error::ApiError;
use api_error::axum::ApiErrorResponse;
use bytes::Bytes;
use http::Response;
use http::header::{HeaderValue, RETRY_AFTER};

use super::{Format, JSON, Participant, response};
use crate::failure::{Failure, FieldError};

/// The row of the tables.
pub const PARTICIPANT: Participant = Participant {
    name: "api-error",
    respond: |failure, _| StoryError::from(failure).respond(),
    format: Format::MessageOnly,
    most_allocations: None,
    note: Some(
        "A body of the message alone: no code, no request id, no details. It knows no headers: the handler adds \
         `Retry-After`.",
    ),
};

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("not found")]
    #[api_error(status_code = 404, message = "No story has this id.")]
    NotFound,
    #[error("insufficient credits")]
    #[api_error(status_code = 402, message = "Insufficient credits: need {need}, have {have} remaining.")]
    InsufficientCredits { need: u64, have: u64 },
    #[error("rate limited")]
    #[api_error(status_code = 429, message = "Too many requests: wait before you try again.")]
    RateLimited { wait: Duration },
    #[error("quota exceeded")]
    #[api_error(
        status_code = 429,
        message = "The limit of {limit} requests is used up: wait before you try again."
    )]
    QuotaExceeded { limit: u64, wait: Duration },
    #[error("invalid: {fields:?}")]
    #[api_error(status_code = 422, message = "The story \"{title}\" cannot be saved.")]
    Invalid { title: &'static str, fields: &'static [FieldError] },
}

impl From<&Failure> for StoryError {
    fn from(failure: &Failure) -> Self {
        match *failure {
            Failure::NotFound => Self::NotFound,
            Failure::InsufficientCredits { need, have } => Self::InsufficientCredits { need, have },
            Failure::RateLimited { wait } => Self::RateLimited { wait },
            Failure::QuotaExceeded { limit, wait } => Self::QuotaExceeded { limit, wait },
            Failure::Invalid { title, fields } => Self::Invalid { title, fields },
        }
    }
}

impl StoryError {
    /// What its own `IntoResponse` does, without the framework's body around the bytes.
    fn respond(&self) -> Response<Bytes> {
        let body = serde_json::to_vec(&ApiErrorResponse::new(self)).unwrap_or_default();
        let mut response = response(self.status_code(), JSON, body);
        if let Self::RateLimited { wait } | Self::QuotaExceeded { wait, .. } = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
        }
        response
    }
}
