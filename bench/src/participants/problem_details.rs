//! `problem_details`: its struct with extensions, as its README shows, written by its `to_body_string`.

use bytes::Bytes;
use http::header::{HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode, Uri};
use problem_details::{JsonProblemDetails, ProblemDetails};
use serde::Serialize;

use super::{Format, PROBLEM_JSON, Participant, response};
use crate::failure::{Failure, FieldError};

/// The row of the tables.
pub const PARTICIPANT: Participant = Participant {
    name: "problem_details",
    respond,
    format: Format::Problem,
    most_allocations: None,
    note: Some(
        "An RFC 9457 body, in which `type` stands for the code. It knows no headers: the handler adds `Retry-After`.",
    ),
};

#[derive(Serialize)]
struct Request<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Credits<'a> {
    need: u64,
    have: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Fields<'a> {
    errors: &'a [FieldError],
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

fn respond(failure: &Failure, request_id: Option<&str>) -> Response<Bytes> {
    match *failure {
        Failure::NotFound => answer(
            ProblemDetails::from_status_code(StatusCode::NOT_FOUND)
                .with_type(Uri::from_static("https://example.com/problems/not_found"))
                .with_detail("No story has this id.")
                .with_extensions(Request { request_id }),
        ),
        Failure::InsufficientCredits { need, have } => answer(
            ProblemDetails::from_status_code(StatusCode::PAYMENT_REQUIRED)
                .with_type(Uri::from_static("https://example.com/problems/insufficient_credits"))
                .with_detail(format!("Insufficient credits: need {need}, have {have} remaining."))
                .with_extensions(Credits { need, have, request_id }),
        ),
        Failure::RateLimited { wait } => {
            let mut response = answer(
                ProblemDetails::from_status_code(StatusCode::TOO_MANY_REQUESTS)
                    .with_type(Uri::from_static("https://example.com/problems/rate_limit_exceeded"))
                    .with_detail("Too many requests: wait before you try again.")
                    .with_extensions(Request { request_id }),
            );
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
            response
        }
        Failure::QuotaExceeded { limit, wait } => {
            let mut response = answer(
                ProblemDetails::from_status_code(StatusCode::TOO_MANY_REQUESTS)
                    .with_type(Uri::from_static("https://example.com/problems/quota_exceeded"))
                    .with_detail(format!(
                        "The limit of {limit} requests is used up: wait before you try again."
                    ))
                    .with_extensions(Request { request_id }),
            );
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
            response
        }
        Failure::Invalid { title, fields } => answer(
            ProblemDetails::from_status_code(StatusCode::UNPROCESSABLE_ENTITY)
                .with_type(Uri::from_static("https://example.com/problems/validation_failed"))
                .with_detail(format!("The story \"{title}\" cannot be saved."))
                .with_extensions(Fields { errors: fields, request_id }),
        ),
    }
}

/// What its own framework integrations do, without the framework's body around the bytes.
fn answer<E: Serialize>(problem: ProblemDetails<E>) -> Response<Bytes> {
    let status = problem.status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = JsonProblemDetails::from(problem).to_body_string().unwrap_or_default();
    response(status, PROBLEM_JSON, body)
}
