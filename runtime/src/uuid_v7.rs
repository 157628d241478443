//! New ids: UUIDs of version 7 (RFC 9562 section 5.7), which are sorted by time, as logs are.

use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// A new one. Its random bits are not of the kind that nobody can guess.
pub(crate) fn make() -> Uuid {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let milliseconds = now.as_secs() * 1000 + u64::from(now.subsec_millis());
    let random = fastrand::u128(..).to_le_bytes();
    let (random, _) = random.split_first_chunk().unwrap_or((&[0; 10], &[]));
    uuid::Builder::from_unix_timestamp_millis(milliseconds, random).into_uuid()
}
