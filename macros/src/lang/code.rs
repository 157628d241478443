//! Takes an error's code as written; gives nothing, or the reason why it cannot be one, and the hash by which it is
//! compared. In which case it is written is for `case` to say, and whether it is the only one for those who see them
//! all.

use super::{Reason, words};

/// A code is ASCII letters, digits and `_ - . : /`. It stands in JSON, URLs, anchors, logs and client code:
/// anything else would have to be escaped in one of them.
pub(crate) fn check(code: &str) -> Result<(), Reason> {
    if code.is_empty() {
        return Err(Reason::new("the code is empty", "write one, as in `not_found`"));
    }
    let Some(bad) = code.chars().find(|&character| !is_allowed(character)) else {
        return Ok(());
    };
    let wrong = format!("the code {} contains {}", words::quoted(code), words::character(bad));
    let rule = format!("codes are made of ASCII letters, digits, {}", words::list(["_", "-", ".", ":", "/"]));
    Err(match words::cleaned(code, is_allowed, '_') {
        Some(cleaned) => Reason::new(wrong, format!("write `{cleaned}`")).with_note(rule),
        None => Reason::new(wrong, rule),
    })
}

fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | ':' | '/')
}

/// A number that no two codes of a service share, by which rustc compares them: FNV-1a, 64 bits.
pub(crate) fn hash(code: &str) -> u64 {
    code.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_hash_that_fnv_gives_it() {
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn letters_digits_and_five_signs_make_a_code() {
        for code in ["not_found", "NotFound", "auth.invalid-key", "urn:x:y/z", "E404", "4"] {
            assert_eq!(check(code), Ok(()), "{code}");
        }
    }

    #[test]
    fn an_empty_code_is_none() {
        let reason = Reason::new("the code is empty", "write one, as in `not_found`");
        assert_eq!(check(""), Err(reason));
    }

    #[test]
    fn the_first_bad_character_is_named_and_a_clean_code_offered() {
        let reason = check("not found!").unwrap_err();
        assert_eq!(reason.wrong, "the code `not found!` contains a space");
        assert_eq!(reason.help, "write `not_found`");
        let rule = "codes are made of ASCII letters, digits, `_`, `-`, `.`, `:` and `/`";
        assert_eq!(reason.note.as_deref(), Some(rule));
    }

    #[test]
    fn letters_outside_ascii_are_named_but_not_replaced() {
        let reason = check("größe").unwrap_err();
        assert_eq!(reason.wrong, "the code `größe` contains `ö`");
        assert!(reason.help.starts_with("codes are made of ASCII letters"));
        assert_eq!(reason.note, None);
    }

    #[test]
    fn what_is_offered_is_a_code() {
        for code in [" x ", "a\nb", "a\u{202e}b", "\"q\"", "a  b"] {
            let help = check(code).unwrap_err().help;
            let offered = help.trim_start_matches("write `").trim_end_matches('`');
            assert_eq!(check(offered), Ok(()), "{help}");
        }
    }
}
