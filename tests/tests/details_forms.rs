//! The forms of details: kept as `null`, made by a function (`with`), named by the type (`rename_all_details`).

#![allow(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "functions of `with` are given a reference to the field"
)]

use std::cell::Cell;
use std::fmt;
use std::time::Duration;

use errorbook::{ApiError, Envelope, envelope};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::json;

use crate::support::{body, details, header, text};

/// The details beside other members.
const SPREAD: Envelope = envelope!({ "code": code, ..details });

fn spread(error: &dyn ApiError) -> String {
    text(&error.body().with_envelope(&SPREAD).to_bytes())
}

#[derive(ApiError)]
#[api(status = 400, message = "…")]
struct Invalid {
    #[api(detail, null)]
    param: Option<&'static str>,
    #[api(detail)]
    hint: Option<u8>,
    #[api(null, detail = "line")]
    at: Option<u32>,
}

#[test]
fn a_detail_may_be_null_where_it_has_no_value() {
    let nothing = Invalid { param: None, hint: None, at: None };
    assert_eq!(
        body(&nothing),
        r#"{"error":{"code":"invalid","message":"…","details":{"param":null,"line":null}}}"#
    );
    let all = Invalid { param: Some("x"), hint: Some(1), at: Some(7) };
    assert_eq!(details(&all), json!({ "param": "x", "hint": 1, "line": 7 }));
    let mixed = Invalid { param: None, hint: Some(1), at: None };
    assert_eq!(details(&mixed), json!({ "param": null, "hint": 1, "line": null }));
}

#[test]
fn a_null_stands_among_spread_details_too() {
    let nothing = Invalid { param: None, hint: None, at: None };
    assert_eq!(spread(&nothing), r#"{"code":"invalid","param":null,"line":null}"#);
}

#[test]
fn a_detail_with_null_is_there_whatever_its_type_says() {
    struct Failing;

    impl Serialize for Failing {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(S::Error::custom("on purpose"))
        }
    }

    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error<T> {
        #[api(detail, null)]
        unit: (),
        #[api(detail, null)]
        failing: Failing,
        #[api(detail, null)]
        generic: T,
        #[api(detail, null)]
        number: u8,
    }
    let error = Error { unit: (), failing: Failing, generic: f64::NAN, number: 1 };
    assert_eq!(details(&error), json!({ "unit": null, "failing": null, "generic": null, "number": 1 }));
}

#[test]
fn the_spec_tells_which_details_are_kept_as_null() {
    let nothing = Invalid { param: None, hint: None, at: None };
    let kept: Vec<_> = nothing.spec().fields().map(|field| field.keeps_null()).collect();
    assert_eq!(kept, [true, false, true]);
}

#[test]
fn an_example_has_each_member_that_is_always_there() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error {
        #[api(detail, null)]
        unknown: Option<Vec<u8>>,
        #[api(detail)]
        other: Vec<u8>,
    }
    let error = Error { unknown: None, other: Vec::new() };
    assert_eq!(details(&error.spec().to_example()), json!({ "unknown": null }));
}

fn in_hours(seconds: &u64) -> f64 {
    Duration::from_secs(*seconds).as_secs_f64() / 3600.0
}

/// Known by its parts: neither `Serialize` nor `Display`.
struct Place {
    line: u32,
    column: u32,
}

fn place(place: &Place) -> String {
    format!("{}:{}", place.line, place.column)
}

#[test]
fn a_detail_may_have_the_form_that_a_function_gives_it() {
    #[derive(ApiError)]
    #[api(status = 429, message = "Wait {secs} s.")]
    struct Limited {
        #[api(retry_after, detail = "retry_after_ms", with = Duration::as_millis)]
        wait: Duration,
        #[api(detail = "hours", with = in_hours)]
        secs: u64,
        #[api(detail, with = place)]
        at: Place,
    }
    let error = Limited { wait: Duration::from_millis(2500), secs: 5400, at: Place { line: 3, column: 9 } };
    assert_eq!(
        body(&error),
        concat!(
            r#"{"error":{"code":"limited","message":"Wait 5400 s.","#,
            r#""details":{"retry_after_ms":2500,"hours":1.5,"at":"3:9"}}}"#,
        )
    );
    // The wait is still the field's.
    assert_eq!(header(&error.to_response(), "retry-after"), Some("3"));
    assert_eq!(error.retry().wait(), Some(Duration::from_millis(2500)));
}

