//! Whatever the details are, a body can be read: by whoever gets its text, and as part of a resource. Both ways give the
//! same value.

use std::collections::BTreeMap;

use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::{ApiError, Envelope, envelope};
use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::support::is_as_its_schema_says;

#[derive(ApiError)]
#[api(status = 422, code = "echo", message = "…")]
struct Echo<T> {
    #[api(detail)]
    before: u8,
    #[api(detail)]
    what: T,
    #[api(detail)]
    after: u8,
}

fn echo<T>(what: T) -> Echo<T> {
    Echo { before: 1, what, after: 2 }
}

#[derive(ApiError)]
#[api(status = 422, code = "whole", message = "…")]
struct Whole<T>(#[api(details)] T);

const LIST: Envelope =
    envelope!([code, ..details, { "d": details, "e": [for field in details field.message]? }]);
const ENVELOPES: [&Envelope; 5] = [&NESTED, &FLAT, &PROBLEM, &JSON_API, &LIST];

fn raw(text: impl Into<String>) -> Box<RawValue> {
    RawValue::from_string(text.into()).expect("it is JSON by its grammar")
}

fn nested(depth: usize) -> String {
    "[".repeat(depth) + "1" + &"]".repeat(depth)
}

/// The body as a reader reads it, and as a resource has it.
#[track_caller]
fn read(error: &dyn ApiError, envelope: &'static Envelope) -> Value {
    let body = error.body().with_envelope(envelope);
    let read: Value = serde_json::from_slice(&body.to_bytes()).expect("a body can be read");
    let resource = json!({ "failure": body });
    assert!(is_same(&resource["failure"], &read), "{resource:#}\n{read:#}");
    let again: Value = serde_json::from_str(&resource.to_string()).expect("a resource can be read");
    assert!(is_same(&again, &resource));
    read
}

/// Whether both are the same to a reader; `serde_json` reads the last digit of a fraction differently at times.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() && other.is_f64() => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            one.is_sign_negative() == other.is_sign_negative() && (one - other).abs() <= one.abs() * 1e-15
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, one)| other.get(name).is_some_and(|other| is_same(one, other)))
        }
        (one, other) => one == other,
    }
}

#[test]
fn details_deeper_than_readers_take_are_left_out() {
    // The body has 112 levels at most, of which two stand around these details.
    assert_eq!(read(&Whole(raw(nested(110))), &NESTED)["error"]["details"].to_string(), nested(110));
    assert_eq!(
        read(&Whole(raw(nested(111))), &NESTED),
        json!({ "error": { "code": "whole", "message": "…" } })
    );
    for depth in [111, 126, 200, 100_000] {
        let text = nested(depth);
        for envelope in ENVELOPES {
            read(&Whole(raw(&*text)), envelope);
            read(&echo(BTreeMap::from([("a", raw(&*text))])), envelope);
        }
        // It costs its own part.
        assert_eq!(read(&echo(raw(text)), &FLAT)["details"], json!({ "before": 1, "after": 2 }));
    }
    for depth in [90, 109, 110, 126, 200] {
        let value = (0..depth).fold(json!(1), |inner, _| Value::Array(vec![inner]));
        let details = read(&echo(value), &FLAT)["details"].take();
        assert_eq!(details.get("what").is_some(), depth <= 110, "{depth}");
    }
}

#[test]
fn the_levels_of_the_envelope_count() {
    const DEEP: Envelope = envelope!({ "a": { "b": { "c": [{ "code": code, "details": details? }] } } });
    assert_eq!(read(&Whole(raw(nested(107))), &DEEP)["a"]["b"]["c"][0]["details"].to_string(), nested(107));
    assert_eq!(read(&Whole(raw(nested(108))), &DEEP)["a"]["b"]["c"][0], json!({ "code": "whole" }));
}

