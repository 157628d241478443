//! Request ids: taken over from the request where they are sane, else made and put into the request, so that
//! everything further in that reads the header knows the same id.

use http::header::Entry;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Longer ids are not taken over: they end up in every log line of the request.
const LONGEST: usize = 128;

pub(super) fn take_over_or_make(headers: &mut HeaderMap, name: &HeaderName) -> String {
    // A map that is full keeps what it has.
    let Ok(entry) = headers.try_entry(name) else { return make() };
    if let Entry::Occupied(given) = &entry
        && let Some(id) = sane(given.get())
    {
        return id.to_owned();
    }
    let id = make();
    if let Ok(value) = HeaderValue::from_str(&id) {
        match entry {
            Entry::Occupied(mut given) => drop(given.insert(value)),
            Entry::Vacant(place) => drop(place.try_insert(value)),
        }
    }
    id
}

fn sane(value: &HeaderValue) -> Option<&str> {
    let bytes = value.as_bytes();
    let is_sane = (1..=LONGEST).contains(&bytes.len()) && bytes.iter().all(|byte| SANE[usize::from(*byte)]);
    if is_sane { std::str::from_utf8(bytes).ok() } else { None }
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

/// `req_` and the 32 hexadecimal digits of a UUID of version 7 (RFC 9562 section 5.7), in one allocation of the
/// exact size.
fn make() -> String {
    const PREFIX: &str = "req_";
    let id = uuid::Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext)).simple();
    let mut digits = [0; uuid::fmt::Simple::LENGTH];
    let digits = id.encode_lower(&mut digits);
    let mut text = String::with_capacity(PREFIX.len() + digits.len());
    text.push_str(PREFIX);
    text.push_str(digits);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_over(id: &str) -> bool {
        let name = HeaderName::from_static("x-request-id");
        let mut headers = HeaderMap::from_iter([(name.clone(), HeaderValue::from_str(id).unwrap())]);
        let taken = take_over_or_make(&mut headers, &name);
        assert_eq!(headers[&name], *taken);
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
    fn made_ids_are_of_one_form_and_differ() {
        let (one, other) = (make(), make());
        assert_ne!(one, other);
        assert_eq!(one.len(), 36);
        assert!(one.starts_with("req_") && one[4..].bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(one.capacity(), one.len());
    }
}
