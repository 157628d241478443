//! Field errors, as a `for` of an envelope goes through them. Takes details as JSON; gives the field errors in them, if they
//! are a list of these and of nothing else, and writes what is asked of one.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::envelope::layout::FieldPart;
use crate::json::Buffer;
use crate::percent;

/// One field error. Each part is a JSON string as it was written, with its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pointer: &'a str,
    code: &'a str,
    message: &'a str,
}

/// The field errors that the details are; none where they are anything else.
pub(super) fn items(details: &[u8]) -> Vec<Item<'_>> {
    if details.first() != Some(&b'[') {
        return Vec::new();
    }
    serde_json::from_slice(details).unwrap_or_default()
}

/// An object with these three strings and nothing else, as no member of it may go missing.
impl<'de: 'a, 'a> Deserialize<'de> for Item<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ItemVisitor;

        impl<'de> Visitor<'de> for ItemVisitor {
            type Value = Item<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a field error")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let (mut pointer, mut code, mut message) = (None, None, None);
                while let Some((name, value)) = map.next_entry::<&str, &RawValue>()? {
                    let place = match name {
                        "pointer" => &mut pointer,
                        "code" => &mut code,
                        "message" => &mut message,
                        _ => return Err(A::Error::custom("another member")),
                    };
                    if place.is_some() || !value.get().starts_with('"') {
                        return Err(A::Error::custom("another value"));
                    }
                    *place = Some(value.get());
                }
                match (pointer, code, message) {
                    (Some(pointer), Some(code), Some(message)) => Ok(Item { pointer, code, message }),
                    _ => Err(A::Error::custom("no field error")),
                }
            }
        }

        deserializer.deserialize_map(ItemVisitor)
    }
}

impl Item<'_> {
    pub(super) fn push(&self, part: FieldPart, out: &mut Buffer) {
        match part {
            FieldPart::Pointer => out.push_str(self.pointer),
            FieldPart::Code => out.push_str(self.code),
            FieldPart::Message => out.push_str(self.message),
            FieldPart::Fragment => self.push_fragment(out),
        }
    }

    fn push_fragment(&self, out: &mut Buffer) {
        let inside = self.pointer.trim_matches('"');
        out.push_str("\"#");
        if inside.contains('\\') {
            // It was JSON when it was read.
            let pointer: String = serde_json::from_str(self.pointer).unwrap_or_default();
            push_percent_encoded(out, &pointer);
        } else {
            push_percent_encoded(out, inside);
        }
        out.push(b'"');
    }
}

/// A JSON pointer as a URI fragment (RFC 6901 section 6). What may stand there (RFC 3986 section 3.5) needs no escape in
/// a JSON string either.
fn push_percent_encoded(out: &mut Buffer, text: &str) {
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) {
            out.push(byte);
        } else {
            out.push_bytes(&percent::encoded(byte));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fragment(pointer: &str) -> String {
        let pointer = serde_json::to_string(pointer).unwrap();
        let mut out = Buffer::new();
        Item { pointer: &pointer, code: "", message: "" }.push(FieldPart::Fragment, &mut out);
        serde_json::from_slice(out.as_slice()).unwrap()
    }

    #[test]
    fn fragments_are_those_of_the_rfc() {
        for (pointer, expected) in [
            ("", "#"),
            ("/foo", "#/foo"),
            ("/foo/0", "#/foo/0"),
            ("/", "#/"),
            ("/a~1b", "#/a~1b"),
            ("/c%d", "#/c%25d"),
            ("/e^f", "#/e%5Ef"),
            ("/g|h", "#/g%7Ch"),
            ("/i\\j", "#/i%5Cj"),
            ("/k\"l", "#/k%22l"),
            ("/ ", "#/%20"),
            ("/m~0n", "#/m~0n"),
            ("/ü\n#", "#/%C3%BC%0A%23"),
        ] {
            assert_eq!(fragment(pointer), expected);
        }
    }

    #[test]
    fn nothing_else_is_a_field_error() {
        let good = r#"{"pointer":"","message":"","code":""}"#;
        assert_eq!(items(format!("[{good},{good}]").as_bytes()).len(), 2);
        for other in [
            r#"{"pointer":"","message":""}"#,
            r#"{"pointer":"","message":"","code":1}"#,
            r#"{"pointer":"","message":"","code":null}"#,
            r#"{"pointer":"","message":"","code":"","more":1}"#,
            r#"{"pointer":"","pointer":"","message":"","code":""}"#,
            r#"["","",""]"#,
            "\"text\"",
            "1",
        ] {
            assert_eq!(items(format!("[{good},{other}]").as_bytes()).len(), 0, "{other}");
        }
        for whole in ["[]", "{}", good, "null", ""] {
            assert_eq!(items(whole.as_bytes()).len(), 0, "{whole}");
        }
    }
}
