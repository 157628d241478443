//! Properties: whatever can be rebuilt reads back equal, through every envelope that has the slots; and whatever becomes of a
//! body on its way, reading it tells no lie and does not panic.

use std::collections::BTreeMap;
use std::time::Duration;

use errorbook::client::{Failure, Flaw, Reader};
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::retry::Attempt;
use errorbook::{ApiError, Envelope, FieldError, FieldErrors, envelope};
use errorbook_tests::apis::common::STORY;
use http::{Method, Response};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

const LIST: Envelope = envelope!([{ "c": code, "m": [message, request_id?, null] }, ..details]);
const ITEMS: Envelope = envelope!({
    "errors": [for field in details { "c": code, "at": field.fragment, "id": field.code, "text": field.message }
        else { "c": code, "m": message, "meta": { "k": "constant", ..details } }]
});
const DEEP: Envelope =
    envelope!({ "a": [{ "b": [[{ "c": code }, message], { "d": details? }?], "t": title }], "z": 1.5 });

static ENVELOPES: [Envelope; 8] = [NESTED, FLAT, PROBLEM, JSON_API, LIST, ITEMS, DEEP, STORY];

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Place {
    x: i64,
    tags: Vec<String>,
    next: Option<Box<Place>>,
}

#[derive(Debug, Clone, PartialEq, ApiError)]
#[api(decode, rename_all_details = "camelCase")]
enum Fault {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 402, message = "{first_text:?} {number}")]
    Single {
        #[api(detail)]
        first_text: String,
        #[api(detail = "a \"name\"\\\n\u{1}é")]
        perhaps: Option<String>,
        #[api(detail, null)]
        kept: Option<bool>,
        #[api(detail)]
        number: i64,
        #[api(detail)]
        large: u128,
        #[api(detail)]
        place: Option<Place>,
    },
    #[api(status = 422, message = "Some fields are not right.")]
    Invalid(#[api(details)] FieldErrors),
    #[api(status = 409, message = "A map.")]
    Map(#[api(details)] BTreeMap<String, Place>),
    #[api(status = 409, message = "A text.")]
    Text(#[api(details)] String),
    #[api(status = 409, message = "A pair.")]
    Pair(#[api(details)] (u8, String)),
    #[api(status = 429, message = "Slow down.", retry = "after")]
    Slow {
        #[api(retry_after)]
        wait: Duration,
        #[api(detail)]
        who: String,
    },
    #[api(status = 429, message = "Perhaps.", retry = "after, 3 times, if idempotent")]
    Perhaps(#[api(retry_after)] Option<Duration>),
    #[api(transparent)]
    Held(Held),
}

#[derive(Debug, Clone, PartialEq, ApiError)]
#[api(decode)]
#[api(status = 503, code = "held", message = "{why}")]
struct Held {
    #[api(detail)]
    why: String,
}

fn place() -> impl Strategy<Value = Place> {
    let leaf = (any::<i64>(), prop::collection::vec(any::<String>(), 0..3)).prop_map(|(x, tags)| Place {
        x,
        tags,
        next: None,
    });
    leaf.prop_recursive(4, 8, 1, |inner| {
        (any::<i64>(), inner).prop_map(|(x, next)| Place { x, tags: Vec::new(), next: Some(Box::new(next)) })
    })
}

fn field() -> impl Strategy<Value = FieldError> {
    (any::<String>(), any::<String>(), any::<String>())
        .prop_map(|(pointer, code, message)| FieldError::new(pointer, code, message))
}

fn seconds() -> impl Strategy<Value = Duration> {
    any::<u64>().prop_map(Duration::from_secs)
}

fn fault() -> impl Strategy<Value = Fault> {
    let names = prop_oneof![any::<String>(), Just("pages".to_owned()), Just("a b".to_owned())];
    // No member of an envelope is called so, and none of a media type: details may not be, where they are spread.
    let names = names.prop_map(|name| format!("x{name}"));
    prop_oneof![
        Just(Fault::NotFound),
        (
            any::<String>(),
            any::<Option<String>>(),
            any::<Option<bool>>(),
            any::<i64>(),
            any::<u128>(),
            prop::option::of(place()),
        )
            .prop_map(|(first_text, perhaps, kept, number, large, place)| Fault::Single {
                first_text,
                perhaps,
                kept,
                number,
                large,
                place
            }),
        prop::collection::vec(field(), 1..4).prop_map(|fields| Fault::Invalid(fields.into())),
        prop::collection::btree_map(names, place(), 0..4).prop_map(Fault::Map),
        any::<String>().prop_map(Fault::Text),
        any::<(u8, String)>().prop_map(Fault::Pair),
        (seconds(), any::<String>()).prop_map(|(wait, who)| Fault::Slow { wait, who }),
        prop::option::of(seconds()).prop_map(Fault::Perhaps),
        any::<String>().prop_map(|why| Fault::Held(Held { why })),
    ]
}

fn envelope() -> impl Strategy<Value = &'static Envelope> {
    prop::sample::select(ENVELOPES.iter().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn what_can_be_rebuilt_reads_back_equal(error in fault(), envelope in envelope(), id in any::<Option<String>>()) {
        let mut body = error.body().with_envelope(envelope);
        if let Some(id) = &id {
            body = body.with_request_id(id.as_str());
        }
        let sent = body.to_response();
        let text = String::from_utf8_lossy(sent.body()).into_owned();
        let failure = Reader::<Fault>::new().with_envelope(envelope).read(&sent);
        prop_assert_eq!(failure.error(), Some(&error), "{}", text);
        prop_assert_eq!(failure.code(), Some(error.code()), "{}", text);
        prop_assert_eq!(failure.specs().len(), 1);
        prop_assert!(std::ptr::eq(failure.specs()[0], error.spec()));
        prop_assert_eq!(failure.told().rule(), error.spec().retry());
        prop_assert_eq!(failure.flaw(), None, "{}", text);
        // The item of a field error in `ITEMS` has the field's message alone.
        if !std::ptr::eq(envelope, &raw const ENVELOPES[5]) || !matches!(error, Fault::Invalid(_)) {
            prop_assert_eq!(failure.message(), Some(&*error.message()), "{}", text);
        }
        let shows_id = sent.body().as_ref() != &error.body().with_envelope(envelope).to_bytes()[..];
        if shows_id {
            prop_assert_eq!(failure.request_id(), id.as_deref(), "{}", text);
        }
        prop_assert_eq!(failure.into_error().ok(), Some(error));
    }

    #[test]
    fn a_wait_in_milliseconds_reads_back_where_it_is_told(millis in any::<u64>(), who in any::<String>()) {
        let error = Fault::Slow { wait: Duration::from_millis(millis), who };
        let sent = error.body().with_retry_hints(Attempt::first(&Method::GET)).to_response();
        let failure = Failure::<Fault>::read(&sent);
        prop_assert_eq!(failure.error(), Some(&error));
    }

    #[test]
    fn a_cut_body_tells_no_lie(error in fault(), envelope in envelope(), end in any::<prop::sample::Index>()) {
        let whole = error.body().with_envelope(envelope).to_bytes();
        let cut = &whole[..end.index(whole.len())];
        let reader = Reader::<Fault>::new().with_envelope(envelope);
        let failure = reader.read(&Response::builder().status(error.status()).body(cut).unwrap());
        prop_assert!(failure.error().is_none());
        prop_assert!(failure.flaw().is_some());
        if let Some(code) = failure.code() {
            prop_assert_eq!(code, error.code());
        }
        let read = reader.read_json(&whole);
        if let Some(details) = failure.details() {
            prop_assert_eq!(Some(details.get()), read.details().map(RawValue::get));
        }
    }

    #[test]
    fn any_bytes_are_read(body in prop::collection::vec(any::<u8>(), 0..200), status in 100_u16..1000, envelope in envelope()) {
        let failure = Reader::<Fault>::new()
            .with_envelope(envelope)
            .read(&Response::builder().status(status).body(&body).unwrap());
        prop_assert!(failure.flaw().is_some());
        prop_assert!(!failure.to_string().contains(char::is_control));
        let _ = (format!("{failure:?}"), Failure::<Fault>::from_sse_event(&body), Failure::<Fault>::from_json(&body));
    }

    #[test]
    fn a_body_with_one_byte_changed_is_read(
        error in fault(), envelope in envelope(), place in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut body = error.body().with_envelope(envelope).to_bytes().to_vec();
        let place = place.index(body.len());
        body[place] = byte;
        let failure = Reader::<Fault>::new()
            .with_envelope(envelope)
            .with_max_depth(20)
            .read(&Response::builder().status(error.status()).body(&body).unwrap());
        prop_assert_eq!(failure.status(), error.status());
        prop_assert!(!failure.to_string().contains(char::is_control));
        let _ = format!("{failure:?}");
        if matches!(failure.flaw(), Some(Flaw::Cut | Flaw::NotJson | Flaw::NotUtf8 | Flaw::TooDeep)) {
            prop_assert!(failure.error().is_none());
        }
    }
}
