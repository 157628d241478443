//! Request ids: taken over from the request where they are sane, else made and put into the request, so that
//! everything further in that reads the header knows the same id.

use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::Entry;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Longer ids are not taken over: they end up in every log line of the request.
const LONGEST: usize = 128;

/// Puts the id into a response's header, in place of any other. A header that is full goes without.
pub(crate) fn tell(headers: &mut HeaderMap, name: &HeaderName, id: HeaderValue) {
    let _ = headers.try_insert(name, id);
}

/// The id of the request with these headers; `None` only where HTTP allows no header value of it, which never is.
pub(super) fn take_over_or_make(headers: &mut HeaderMap, name: &HeaderName) -> Option<HeaderValue> {
    // A map that is full keeps what it has.
    let Ok(entry) = headers.try_entry(name) else { return make() };
    if let Entry::Occupied(given) = &entry
        && is_sane(given.get())
    {
        // A copy: the value itself may be a view of the whole head of the request, which would stay in memory for
        // as long as any task has the context.
        return HeaderValue::from_bytes(given.get().as_bytes()).ok();
    }
    let id = make()?;
    match entry {
        Entry::Occupied(mut given) => drop(given.insert(id.clone())),
        Entry::Vacant(place) => drop(place.try_insert(id.clone())),
    }
    Some(id)
}

fn is_sane(id: &HeaderValue) -> bool {
    (1..=LONGEST).contains(&id.len()) && id.as_bytes().iter().all(|byte| SANE[usize::from(*byte)])
}

/// By byte: whether it may stand in an id. None of these has to be escaped, in JSON, logs or headers.
const SANE: [bool; 256] = {
    const ALL: &[u8] = b"-_.:/+=@~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut sane = [false; 256];
    let mut index = 0;
    while index < ALL.len() {
        sane[ALL[index] as usize] = true;
        index += 1;
    }
    sane
};

const PREFIX: &[u8] = b"req_";
const LENGTH: usize = PREFIX.len() + uuid::fmt::Simple::LENGTH;

/// `req_` and the 32 hexadecimal digits of a UUID of version 7 (RFC 9562 section 5.7), in one allocation, which the
/// request, its context and its response share.
///
/// Its random bits are not of the kind that nobody can guess: whoever sends a request may choose its id anyway.
fn make() -> Option<HeaderValue> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let milliseconds = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
    let mut random = [0; 10];
    fastrand::fill(&mut random);
    let id = uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid();
    let mut text = [0; LENGTH];
    let (prefix, digits) = text.split_at_mut(PREFIX.len());
    prefix.copy_from_slice(PREFIX);
    id.simple().encode_lower(digits);
    HeaderValue::from_maybe_shared(Bytes::from_owner(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_over(id: &str) -> bool {
        let name = HeaderName::from_static("x-request-id");
        let mut headers = HeaderMap::from_iter([(name.clone(), HeaderValue::from_str(id).unwrap())]);
        let taken = take_over_or_make(&mut headers, &name).unwrap();
        assert_eq!(headers[&name], taken);
        taken == id
    }

    #[test]
    fn sane_ids_are_taken_over() {
        for id in
            ["a", "req_01hq", "0af7651916cd43dd8448eb211c80319c", "a:b/c+d=e@f~g.h-i", &"x".repeat(LONGEST)]
        {
            assert!(taken_over(id), "{id}");
        }
    }

    #[test]
    fn others_are_not() {
        for id in ["", " ", "a b", "a\"b", "<script>", "a\tb", &"x".repeat(LONGEST + 1)] {
            assert!(!taken_over(id), "{id}");
        }
    }

    #[test]
    fn made_ids_are_uuids_of_version_7() {
        let before = milliseconds_now();
        let ids: Vec<String> = (0..1000).map(|_| make().unwrap().to_str().unwrap().to_owned()).collect();
        let after = milliseconds_now();
        for id in &ids {
            let uuid: uuid::Uuid = id.strip_prefix("req_").unwrap().parse().unwrap();
            assert_eq!((uuid.get_version_num(), uuid.get_variant()), (7, uuid::Variant::RFC4122));
            let milliseconds = u64::from_str_radix(&id[4..16], 16).unwrap();
            assert!((before..=after).contains(&milliseconds), "{id}");
        }
        let distinct: std::collections::HashSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    fn milliseconds_now() -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis().try_into().unwrap()
    }
}
