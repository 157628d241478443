//! `http-api-problem`: its builder, as its README shows, written by its `json_bytes`.

use bytes::Bytes;
use http::header::{HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};
use http_api_problem::HttpApiProblem;

use super::{Format, PROBLEM_JSON, Participant, response};
use crate::failure::Failure;

/// The row of the tables.
pub const PARTICIPANT: Participant = Participant {
    name: "http-api-problem",
    respond,
    format: Format::Problem,
    most_allocations: None,
    note: Some(
        "An RFC 7807 body, in which `type` stands for the code. It knows no headers: the handler adds `Retry-After`. \
         The `Content-Length` that its framework integrations add is left out, in its favour.",
    ),
};

fn respond(failure: &Failure, request_id: Option<&str>) -> Response<Bytes> {
    let problem = match *failure {
        Failure::NotFound => HttpApiProblem::with_title(StatusCode::NOT_FOUND)
            .type_url("https://example.com/problems/not_found")
            .detail("No story has this id."),
        Failure::InsufficientCredits { need, have } => {
            HttpApiProblem::with_title(StatusCode::PAYMENT_REQUIRED)
                .type_url("https://example.com/problems/insufficient_credits")
                .detail(format!("Insufficient credits: need {need}, have {have} remaining."))
                .value("need", &need)
                .value("have", &have)
        }
        Failure::RateLimited { .. } => HttpApiProblem::with_title(StatusCode::TOO_MANY_REQUESTS)
            .type_url("https://example.com/problems/rate_limit_exceeded")
            .detail("Too many requests: wait before you try again."),
        Failure::QuotaExceeded { limit, .. } => HttpApiProblem::with_title(StatusCode::TOO_MANY_REQUESTS)
            .type_url("https://example.com/problems/quota_exceeded")
            .detail(format!("The limit of {limit} requests is used up: wait before you try again.")),
        Failure::Invalid { title, fields } => HttpApiProblem::with_title(StatusCode::UNPROCESSABLE_ENTITY)
            .type_url("https://example.com/problems/validation_failed")
            .detail(format!("The story \"{title}\" cannot be saved."))
            .value("errors", &fields),
    };
    let problem = match request_id {
        Some(request_id) => problem.value("request_id", &request_id),
        None => problem,
    };
    let status = problem.status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = response(status, PROBLEM_JSON, problem.json_bytes());
    if let Failure::RateLimited { wait } | Failure::QuotaExceeded { wait, .. } = failure {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
    }
    response
}
