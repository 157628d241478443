//! What serde says of a value, in words for callers: a path and a message in, a field error out. Fields, variants and
//! what the caller sent stay; names of Rust types become words.

use std::borrow::Cow;

use serde_path_to_error::{Path, Segment};

use crate::field_errors::{FieldError, pointer, shortened};

/// The field error of what serde said at this path, of a request that is not at hand.
///
/// A name in the message is not made a step: it may be that of a member of something that was read ahead. Nor is a
/// variant: where it was sent as a text there is nothing below it.
pub(super) fn field_error(path: &Path, message: &str) -> FieldError {
    let steps = path.iter().map_while(|segment| match segment {
        Segment::Seq { index } => Some(Cow::Owned(index.to_string())),
        Segment::Map { key } => Some(Cow::Borrowed(&**key)),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    described(pointer(steps), message)
}

/// The field error at this place.
pub(super) fn described(pointer: String, message: &str) -> FieldError {
    FieldError::new(pointer, code(message), shortened(in_words(message)))
}

/// What `serde_json` says without ` at line 1 column 7`: the pointer says it better.
pub(super) fn without_position(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    if let Some(without) = message.strip_suffix(&position) {
        message.truncate(without.len());
    }
    message
}

/// What std's parsers say of the text of a parameter, in the words of [`expectation`]. Of which type it is, they do not
/// say.
pub(super) fn of_text(message: &str) -> &str {
    match message {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "invalid value, expected a whole number"
        }
        "number too large to fit in target type" => "invalid value, expected a smaller number",
        "number too small to fit in target type" => "invalid value, expected a larger number",
        "invalid float literal" | "cannot parse float from empty string" => {
            "invalid value, expected a number"
        }
        "provided string was not `true` or `false`" => "invalid value, expected `true` or `false`",
        "too many characters in string" | "cannot parse char from empty string" => {
            "invalid value, expected a single character"
        }
        message => message,
    }
}

/// The name in serde's `missing_field` and `duplicate_field`, which are told of the object and not of the member.
pub(super) fn named_field(message: &str) -> Option<&str> {
    let named = message.strip_prefix("missing field `").or_else(|| message.strip_prefix("duplicate field `"));
    named?.strip_suffix('`')
}

/// Which of the functions of `serde::de::Error` made the message. Whatever else a `Deserialize` says is about a value.
fn code(message: &str) -> &'static str {
    const BEGINNINGS: [(&str, &str); 4] = [
        ("missing field `", "missing_field"),
        ("unknown field `", "unknown_field"),
        ("duplicate field `", "duplicate_field"),
        ("invalid type: ", "invalid_type"),
    ];
    let found = BEGINNINGS.iter().find(|(beginning, _)| message.starts_with(beginning));
    found.map_or("invalid_value", |(_, code)| code)
}

// invalid type: map, expected struct Order    becomes    invalid type: object, expected an object
fn in_words(message: &str) -> Cow<'_, str> {
    if message.starts_with("data did not match any variant of untagged enum ") {
        return Cow::Borrowed("none of the possible forms fits");
    }
    if message.starts_with("no variant of enum ") {
        return Cow::Borrowed("none of the possible variants was found");
    }
    match message {
        // What `serde_json` says of a value that is JSON, and not what is due.
        "expected value" => return Cow::Borrowed("another kind of value is expected"),
        "recursion limit exceeded" => return Cow::Borrowed("it is nested too deeply"),
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => {
            return Cow::Borrowed("an escape in it stands for no character");
        }
        "trailing characters" => return Cow::Borrowed("it has more items than expected"),
        _ => {}
    }
    let is_serdes = ["invalid type: ", "invalid value: ", "invalid length "];
    // The last one: what stands before it is quoted, and may be anything.
    let Some((found, expected)) = message.rsplit_once(", expected ") else { return Cow::Borrowed(message) };
    if !is_serdes.iter().any(|beginning| message.starts_with(beginning)) {
        return Cow::Borrowed(message);
    }
    let found = match found {
        "invalid type: map" => "invalid type: object",
        "invalid type: sequence" => "invalid type: array",
        found => found,
    };
    Cow::Owned(format!("{found}, expected {}", expectation(expected)))
}

/// What a type accepts, by its name in Rust or by the words of serde's derive.
pub(super) fn expectation(expected: &str) -> &str {
    /// The beginnings of what the derive says; behind each stands the name of a type.
    const DERIVED: [(&str, &str); 12] = [
        ("struct variant ", "an object"),
        ("struct ", "an object"),
        ("tuple struct ", "an array"),
        ("tuple variant", "an array"),
        ("a tuple ", "an array"),
        ("an array ", "an array"),
        ("unit struct ", "null"),
        ("unit variant ", "null"),
        ("newtype variant", "another value"),
        ("enum ", "the name of a variant, or an object with it as its only member"),
        ("internally tagged enum ", "an object"),
        ("adjacently tagged enum ", "an object"),
    ];
    match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" | "usize" => "a whole number from 0 to 18446744073709551615",
        "i8" => "a whole number from -128 to 127",
        "i16" => "a whole number from -32768 to 32767",
        "i32" => "a whole number from -2147483648 to 2147483647",
        "i64" | "isize" => "a whole number from -9223372036854775808 to 9223372036854775807",
        "a nonzero u8" => "a whole number from 1 to 255",
        "a nonzero u16" => "a whole number from 1 to 65535",
        "a nonzero u32" => "a whole number from 1 to 4294967295",
        "a nonzero u64" | "a nonzero usize" => "a whole number from 1 to 18446744073709551615",
        "u128" => "a whole number that is not negative",
        "i128" => "a whole number",
        "f32" | "f64" => "a number",
        "bool" | "a boolean" => "`true` or `false`",
        "char" => "a single character",
        "String" | "a borrowed string" | "path string" => "a string",
        "a sequence" => "an array",
        "a map" => "an object",
        "unit" => "null",
        "option" => "a value or null",
        "string or map" => "a string or an object",
        _ => DERIVED
            .iter()
            .find(|(beginning, _)| expected.starts_with(beginning))
            .map_or(expected, |(_, words)| words),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn names_of_types_become_words_and_what_was_sent_stays() {
        for (said, shown) in [
            ("invalid type: map, expected a string", "invalid type: object, expected a string"),
            ("invalid type: null, expected struct Secret", "invalid type: null, expected an object"),
            (
                "invalid length 1, expected struct Secret with 2 elements",
                "invalid length 1, expected an object",
            ),
            (
                "invalid length 1, expected tuple struct Secret with 2 elements",
                "invalid length 1, expected an array",
            ),
            (
                "invalid type: string \"a, expected struct B\", expected u8",
                "invalid type: string \"a, expected struct B\", expected a whole number from 0 to 255",
            ),
            (
                "invalid type: unit variant, expected newtype variant",
                "invalid type: unit variant, expected another value",
            ),
            (
                "invalid type: unit variant, expected tuple variant",
                "invalid type: unit variant, expected an array",
            ),
            (
                "invalid value: integer `0`, expected a nonzero u8",
                "invalid value: integer `0`, expected a whole number from 1 to 255",
            ),
            ("data did not match any variant of untagged enum Secret", "none of the possible forms fits"),
            ("unknown variant `x`, expected `a` or `b`", "unknown variant `x`, expected `a` or `b`"),
            ("a story id begins with `brief_`", "a story id begins with `brief_`"),
        ] {
            assert_eq!(in_words(said), shown);
        }
    }
}
