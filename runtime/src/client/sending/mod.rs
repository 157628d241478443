//! What sends and sleeps as the policy decides, each behind a feature of its own.

#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
mod attempts;
#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
mod idempotency;
#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
mod put_back;
#[cfg(feature = "client-reqwest")]
pub mod reqwest;
#[cfg(feature = "client-tokio")]
mod retry;
#[cfg(feature = "client-tower")]
pub mod tower;

#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
use http::StatusCode;

#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
pub use attempts::Attempts;
#[cfg(feature = "client-tokio")]
pub use retry::{Retries, retry};

/// Whether a response of this status is an error. One beyond 599 is handled as a 5xx (RFC 9110 section 15).
#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
fn is_error(status: StatusCode) -> bool {
    status.as_u16() >= 400
}
