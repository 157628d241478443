//! Errors rebuilt from what their responses told: `#[api(decode)]`.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::time::Duration;

use errorbook::client::{Failure, Reader};
use errorbook::envelope::JSON_API;
use errorbook::{ApiError, Envelope, FieldError, FieldErrors, envelope};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Plan {
    name: String,
    seats: u32,
}

#[derive(Debug, PartialEq, ApiError)]
#[api(decode, codes = StoryCode, shared_codes("unavailable"))]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 402, message = "Out of credits.")]
    OutOfCredits {
        #[api(detail)]
        need: u64,
        #[api(detail = "remaining")]
        have: i64,
        #[api(detail)]
        plan: Option<Plan>,
        #[api(detail, null)]
        hint: Option<String>,
    },
    #[api(status = 429, message = "Slow down.")]
    RateLimited {
        #[api(retry_after)]
        wait: Duration,
        #[api(detail)]
        limit: u32,
        #[api(header = "X-Trace")]
        trace: Option<String>,
    },
    #[api(status = 422, message = "Some fields are not right.")]
    Invalid(#[api(details)] FieldErrors),
    #[api(status = 409, message = "Taken.")]
    Taken(#[api(detail = "by")] String, #[api(detail = "since")] Cow<'static, str>, PhantomData<u8>),
    #[api(status = 500)]
    Storage { source: std::num::ParseIntError },
    #[api(status = 500, decode = false)]
    Render { page: u32 },
    #[api(status = 503, code = "unavailable", message = "Busy.")]
    Busy {
        #[api(detail)]
        by: Weekday,
    },
    #[api(status = 503, code = "unavailable", message = "Closed.")]
    Closed {
        #[api(detail)]
        by: Weekend,
    },
    #[api(transparent)]
    Billing(BillingError),
    #[api(transparent)]
    Sealed(SealedError),
    #[api(transparent)]
    Boxed(Box<LimitError>),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Weekday {
    Monday,
    Friday,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Weekend {
    Sunday,
    Friday,
}

#[derive(Debug, PartialEq, ApiError)]
#[api(decode, codes = BillingCode)]
enum BillingError {
    #[api(status = 402, message = "The card was declined.")]
    CardDeclined {
        #[api(detail)]
        last4: String,
    },
}

#[derive(Debug, PartialEq, ApiError)]
#[api(codes = SealedCode, status = 423, code = "sealed", message = "Sealed.")]
struct SealedError;

#[derive(Debug, PartialEq, ApiError)]
#[api(decode, codes = LimitCode, status = 413, code = "limit", message = "Too much.")]
struct LimitError {
    #[api(detail)]
    most: u64,
}

/// The error as a client has it.
fn read_back<E: errorbook::Catalogued>(error: &E) -> Option<E> {
    Failure::<E>::read(&error.to_response()).into_error().ok()
}

#[track_caller]
fn comes_back(error: StoryError) {
    assert_eq!(read_back(&error), Some(error));
}

#[test]
fn an_error_without_fields_comes_back() {
    comes_back(StoryError::NotFound);
}

#[test]
fn details_come_back_by_their_names_and_those_left_out_as_none() {
    let plan = Some(Plan { name: "team".into(), seats: 3 });
    comes_back(StoryError::OutOfCredits { need: 10, have: -3, plan, hint: Some("top \"up\"".into()) });
    comes_back(StoryError::OutOfCredits { need: 10, have: 0, plan: None, hint: None });
    comes_back(StoryError::Taken("ada".into(), "noon".into(), PhantomData));
}

#[test]
fn the_wait_comes_back_from_the_header() {
    comes_back(StoryError::RateLimited { wait: Duration::from_secs(7), limit: 60, trace: None });
}

#[test]
fn all_of_the_details_come_back_as_one_field() {
    let error = FieldError::new("/title", "missing", "a title is needed");
    comes_back(StoryError::Invalid(error.into()));
    comes_back(StoryError::Invalid(FieldErrors::new()));
    let many: FieldErrors = (0..1334).map(|row| FieldError::at([row.to_string()], "odd", "is odd")).collect();
    assert_eq!(many.more(), 1234);
    comes_back(StoryError::Invalid(many));
}

#[test]
fn field_errors_that_are_items_of_their_envelope_come_back_with_the_count_of_those_left_out() {
    for count in [1, 2, 100, 101, 1334] {
        let fields: FieldErrors =
            (0..count).map(|row| FieldError::at([row.to_string()], "odd", "is odd")).collect();
        let invalid = StoryError::Invalid(fields);
        let body = invalid.body().with_envelope(&JSON_API).to_bytes();
        let response = http::Response::builder().status(422).body(body).unwrap();
        let reader = Reader::<StoryError>::new().with_envelope(&JSON_API);
        assert_eq!(reader.read(&response).into_error().ok(), Some(invalid));
    }
}

#[test]
fn an_error_that_holds_a_cause_is_known_by_its_spec_alone() {
    let cause = "x".parse::<u8>().unwrap_err();
    assert_eq!(read_back(&StoryError::Storage { source: cause }), None);
    assert_eq!(read_back(&StoryError::Render { page: 1 }), None);
}

#[test]
fn a_held_error_comes_back_in_its_variant() {
    comes_back(StoryError::Billing(BillingError::CardDeclined { last4: "4242".into() }));
    comes_back(StoryError::Boxed(Box::new(LimitError { most: 5 })));
}

#[test]
fn a_held_type_that_does_not_decode_is_not_rebuilt() {
    assert_eq!(read_back(&StoryError::Sealed(SealedError)), None);
}

#[test]
fn a_code_that_two_share_comes_back_where_the_details_fit_one_alone() {
    comes_back(StoryError::Busy { by: Weekday::Monday });
    comes_back(StoryError::Closed { by: Weekend::Sunday });
    assert_eq!(read_back(&StoryError::Closed { by: Weekend::Friday }), None);
    assert_eq!(read_back(&StoryError::Busy { by: Weekday::Friday }), None);
}

#[test]
fn where_one_of_those_that_share_a_code_cannot_be_rebuilt_none_is() {
    #[derive(Debug, PartialEq, ApiError)]
    #[api(decode, shared_codes("internal_error", "sealed", "busy"))]
    enum Shared {
        #[api(status = 500, code = "internal_error")]
        Render,
        #[api(status = 500, code = "internal_error")]
        Storage { source: std::num::ParseIntError },
        #[api(status = 423, code = "sealed", message = "Sealed.")]
        Sealed,
        #[api(transparent)]
        Held(SealedError),
        #[api(status = 503, code = "busy", message = "Busy.")]
        Busy,
        #[api(transparent, decode = false)]
        Apart(Busy),
        #[api(transparent)]
        Twice(Box<LimitError>),
        #[api(transparent)]
        Again(LimitError),
    }

    #[derive(Debug, PartialEq, ApiError)]
    #[api(decode, status = 503, code = "busy", message = "Busy.")]
    struct Busy;

    let limit = || LimitError { most: 1 };
    for error in [
        Shared::Render,
        Shared::Storage { source: "x".parse::<u8>().unwrap_err() },
        Shared::Sealed,
        Shared::Held(SealedError),
        Shared::Busy,
        Shared::Apart(Busy),
        Shared::Twice(Box::new(limit())),
        Shared::Again(limit()),
    ] {
        assert_eq!(read_back(&error), None, "{error:?}");
    }
    assert_eq!(read_back(&Busy), Some(Busy));
}

/// A body of the default envelope.
fn body(status: u16, code: &str, details: &str) -> http::Response<String> {
    let text = format!(r#"{{"error":{{"code":"{code}","message":"…","details":{details}}}}}"#);
    http::Response::builder().status(status).header("content-type", "application/json").body(text).unwrap()
}

fn read(details: &str) -> Option<StoryError> {
    Failure::<StoryError>::read(&body(402, "out_of_credits", details)).into_error().ok()
}

#[test]
fn members_that_nobody_knows_are_passed_over_and_those_missing_keep_an_error_from_being_rebuilt() {
    let credits = || Some(StoryError::OutOfCredits { need: 1, have: 2, plan: None, hint: None });
    assert_eq!(read(r#"{"need":1,"new":{"a":[1]},"remaining":2}"#), credits());
    assert_eq!(read(r#"{"n\u0065ed":1,"remaining":2,"plan":null}"#), credits());
    for odd in [
        r#"{"need":1}"#,
        r#"{"need":"1","remaining":2}"#,
        r#"{"need":1,"remaining":2,"plan":7}"#,
        r#"{"need":-1,"remaining":2}"#,
        r#"{"need":1,"remaining":2,"need":1}"#,
        "[1,2]",
        "null",
        "7",
    ] {
        assert_eq!(read(odd), None, "{odd}");
    }
}

#[test]
fn a_wait_that_was_not_told_keeps_an_error_from_being_rebuilt_unless_it_may_be_none() {
    #[derive(Debug, PartialEq, ApiError)]
    #[api(decode, status = 429, code = "rate_limited", message = "Slow down.")]
    struct Limited {
        #[api(retry_after)]
        wait: Option<Duration>,
    }

    let told = body(429, "rate_limited", r#"{"limit":60}"#);
    assert!(Failure::<StoryError>::read(&told).error().is_none());
    assert_eq!(Failure::<Limited>::read(&told).into_error().ok(), Some(Limited { wait: None }));
}

#[test]
fn an_unknown_code_is_no_error_of_the_type() {
    assert!(Failure::<StoryError>::read(&body(404, "gone_fishing", "{}")).error().is_none());
}

#[test]
fn the_code_is_known_by_name_whatever_can_be_rebuilt() {
    let code = |code: &str| Failure::<StoryError>::read(&body(500, code, "7")).typed_code();
    assert_eq!(code("render"), Some(StoryCode::Render));
    assert_eq!(code("card_declined"), Some(StoryCode::Billing(BillingCode::CardDeclined)));
    assert!(
        matches!(code("gone_fishing"), Some(StoryCode::Unknown(unknown)) if unknown.as_str() == "gone_fishing")
    );
    let page = http::Response::builder().status(502).body("<html>").unwrap();
    assert_eq!(Failure::<StoryError>::read(&page).typed_code(), None);
}

#[test]
fn types_with_parameters_come_back_for_each_argument() {
    #[derive(Debug, PartialEq, ApiError)]
    #[api(decode)]
    enum Taken<'a, T, E> {
        #[api(status = 409, message = "Taken.")]
        One {
            #[api(detail)]
            r#type: T,
            #[api(detail)]
            name: Cow<'a, str>,
        },
        #[api(transparent)]
        Held(E),
        #[api(transparent)]
        Again(Box<Self>),
    }
    let one: Taken<'_, u8, BillingError> = Taken::One { r#type: 7, name: "a".into() };
    assert_eq!(read_back(&one), Some(one));
    let held: Taken<'_, Vec<u8>, BillingError> =
        Taken::Held(BillingError::CardDeclined { last4: "1".into() });
    assert_eq!(read_back(&held), Some(held));
    // How often it was put into another nobody can tell.
    let again: Taken<'_, u8, BillingError> =
        Taken::Again(Box::new(Taken::One { r#type: 7, name: "a".into() }));
    assert_eq!(read_back(&again), Some(Taken::One { r#type: 7, name: "a".into() }));
}

#[test]
fn functions_make_fields_of_what_functions_made_of_them() {
    #[derive(Debug, PartialEq, ApiError)]
    #[api(decode)]
    enum Timed {
        #[api(status = 408, message = "Too slow.")]
        Slow {
            #[api(detail, with = Duration::as_secs, decode = Duration::from_secs)]
            after: Duration,
        },
        #[api(status = 409, message = "Not now.")]
        Later {
            #[api(retry_after, detail = "seconds", with = Duration::as_secs)]
            wait: Duration,
        },
        #[api(status = 400, message = "Odd.")]
        Odd(#[api(details, with = words, decode = joined)] String),
    }
    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }
    fn joined([first, second]: [String; 2]) -> String {
        first + " " + &second
    }
    for error in [
        Timed::Slow { after: Duration::from_secs(5) },
        Timed::Later { wait: Duration::from_secs(5) },
        Timed::Odd("one two".into()),
    ] {
        assert_eq!(read_back(&error), Some(error));
    }
}

#[test]
fn details_that_the_envelope_does_not_show_are_not_taken_for_none() {
    const BARE: Envelope = envelope!({ "fault": { "code": code, "text": message } });

    #[derive(Debug, PartialEq, ApiError)]
    #[api(decode, envelope = BARE)]
    enum Bare {
        #[api(status = 402, code = "poor", message = "Too poor.")]
        Poor {
            #[api(detail)]
            need: Option<u64>,
        },
        #[api(status = 404, code = "gone", message = "Gone.")]
        Gone,
    }
    assert_eq!(read_back(&Bare::Poor { need: Some(9) }), None);
    assert_eq!(read_back(&Bare::Gone), Some(Bare::Gone));

    // A `for` shows field errors and no others.
    let fields =
        Reader::new().with_envelope(&FIELDS).read_json(r#"{"c":"poor","m":"Too poor.","errors":[]}"#);
    assert_eq!((fields.flaw(), fields.code(), fields.error()), (None, Some("poor"), None::<&Poor>));
}

const FIELDS: Envelope = envelope!({
    "c": code, "m": message, "errors": [for field in details { "at": field.pointer, "text": field.message }]
});

#[derive(Debug, PartialEq, ApiError)]
#[api(decode, status = 402, code = "poor", message = "Too poor.")]
struct Poor {
    #[api(detail)]
    need: Option<u64>,
}

#[test]
fn details_that_stand_where_nobody_looks_are_not_taken_for_none() {
    let read = |body: &str| Failure::<Poor>::from_json(body).into_error().ok();
    let poor = |need| Some(Poor { need });
    assert_eq!(read(r#"{"error":{"code":"poor","message":"m"}}"#), poor(None));
    assert_eq!(read(r#"{"error":{"code":"poor","details":{"need":9}}}"#), poor(Some(9)));
    // They stand somewhere else.
    assert_eq!(read(r#"{"error":{"code":"poor"},"details":{"need":9}}"#), None);
    assert_eq!(read(r#"{"error":{"code":"poor","need":9}}"#), None);
}
