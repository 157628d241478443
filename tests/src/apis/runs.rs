//! `runs`: document runs paid with credits. The envelope is flat, the code stands in the member `error`, and
//! the ids of run and task come from the request's context. The header `X-Request-Id` is on every response,
//! successes too, so the service's middleware sends it.

use std::error::Error;
use std::time::Duration;

use errorbook::{ApiError, Envelope, envelope};

/// The body of every error of this API.
pub const RUNS: Envelope = envelope!({
    "error": code, "message": message, "run_id": context.run_id?, "task_id": context.task_id?
});

/// Every way in which a request about a run can fail, and in which a task can.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = RUNS, catalog_title = "Run errors")]
pub enum RunsError {
    /// The key is missing, malformed or revoked.
    #[error("A valid API key is needed.")]
    #[api(
        status = 401,
        code = "invalid_api_key",
        section = "Authentication",
        retry = "none",
        remedy = "Check the `Authorization` header. If the key leaked, rotate it.",
        header("WWW-Authenticate", "Bearer")
    )]
    InvalidApiKey,

    /// The key is valid, but may not do this: the organisation is suspended, or its tier is too low.
    #[error("This key is not allowed to do this.")]
    #[api(
        status = 403,
        code = "forbidden",
        section = "Authentication",
        retry = "none",
        remedy = "Look at the state and the tier of your organisation."
    )]
    Forbidden,

    /// The balance is below the least that this format costs.
    #[error("{need} credits are needed at least, and {have} are left.")]
    #[api(
        status = 402,
        code = "insufficient_credits",
        section = "Billing",
        retry = "none",
        remedy = "Top up your credits."
    )]
    InsufficientCredits {
        /// What the format costs at least.
        #[api(example = 10)]
        need: u64,
        /// What the balance is.
        #[api(example = 3)]
        have: u64,
    },

    /// A field is missing, or a value is none of those that are known.
    #[error("{pointer}: {problem}")]
    #[api(
        status = 400,
        code = "invalid_request",
        section = "Validation",
        retry = "none",
        remedy = "Mend the payload at the place that the message names."
    )]
    InvalidRequest {
        /// A JSON pointer to the field.
        #[api(example = "/format")]
        pointer: String,
        /// What is wrong with it.
        #[api(example = "must be one of pdf, docx")]
        problem: String,
    },

    /// A field has the right form and a value that is not accepted.
    #[error("{pointer}: {problem}")]
    #[api(
        status = 422,
        code = "validation_error",
        section = "Validation",
        retry = "none",
        remedy = "Follow the JSON pointer in the message."
    )]
    ValidationError {
        /// A JSON pointer to the field.
        #[api(example = "/pages/0/size")]
        pointer: String,
        /// What is wrong with it.
        #[api(example = "must be at most 50")]
        problem: String,
    },

    /// The run needs assets that are not there.
    #[error("Assets are missing for this run.")]
    #[api(
        status = 400,
        code = "preflight_failed",
        section = "Validation",
        retry = "none",
        remedy = "Attach the assets, or phrase the request so that it needs none."
    )]
    PreflightFailed,

    /// The payload is over the tier's limit.
    #[error("The payload is larger than your tier allows.")]
    #[api(
        status = 413,
        code = "payload_too_large",
        section = "Validation",
        retry = "none",
        remedy = "Compress the payload, or upgrade."
    )]
    PayloadTooLarge,

    /// Nothing has this id, or what has it belongs to another organisation.
    #[error("Nothing was found under this id.")]
    #[api(status = 404, code = "not_found", section = "Resources", retry = "none", remedy = "Check the id.")]
    NotFound,

    /// The run's results expired, 30 days after it ended.
    #[error("This run has expired.")]
    #[api(status = 410, code = "gone", section = "Resources", retry = "none", remedy = "Start a new run.")]
    Gone,

    /// The idempotency key was used before with another body, or the run is not in a state that allows this.
    #[error("This conflicts with an earlier request or with the run's state.")]
    #[api(
        status = 409,
        code = "conflict",
        section = "Resources",
        retry = "none",
        remedy = "Use another idempotency key, or wait until the run is in a final state."
    )]
    Conflict,

    /// A synchronous call took longer than 300 seconds.
    #[error("This takes longer than a synchronous call may.")]
    #[api(
        status = 408,
        code = "sync_timeout_upgrade_async",
        section = "Runtime",
        retry = "none",
        remedy = "Send it again as an asynchronous call, then poll the task."
    )]
    SyncTimeoutUpgradeAsync,

    /// More requests than the key's tier allows.
    #[error("Too many requests for this key's tier.")]
    #[api(
        status = 429,
        code = "rate_limit_exceeded",
        section = "Runtime",
        retry = "after",
        remedy = "Wait as many seconds as `Retry-After` says."
    )]
    RateLimitExceeded {
        /// When the next request will be let through.
        #[api(retry_after, example = 12)]
        wait: Duration,
    },

    /// A fault of the server that nobody foresaw.
    #[error("unhandled: {0}")]
    #[api(
        status = 500,
        code = "internal_error",
        section = "Runtime",
        retry = "backoff",
        act = "operator",
        remedy = "Report it with the request id."
    )]
    InternalError(#[source] Box<dyn Error + Send + Sync>),

    /// A provider that the service relies on failed.
    #[error("provider {provider} failed")]
    #[api(
        status = 502,
        code = "upstream_error",
        section = "Runtime",
        retry = "backoff",
        message = "A provider that we rely on failed.",
        remedy = "Try again."
    )]
    UpstreamError {
        /// Which provider it is; for operators alone.
        provider: &'static str,
    },

    /// All workers are busy, or the service is under maintenance.
    #[error("the pool is saturated")]
    #[api(
        status = 503,
        code = "service_unavailable",
        section = "Runtime",
        retry = "after 30s..60s",
        message = "The service is busy or under maintenance.",
        remedy = "Try again in a minute."
    )]
    ServiceUnavailable,

    /// The endpoint exists, the feature behind it does not yet.
    #[error("no implementation yet")]
    #[api(
        status = 501,
        code = "not_implemented",
        section = "Runtime",
        retry = "none",
        message = "This is not available yet.",
        remedy = "Ask support when it will be."
    )]
    NotImplemented,
}
