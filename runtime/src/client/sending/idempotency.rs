//! The `Idempotency-Key` header: a key by which a service recognises a request that it has seen before
//! (draft-ietf-httpapi-idempotency-key-header).

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::uuid_v7;

const NAME: HeaderName = HeaderName::from_static("idempotency-key");

/// Whether there is one. By a blank one no service recognises a request, so it does not count.
pub(super) fn has_key(headers: &HeaderMap) -> bool {
    headers.get_all(NAME).iter().any(|key| !key.as_bytes().trim_ascii().is_empty())
}

/// A new key, alone in its header.
pub(super) fn new_key() -> HeaderMap {
    let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
    let text = uuid_v7::make().hyphenated().encode_lower(&mut text);
    // Never fails, as a UUID is ASCII.
    HeaderValue::from_str(text).map(|key| HeaderMap::from_iter([(NAME, key)])).unwrap_or_default()
}
