//! What most tests need: a body as text or as JSON, and a response's headers.

use bytes::Bytes;
use errorbook::ApiError;
use http::Response;
use serde_json::Value;

/// The body as text.
pub(crate) fn body(error: &dyn ApiError) -> String {
    text(&error.body().to_bytes())
}

/// The body as JSON.
pub(crate) fn json(error: &dyn ApiError) -> Value {
    serde_json::from_slice(&error.body().to_bytes()).expect("a body is valid JSON")
}

/// `details` of a body in the default envelope.
pub(crate) fn details(error: &dyn ApiError) -> Value {
    json(error)["error"]["details"].take()
}

pub(crate) fn text(bytes: &Bytes) -> String {
    String::from_utf8(bytes.to_vec()).expect("a body is UTF-8")
}

/// All values of a header, in their order.
pub(crate) fn headers<'r>(response: &'r Response<Bytes>, name: &str) -> Vec<&'r str> {
    response.headers().get_all(name).iter().map(|value| value.to_str().expect("a header is ASCII")).collect()
}

/// The only value of a header.
pub(crate) fn header<'r>(response: &'r Response<Bytes>, name: &str) -> Option<&'r str> {
    let values = headers(response, name);
    assert!(values.len() <= 1, "{name} is sent {} times", values.len());
    values.first().copied()
}
