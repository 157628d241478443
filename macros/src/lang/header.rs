//! Takes the name or the value of a response header; gives nothing, or the reason why HTTP or errorbook does not allow
//! it. What passes here, the `http` crate takes.

use super::http_token::is_token_character;
use super::{Reason, words};

/// The headers that every response gets from errorbook or from the server: a second one would contradict it.
const RESERVED: [(&str, &str, &str); 5] = [
    (
        "Content-Type",
        "errorbook",
        "leave it out: it is the envelope's, as in `envelope!(\"application/problem+json\", {…})`",
    ),
    ("Content-Length", "the server", "leave it out: it is the length of the body"),
    ("Transfer-Encoding", "the server", "leave it out: the server knows how the body travels"),
    ("Connection", "the server", "leave it out: the server knows what becomes of the connection"),
    (
        "Retry-After",
        "errorbook",
        "write `retry_after` on the field that holds the wait, or `retry = \"after 30s\"`",
    ),
];

/// A header's name is a token (RFC 9110, sections 5.1 and 5.6.2) and none of the reserved ones.
pub(crate) fn check_name(name: &str) -> Result<(), Reason> {
    if name.is_empty() {
        return Err(Reason::new("the header's name is empty", "write one, as in `X-Quota-Left`"));
    }
    if let Some(bad) = name.chars().find(|&character| !is_token_character(character)) {
        let wrong = format!("the header name {} contains {}", words::quoted(name), words::character(bad));
        let help = match words::cleaned(name, is_token_character, '-') {
            Some(cleaned) => format!("write `{cleaned}`"),
            None => "header names are made of ASCII letters, digits and `-`, as in `X-Quota-Left`".to_owned(),
        };
        return Err(Reason::new(wrong, help));
    }
    match RESERVED.iter().find(|(reserved, ..)| name.eq_ignore_ascii_case(reserved)) {
        Some((reserved, sender, help)) => {
            Err(Reason::new(format!("{sender} itself sends `{reserved}`"), *help))
        }
        None => Ok(()),
    }
}

/// A header's value is visible ASCII, with spaces and tabs inside but not around it (RFC 9110, section 5.5).
pub(crate) fn check_value(value: &str) -> Result<(), Reason> {
    if let Some(bad) = value.chars().find(|&character| !matches!(character, ' '..='~' | '\t')) {
        let wrong = format!("the header value {} contains {}", words::quoted(value), words::character(bad));
        return Err(Reason::new(wrong, "header values are made of visible ASCII, spaces and tabs"));
    }
    let trimmed = value.trim_matches([' ', '\t']);
    if trimmed.len() == value.len() {
        return Ok(());
    }
    let begins = value.starts_with([' ', '\t']);
    let wrong = format!(
        "the header value {} {} with white space",
        words::quoted(value),
        if begins { "begins" } else { "ends" }
    );
    let help = if trimmed.is_empty() {
        "write a value, or leave the header out".to_owned()
    } else {
        format!("write {}", words::quoted(trimmed))
    };
    Err(Reason::new(wrong, help).with_note("HTTP takes white space around a value away"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_names() {
        for name in ["WWW-Authenticate", "x-quota", "X_1", "a!#$%&'*+-.^_`|~z"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_is_no_token_is_no_name() {
        let reason = check_name("X Quota:").unwrap_err();
        assert_eq!(reason.wrong, "the header name `X Quota:` contains a space");
        assert_eq!(reason.help, "write `X-Quota`");
        let reason = check_name("Größe").unwrap_err();
        assert_eq!(reason.wrong, "the header name `Größe` contains `ö`");
        assert_eq!(
            reason.help,
            "header names are made of ASCII letters, digits and `-`, as in `X-Quota-Left`"
        );
        assert_eq!(check_name("").unwrap_err().wrong, "the header's name is empty");
        for name in ["a(b", "a\n", "a/b", "a=b", "a\u{7f}", "{a}", "a\0"] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn the_reserved_names_say_what_to_write_instead() {
        let reason = check_name("retry-after").unwrap_err();
        assert_eq!(reason.wrong, "errorbook itself sends `Retry-After`");
        assert!(reason.help.contains("`retry_after`") && reason.help.contains("`retry = \"after 30s\"`"));
        let reason = check_name("Content-type").unwrap_err();
        assert_eq!(reason.wrong, "errorbook itself sends `Content-Type`");
        assert!(reason.help.contains("envelope!"));
        for name in ["CONTENT-LENGTH", "transfer-encoding", "Connection"] {
            assert!(check_name(name).unwrap_err().wrong.starts_with("the server itself sends"), "{name}");
        }
    }

    #[test]
    fn visible_ascii_makes_a_value() {
        for value in ["", "Bearer", "Bearer realm=\"a b\", error='x'", "a\tb", "!~"] {
            assert_eq!(check_value(value), Ok(()), "{value}");
        }
    }

    #[test]
    fn a_value_holds_no_line_break_and_no_other_alphabet() {
        let reason = check_value("a\r\nSet-Cookie: b").unwrap_err();
        assert_eq!(reason.wrong, "the header value `a\\r\\nSet-Cookie: b` contains a line break");
        assert_eq!(reason.help, "header values are made of visible ASCII, spaces and tabs");
        assert_eq!(check_value("é").unwrap_err().wrong, "the header value `é` contains `é`");
        for value in ["\0", "a\u{7f}", "\u{1b}", "日本"] {
            assert!(check_value(value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn white_space_around_a_value_is_refused() {
        let reason = check_value(" Bearer").unwrap_err();
        assert_eq!(reason.wrong, "the header value ` Bearer` begins with white space");
        assert_eq!(reason.help, "write `Bearer`");
        assert_eq!(
            check_value("Bearer\t").unwrap_err().wrong,
            "the header value `Bearer\\t` ends with white space"
        );
        assert_eq!(check_value(" ").unwrap_err().help, "write a value, or leave the header out");
    }
}
