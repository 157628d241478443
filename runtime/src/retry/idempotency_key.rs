//! The `Idempotency-Key` header: a key by which a service recognises a request that it has seen before
//! (draft-ietf-httpapi-idempotency-key-header). Services and clients read it alike.

use http::{HeaderMap, HeaderName};

pub(crate) const NAME: HeaderName = HeaderName::from_static("idempotency-key");

/// Whether there is one. By a blank one no service recognises a request, so it does not count.
pub(crate) fn is_there(headers: &HeaderMap) -> bool {
    headers.get_all(NAME).iter().any(|key| !key.as_bytes().trim_ascii().is_empty())
}
