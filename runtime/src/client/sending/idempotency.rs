//! The `Idempotency-Key` header: a key by which a service recognises a request that it has seen before
//! (draft-ietf-httpapi-idempotency-key-header).

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::uuid_v7;

const NAME: HeaderName = HeaderName::from_static("idempotency-key");

pub(super) fn has_key(headers: &HeaderMap) -> bool {
    headers.contains_key(NAME)
}

/// A new key, alone in its header.
pub(super) fn new_key() -> HeaderMap {
    let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
    let text = uuid_v7::make().hyphenated().encode_lower(&mut text);
    // Never fails, as a UUID is ASCII.
    HeaderValue::from_str(text).map(|key| HeaderMap::from_iter([(NAME, key)])).unwrap_or_default()
}
