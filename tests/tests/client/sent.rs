//! Errors that answer no request: in a stream, and inside something else.

use errorbook::ApiError;
use errorbook::client::{Failure, Flaw, Reader};
use errorbook::context::Context;
use errorbook::envelope::JSON_API;
use serde_json::json;
use serde_json::value::{RawValue, to_raw_value};

#[derive(Debug, ApiError)]
enum Fault {
    #[api(status = 503, code = "overloaded", message = "Busy.")]
    Overloaded,
    #[api(status = none, code = "render_failed", message = "Page {page} failed.")]
    RenderFailed {
        #[api(detail)]
        page: u32,
        #[api(detail)]
        raw: Box<RawValue>,
    },
}

fn failed(raw: &str) -> Fault {
    Fault::RenderFailed { page: 7, raw: RawValue::from_string(raw.to_owned()).unwrap() }
}

#[test]
fn an_event_reads_back_as_what_was_sent() {
    let event = Context::new().with_request_id("req_1").scope(|| Fault::Overloaded.body().to_sse_event());
    let failure = Failure::<Fault>::from_sse_event(&event).unwrap();
    assert_eq!((failure.code(), failure.message()), (Some("overloaded"), Some("Busy.")));
    assert_eq!((failure.request_id(), failure.status().as_u16()), (Some("req_1"), 503));
    assert!(!failure.contradicts_status());
    assert_eq!(failure.told().rule(), Fault::Overloaded.spec().retry());
}

#[test]
fn json_of_several_lines_is_an_event_of_several_lines() {
    let event = failed("[1,\n2,\r3]").body().to_sse_event();
    let text = std::str::from_utf8(&event).unwrap();
    assert!(text.ends_with("\n\n") && !text.trim_end().contains("\n\n"), "{text}");
    assert!(text.lines().skip(1).all(|line| line.is_empty() || line.starts_with("data: ")), "{text}");
    for ends in ["\n", "\r", "\r\n"] {
        let failure = Failure::<Fault>::from_sse_event(text.replace('\n', ends)).unwrap();
        let details: serde_json::Value = serde_json::from_str(failure.details().unwrap().get()).unwrap();
        assert_eq!(details, json!({ "page": 7, "raw": [1, 2, 3] }));
        assert_eq!(failure.status(), 500);
    }
}

#[test]
fn an_event_is_told_as_the_standard_says() {
    let json = r#"{"error":{"code":"overloaded","message":"Busy."}}"#;
    for (event, is_error) in [
        (format!("data: {json}\n\n"), true),
        (format!("data:{json}"), true),
        (format!("\u{feff}:comment\nid: 7\nretry: 10\nevent: error\ndata: {json}\n\n"), true),
        (format!("event: message\ndata: {json}\n\n"), true),
        (format!("event:\ndata: {json}\n\n"), true),
        (format!("event: progress\ndata: {json}\n\n"), false),
        (format!("event: error\nDATA: {json}\n\n"), false),
        ("event: error\ndata\n\n".to_owned(), true),
        ("event: error\ndata: <html>\n\n".to_owned(), true),
        ("event: error\n\n".to_owned(), false),
        ("data: {\"code\":\"overloaded\",\"message\":\"of another kind\"}\n\n".to_owned(), false),
        ("data: [DONE]\n\n".to_owned(), false),
        (String::new(), false),
    ] {
        assert_eq!(Failure::<Fault>::from_sse_event(&event).is_some(), is_error, "{event:?}");
    }
    let failure = Failure::<Fault>::from_sse_event("event: error\ndata\n\n").unwrap();
    assert_eq!((failure.flaw(), failure.status().as_u16()), (Some(Flaw::Empty), 500));
}

#[test]
fn an_event_of_any_bytes_is_read() {
    for byte in 0..=u8::MAX {
        for event in [&[byte][..], &[b"event: error\ndata: {", &[byte][..]].concat()] {
            if let Some(failure) = Failure::<Fault>::from_sse_event(event) {
                assert!(failure.flaw().is_some());
            }
        }
    }
}

#[test]
fn an_error_inside_a_resource_reads_back() {
    #[derive(serde::Deserialize)]
    struct Job {
        state: String,
        #[serde(default)]
        failure: Option<Box<RawValue>>,
    }

    for envelope in [None, Some(&JSON_API)] {
        let error = failed("null");
        let body = match envelope {
            Some(envelope) => error.body().with_envelope(envelope),
            None => error.body(),
        };
        let sent = to_raw_value(&json!({ "state": "failed", "failure": body })).unwrap();
        let job: Job = serde_json::from_str(sent.get()).unwrap();
        assert_eq!(job.state, "failed");
        let mut reader = Reader::<Fault>::new();
        if let Some(envelope) = envelope {
            reader = reader.with_envelope(envelope);
        }
        let failure = reader.read_json(job.failure.unwrap().get());
        assert_eq!((failure.code(), failure.message()), (Some("render_failed"), Some("Page 7 failed.")));
        assert_eq!((failure.status().as_u16(), failure.flaw()), (500, None));
        assert_eq!(failure.request_id(), None);
        assert_eq!(failure.specs()[0].name(), "RenderFailed");
    }
}

#[test]
fn a_failure_is_a_field_of_what_holds_it() {
    #[derive(serde::Deserialize)]
    struct Job {
        #[serde(default)]
        failure: Option<Failure<Fault>>,
    }

    let sent = json!({ "state": "failed", "failure": failed("[7]").body() });
    for job in [serde_json::from_str::<Job>(&sent.to_string()), serde_json::from_value::<Job>(sent)] {
        let failure = job.unwrap().failure.unwrap();
        assert_eq!((failure.code(), failure.message()), (Some("render_failed"), Some("Page 7 failed.")));
        assert_eq!(failure.details().map(RawValue::get), Some(r#"{"page":7,"raw":[7]}"#));
    }
    for none in ["{}", r#"{"failure":null}"#] {
        assert!(serde_json::from_str::<Job>(none).unwrap().failure.is_none());
    }
    let odd: Job = serde_json::from_str(r#"{"failure":["what is this"]}"#).unwrap();
    assert_eq!(odd.failure.unwrap().flaw(), Some(Flaw::OtherShape));
}
