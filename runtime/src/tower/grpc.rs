//! Errors as gRPC answers them when it has no message to send: status 200 and, in the headers, `grpc-status` and
//! `grpc-message` ("Trailers-Only" in gRPC over HTTP/2).

use std::fmt::Write;

use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, HeaderName, StatusCode};

pub(super) fn is_grpc(content_type: &HeaderValue) -> bool {
    content_type.as_bytes().starts_with(b"application/grpc")
}

/// The headers that tell this error.
pub(super) fn push_headers(headers: &mut HeaderMap, code: &'static str, message: &str) {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    headers.insert(HeaderName::from_static("grpc-status"), HeaderValue::from_static(code));
    if let Ok(message) = HeaderValue::from_str(&percent_encoded(message)) {
        headers.insert(HeaderName::from_static("grpc-message"), message);
    }
}

/// The code of a declared error: there was a method, and what it was asked for is missing.
pub(super) fn code_of_declared(status: StatusCode) -> &'static str {
    if status == StatusCode::NOT_FOUND { "5" } else { code(status) } // NOT_FOUND
}

/// The code of the same meaning. gRPC's own mapping from HTTP statuses is for proxies, and has fewer of them.
pub(super) fn code(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "3",              // INVALID_ARGUMENT
        401 => "16",             // UNAUTHENTICATED
        403 => "7",              // PERMISSION_DENIED
        409 => "10",             // ABORTED
        412 | 422 => "9",        // FAILED_PRECONDITION
        413 => "8",              // RESOURCE_EXHAUSTED
        429 | 502 | 503 => "14", // UNAVAILABLE
        408 | 504 => "4",        // DEADLINE_EXCEEDED
        404 | 501 => "12",       // UNIMPLEMENTED: in gRPC, an unknown path is an unknown method
        500 => "13",             // INTERNAL
        _ => "2",                // UNKNOWN
    }
}

/// As gRPC wants it: all but printable ASCII, and the percent sign itself, as `%XX`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' '..=b'~' if byte != b'%' => encoded.push(char::from(byte)),
            // Writing to a string does not fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
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
}
