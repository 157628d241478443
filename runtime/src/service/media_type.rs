//! Media types of requests and responses, to be compared. Takes headers; gives `type/subtype` without parameters, as RFC
//! 9110 section 8.3.1 parses it.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// The media type of a message: `text/plain` of `Text/Plain; charset=utf-8`, in whatever case it was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct MediaType<'a>(&'a str);

impl<'a> MediaType<'a> {
    /// `None` where none is told, where what is told is none, and where it is told more than once.
    pub(super) fn of(headers: &'a HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(CONTENT_TYPE).iter();
        let value = values.next().filter(|_| values.next().is_none())?;
        Self::parse(value.to_str().ok()?)
    }

    fn parse(value: &'a str) -> Option<Self> {
        let essence = value.split_once(';').map_or(value, |(essence, _)| essence).trim_matches([' ', '\t']);
        let (kind, subtype) = essence.split_once('/')?;
        (is_token(kind) && is_token(subtype)).then_some(Self(essence))
    }

    /// Whether it is this one.
    pub(super) fn is(self, essence: &str) -> bool {
        self.0.eq_ignore_ascii_case(essence)
    }

    /// Whether it is this one, perhaps in a format of its own: `application/grpc+proto` is `application/grpc`.
    pub(super) fn is_in_any_format(self, essence: &str) -> bool {
        let whole = self.0.split_once('+').map_or(self.0, |(whole, _)| whole);
        whole.eq_ignore_ascii_case(essence)
    }

    /// Whether people can read it: JSON and texts.
    pub(super) fn is_text(self) -> bool {
        let (kind, subtype) = self.0.split_once('/').unwrap_or_default();
        let format = subtype.rsplit_once('+').map_or(subtype, |(_, format)| format);
        kind.eq_ignore_ascii_case("text")
            || ["json", "xml"].iter().any(|text| format.eq_ignore_ascii_case(text))
    }

    /// As it was sent.
    pub(super) fn as_str(self) -> &'a str {
        self.0
    }
}

/// RFC 9110 section 5.6.2.
fn is_token(text: &str) -> bool {
    let is_in_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_in_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_case_and_white_space_do_not_matter() {
        for value in ["text/plain", "Text/Plain", "text/plain;charset=utf-8", "TEXT/PLAIN \t; a=\"b;c\""] {
            assert!(MediaType::parse(value).is_some_and(|media_type| media_type.is("text/plain")), "{value}");
        }
    }

    #[test]
    fn what_only_begins_alike_is_another() {
        for value in [
            "text/plainer",
            "text/plain+x",
            "text",
            "text/",
            "/plain",
            "text/plain, text/html",
            "text /plain",
            "",
        ] {
            assert!(
                !MediaType::parse(value).is_some_and(|media_type| media_type.is("text/plain")),
                "{value}"
            );
        }
    }

    #[test]
    fn two_content_types_are_none() {
        let mut headers = HeaderMap::new();
        for value in ["text/plain", "text/html"] {
            headers.append(CONTENT_TYPE, value.parse().unwrap());
        }
        assert!(MediaType::of(&headers).is_none());
    }

    #[test]
    fn texts_are_json_xml_and_those_that_say_so() {
        let is_text = |value| MediaType::parse(value).unwrap().is_text();
        assert!(
            ["text/html", "application/problem+json", "Application/JSON", "image/svg+xml"]
                .map(is_text)
                .iter()
                .all(|is| *is)
        );
        assert!(
            !["application/octet-stream", "image/png", "application/jsonp", "application/json-seq"]
                .map(is_text)
                .iter()
                .any(|is| *is)
        );
    }
}
