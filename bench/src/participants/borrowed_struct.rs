//! A `thiserror` enum, its message from `Display`, its body a borrowed struct that derives `Serialize`,
//! written with `serde_json::to_vec`: the best that is commonly written by hand.

use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};
use serde::Serialize;

use super::{Format, JSON, Participant, response};
use crate::failure::{Failure, FieldError};

/// The row of the tables.
pub const PARTICIPANT: Participant = Participant {
    name: "thiserror and a borrowed `Serialize` struct",
    respond: |failure, request_id| StoryError::from(failure).respond(request_id),
    format: Format::Nested,
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

#[derive(Serialize)]
struct Body<'a> {
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Details<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Details<'a> {
    Credits { need: u64, have: u64 },
    Fields(&'a [FieldError]),
}

impl StoryError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::InsufficientCredits { .. } => StatusCode::PAYMENT_REQUIRED,
            Self::RateLimited { .. } | Self::QuotaExceeded { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::InsufficientCredits { .. } => "insufficient_credits",
            Self::RateLimited { .. } => "rate_limit_exceeded",
            Self::QuotaExceeded { .. } => "quota_exceeded",
            Self::Invalid { .. } => "validation_failed",
        }
    }

    fn details(&self) -> Option<Details<'_>> {
        match *self {
            Self::NotFound | Self::RateLimited { .. } | Self::QuotaExceeded { .. } => None,
            Self::InsufficientCredits { need, have } => Some(Details::Credits { need, have }),
            Self::Invalid { fields, .. } => Some(Details::Fields(fields)),
        }
    }

    fn respond(&self, request_id: Option<&str>) -> Response<Bytes> {
        let message = self.to_string();
        let body = Body {
            error: Error { code: self.code(), message: &message, request_id, details: self.details() },
        };
        let mut response = response(self.status(), JSON, serde_json::to_vec(&body).unwrap_or_default());
        if let Self::RateLimited { wait } | Self::QuotaExceeded { wait, .. } = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
        }
        response
    }
}
