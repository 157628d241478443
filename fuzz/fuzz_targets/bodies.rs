//! Takes texts and numbers for the fields of an error; compares its bodies in several envelopes with a model, and its
//! headers with what HTTP allows.
#![no_main]

use std::time::Duration;

use errorbook::envelope::{FLAT, NESTED};
use errorbook::{ApiError, Envelope, envelope};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};

#[derive(ApiError)]
#[api(status = 429, code = "any", message = "\"{text}\" {number:>3}\u{1}{text}", meta(kind = "é\"\\"))]
struct AnyError {
    #[api(detail, header = "X-Text")]
    text: String,
    #[api(detail = "a \"name\"\\\n")]
    number: i64,
    #[api(detail)]
    perhaps: Option<String>,
    #[api(detail, null)]
    kept: Option<f64>,
    #[api(retry_after)]
    wait: Option<Duration>,
}

#[derive(Debug, Arbitrary)]
struct Input {
    text: String,
    number: i64,
    perhaps: Option<String>,
    kept: Option<f64>,
    wait: Option<Duration>,
    request_id: Option<String>,
}

const SPREAD: Envelope = envelope!([{
    "m": message, "k": meta.kind, "w": retry_after, "again": retryable, "all": [code, { "x": details? }?], ..details
}, request_id?]);

fuzz_target!(|input: Input| {
    let Input { text, number, perhaps, kept, wait, request_id } = input;
    let mut details = Map::new();
    details.insert("text".to_owned(), json!(text));
    details.insert("a \"name\"\\\n".to_owned(), json!(number));
    details.extend(perhaps.clone().map(|perhaps| ("perhaps".to_owned(), json!(perhaps))));
    // JSON has no NaN and no infinity.
    details.insert("kept".to_owned(), json!(kept));
    let message = format!("\"{text}\" {number:>3}\u{1}{text}");
    let seconds = wait.map(|wait| wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)));
    let error = AnyError { text, number, perhaps, kept, wait };
    let read = |envelope| -> Value {
        let body = error.body().with_envelope(envelope);
        let body = match &request_id {
            Some(id) => body.with_request_id(id.clone()),
            None => body,
        };
        serde_json::from_slice(&body.to_bytes()).expect("a body is JSON")
    };

    let mut flat = Map::new();
    flat.insert("code".to_owned(), json!("any"));
    flat.insert("message".to_owned(), json!(message));
    flat.extend(request_id.clone().map(|id| ("request_id".to_owned(), json!(id))));
    flat.insert("details".to_owned(), Value::Object(details.clone()));
    assert_eq!(read(&FLAT), Value::Object(flat.clone()));
    assert_eq!(read(&NESTED), json!({ "error": flat }));

    let mut spread = json!({
        "m": message, "k": "é\"\\", "w": seconds, "again": true, "all": ["any", { "x": details }]
    });
    spread.as_object_mut().unwrap().extend(details);
    let list: Vec<Value> = [spread].into_iter().chain(request_id.clone().map(Value::from)).collect();
    assert_eq!(read(&SPREAD), Value::Array(list));

    let response = error.to_response();
    assert_eq!(
        response.headers().get("retry-after").map(|wait| wait.to_str().unwrap().to_owned()),
        seconds.map(|seconds| seconds.to_string())
    );
    assert_eq!(error.message(), message);
});
