//! Takes a media type as written; gives nothing, or the reason why it is none, or none of JSON.

use super::Reason;
use super::http_token::is_token;
use super::words::quoted;

const BLANKS: [char; 2] = [' ', '\t'];

/// A media type is `type/subtype`, with or without parameters (RFC 9110, section 8.3.1). One that is malformed would be
/// read as binary data, or not at all. And it is one of JSON: what says that it is XML would be handed to a reader of XML.
pub(crate) fn check(text: &str) -> Result<(), Reason> {
    let mut parts = text.split(';');
    let essence = parts.next().unwrap_or_default().trim_end_matches(BLANKS);
    let is_well_formed =
        essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
            && parts.all(|parameter| {
                let pair = parameter.trim_matches(BLANKS).split_once('=');
                pair.is_some_and(|(name, value)| is_token(name) && is_token(value))
            });
    if is_well_formed && is_json(essence) {
        return Ok(());
    }
    if is_well_formed {
        let help =
            "write `application/json`, or one that ends with `+json`, as in `application/vnd.example+json`";
        let reason = Reason::new(format!("{} is not a media type of JSON", quoted(essence)), help);
        return Err(reason.with_note("an envelope is JSON, and its readers would take it for something else"));
    }
    let wrong = match text {
        "" => "the media type is empty".to_owned(),
        text => format!("{} is not a media type", quoted(text)),
    };
    Err(Reason::new(wrong, "media types look like `application/json` or `application/problem+json`"))
}

/// Whether the subtype is `json`, or has the suffix that says so (RFC 6839 section 3.1).
fn is_json(essence: &str) -> bool {
    let subtype = essence.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    subtype == "json" || subtype.ends_with("+json")
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
            "text/json",
            "Application/Problem+JSON",
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

    #[test]
    fn media_types_of_other_formats_are_not_for_json() {
        for text in [
            "application/xml",
            "text/plain",
            "application/problem+xml",
            "application/json5",
            "application/x-ndjson",
            "application/json-seq",
            "application/jsonx; charset=utf-8",
        ] {
            assert!(check(text).unwrap_err().wrong.ends_with(" is not a media type of JSON"), "{text}");
        }
    }
}
