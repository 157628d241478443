//! Which envelope a body is read by, and what stands in it.

use errorbook::client::{Failure, Reader};
use errorbook::{ApiError, Envelope, FieldError, FieldErrors, envelope};
use serde_json::json;

use crate::common::{BARE, PROVIDED, WAITS, details, response};

#[derive(Debug, ApiError)]
enum ApiFault {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 402, message = "Need {need}, have {have}.")]
    InsufficientCredits {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
    },
    #[api(status = 422, message = "Some fields are not right.")]
    Invalid(#[api(details)] FieldErrors),
}

const LIST: Envelope = envelope!(["v1", request_id?, { "c": code, "m": [message] }, ..details]);

#[test]
fn the_provided_envelopes_are_read() {
    for envelope in &PROVIDED {
        let reader = Reader::<ApiFault>::new().with_envelope(envelope);
        let read = |error: &ApiFault| {
            reader.read(&error.body().with_envelope(envelope).with_request_id("req_7").to_response())
        };
        let failure = read(&ApiFault::NotFound);
        assert_eq!((failure.code(), failure.message()), (Some("not_found"), Some("No such story.")));
        assert_eq!((failure.request_id(), details(&failure)), (Some("req_7"), None));
        assert_eq!(failure.flaw(), None, "{envelope:?}");

        let failure = read(&ApiFault::InsufficientCredits { need: 10, have: 3 });
        assert_eq!(details(&failure), Some(json!({ "need": 10, "have": 3 })), "{envelope:?}");
        assert_eq!(failure.flaw(), None, "{envelope:?}");

        let fields = [
            FieldError::new("/title", "missing", "a title is needed"),
            FieldError::new("/a b~1/%/ü", "range", "at most \"40\"\n"),
        ];
        for count in 1..=2 {
            let list = FieldErrors::from(fields[..count].to_vec());
            let told = serde_json::to_value(&list).unwrap();
            let failure = read(&ApiFault::Invalid(list));
            assert_eq!(details(&failure), Some(told), "{envelope:?}");
            assert_eq!(failure.code(), Some("invalid"));
            assert_eq!(failure.message(), Some("Some fields are not right."), "{envelope:?}");
            assert_eq!(failure.flaw(), None, "{envelope:?}");
        }
    }
}

#[test]
fn the_provided_envelopes_are_recognised_where_another_was_expected() {
    for envelope in &PROVIDED {
        let sent =
            ApiFault::InsufficientCredits { need: 10, have: 3 }.body().with_envelope(envelope).to_response();
        for expected in [&LIST, &BARE, &WAITS].into_iter().chain(&PROVIDED) {
            let failure = Reader::<ApiFault>::new().with_envelope(expected).read(&sent);
            assert_eq!(failure.code(), Some("insufficient_credits"), "{envelope:?} {expected:?}");
            assert_eq!(failure.message(), Some("Need 10, have 3."), "{envelope:?} {expected:?}");
            assert_eq!(failure.specs().len(), 1);
        }
    }
}

#[test]
fn the_items_of_an_array_are_told_apart_by_their_places() {
    let reader = Reader::<ApiFault>::new().with_envelope(&LIST);
    let body = ApiFault::InsufficientCredits { need: 1, have: 0 };
    let body = body.body().with_envelope(&LIST);
    assert_eq!(
        body.to_bytes(),
        r#"["v1",{"c":"insufficient_credits","m":["Need 1, have 0."]},{"need":1,"have":0}]"#
    );
    let failure = reader.read(&body.to_response());
    assert_eq!((failure.code(), failure.request_id()), (Some("insufficient_credits"), None));
    assert_eq!(details(&failure), Some(json!([{ "need": 1, "have": 0 }])));

    let failure =
        reader.read(&ApiFault::NotFound.body().with_envelope(&LIST).with_request_id("r").to_response());
    assert_eq!((failure.code(), failure.request_id()), (Some("not_found"), Some("r")));
    assert_eq!((failure.message(), details(&failure), failure.flaw()), (Some("No such story."), None, None));
}

/// A type that is held answers in the envelope of its holder, or in its own where a handler returns it by itself.
#[test]
fn the_envelope_of_a_held_type_is_read_too() {
    const HOLDER: Envelope = envelope!({ "fault": { "code": code, "text": message } });
    const HELD: Envelope = envelope!({ "held": code, "words": message });

    #[derive(Debug, ApiError)]
    #[api(envelope = HOLDER)]
    enum Holder {
        #[api(transparent)]
        Held(Held),
    }
    #[derive(Debug, ApiError)]
    #[api(envelope = HELD, status = 409, code = "held", message = "Not now.")]
    struct Held;

    for sent in [Holder::Held(Held).to_response(), Held.to_response()] {
        let failure = Failure::<Holder>::read(&sent);
        assert_eq!((failure.code(), failure.message()), (Some("held"), Some("Not now.")));
        assert_eq!(failure.specs().len(), 1);
    }
}

/// What the middleware of a service says in place of its handlers is in the service's envelope.
#[test]
fn the_envelope_of_the_service_is_read_beside_that_of_the_type() {
    const OWN: Envelope = envelope!({ "own": code, "text": message });
    const SERVICE: Envelope = envelope!({ "fault": { "c": code, "m": message } });

    #[derive(Debug, ApiError)]
    #[api(envelope = OWN, status = 409, code = "busy", message = "Not now.")]
    struct Busy;

    let reader = Reader::<Busy>::new().with_envelope(&SERVICE);
    let failure = reader.read(&response(404, r#"{"fault":{"c":"no_route","m":"No such path."}}"#));
    assert_eq!((failure.code(), failure.message()), (Some("no_route"), Some("No such path.")));
    assert_eq!(reader.read(&Busy.to_response()).code(), Some("busy"));
}

#[test]
fn of_field_errors_that_are_told_in_part_that_part_is_known() {
    const PARTLY: Envelope = envelope!("application/problem+json", {
        "detail": message, "code": code,
        "errors": [for field in details { "detail": field.message, "pointer": field.fragment }]?, ..details
    });
    let fields = FieldErrors::from(vec![FieldError::new("/age", "range", "must be positive")]);
    let sent = ApiFault::Invalid(fields).body().with_envelope(&PARTLY).to_response();
    let failure = Reader::<ApiFault>::new().with_envelope(&PARTLY).read(&sent);
    assert_eq!(failure.flaw(), None);
    assert_eq!(details(&failure), Some(json!([{ "pointer": "/age", "message": "must be positive" }])));
    assert!(failure.error().is_none());
}
