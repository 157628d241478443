//! Request ids. Takes the headers of a request; gives its id, taken over where the request brings a sane one, else that of
//! the request around this one, else a new one. Callers read it in the response's header.

use http::header::Entry;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Response};

use super::declared::mark;
use super::headers;
use crate::envelope::Slot;
use crate::render::{Told, ToldId};
use crate::uuid_v7;

/// Longer ids are not taken over: they end up in every log line of the request.
const LONGEST: usize = ToldId::LONGEST;

/// Puts the id into a response's header, in place of any other.
///
/// An error's body may show another: it was set by hand, was made in a layer further in that takes its ids from another
/// header, or was kept since an earlier request. Header and body tell one id then, that of the body, under which operators
/// find the error.
pub(crate) fn tell<B>(response: &mut Response<B>, name: &HeaderName, id: HeaderValue) {
    let id = in_the_body(response.extensions(), &id).unwrap_or(id);
    put(response.headers_mut(), name, id);
}

/// The id that the body shows, if it is another one that fits into a header.
fn in_the_body(extensions: &Extensions, id: &HeaderValue) -> Option<HeaderValue> {
    let Told { envelope, id: told, by_grpc, .. } = mark(extensions)?.told;
    let told = told.filter(|told| told.as_bytes() != id.as_bytes() && !by_grpc)?;
    if !envelope.shows(|slot| slot == Slot::RequestId) {
        return None;
    }
    HeaderValue::from_str(std::str::from_utf8(told.as_bytes()).ok()?).ok()
}

/// Puts the id into a header, in place of any other.
fn put(headers: &mut HeaderMap, name: &HeaderName, id: HeaderValue) {
    match headers.try_entry(name) {
        Ok(Entry::Occupied(mut others)) => drop(others.insert(id)),
        Ok(Entry::Vacant(place)) => drop(place.try_insert(id)),
        // A map that is full takes none, also in place of what it has.
        Err(_) => {
            headers.remove(name);
            let _ = headers.try_insert(name, id);
        }
    }
}

/// The id of the request with these headers; `None` only where HTTP allows no header value of it, which never is.
/// `outer` is that of the request around it.
///
/// One line of the header goes on, so that nobody further in takes another for the request's: the first, if it is sane,
/// else an id in its place. Where there is none, one is put there only on demand, as that takes time: what stands further in finds the id in the context.
pub(super) fn take_over_or_make(
    headers: &mut HeaderMap,
    name: &HeaderName,
    sets_header: bool,
    outer: Option<&HeaderValue>,
) -> Option<HeaderValue> {
    let given = headers::find(headers, name);
    if let Some(given) = given
        && is_sane(given)
    {
        // A copy: the value itself may be a view of the whole head of the request, which would stay in memory for
        // as long as any task has the context.
        let id = HeaderValue::from_bytes(given.as_bytes()).ok()?;
        // Only where some header has several lines is it worth a look whether this one has.
        if headers.len() > headers.keys_len() {
            put(headers, name, id.clone());
        }
        return Some(id);
    }
    let is_set = sets_header || given.is_some();
    let id = outer.cloned().or_else(make)?;
    if is_set {
        put(headers, name, id.clone());
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

/// `req_` and the 32 hexadecimal digits of a UUID of version 7 (RFC 9562 section 5.7), in one allocation, which
/// moves from the request's context to its response.
///
/// Its random bits are not of the kind that nobody can guess: whoever sends a request may choose its id anyway.
fn make() -> Option<HeaderValue> {
    let mut text = [0; LENGTH];
    let (prefix, digits) = text.split_at_mut(PREFIX.len());
    prefix.copy_from_slice(PREFIX);
    uuid_v7::make().simple().encode_lower(digits);
    HeaderValue::from_bytes(&text).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{SystemTime, UNIX_EPOCH};

    use super::*;

    fn taken_over(id: &str) -> bool {
        let name = HeaderName::from_static("x-request-id");
        let mut headers = HeaderMap::from_iter([(name.clone(), HeaderValue::from_str(id).unwrap())]);
        let taken = take_over_or_make(&mut headers, &name, false, None).unwrap();
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
