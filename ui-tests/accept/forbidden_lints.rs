//! Under a `forbid` nobody can allow a lint, not even an expansion: it draws none, and allows none.
#![forbid(deprecated, long_running_const_eval, unused_qualifications, unused, missing_docs, unsafe_code)]

use std::time::Duration;

use errorbook::{ApiError, Envelope, envelope};

/// The body of every error.
pub const BODY: Envelope = envelope!({ "code": code?, "type": meta.kind, "message": message, ..details });

/// With deprecated parts, which warn those who use them.
#[derive(Debug, ApiError)]
#[api(envelope = BODY, meta(kind = "story"), shared_codes("slow_down"))]
pub enum StoryError<T: Copy> {
    /// Old.
    #[deprecated = "say something else"]
    #[api(status = 404, message = "No {id:>4}.")]
    Old {
        /// The id.
        #[deprecated]
        #[api(detail, header = "X-Id")]
        id: u64,
        /// Another.
        #[api(detail)]
        other: T,
    },
    /// Slow down.
    #[api(status = 429, code = "slow_down", message = "Slow down.", omit(code))]
    SlowDown(#[api(retry_after)] Duration),
    /// Slow down more.
    #[api(status = 429, code = "slow_down", message = "Slow down more.", omit(code))]
    SlowDownMore(#[api(retry_after)] Duration),
    /// Held.
    #[api(transparent)]
    Held(Held),
}

/// Old as a whole.
#[deprecated]
#[derive(Debug, ApiError)]
#[api(status = 410, message = "Gone.", meta(kind = "held"))]
pub struct Gone;

/// Held.
#[derive(Debug, ApiError)]
#[api(envelope = BODY, status = 500, meta(kind = "held"))]
pub struct Held;

fn main() {
    let error = StoryError::<u8>::Held(Held);
    assert_eq!(error.code(), "held");
    let slow = [StoryError::<u8>::SlowDown(Duration::ZERO), StoryError::SlowDownMore(Duration::ZERO)];
    assert_eq!(slow[0].code(), slow[1].code());
}
