//! Takes any bytes as the body of a response, as an event and as an error inside something else; and an error's own body
//! with some of its bytes changed. There is always a failure, on one line, and what is made of it answers as it said.
#![no_main]

use std::time::Duration;

use errorbook::client::{Failure, Flaw, Reader};
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::{ApiError, Envelope, FieldError, FieldErrors, envelope};
use http::Response;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, PartialEq, ApiError)]
#[api(decode)]
enum Fault {
    #[api(status = 404, code = "a", message = "A.")]
    Nothing,
    #[api(status = 402, code = "b", message = "{text} {number}")]
    Single {
        #[api(detail)]
        text: String,
        #[api(detail)]
        number: i64,
        #[api(detail)]
        perhaps: Option<Vec<u8>>,
    },
    #[api(status = 422, code = "c", message = "C.")]
    Fields(#[api(details)] FieldErrors),
    #[api(status = 409, code = "d", message = "D.")]
    Whole(#[api(details)] Option<String>),
    #[api(status = 429, code = "e", message = "E.")]
    Slow(#[api(retry_after)] Duration),
}

/// In an envelope of its own, and with errors that are known by their status.
#[derive(Debug, PartialEq, ApiError)]
#[api(decode, envelope = PARTLY)]
enum Omitting {
    #[api(status = 404, omit(code), decode = false, message = "A.")]
    #[expect(
        dead_code,
        reason = "it is never made again either: nothing on the wire says that it is this one"
    )]
    Nothing,
    #[api(status = 409, message = "{text}")]
    Text {
        #[api(detail)]
        text: String,
    },
}

const PARTLY: Envelope = envelope!({ "m": message, "c": code?, "w": retry_after?, ..details });
const LIST: Envelope = envelope!([{ "c": code?, "m": [message, null] }, request_id?, ..details]);
const ITEMS: Envelope = envelope!({
    "e": [for field in details { "c": code?, "p": field.fragment, "d": field.code, "m": field.message }
        else { "c": code?, "m": message, "x": { ..details } }],
    "s": status, "w": retry_after_ms
});

static ENVELOPES: [Envelope; 6] = [NESTED, FLAT, PROBLEM, JSON_API, LIST, ITEMS];

#[derive(Debug, Arbitrary)]
enum Sent {
    Bytes(Vec<u8>),
    Error { kind: u8, text: String, other: String, number: i64, changes: Vec<(u16, u8)>, cut: Option<u16> },
}

#[derive(Debug, Arbitrary)]
struct Input {
    sent: Sent,
    envelope: u8,
    status: u16,
    header: String,
    max_bytes: Option<u8>,
    max_depth: Option<u8>,
}

fn error(kind: u8, text: String, other: String, number: i64) -> Fault {
    match kind % 5 {
        0 => Fault::Nothing,
        1 => {
            let perhaps = (!other.is_empty()).then(|| other.into_bytes());
            Fault::Single { text, number, perhaps }
        }
        2 => Fault::Fields(FieldErrors::from(vec![FieldError::new(text, other.clone(), other)])),
        3 => Fault::Whole(Some(text)),
        _ => Fault::Slow(Duration::from_secs(number.unsigned_abs())),
    }
}

fuzz_target!(|input: Input| {
    let Input { sent, envelope, status, header, max_bytes, max_depth } = input;
    let envelope = &ENVELOPES[usize::from(envelope) % ENVELOPES.len()];
    let mut reader = Reader::<Fault>::new().with_envelope(envelope);
    let is_limited = max_bytes.is_some() || max_depth.is_some();
    if let Some(most) = max_bytes {
        reader = reader.with_max_bytes(most.into());
    }
    if let Some(most) = max_depth {
        reader = reader.with_max_depth(most.into());
    }

    let (body, original) = match sent {
        Sent::Bytes(bytes) => (bytes, None),
        Sent::Error { kind, text, other, number, changes, cut } => {
            let error = error(kind, text, other, number);
            let mut body = error.body().with_envelope(envelope).to_bytes().to_vec();
            for (place, byte) in &changes {
                let place = usize::from(*place) % body.len();
                body[place] = *byte;
            }
            if let Some(cut) = cut {
                body.truncate(usize::from(cut) % body.len());
            }
            (body, (changes.is_empty() && cut.is_none()).then_some(error))
        }
    };

    let mut response = match &original {
        Some(error) => error.body().with_envelope(envelope).to_response().map(|_| body.clone()),
        None => Response::new(body.clone()),
    };
    if original.is_none() {
        if let Ok(status) = status.try_into() {
            *response.status_mut() = status;
        }
        for name in ["retry-after", "retry-after-ms", "x-should-retry", "x-request-id", "date"] {
            if let Ok(value) = header.parse() {
                response.headers_mut().insert(name, value);
            }
        }
    }
    let failure = reader.read(&response);
    look_at(&failure);
    assert_eq!(failure.status(), response.status());
    if let Some(error) = &original {
        if !is_limited {
            assert_eq!(failure.flaw(), None);
            assert_eq!(failure.code(), Some(error.code()));
            // An item of `LIST` may be the id or a detail.
            let may_be_another = std::ptr::eq(envelope, &ENVELOPES[4]);
            if !may_be_another {
                assert_eq!(failure.error(), Some(error));
            }
        }
    }
    look_at(&Failure::<Omitting>::read(&response));
    look_at(&reader.read_json(&body));
    if let Some(failure) = reader.read_sse_event(&body) {
        look_at(&failure);
    }
    let mut event = b"event: error\ndata: ".to_vec();
    event.extend_from_slice(&body);
    look_at(&reader.read_sse_event(&event).expect("it has a name and data"));
});

fn look_at<E: ApiError>(failure: &Failure<E>) {
    let shown = failure.to_string();
    assert!(!shown.contains(char::is_control), "{shown:?}");
    assert!(shown.chars().count() < 2000, "{shown}");
    let _ = format!("{failure:?}");
    if let Some(details) = failure.details() {
        serde_json::from_str::<serde::de::IgnoredAny>(details.get()).expect("details are JSON");
    }
    assert!(failure.details().is_none() || !matches!(failure.flaw(), Some(Flaw::TooDeep | Flaw::Empty)));
    if let Some(error) = failure.error() {
        assert!(matches!(failure.flaw(), None | Some(Flaw::OtherShape)));
        assert_eq!(failure.code(), Some(error.code()));
        assert!(failure.specs().iter().any(|spec| std::ptr::eq(*spec, error.spec())));
    }
}