#[test]
fn variants_of_an_enum_count_as_the_levels_that_they_are() {
    #[derive(serde::Serialize)]
    enum Deep {
        Newtype(Box<Deep>),
        Tuple(Box<Deep>, u8),
        Struct { inner: Box<Deep> },
        End,
    }
    let deep = |times: usize| {
        (0..times).fold(Deep::End, |inner, _| {
            Deep::Newtype(Box::new(Deep::Tuple(Box::new(Deep::Struct { inner: Box::new(inner) }), 1)))
        })
    };
    // Five levels each time.
    assert!(read(&Whole(deep(22)), &NESTED)["error"].get("details").is_some());
    assert!(read(&Whole(deep(23)), &NESTED)["error"].get("details").is_none());
}

#[test]
fn half_a_character_is_replaced() {
    let lone = raw(r#"{"\udc00":"a\ud83e","b":"\ud83e\udd80"}"#);
    let expected = json!({ "\u{fffd}": "a\u{fffd}", "b": "🦀" });
    assert_eq!(read(&echo(&lone), &FLAT)["details"]["what"], expected);
    // Nothing else goes because of it where it is spread.
    let problem = read(&Whole(&lone), &PROBLEM);
    assert_eq!((&problem["\u{fffd}"], &problem["b"]), (&json!("a\u{fffd}"), &json!("🦀")));
}

#[test]
fn a_number_that_no_f64_holds_is_left_out() {
    for number in ["1e999", "-1e999", "[{\"a\":1.5E+400}]", &"9".repeat(400)] {
        assert_eq!(
            read(&echo(raw(number)), &FLAT)["details"],
            json!({ "before": 1, "after": 2 }),
            "{number}"
        );
        assert_eq!(read(&echo(raw(number)), &PROBLEM).get("what"), None);
    }
}

#[test]
fn a_number_of_any_size_or_form_stands_in_a_resource() {
    for number in
        ["-0", "0.0", "-0.0", "1E2", "1e-999", "1.50", "18446744073709551616", "-9223372036854775809"]
    {
        let read = read(&echo(raw(number)), &FLAT);
        assert!(is_same(&read["details"]["what"], &serde_json::from_str(number).unwrap()), "{number}");
    }
    assert_eq!(read(&echo(u128::MAX), &FLAT)["details"]["what"], json!(2_f64.powi(128)));
    assert_eq!(read(&echo(i128::MIN), &FLAT)["details"]["what"], json!(-2_f64.powi(127)));
    assert_eq!(read(&echo(u64::MAX), &FLAT)["details"]["what"], json!(u64::MAX));
}

#[test]
fn members_of_one_name_read_alike() {
    read(&echo(raw(r#"{"a":1,"a":[2],"a":3}"#)), &FLAT);
    read(&Whole(raw(r#"{"a":1,"a":[2],"code":3}"#)), &PROBLEM);
}

/// JSON by its grammar, in forms that readers stumble over.
fn nasty() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,3})?",
        "\"([a-z]|\\\\u[dD][89abcdefABCDEF][0-9a-f]{2}|\\\\[\"\\\\/bfnrt]|\\\\u00[0-9A-F]{2}|[^\u{0}-\u{1f}\"\\\\]){0,6}\"",
        prop::sample::select(vec!["null", "true", "false", "[]", "{}", "[ ]", "\"\""])
            .prop_map(str::to_owned),
        (90..140_usize).prop_map(nested),
        Just(r#"{"pointer":"/a\ud800","code":"c","message":"m\udc00"}"#.to_owned()),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let name = "\"(a|code|errors|details|instance|\\\\ud8[0-9]{2}|\\\\u0061)\"";
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| format!("[{}]", items.join(" ,"))),
            proptest::collection::vec((name, inner), 0..4).prop_map(|members| {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("{name} : {value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn a_body_with_any_json_in_it_can_be_read_and_stands_in_a_resource(text in nasty()) {
        for envelope in ENVELOPES {
            for error in [&Whole(raw(&*text)) as &dyn ApiError, &echo(raw(&*text))] {
                let body = read(error, envelope);
                prop_assert!(is_as_its_schema_says(&body, envelope), "{:#}", body);
            }
        }
    }
}
