//! A `thiserror` enum, its message from `Display`, its body a `serde_json::json!`: what is written by hand
//! most often.

use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::{Format, JSON, Participant, response};
use crate::failure::{Failure, FieldError};

/// The row of the tables.
pub const PARTICIPANT: Participant = Participant {
    name: "thiserror and `serde_json::json!`",
    respond: |failure, request_id| StoryError::from(failure).respond(request_id),
    // `json!` sorts the members by name, unless a crate feature that slows it down says otherwise.
    format: Format::NestedInAnyOrder,
    most_allocations: None,
    note: None,
};

#[derive(Debug, thiserror::Error)]
enum StoryError {
    #[error("No story has this id.")]
    NotFound,
    #[error("Insufficient credits: need {need}, have {have} remaining.")]
    InsufficientCredits { need: u64, have: u64 },
    #[error("Too many requests: wait before you try again.")]
    RateLimited { wait: Duration },
    #[error("The limit of {limit} requests is used up: wait before you try again.")]
    QuotaExceeded { limit: u64, wait: Duration },
    #[error("The story \"{title}\" cannot be saved.")]
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
    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::InsufficientCredits { .. } => (StatusCode::PAYMENT_REQUIRED, "insufficient_credits"),
            Self::RateLimited { .. } => (StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded"),
            Self::QuotaExceeded { .. } => (StatusCode::TOO_MANY_REQUESTS, "quota_exceeded"),
            Self::Invalid { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "validation_failed"),
        }
    }

    fn details(&self) -> Option<Value> {
        match self {
            Self::NotFound | Self::RateLimited { .. } | Self::QuotaExceeded { .. } => None,
            Self::InsufficientCredits { need, have } => Some(json!({ "need": need, "have": have })),
            Self::Invalid { fields, .. } => Some(json!(fields)),
        }
    }

    fn respond(&self, request_id: Option<&str>) -> Response<Bytes> {
        let (status, code) = self.status_and_code();
        let mut body = json!({ "error": { "code": code, "message": self.to_string() } });
        if let Some(request_id) = request_id {
            body["error"]["request_id"] = json!(request_id);
        }
        if let Some(details) = self.details() {
            body["error"]["details"] = details;
        }
        let mut response = response(status, JSON, body.to_string());
        if let Self::RateLimited { wait } | Self::QuotaExceeded { wait, .. } = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
        }
        response
    }
}
