//! The participants, a file each: from a failure to a whole response.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE};

use crate::failure::{CASES, Failure};

pub mod api_error;
pub mod borrowed_struct;
pub mod errorbook;
pub mod http_api_problem;
pub mod json_macro;
pub mod limit;
pub mod masterror;
pub mod problem_details;

/// One way to answer a failure.
#[derive(Clone, Copy, Debug)]
pub struct Participant {
    /// How the tables call it.
    pub name: &'static str,
    /// Answers a failure; the response is dropped inside the timing.
    pub respond: fn(&Failure, Option<&str>) -> Response<Bytes>,
    /// What its body looks like, so that it can be checked.
    pub format: Format,
    /// The most allocations that it may make in each case, where it promises any figure: a run in which it makes
    /// more, or a reallocation, fails.
    pub most_allocations: Option<[u32; CASES.len()]>,
    /// What it cannot say, as a footnote to the tables.
    pub note: Option<&'static str>,
}

/// What a participant's body looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `{"error":{"code":…,"message":…,"request_id":…?,"details":…?}}`, byte for byte.
    Nested,
    /// The same members in any order.
    NestedInAnyOrder,
    /// RFC 9457: the message is `detail`, the code is the end of `type`, the details stand beside them.
    Problem,
    /// RFC 9457 as masterror writes it: figures and request id in `metadata`, a list in `details`.
    MasterrorProblem,
    /// `{"message":…}`.
    MessageOnly,
}

/// All of them, in the order of the tables. The first one is what the others are measured against.
pub const ALL: &[Participant] = &[
    limit::PARTICIPANT,
    errorbook::PARTICIPANT,
    borrowed_struct::PARTICIPANT,
    json_macro::PARTICIPANT,
    problem_details::PARTICIPANT,
    http_api_problem::PARTICIPANT,
    masterror::PARTICIPANT,
    api_error::PARTICIPANT,
];

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Status, content type and body put together, as a handler does that has no framework to do it.
fn response(status: StatusCode, content_type: HeaderValue, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
