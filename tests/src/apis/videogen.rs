//! `videogen`: media tools. Not every error shows a code, so a client reads the status first; the codes that stay
//! off the wire are in the catalogue and the logs all the same.

use std::error::Error;
use std::time::Duration;

use errorbook::{ApiError, Envelope, envelope};

/// The body of every error of this API.
pub const VIDEOGEN: Envelope = envelope!({ "message": message, "code": code? });

/// Every way in which a request to a media tool can fail.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = VIDEOGEN, catalog_title = "Media tool errors")]
pub enum VideogenError {
    /// There is no bearer token, or it is empty.
    #[error("No API key was sent.")]
    #[api(
        status = 401,
        code = "missing_api_key",
        retry = "none",
        remedy = "Send your key as `Authorization: Bearer YOUR_KEY`.",
        header("WWW-Authenticate", "Bearer")
    )]
    MissingApiKey,

    /// The token is not valid, or was revoked.
    #[error("This API key is not valid.")]
    #[api(
        status = 401,
        code = "invalid_api_key",
        retry = "none",
        remedy = "Check the key, or create a new one.",
        header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
    )]
    InvalidApiKey,

    /// The id of a resource is malformed or has the wrong prefix.
    #[error("`{id}` is not an id of this kind of resource.")]
    #[api(status = 400, code = "invalid_id", retry = "none", remedy = "Use the id as the API returned it.")]
    InvalidId {
        /// The id as it was sent.
        #[api(example = "vid_12")]
        id: String,
    },

    /// One or more parameters are not accepted.
    #[error("Not valid: {parameters}.")]
    #[api(
        status = 400,
        code = "invalid_parameters",
        retry = "none",
        remedy = "Correct the parameters that the message names."
    )]
    InvalidParameters {
        /// The names of the parameters.
        #[api(example = "width, fps")]
        parameters: String,
    },

    /// The key has no access to this resource.
    #[error("This key has no access to the resource.")]
    #[api(
        status = 403,
        code = "forbidden",
        omit(code),
        retry = "none",
        remedy = "Use a key that has access."
    )]
    Forbidden,

    /// The resource is not there, or is another team's.
    #[error("There is no such resource.")]
    #[api(status = 404, code = "not_found", omit(code), retry = "none", remedy = "Check the id.")]
    NotFound,

    /// Too many requests.
    #[error("Too many requests.")]
    #[api(
        status = 429,
        code = "rate_limited",
        omit(code),
        retry = "after",
        remedy = "Back off and send the request again."
    )]
    RateLimited {
        /// When the next request will be let through, where that is known.
        #[api(retry_after, example = 12)]
        wait: Option<Duration>,
    },

    /// A fault of the server.
    #[error("server fault: {0}")]
    #[api(status = 500, code = "server_fault", omit(code), retry = "backoff", remedy = "Try again later.")]
    ServerFault(#[source] Box<dyn Error + Send + Sync>),
}