#[test]
fn the_function_may_say_that_there_is_no_value() {
    fn positive(number: &i64) -> Option<i64> {
        Some(*number).filter(|number| *number > 0)
    }

    fn length(text: &Option<String>) -> usize {
        text.as_ref().map_or(0, String::len)
    }

    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error {
        #[api(detail, with = positive)]
        gone: i64,
        #[api(detail, null, with = positive)]
        kept: i64,
        #[api(detail, header = "X-Left", with = positive)]
        left: i64,
        #[api(detail, header = "X-Length", with = length)]
        text: Option<String>,
    }
    let error = Error { gone: -1, kept: -1, left: -1, text: None };
    assert_eq!(details(&error), json!({ "kept": null, "text": 0 }));
    assert_eq!(header(&error.to_response(), "x-left"), None);
    assert_eq!(header(&error.to_response(), "x-length"), Some("0"));
    let error = Error { gone: 1, kept: 2, left: 3, text: Some("four".to_owned()) };
    assert_eq!(details(&error), json!({ "gone": 1, "kept": 2, "left": 3, "text": 4 }));
    assert_eq!(header(&error.to_response(), "x-left"), Some("3"));
}

#[test]
fn all_of_the_details_may_have_the_form_that_a_function_gives_them() {
    fn names(fields: &[(&'static str, u8)]) -> Vec<&'static str> {
        fields.iter().map(|(name, _)| *name).collect()
    }

    #[derive(ApiError)]
    #[api(status = 422, message = "…")]
    struct Error(#[api(details, with = names)] Vec<(&'static str, u8)>);

    assert_eq!(details(&Error(vec![("a", 1), ("b", 2)])), json!(["a", "b"]));
    assert_eq!(body(&Error(vec![])), r#"{"error":{"code":"error","message":"…"}}"#);
    assert_eq!(spread(&Error(vec![("a", 1)])), r#"{"code":"error","errors":["a"]}"#);
}

#[test]
fn a_header_may_have_the_form_that_a_function_gives_it() {
    /// A text that is never put together.
    struct Range<'a>(&'a (u64, u64));

    impl fmt::Display for Range<'_> {
        fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(out, "bytes */{}", self.0.1 - self.0.0)
        }
    }

    #[derive(ApiError)]
    #[api(status = 416, message = "…")]
    struct Unsatisfiable {
        #[api(header = "Content-Range", with = Range)]
        range: (u64, u64),
        #[api(header = "X-Secs", header = "X-Seconds", with = Duration::as_secs)]
        wait: Duration,
    }
    let response = Unsatisfiable { range: (10, 30), wait: Duration::from_secs(9) }.to_response();
    assert_eq!(header(&response, "content-range"), Some("bytes */20"));
    assert_eq!(header(&response, "x-secs"), Some("9"));
    assert_eq!(header(&response, "x-seconds"), Some("9"));
}

#[test]
fn the_function_may_be_the_types_own_or_generic() {
    fn redacted<T>(_: &T) -> &'static str {
        "…"
    }

    /// Neither `Serialize` nor `Display`.
    struct Secret;

    #[derive(ApiError)]
    enum Error<T> {
        #[api(status = 400, message = "…")]
        Generic {
            #[api(detail, header = "X-Value", with = redacted)]
            value: T,
        },
        #[api(status = 401, message = "…")]
        Own {
            #[api(detail, with = Self::tens)]
            number: u32,
            #[api(detail, with = ToString::to_string)]
            text: u8,
        },
    }

    impl<T> Error<T> {
        fn tens(number: &u32) -> u32 {
            number / 10
        }
    }

    let generic = Error::Generic { value: Secret };
    assert_eq!(details(&generic), json!({ "value": "…" }));
    assert_eq!(details(&Error::<Secret>::Own { number: 42, text: 7 }), json!({ "number": 4, "text": "7" }));
}

#[test]
fn the_function_is_called_for_a_response_alone() {
    thread_local! {
        static CALLS: Cell<u32> = const { Cell::new(0) };
    }

    fn counted(number: &u8) -> u8 {
        CALLS.set(CALLS.get() + 1);
        *number
    }

    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error {
        #[api(detail, with = counted)]
        number: u8,
    }
    let error = Error { number: 1 };
    let _ = (error.status(), error.code(), error.message(), error.retry(), error.spec());
    assert_eq!(CALLS.get(), 0);
    drop(error.to_response());
    assert_eq!(CALLS.get(), 1);
}

#[test]
fn the_spec_tells_the_function() {
    #[derive(ApiError)]
    #[api(status = 429, message = "…")]
    struct Error {
        #[api(detail, with = std::time::Duration::as_millis)]
        wait: Duration,
        /// What is left.
        #[api(detail, example = "ten", with = in_hours)]
        left: u64,
        #[api(detail, with = in_hours)]
        other: u64,
        #[api(detail)]
        plain: u64,
    }
    let spec = Error { wait: Duration::ZERO, left: 1, other: 2, plain: 3 }.spec();
    let functions: Vec<_> = spec.fields().map(|field| field.with()).collect();
    assert_eq!(functions, [Some("std::time::Duration::as_millis"), Some("in_hours"), Some("in_hours"), None]);
    // What the function makes of a sample nobody knows; an example is what callers see.
    assert_eq!(details(&spec.to_example()), json!({ "left": "ten", "plain": 1 }));
}

#[test]
fn a_type_may_rename_all_its_details() {
    #[derive(ApiError)]
    #[api(rename_all_details = "camelCase", rename_all = "SCREAMING_SNAKE_CASE")]
    enum Error {
        #[api(status = 402, message = "Need {credits_needed}.")]
        OutOfCredits {
            #[api(detail)]
            credits_needed: u64,
            #[api(detail = "credits_left")]
            have_left: u64,
            #[api(detail)]
            plan: &'static str,
            #[api(detail)]
            r#type: u8,
            #[api(detail, null)]
            _top_up_url2: Option<u8>,
        },
        #[api(status = 400, message = "…")]
        Tuple(#[api(detail = "as_written")] u8),
    }
    let error =
        Error::OutOfCredits { credits_needed: 10, have_left: 3, plan: "free", r#type: 1, _top_up_url2: None };
    assert_eq!(
        body(&error),
        concat!(
            r#"{"error":{"code":"OUT_OF_CREDITS","message":"Need 10.","details":"#,
            r#"{"creditsNeeded":10,"credits_left":3,"plan":"free","type":1,"topUpUrl2":null}}}"#,
        )
    );
    let names: Vec<_> = error.spec().fields().map(|field| (field.name(), field.detail().unwrap())).collect();
    assert_eq!(names[0], ("credits_needed", "creditsNeeded"));
    assert_eq!(names[1], ("have_left", "credits_left"));
    assert_eq!(details(&Error::Tuple(1)), json!({ "as_written": 1 }));
}

#[test]
fn a_struct_may_rename_its_details_and_a_held_type_keeps_its_own() {
    #[derive(ApiError)]
    #[api(status = 402, message = "…", rename_all_details = "SCREAMING-KEBAB-CASE")]
    struct Inner {
        #[api(detail)]
        credits_needed: u64,
    }

    #[derive(ApiError)]
    #[api(rename_all_details = "PascalCase")]
    enum Outer {
        #[api(transparent)]
        Inner(Inner),
    }
    assert_eq!(details(&Outer::Inner(Inner { credits_needed: 1 })), json!({ "CREDITS-NEEDED": 1 }));
}
