//! JSON text that is known when the macro runs: a Rust string in, what stands between the quotes of the JSON
//! string out, byte for byte as `serde_json` writes it. The quotes are the caller's.

use std::borrow::Cow;

/// The inside of a JSON string, borrowed where nothing needs escaping.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    // What must be escaped is ASCII, so cutting the text there never splits a character.
    let Some(first) = text.bytes().position(is_escaped) else {
        return Cow::Borrowed(text);
    };
    let mut escaped = String::with_capacity(text.len() + 8);
    escaped.push_str(&text[..first]);
    for character in text[first..].chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\u{8}' => escaped.push_str("\\b"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\u{c}' => escaped.push_str("\\f"),
            '\r' => escaped.push_str("\\r"),
            '\0'..='\u{1f}' => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let code = character as usize;
                escaped.push_str("\\u00");
                escaped.push(char::from(HEX[code >> 4]));
                escaped.push(char::from(HEX[code & 15]));
            }
            _ => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_borrowed() {
        for text in ["", "Not found.", "größer als 10 €", "\u{7f}\u{2028}/"] {
            assert!(matches!(escape(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        assert_eq!(escape(r#"say "a\b" é"#), r#"say \"a\\b\" é"#);
    }

    #[test]
    fn every_control_character_has_its_escape() {
        let all: String = ('\0'..=' ').collect();
        assert_eq!(
            escape(&all),
            "\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\
             \\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\
             \\u001d\\u001e\\u001f "
        );
    }
}
