//! `masterror` 0.27.3: its derive, the conversion into its `AppError`, and its `ProblemJson` with the headers
//! that its own responders send.

#![allow(unused_variables, reason = "its derive takes every field apart, those too that it has no use for")]

use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http::header::{HeaderValue, RETRY_AFTER};
use masterror::{AppCode, AppError, AppErrorKind, Masterror, ProblemJson, field};

use super::{Format, PROBLEM_JSON, Participant, response};
use crate::failure::{Failure, FieldError};

/// The row of the tables.
pub const PARTICIPANT: Participant = Participant {
    name: "masterror 0.27.3",
    respond,
    format: Format::MasterrorProblem,
    most_allocations: None,
    note: Some(
        "An RFC 7807 body of its own making, with a gRPC status; figures and request id are its `metadata`. None of \
         its categories is a 402: that one is answered as a 400. Its derive knows neither waits nor details: the \
         handler adds them to its `AppError`.",
    ),
};

#[derive(Debug, Masterror)]
enum StoryError {
    #[error("No story has this id.")]
    #[masterror(code = AppCode::NotFound, category = AppErrorKind::NotFound, message, telemetry())]
    NotFound,
    #[error("Insufficient credits: need {need}, have {have} remaining.")]
    #[masterror(
        code = AppCode::new("INSUFFICIENT_CREDITS"),
        category = AppErrorKind::BadRequest,
        message,
        telemetry(Some(field::u64("need", need)), Some(field::u64("have", have)))
    )]
    InsufficientCredits { need: u64, have: u64 },
    #[error("Too many requests: wait before you try again.")]
    #[masterror(code = AppCode::RateLimited, category = AppErrorKind::RateLimited, message, telemetry())]
    RateLimited { wait: Duration },
    #[error("The limit of {limit} requests is used up: wait before you try again.")]
    #[masterror(
        code = AppCode::new("QUOTA_EXCEEDED"),
        category = AppErrorKind::RateLimited,
        message,
        telemetry()
    )]
    QuotaExceeded { limit: u64, wait: Duration },
    #[error("The story \"{title}\" cannot be saved.")]
    #[masterror(code = AppCode::Validation, category = AppErrorKind::Validation, message, telemetry())]
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

fn respond(failure: &Failure, request_id: Option<&str>) -> Response<Bytes> {
    let mut error = AppError::from(StoryError::from(failure));
    match *failure {
        Failure::NotFound | Failure::InsufficientCredits { .. } => {}
        Failure::RateLimited { wait } | Failure::QuotaExceeded { wait, .. } => {
            error = error.with_retry_after_secs(wait.as_secs());
        }
        // What cannot be serialized comes back as another `AppError`, which answers as well.
        Failure::Invalid { fields, .. } => error = error.with_details(fields).unwrap_or_else(|error| error),
    }
    if let Some(request_id) = request_id {
        error = error.with_field(field::str("request_id", request_id.to_owned()));
    }
    let problem = ProblemJson::from_app_error(error);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = response(problem.status_code(), PROBLEM_JSON, body);
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
