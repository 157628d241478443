//! Texts that operators read, of which a caller may have chosen a part. Takes any text; gives it on one line: whoever
//! could write a line break, or turn the direction of what stands behind it, could forge an entry of a log.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

/// What a `Display` writes, with each character escaped that is no part of a line, as a Rust literal would have it.
pub(crate) struct OneLine<T>(pub(crate) T);

impl<T: Display> Display for OneLine<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(out), "{}", self.0)
    }
}

struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        while let Some((start, found)) = text.char_indices().find(|(_, char)| leaves_the_line(*char)) {
            let (before, behind) = text.split_at(start);
            write!(self.0, "{before}{}", found.escape_debug())?;
            text = behind.get(found.len_utf8()..).unwrap_or_default();
        }
        self.0.write_str(text)
    }
}

/// The text on one line.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(leaves_the_line) { Cow::Owned(OneLine(text).to_string()) } else { Cow::Borrowed(text) }
}

/// A JSON text on one line. JSON itself escapes no more than what lies below the space.
#[cfg(feature = "tracing")]
pub(crate) fn json_on_one_line(json: String) -> String {
    if !json.contains(leaves_the_line) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len());
    for char in json.chars() {
        if leaves_the_line(char) {
            // All of them are in the basic plane. Writing to a string does not fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(char));
        } else {
            escaped.push(char);
        }
    }
    escaped
}

/// Control characters (Unicode's category Cc), the separators of lines and paragraphs, and what orders text from right to
/// left (Unicode Standard Annex 9, its explicit formatting characters and marks).
pub(crate) fn leaves_the_line(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_line_is_escaped_and_all_else_stays() {
        for (text, shown) in [
            ("", ""),
            ("plain \"ü\" \\ 漢", "plain \"ü\" \\ 漢"),
            ("a\nb\r\n", "a\\nb\\r\\n"),
            ("\t\0\u{1b}[31m", "\\t\\0\\u{1b}[31m"),
            ("\u{85}\u{2028}\u{202e}x", "\\u{85}\\u{2028}\\u{202e}x"),
        ] {
            assert_eq!(OneLine(text).to_string(), shown);
            assert_eq!(one_line(text), shown);
        }
    }

    #[cfg(feature = "tracing")]
    #[test]
    fn json_stays_json() {
        let json = serde_json::json!({ "a\n": "\u{2028}\u{7f}x" });
        let shown = json_on_one_line(json.to_string());
        assert_eq!(shown, r#"{"a\n":"\u2028\u007fx"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), json);
    }
}
