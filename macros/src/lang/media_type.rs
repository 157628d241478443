//! Takes a media type as written; gives nothing, or the reason why it is none.

use super::Reason;
use super::http_token::is_token;
use super::words::quoted;

const BLANKS: [char; 2] = [' ', '\t'];

/// A media type is `type/subtype`, with or without parameters (RFC 9110, section 8.3.1). One that is malformed would be
/// read as binary data, or not at all.
pub(crate) fn check(text: &str) -> Result<(), Reason> {
    let mut parts = text.split(';');
    let essence = parts.next().unwrap_or_default().trim_end_matches(BLANKS);
    let is_well_formed =
        essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
            && parts.all(|parameter| {
                let pair = parameter.trim_matches(BLANKS).split_once('=');
                pair.is_some_and(|(name, value)| is_token(name) && is_token(value))
            });
    if is_well_formed {
        return Ok(());
    }
    let wrong = match text {
        "" => "the media type is empty".to_owned(),
        text => format!("{} is not a media type", quoted(text)),
    };
    Err(Reason::new(wrong, "media types look like `application/json` or `application/problem+json`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_those_of_rfc_9110() {
        for text in [
            "application/json",
            "application/vnd.api+json",
            "application/json; charset=utf-8",
            "application/json ;v=1;profile=x",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            "",
            "json",
            "/json",
            "application/",
            "application/json/x",
            "application json",
            " application/json",
            "application/json;",
            "application/json; charset",
            "application/json; charset = utf-8",
            "application/jsön",
            "application/json\r\nx: y",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
