//! Takes a text or a number of Rust; gives the JSON for it, byte for byte as `serde_json` writes it, or the reason why
//! the number is none in JSON.

use std::borrow::Cow;

use super::Reason;

/// A JSON string, with its quotes.
pub(crate) fn string(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

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

/// A number as it was written, and its digits as Rust understands them: base ten, without `_` and suffix.
pub(crate) fn check_number(written: String, digits: &str) -> Result<String, Reason> {
    if is_number(&written) {
        return Ok(written);
    }
    // `1.` and `0x10` have another form in JSON; `1e999` has none.
    let digits = if digits.ends_with('.') { format!("{digits}0") } else { digits.to_owned() };
    let help = if is_number(&digits) {
        format!("write `{digits}`")
    } else {
        "numbers look like `5`, `-1`, `0.5` or `1e3`".to_owned()
    };
    Err(Reason::new(format!("`{written}` is not a number in JSON"), help))
}

/// Whether this is a number in JSON (RFC 8259 section 6) that readers can hold. Its sign is a token of its own.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let is_number = digits(whole) && digits(fraction) && digits(exponent);
    is_number && (whole == "0" || !whole.starts_with('0')) && text.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_json() {
        for text in ["0", "5", "120", "0.5", "1e3", "1.25E-3", "1e+2", "123456789012345678901234567890"] {
            assert!(is_number(text), "{text}");
        }
        for text in
            ["", "-1", "01", "1.", ".5", "1_000", "0x10", "5u8", "1.0f64", "1e", "1e999", "inf", "NaN"]
        {
            assert!(!is_number(text), "{text}");
        }
    }

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
