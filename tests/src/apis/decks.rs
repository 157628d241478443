//! `decks`: slide decks. Three codes share the status 402, and a generate call charges whenever it runs, so only
//! reads are repeated after a server fault.

use std::error::Error;

use errorbook::{ApiError, Envelope, envelope};

/// The body of every error of this API.
pub const DECKS: Envelope = envelope!({ "error": { "code": code, "message": message } });

/// Every way in which a request about a deck can fail.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = DECKS, catalog_title = "Deck errors")]
pub enum DecksError {
    /// The key is missing, malformed or revoked.
    #[error("A valid API key is needed.")]
    #[api(
        status = 401,
        code = "invalid_key",
        retry = "none",
        remedy = "Check the key, or create a new one.",
        header("WWW-Authenticate", "Bearer")
    )]
    InvalidKey,

    /// The plan does not include the API.
    #[error("Your plan does not include the API.")]
    #[api(status = 403, code = "api_not_on_plan", retry = "none", remedy = "Move to a plan with API access.")]
    ApiNotOnPlan,

    /// Fewer credits are left in this period than the call needs.
    #[error("This needs {need} credits, {left} left.")]
    #[api(
        status = 402,
        code = "insufficient_credits",
        retry = "none",
        remedy = "Wait for the next period, or buy credits."
    )]
    InsufficientCredits {
        /// The credits that the call needs.
        #[api(example = 40)]
        need: u32,
        /// The credits that are left.
        #[api(example = 12)]
        left: u32,
    },

    /// There are as many decks as the plan allows.
    #[error("Your plan allows {limit} decks, and you have them all.")]
    #[api(status = 402, code = "deck_limit", retry = "none", remedy = "Delete a deck, or upgrade.")]
    DeckLimit {
        /// How many decks the plan allows.
        #[api(example = 25)]
        limit: u32,
    },

    /// There are as many brands as the plan allows.
    #[error("Your plan allows {limit} brands, and you have them all.")]
    #[api(status = 402, code = "brand_limit", retry = "none", remedy = "Delete a brand, or upgrade.")]
    BrandLimit {
        /// How many brands the plan allows.
        #[api(example = 3)]
        limit: u32,
    },

    /// A field is missing or is not accepted.
    #[error("The field `{field}` {problem}.")]
    #[api(
        status = 422,
        code = "invalid_input",
        retry = "none",
        remedy = "Correct the field and send it again."
    )]
    InvalidInput {
        /// The field's name.
        #[api(example = "title")]
        field: String,
        /// What is wrong with it.
        #[api(example = "is missing")]
        problem: String,
    },

    /// There is no such resource, or it is another user's.
    #[error("There is no such resource.")]
    #[api(status = 404, code = "not_found", retry = "none", remedy = "Check the id.")]
    NotFound,

    /// More generate requests in a second than allowed.
    #[error("Too many generate requests in one second.")]
    #[api(
        status = 429,
        code = "rate_limit",
        retry = "after 1s",
        remedy = "Wait a second, then send it again."
    )]
    RateLimit,

    /// A fault of the server that nobody foresaw.
    #[error("unexpected: {0}")]
    #[api(
        status = 500,
        code = "internal_error",
        retry = "backoff, if safe",
        remedy = "Reads may be repeated. Look whether the deck is there before you generate it again."
    )]
    InternalError(#[source] Box<dyn Error + Send + Sync>),
}
