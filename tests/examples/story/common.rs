//! What the two story APIs have in common: the envelope, the errors of authentication, and the form in which
//! a bad field is named.

use errorbook::{ApiError, Envelope, envelope};
use serde::{Deserialize, Serialize};

/// The body of every error of both story APIs.
pub const STORY: Envelope = envelope!({
    "error": { "code": code, "message": message, "request_id": request_id?, "details": details? }
});

/// Who calls is not known. Both story APIs hold this type, and their envelope is what it answers in.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(section = "Authentication", decode)]
pub enum AuthError {
    /// The key is malformed, has expired or was revoked.
    #[error("This API key is not valid.")]
    #[api(
        status = 401,
        code = "invalid_api_key",
        retry = "none",
        remedy = "Check the key for typing errors, or create a new one.",
        header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
    )]
    InvalidApiKey,

    /// There is no `Authorization` header, or it does not begin with `Bearer`.
    #[error("No API key was sent.")]
    #[api(
        status = 401,
        code = "missing_api_key",
        retry = "none",
        remedy = "Send your key as `Authorization: Bearer YOUR_KEY`.",
        header("WWW-Authenticate", "Bearer")
    )]
    MissingApiKey,
}

/// One field of a request that its schema does not accept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FieldError {
    /// Where the field stands, like `scenes.2.length`.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

impl FieldError {
    /// A field, and what is wrong with it.
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }
}
