//! Responses read back to the error that they tell of: by errorbook, and by structs of serde written by hand for this
//! service alone. Both give all that a client needs of a response, and own it.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use errorbook::ApiError;
use errorbook::client::Failure;
use http::header::RETRY_AFTER;
use http::{HeaderMap, Response, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The errors of the service.
#[derive(Clone, Debug, PartialEq, ApiError)]
#[api(decode)]
#[allow(missing_docs, reason = "the variants are the documentation")]
pub enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 402, message = "Insufficient credits: need {need}, have {have} remaining.")]
    InsufficientCredits {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
    },
    #[api(status = 429, message = "Too many requests. Wait before you send the next one.", retry = "after")]
    RateLimitExceeded {
        #[api(retry_after)]
        wait: Duration,
    },
    #[api(status = 422, message = "Some fields of the request are not valid.")]
    ValidationFailed {
        #[api(details)]
        fields: Vec<FieldError>,
    },
    #[api(status = 409, message = "A story of this name is being written.")]
    InProgress,
    #[api(status = 503, message = "The service is busy.", retry = "backoff")]
    Overloaded,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are the documentation")]
pub struct FieldError {
    pub field: String,
    pub problem: String,
}

/// The cases: a name, and the error that the service answers with.
#[must_use]
pub fn cases() -> [(&'static str, StoryError); 4] {
    let field = |field: &str, problem: &str| FieldError { field: field.into(), problem: problem.into() };
    [
        ("404, nothing varies", StoryError::NotFound),
        ("402 with two figures", StoryError::InsufficientCredits { need: 120, have: 35 }),
        ("429 with `Retry-After`", StoryError::RateLimitExceeded { wait: Duration::from_secs(30) }),
        (
            "422 with two field errors",
            StoryError::ValidationFailed {
                fields: vec![
                    field("title", "must not hold a line break"),
                    field("scenes[3].path", "`stories/3` is not a relative path"),
                ],
            },
        ),
    ]
}

/// What a service behind a proxy sends: the error's own headers, and what stands in each response.
///
/// # Panics
///
/// If the names and values of the headers are none.
#[must_use]
pub fn response(error: &StoryError) -> Response<Bytes> {
    let mut response = error.body().with_request_id("req_01hq8z3v5k9m2n7p4r6t8w0y1b").to_response();
    for (name, value) in [
        ("date", "Thu, 26 Nov 2026 20:00:00 GMT"),
        ("content-length", "120"),
        ("server", "envoy"),
        ("x-request-id", "req_01hq8z3v5k9m2n7p4r6t8w0y1b"),
        ("cache-control", "no-store"),
        ("vary", "accept-encoding"),
    ] {
        response.headers_mut().insert(name, value.parse().expect("the values are ASCII"));
    }
    response
}

/// What somebody would write who has this one service to call.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are the documentation")]
pub struct ByHand {
    pub status: StatusCode,
    pub error: Option<StoryError>,
    /// That of an error which is not known; the others tell theirs.
    pub unknown_code: Option<String>,
    pub message: String,
    pub request_id: Option<String>,
    pub retry_after: Option<Duration>,
}

#[derive(Deserialize)]
struct Body<'b> {
    #[serde(borrow)]
    error: Inner<'b>,
}

#[derive(Deserialize)]
struct Inner<'b> {
    #[serde(borrow)]
    code: Cow<'b, str>,
    message: String,
    request_id: Option<String>,
    // Which type it is, the code tells, and that may stand behind.
    #[serde(borrow)]
    details: Option<&'b RawValue>,
}

#[derive(Deserialize)]
struct Credits {
    need: u64,
    have: u64,
}

impl ByHand {
    /// Reads a body by itself, with the wait that the head told.
    #[must_use]
    pub fn read_body(status: StatusCode, retry_after: Option<Duration>, body: &[u8]) -> Option<Self> {
        let Body { error: Inner { code, message, request_id, details } } =
            serde_json::from_slice(body).ok()?;
        let error = match &*code {
            "not_found" => Some(StoryError::NotFound),
            "insufficient_credits" => details
                .and_then(|details| serde_json::from_str(details.get()).ok())
                .map(|Credits { need, have }| StoryError::InsufficientCredits { need, have }),
            "rate_limit_exceeded" => retry_after.map(|wait| StoryError::RateLimitExceeded { wait }),
            "validation_failed" => details
                .and_then(|details| serde_json::from_str(details.get()).ok())
                .map(|fields| StoryError::ValidationFailed { fields }),
            "in_progress" => Some(StoryError::InProgress),
            "overloaded" => Some(StoryError::Overloaded),
            _ => None,
        };
        let unknown_code = error.is_none().then(|| code.into_owned());
        Some(Self { status, error, unknown_code, message, request_id, retry_after })
    }

    /// Reads a whole response.
    #[must_use]
    pub fn read(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Option<Self> {
        let wait = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let mut read = Self::read_body(status, wait.map(Duration::from_secs), body)?;
        if read.request_id.is_none() {
            let id = headers.get("x-request-id").and_then(|value| value.to_str().ok());
            read.request_id = id.map(str::to_owned);
        }
        Some(read)
    }
}

/// Holds both to what was sent.
///
/// # Panics
///
/// If one of them reads something else.
pub fn check() {
    for (name, error) in cases() {
        let sent = response(&error);
        let failure = Failure::<StoryError>::read(&sent);
        let by_hand =
            ByHand::read(sent.status(), sent.headers(), sent.body()).expect("it is as the hand has it");
        assert_eq!(failure.error(), Some(&error), "{name}");
        assert_eq!(by_hand.error.as_ref(), Some(&error), "{name}");
        assert_eq!((failure.code(), by_hand.unknown_code), (Some(error.code()), None), "{name}");
        assert_eq!(failure.message(), Some(&*by_hand.message), "{name}");
        assert_eq!(failure.request_id(), by_hand.request_id.as_deref(), "{name}");
        assert_eq!(failure.retry_after(), by_hand.retry_after, "{name}");
        assert_eq!(failure.status(), by_hand.status, "{name}");
    }
}
