//! New keys for the `Idempotency-Key` header.

use http::{HeaderMap, HeaderValue};

use crate::retry::idempotency_key::NAME;
use crate::uuid_v7;

pub(super) use crate::retry::idempotency_key::is_there as has_key;

/// A new key, alone in its header.
pub(super) fn new_key() -> HeaderMap {
    let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
    let text = uuid_v7::make().hyphenated().encode_lower(&mut text);
    // Never fails, as a UUID is ASCII.
    HeaderValue::from_str(text).map(|key| HeaderMap::from_iter([(NAME, key)])).unwrap_or_default()
}
