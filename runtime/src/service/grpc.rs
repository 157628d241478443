//! Errors as gRPC answers them when it has no message to send. Takes a request, to tell whether it is one of gRPC's; then a
//! code and a text; gives headers with `grpc-status` and `grpc-message`, beside which the status is 200 ("Trailers-Only"
//! in gRPC over HTTP/2; gRPC-web's clients read them there too).

use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, HeaderName, Method, Version};

use super::media_type::MediaType;
use crate::percent;

/// The bound of a message, as it stands in the header. A client commonly refuses a response whose headers have more
/// than 8 KiB together (gRPC's own implementations among them): the message leaves the others their room.
const LONGEST_MESSAGE: usize = 1024;

/// How a request of gRPC is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grpc {
    content_type: &'static str,
}

/// gRPC-web, first in the formats that are answered by their names. What names none is in protobuf.
const WEB: [&str; 6] = [
    "application/grpc-web+proto",
    "application/grpc-web+json",
    "application/grpc-web",
    "application/grpc-web-text+proto",
    "application/grpc-web-text+json",
    "application/grpc-web-text",
];

impl Grpc {
    /// `None`: this is no request of gRPC. gRPC itself is spoken over HTTP/2 alone; else a plain `POST` would choose
    /// how it is answered by a header.
    pub(super) fn asked_by(method: &Method, version: Version, headers: &HeaderMap) -> Option<Self> {
        // Each of its requests is a POST.
        let media_type = Some(headers).filter(|_| method == Method::POST).and_then(MediaType::of)?;
        if media_type.is_in_any_format("application/grpc") {
            return (version == Version::HTTP_2).then_some(Self { content_type: "application/grpc" });
        }
        let named = WEB.into_iter().find(|web| media_type.is(web));
        let content_type = named.or_else(|| WEB.into_iter().find(|web| media_type.is_in_any_format(web)))?;
        Some(Self { content_type })
    }

    /// The headers that tell this error; without a message where it is not known.
    pub(super) fn push_headers(self, headers: &mut HeaderMap, code: &'static str, message: Option<&str>) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(HeaderName::from_static("grpc-status"), HeaderValue::from_static(code));
        let message = message.and_then(|message| HeaderValue::from_str(&percent_encoded(message)).ok());
        if let Some(message) = message {
            headers.insert(HeaderName::from_static("grpc-message"), message);
        }
    }
}

/// As gRPC wants it: all but printable ASCII, and the percent sign itself, as `%XX`. Cut after the last whole character
/// within the bound.
fn percent_encoded(text: &str) -> String {
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'%';
    let mut encoded = String::with_capacity(text.len().min(LONGEST_MESSAGE));
    for character in text.chars() {
        let mut utf8 = [0; 4];
        let bytes = character.encode_utf8(&mut utf8).bytes();
        let length: usize = bytes.clone().map(|byte| if is_plain(byte) { 1 } else { 3 }).sum();
        if encoded.len() + length > LONGEST_MESSAGE {
            break;
        }
        for byte in bytes {
            if is_plain(byte) {
                encoded.push(char::from(byte));
            } else {
                encoded.extend(percent::encoded(byte).map(char::from));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_percent_encoded() {
        assert_eq!(percent_encoded("50 % of ü\n"), "50 %25 of %C3%BC%0A");
    }

    #[test]
    fn long_messages_are_cut_at_a_whole_character() {
        assert_eq!(percent_encoded(&"a".repeat(3000)), "a".repeat(1024));
        assert_eq!(percent_encoded(&format!("a{}", "ü".repeat(3000))), format!("a{}", "%C3%BC".repeat(170)));
        assert_eq!(percent_encoded(&"%".repeat(3000)), "%25".repeat(341));
    }

    fn answered_in(version: Version, content_type: &str) -> Option<&'static str> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type.parse().unwrap())]);
        Grpc::asked_by(&Method::POST, version, &headers).map(|grpc| grpc.content_type)
    }

    #[test]
    fn grpc_is_its_media_type_over_http_2() {
        for content_type in
            ["application/grpc", "Application/GRPC", "application/grpc+proto", "application/grpc+json; a=b"]
        {
            assert_eq!(
                answered_in(Version::HTTP_2, content_type),
                Some("application/grpc"),
                "{content_type}"
            );
            for version in [Version::HTTP_10, Version::HTTP_11, Version::HTTP_3] {
                assert_eq!(answered_in(version, content_type), None, "{content_type}");
            }
        }
        for content_type in [
            "application/grpcx",
            "application/grpc-x",
            "application/grpc-web-texts",
            "application/json",
            "application",
        ] {
            assert_eq!(answered_in(Version::HTTP_2, content_type), None, "{content_type}");
        }
    }

    #[test]
    fn grpc_web_is_answered_in_its_own_media_type() {
        for (asked, answered) in [
            ("application/grpc-web", "application/grpc-web"),
            ("Application/GRPC-Web+Proto", "application/grpc-web+proto"),
            ("application/grpc-web+thrift", "application/grpc-web"),
            ("application/grpc-web-text; a=b", "application/grpc-web-text"),
            ("application/grpc-web-text+proto", "application/grpc-web-text+proto"),
        ] {
            for version in [Version::HTTP_11, Version::HTTP_2] {
                assert_eq!(answered_in(version, asked), Some(answered));
            }
        }
    }
}
