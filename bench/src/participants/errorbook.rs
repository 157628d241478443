//! errorbook: one declaration, and the request id set by hand, as the others get it.

use std::time::Duration;

use bytes::Bytes;
use errorbook::ApiError;
use http::Response;

use super::{Format, Participant};
use crate::failure::{Failure, FieldError};

/// The row of the tables.
pub const PARTICIPANT: Participant = Participant {
    name: "**errorbook**",
    respond,
    format: Format::Nested,
    most_allocations: Some([2, 3, 3, 2, 3, 3]),
    note: None,
};

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::NESTED)]
enum StoryError {
    #[api(status = 404, code = "not_found", message = "No story has this id.")]
    NotFound,
    #[api(
        status = 402,
        code = "insufficient_credits",
        message = "Insufficient credits: need {need}, have {have} remaining."
    )]
    InsufficientCredits {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
    },
    #[api(
        status = 429,
        code = "rate_limit_exceeded",
        message = "Too many requests: wait before you try again."
    )]
    RateLimited {
        #[api(retry_after)]
        wait: Duration,
    },
    #[api(
        status = 429,
        code = "quota_exceeded",
        message = "The limit of {limit} requests is used up: wait before you try again."
    )]
    QuotaExceeded {
        limit: u64,
        #[api(retry_after)]
        wait: Duration,
    },
    #[api(status = 422, code = "validation_failed", message = "The story \"{title}\" cannot be saved.")]
    Invalid {
        title: &'static str,
        #[api(details)]
        fields: &'static [FieldError],
    },
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

fn respond(failure: &Failure, request_id: Option<&str>) -> Response<Bytes> {
    let error = StoryError::from(failure);
    match request_id {
        Some(id) => error.body().with_request_id(id).to_response(),
        None => error.to_response(),
    }
}
