//! `story`: video stories from a brief. The same brief makes the same story, so a create is idempotent and every
//! retry is safe.

use std::error::Error;
use std::time::Duration;

use errorbook::ApiError;

use super::billing::BillingError;
use super::common::{AuthError, FieldError, STORY};

/// Every way in which a request about a story can fail.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = STORY, catalog_title = "Story errors", docs = "https://story.example/errors#{code}")]
#[api(decode)]
pub enum StoryError {
    /// Who calls is not known.
    #[error(transparent)]
    #[api(transparent)]
    Auth(#[from] AuthError),

    /// The body does not match the schema; `details` lists the fields.
    #[error("Some fields of the request are not valid.")]
    #[api(
        status = 400,
        code = "invalid_request",
        section = "Validation",
        retry = "none",
        remedy = "Correct the fields that `details` names.",
        example_request = "POST /v1/stories"
    )]
    InvalidRequest {
        /// The fields at fault.
        #[api(details, example = [
            { "field": "scenes.2.voice", "problem": "no such voice" },
            { "field": "minutes", "problem": "must be 1 to 60" }
        ])]
        fields: Vec<FieldError>,
    },

    /// The id is not `brief_` and 16 hexadecimal digits.
    #[error("A story id is `brief_` and 16 hexadecimal digits.")]
    #[api(
        status = 400,
        code = "invalid_id",
        section = "Validation",
        retry = "none",
        remedy = "Use the id as it was returned when the story was created.",
        example_request = "GET /v1/stories/7"
    )]
    InvalidId,

    /// No story has this id.
    #[error("There is no story with this id.")]
    #[api(
        status = 404,
        code = "not_found",
        section = "Validation",
        retry = "none",
        remedy = "Check the id, or create the story first.",
        example_request = "GET /v1/stories/brief_0123456789abcdef"
    )]
    NotFound,

    /// Generation ended in failure. Never a response: it stands in the story, beside `status: "failed"`.
    /// Nothing is charged.
    #[error("generation failed at {stage}")]
    #[api(
        status = none,
        code = "failed",
        decode = false,
        section = "Validation",
        retry = "none",
        message = "The story could not be generated. Nothing was charged.",
        remedy = "Change the brief and create a new story."
    )]
    Failed {
        /// Where generation stopped; for operators alone.
        stage: &'static str,
    },

    /// A story in the cache cannot be parsed.
    #[error("the cached story {id} cannot be parsed: {source}")]
    #[api(
        status = 500,
        code = "corrupt_cache_entry",
        section = "Validation",
        retry = "backoff, always",
        act = "operator",
        remedy = "Try again; if it stays, report the request id."
    )]
    CorruptCacheEntry {
        /// The story's id.
        id: String,
        /// What the parser said: nothing of it reaches a caller.
        source: Box<dyn Error + Send + Sync>,
    },

    /// The month's video minutes are used up.
    #[error(transparent)]
    #[api(transparent)]
    Billing(#[from] BillingError),

    /// Too many requests with this key.
    #[error("Too many requests. Wait before you send the next one.")]
    #[api(
        status = 429,
        code = "rate_limit_exceeded",
        section = "Rate limiting",
        retry = "after, once",
        remedy = "Wait as many seconds as `Retry-After` says, then send the request once more."
    )]
    RateLimitExceeded {
        /// When the next request will be let through.
        #[api(retry_after, example = 12)]
        wait: Duration,
    },

    /// A service that generation relies on is not set up, so nothing is generated.
    #[error("{service} is not configured")]
    #[api(
        status = 503,
        code = "server_misconfigured",
        decode = false,
        section = "Service failures",
        retry = "backoff, always",
        act = "operator",
        message = "Stories cannot be generated right now.",
        remedy = "Try again later. If it lasts, report it: this cannot be mended by the caller."
    )]
    ServerMisconfigured {
        /// Which service it is; for operators alone.
        service: &'static str,
    },
}
