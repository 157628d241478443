//! What most tests need: a body as text or as JSON, whether it is as its schema says, and a response's headers.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use bytes::Bytes;
use errorbook::{ApiError, Envelope};
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

/// Whether the body is as the envelope's schema says, which is read once.
pub(crate) fn is_as_its_schema_says(body: &Value, envelope: &'static Envelope) -> bool {
    type Known = Mutex<HashMap<usize, Arc<jsonschema::Validator>>>;
    static KNOWN: LazyLock<Known> = LazyLock::new(Known::default);
    let read = || Arc::new(jsonschema::validator_for(&envelope.schema()).expect("the schema is one"));
    let place = std::ptr::from_ref(envelope).addr();
    let schema = KNOWN.lock().expect("nothing panics meanwhile").entry(place).or_insert_with(read).clone();
    schema.is_valid(body)
}
