//! Takes a link to documentation; gives nothing, or the reason why nobody could follow it.

use super::{Reason, words};

/// What stands for the error's code.
pub(crate) const CODE: &str = "{code}";
/// What stands for the number of its status.
const STATUS: &str = "{status}";

/// The link of an error with this code and status.
pub(crate) fn fill(link: &str, code: &str, status: u16) -> String {
    link.replace(CODE, code).replace(STATUS, &status.to_string())
}

/// Whether the link shows the status.
pub(crate) fn shows_status(link: &str) -> bool {
    link.contains(STATUS)
}

/// A link is a URI or, within the service's own site, a reference that starts with `/` (RFC 3986, sections 3 and 4.2).
/// `{code}` and `{status}` in it need no escaping.
pub(crate) fn check(link: &str) -> Result<(), Reason> {
    let plain = fill(link, "code", 404);
    if let Some(bad) = plain.chars().find(|&character| !is_allowed(character)) {
        return Err(unallowed(link, bad));
    }
    let is_whole = match plain.split_once(':') {
        _ if plain.starts_with('/') => true,
        // What is taken for a scheme would be a host and its port where it has a dot in it.
        Some((scheme, rest)) => is_scheme(scheme) && !rest.trim_start_matches('/').is_empty(),
        None => false,
    };
    if is_whole {
        return Ok(());
    }
    let host = plain.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let help = if host.contains('.') {
        format!("write `https://{link}`, or `/{link}` if it is a path")
    } else {
        "write the whole link, as in `https://docs.example/errors#{code}`, or a path, as in `/errors#{code}`"
            .to_owned()
    };
    Err(Reason::new(format!("{} is no link that can be followed", words::quoted(link)), help))
}

fn unallowed(link: &str, bad: char) -> Reason {
    if matches!(bad, '{' | '}') {
        return Reason::new(
            format!(
                "the link {} contains a brace that is not one of `{CODE}` or `{STATUS}`",
                words::quoted(link)
            ),
            format!(
                "only `{CODE}` and `{STATUS}` can stand in a link; a brace of its own is written `%7B` or `%7D`"
            ),
        );
    }
    let mut bytes = [0; 4];
    let bytes = bad.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}"));
    let encoded = bytes.collect::<Vec<_>>().concat();
    Reason::new(
        format!("the link {} contains {}", words::quoted(link), words::character(bad)),
        format!("in a link that is written `{encoded}`"),
    )
}

/// What RFC 3986 (section 2) lets stand in a URI.
fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_paths_pass() {
        for link in [
            "https://docs.example",
            "https://docs.example:8080/errors?of=story#{code}",
            "http://[::1]/%7Bx%7D",
            "mailto:errors@example.com",
            "urn:problem:{code}",
            "/errors/{code}",
            "/errors/{status}/{code}",
            "//docs.example/errors",
        ] {
            assert_eq!(check(link), Ok(()), "{link}");
        }
    }

    #[test]
    fn what_has_no_scheme_is_offered_one() {
        for (link, help) in [
            (
                "docs.example/errors#{code}",
                "write `https://docs.example/errors#{code}`, or `/docs.example/errors#{code}` if it is a path",
            ),
            ("errors.html", "write `https://errors.html`, or `/errors.html` if it is a path"),
        ] {
            let reason = check(link).unwrap_err();
            assert_eq!(reason.wrong, format!("`{link}` is no link that can be followed"));
            assert_eq!(reason.help, help);
        }
        for link in ["errors", "https:", "https://", "#errors", "{code}", "1x:y"] {
            assert!(check(link).unwrap_err().help.starts_with("write the whole link"), "{link}");
        }
    }

    #[test]
    fn what_a_link_cannot_hold_is_offered_encoded() {
        for (link, encoded) in [
            ("https://docs.example/our errors", "%20"),
            ("https://docs.example/<errors>", "%3C"),
            ("https://docs.example/fehler/ü", "%C3%BC"),
        ] {
            assert_eq!(check(link).unwrap_err().help, format!("in a link that is written `{encoded}`"));
        }
    }

    #[test]
    fn only_code_and_status_stand_in_braces() {
        for link in
            ["https://docs.example/{name}", "https://docs.example/{code", "https://docs.example/{{code}}"]
        {
            assert!(check(link).unwrap_err().help.starts_with("only `{code}` and `{status}`"), "{link}");
        }
    }
}
