//! Request ids: taken over from the request where they are sane, else made and put into the request, so that
//! everything further in that reads the header knows the same id.

use http::{HeaderMap, HeaderName, HeaderValue};

/// Longer ids are not taken over: they end up in every log line of the request.
const LONGEST: usize = 128;

pub(super) fn take_over_or_make(headers: &mut HeaderMap, name: &HeaderName) -> String {
    if let Some(id) = headers.get(name).and_then(sane) {
        return id.to_owned();
    }
    let id = make();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(name, value);
    }
    id
}

fn sane(value: &HeaderValue) -> Option<&str> {
    let id = value.to_str().ok()?;
    let is_sane = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/+=@~".contains(&byte);
    ((1..=LONGEST).contains(&id.len()) && id.bytes().all(is_sane)).then_some(id)
}

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
