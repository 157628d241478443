//! The billing module's own error type. It names no envelope: each API that holds it answers in its own.

use errorbook::ApiError;

/// The account cannot pay for the request.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(section = "Billing", decode)]
pub enum BillingError {
    /// The month's video minutes are used up.
    #[error("account {account} asked for {needed} minutes and has {left}")]
    #[api(
        status = 402,
        code = "insufficient_minutes",
        decode = false,
        retry = "none",
        message = "This needs {needed} video minutes, and {left} are left this month.",
        remedy = "Wait for the next billing cycle, or upgrade your plan."
    )]
    InsufficientMinutes {
        /// Whose minutes they are; for operators alone.
        account: String,
        /// The minutes that the request would use.
        #[api(example = 12)]
        needed: u32,
        /// The minutes that are left.
        #[api(example = 3)]
        left: u32,
    },
}
