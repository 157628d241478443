//! `pull_story`: stories about pull requests. Here a create is safe to repeat with a unique `Idempotency-Key`
//! alone, so every rule that repeats says `if idempotent`, where story says `always`.

use std::error::Error;
use std::time::Duration;

use errorbook::ApiError;

use super::billing::BillingError;
use super::common::{AuthError, FieldError, STORY};

/// Every way in which a request about a pull request's story can fail.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = STORY, catalog_title = "Pull request story errors")]
pub enum PullStoryError {
    /// Who calls is not known.
    #[error(transparent)]
    #[api(transparent)]
    Auth(#[from] AuthError),

    /// The account behind the key cannot read this repository.
    #[error("This key's account cannot read the repository.")]
    #[api(
        status = 403,
        code = "repo_access_denied",
        section = "Permissions",
        retry = "none",
        remedy = "Give the account access to the repository, or use another key."
    )]
    RepoAccessDenied,

    /// The pull request is private to this key, or automation is restricted there.
    #[error("This pull request cannot be read with this key.")]
    #[api(
        status = 403,
        code = "pr_not_accessible",
        section = "Permissions",
        retry = "none",
        remedy = "Ask the repository's owner to allow automation."
    )]
    PrNotAccessible,

    /// The body does not match the schema; `details` lists the fields.
    #[error("Some fields of the request are not valid.")]
    #[api(
        status = 400,
        code = "invalid_request",
        section = "Validation",
        retry = "none",
        remedy = "Correct the fields that `details` names."
    )]
    InvalidRequest {
        /// The fields at fault.
        #[api(details, example = [{ "field": "number", "problem": "must be a positive integer" }])]
        fields: Vec<FieldError>,
    },

    /// There is no pull request with this owner, repository and number.
    #[error("There is no pull request {owner}/{repo}#{number}.")]
    #[api(
        status = 404,
        code = "pr_not_found",
        section = "Validation",
        retry = "none",
        remedy = "Check owner, repository and number."
    )]
    PrNotFound {
        /// Who owns the repository.
        #[api(example = "octo")]
        owner: String,
        /// The repository's name.
        #[api(example = "otters")]
        repo: String,
        /// The pull request's number.
        #[api(example = 42)]
        number: u64,
    },

    /// The pull request is a draft without commits, so there is nothing to tell.
    #[error("This pull request is a draft without commits.")]
    #[api(
        status = 422,
        code = "draft_pr_skipped",
        section = "Validation",
        retry = "none",
        remedy = "Push a commit, then ask again."
    )]
    DraftPrSkipped,

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
        retry = "after, once, if idempotent",
        remedy = "Wait as many seconds as `Retry-After` says, then send the request once more."
    )]
    RateLimitExceeded {
        /// When the next request will be let through.
        #[api(retry_after, example = 12)]
        wait: Duration,
    },

    /// The code host failed while the diff was fetched.
    #[error("the code host failed: {source}")]
    #[api(
        status = 502,
        code = "github_upstream_error",
        section = "Upstream failures",
        retry = "after 30s, if idempotent",
        message = "The code host did not answer. Nothing was charged.",
        remedy = "Wait 30 seconds, then send the request again."
    )]
    GithubUpstreamError {
        /// What the code host said: nothing of it reaches a caller.
        source: Box<dyn Error + Send + Sync>,
    },

    /// Generation failed. The story's state says so, and nothing is charged; posting again starts over.
    #[error("generation failed at {stage}")]
    #[api(
        status = 500,
        code = "generation_failed",
        section = "Upstream failures",
        retry = "backoff, if idempotent",
        message = "The story could not be generated. Nothing was charged.",
        remedy = "Post the request again: generation starts over."
    )]
    GenerationFailed {
        /// Where generation stopped; for operators alone.
        stage: &'static str,
    },
}
