//! Properties: whatever strings, header values and waits an error holds, its body is JSON that says exactly what
//! went in, no line break gets into a header, and nothing panics.

use std::collections::BTreeMap;
use std::time::Duration;

use errorbook::context::Context;
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::retry::Attempt;
use errorbook::{ApiError, Envelope, envelope};
use http::{HeaderValue, Method};
use proptest::prelude::*;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::support::{headers, is_as_its_schema_says, text as text_of};

/// An error all of whose parts are the test's to say.
#[derive(Debug, ApiError)]
#[api(status = 400, code = "any", message = "{message}", title = "Any")]
struct AnyError {
    message: String,
    #[api(detail)]
    text: String,
    #[api(detail = "a \"name\"\\\n\u{1}é")]
    named: Option<String>,
    #[api(detail)]
    number: i64,
    #[api(detail)]
    map: BTreeMap<String, String>,
}

/// One in whose message constant and shown text alternate, and whose details are one value.
#[derive(Debug, ApiError)]
#[api(status = 422, code = "whole", message = "\"{first}\" \\ {second:?} \u{8}{first}\n")]
struct Whole {
    first: String,
    second: String,
    #[api(details)]
    details: BTreeMap<String, String>,
}

/// One with headers from fields.
#[derive(ApiError)]
#[api(status = 400, message = "…", header("X-Value", "constant"))]
struct Header {
    #[api(header = "X-Value")]
    value: String,
    #[api(header = "X-Perhaps")]
    perhaps: Option<String>,
}

/// One with a wait.
#[derive(ApiError)]
#[api(status = 429, message = "…")]
struct Limited(#[api(retry_after)] Duration);

/// One that may have a wait.
#[derive(ApiError)]
#[api(status = 429, message = "…", retry = "after, 3 times, if idempotent")]
struct Perhaps(#[api(retry_after)] Option<Duration>);

const WAIT: Envelope = envelope!({ "code": code, "wait": retry_after });

const CONTEXT: Envelope = envelope!({
    "\"odd\" \\ name\n": message, "run": context.run?, "task": context.task, "all": [{ "details": details }, request_id]
});

const LIST: Envelope =
    envelope!([code, request_id?, ..details, [..details]?, { "all": [details?]?, ..details }]);

const ITEMS: Envelope = envelope!({
    "list": [message, for field in details { "at": field.fragment, "id": request_id } else [details], request_id?],
    "more": [for field in details field.code]?, ..details
});

/// One with single details.
#[derive(ApiError)]
#[api(status = 422, message = "…")]
struct Single<'a> {
    #[api(detail)]
    value: &'a Value,
    #[api(detail)]
    list: [&'a Value; 2],
}

/// Any string, control characters and quotes more often than by chance.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,40}",
        proptest::collection::vec(
            prop_oneof![
                Just('"'),
                Just('\\'),
                Just('/'),
                Just('\u{2028}'),
                Just('\u{7f}'),
                Just('🦀'),
                (0_u8..0x20).prop_map(char::from),
                any::<char>(),
            ],
            0..40,
        )
        .prop_map(String::from_iter),
    ]
}

fn map() -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::collection::btree_map(text(), text(), 0..4)
}

prop_compose! {
    fn any_error()(
        message in text(), text in text(), named in proptest::option::of(text()), number: i64, map in map(),
    ) -> AnyError {
        AnyError { message, text, named, number, map }
    }
}

impl AnyError {
    fn details(&self) -> Value {
        let mut details = json!({ "text": self.text, "number": self.number, "map": self.map });
        if let Some(named) = &self.named {
            details["a \"name\"\\\n\u{1}é"] = json!(named);
        }
        details
    }
}

/// The body, which must be JSON.
fn parse(body: &[u8]) -> Result<Value, TestCaseError> {
    serde_json::from_slice(body)
        .map_err(|error| TestCaseError::fail(format!("{error}: {}", String::from_utf8_lossy(body))))
}

/// An object's members and those of another.
fn merged(mut object: Value, more: &Value) -> Value {
    if let (Some(object), Some(more)) = (object.as_object_mut(), more.as_object()) {
        object.extend(more.clone());
    }
    object
}

proptest! {
    #[test]
    fn nested_says_what_went_in(error in any_error(), id in text()) {
        let expected = json!({ "error": {
            "code": "any", "message": error.message, "request_id": id, "details": error.details()
        } });
        prop_assert_eq!(parse(&error.body().with_envelope(&NESTED).with_request_id(&id).to_bytes())?, expected.clone());
        // By hand or from the context, and as the body of a response: the same.
        let response = Context::new().with_request_id(id).scope(|| error.to_response());
        prop_assert_eq!(parse(response.body())?, expected);
    }

    #[test]
    fn flat_says_what_went_in(error in any_error(), id in text()) {
        let expected = json!({
            "code": "any", "message": error.message, "request_id": id, "details": error.details()
        });
        prop_assert_eq!(parse(&error.body().with_envelope(&FLAT).with_request_id(id).to_bytes())?, expected);
    }

    #[test]
    fn problem_says_what_went_in(error in any_error(), id in text()) {
        let fixed = json!({
            "title": "Bad Request", "status": 400, "detail": error.message, "code": "any", "request_id": id
        });
        let expected = merged(fixed, &error.details());
        prop_assert_eq!(parse(&error.body().with_envelope(&PROBLEM).with_request_id(id).to_bytes())?, expected);
    }

    #[test]
    fn json_api_says_what_went_in(error in any_error(), id in text()) {
        let expected = json!({ "errors": [{
            "id": id, "status": "400", "code": "any", "title": "Any", "detail": error.message,
            "meta": error.details()
        }] });
        prop_assert_eq!(parse(&error.body().with_envelope(&JSON_API).with_request_id(id).to_bytes())?, expected);
    }

    #[test]
    fn an_envelope_of_ones_own_says_what_went_in(
        error in any_error(), id in text(), run in proptest::option::of(text()), task in text(),
    ) {
        let mut expected = json!({
            "\"odd\" \\ name\n": error.message, "task": task, "all": [{ "details": error.details() }, id]
        });
        let mut context = Context::new().with_request_id(id).with_value("task", task);
        if let Some(run) = run {
            expected["run"] = json!(run);
            context = context.with_value("run", run);
        }
        let body = context.scope(|| error.body().with_envelope(&CONTEXT).to_bytes());
        prop_assert_eq!(parse(&body)?, expected);
    }

    #[test]
    fn constant_text_and_fields_make_one_message(first in text(), second in text(), details in map()) {
        let message = format!("\"{first}\" \\ {second:?} \u{8}{first}\n");
        let error = Whole { first, second, details };
        prop_assert_eq!(error.message(), &*message);
        let body = parse(&error.body().to_bytes())?;
        prop_assert_eq!(&body["error"]["message"], &message);
        prop_assert_eq!(&body["error"]["details"], &json!(error.details));
    }

    #[test]
    fn spread_details_never_replace_a_member(details in map(), id in text()) {
        let mut details = details;
        for name in ["code", "detail", "status", "title", "request_id"] {
            details.insert(name.to_owned(), "mine".to_owned());
        }
        let error = Whole { first: String::new(), second: String::new(), details };
        let body = error.body().with_envelope(&PROBLEM).with_request_id(&id).to_bytes();
        let fixed = json!({
            "title": "Unprocessable Entity", "status": 422, "detail": error.message(), "code": "whole", "request_id": id
        });
        // Members of the details go first here, so that the fixed ones win.
        prop_assert_eq!(parse(&body)?, merged(json!(error.details), &fixed));
        // A member that stands there twice would have been read as one.
        let members: CountedMembers = serde_json::from_slice(&body).unwrap();
        prop_assert_eq!(members.0, merged(json!(error.details), &fixed).as_object().map_or(0, serde_json::Map::len));
    }

    #[test]
    fn a_body_in_any_envelope_is_as_its_schema_says(value in value(), id in proptest::option::of(text())) {
        let errors = [&Serialized(&value) as &dyn ApiError, &Single { value: &value, list: [&value, &value] }];
        for envelope in [&NESTED, &FLAT, &PROBLEM, &JSON_API, &LIST, &ITEMS] {
            for error in errors {
                let mut body = error.body().with_envelope(envelope);
                if let Some(id) = &id {
                    body = body.with_request_id(id);
                }
                let body = parse(&body.to_bytes())?;
                prop_assert!(is_as_its_schema_says(&body, envelope), "{:#}", body);
            }
        }
    }

    #[test]
    fn a_body_in_a_resource_says_what_went_in(error in any_error()) {
        let value = serde_json::to_value(error.body()).unwrap();
        prop_assert_eq!(value, parse(&error.body().to_bytes())?);
    }

    #[test]
    fn message_and_body_agree(error in any_error()) {
        let body = parse(&error.body().to_bytes())?;
        prop_assert_eq!(body["error"]["message"].as_str(), Some(&*error.message()));
    }

    #[test]
    fn no_line_break_gets_into_a_header(value in text(), perhaps in proptest::option::of(text())) {
        // What HTTP lets through, without the white space around it that HTTP takes away.
        let sendable = |value: &String| -> Option<Vec<u8>> {
            let value = value.trim_matches([' ', '\t']);
            (value.is_ascii() && HeaderValue::from_str(value).is_ok()).then(|| value.into())
        };
        let error = Header { value, perhaps };
        let response = error.to_response();
        for (_, sent) in response.headers() {
            prop_assert!(!sent.as_bytes().iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
        }
        let sent = |name| -> Vec<&[u8]> { response.headers().get_all(name).iter().map(HeaderValue::as_bytes).collect() };
        let mut expected = vec![b"constant".to_vec()];
        expected.extend(sendable(&error.value));
        prop_assert_eq!(sent("x-value"), expected);
        let perhaps: Vec<Vec<u8>> = error.perhaps.iter().filter_map(sendable).collect();
        prop_assert_eq!(sent("x-perhaps"), perhaps);
    }

    #[test]
    fn any_wait_is_sent_rounded_up(seconds: u64, nanoseconds in 0_u32..1_000_000_000) {
        let wait = Duration::new(seconds, nanoseconds);
        let error = Limited(wait);
        let expected = if nanoseconds == 0 { seconds } else { seconds.saturating_add(1) };
        let response = error.to_response();
        prop_assert_eq!(headers(&response, "retry-after"), [expected.to_string()]);
        prop_assert_eq!(parse(&error.body().with_envelope(&WAIT).to_bytes())?, json!({ "code": "limited", "wait": expected }));
        prop_assert_eq!(error.retry().before_retry(&Attempt::first(&Method::POST)), Some(wait..=wait));
    }

    #[test]
    fn any_number_of_retries_can_be_asked_for(n: u32, has_key: bool, wait in proptest::option::of(any::<Duration>())) {
        let retry = Perhaps(wait).retry();
        let allowed = (1..=3).contains(&n);
        let is_repeated =
            |method| retry.before_retry(&Attempt::first(method).with_idempotency_key(has_key).nth(n)).is_some();
        prop_assert_eq!(is_repeated(&Method::GET), allowed);
        prop_assert_eq!(is_repeated(&Method::POST), allowed && has_key);
    }
}

/// A shape for each thing that serde knows.
#[derive(Debug, Serialize)]
struct Shapes {
    numbers: (u8, i16, u32, i64, u64, u128, i128),
    floats: [(f32, f64); 2],
    unit: (),
    unit_struct: UnitStruct,
    newtype: Newtype,
    tuple: TupleStruct,
    letters: (char, String),
    options: Vec<Option<bool>>,
    variants: Vec<Variant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<u8>,
    bytes: Bytes,
    by_number: BTreeMap<i128, u8>,
    by_flag: BTreeMap<bool, u8>,
    by_letter: BTreeMap<char, Newtype>,
    by_variant: BTreeMap<Key, BTreeMap<NewtypeKey, Value>>,
    #[serde(flatten)]
    flat: BTreeMap<String, Value>,
    shown: Shown,
}

#[derive(Debug, Serialize)]
struct UnitStruct;

#[derive(Debug, Serialize)]
struct Newtype(String);

#[derive(Debug, Serialize)]
struct TupleStruct(u8, String);

#[derive(Debug, Clone, Serialize)]
enum Variant {
    Unit,
    #[serde(rename = "with \"quotes\"")]
    Renamed,
    Newtype(String),
    Tuple(u8, String),
    Struct {
        a: Option<u8>,
        b: String,
    },
    Empty {},
}

#[derive(Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Plain,
    #[serde(rename = "odd\n")]
    Odd,
}

#[derive(Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct NewtypeKey(String);

#[derive(Debug)]
struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

/// Serializes as what its `Display` says.
#[derive(Debug)]
struct Shown(String, u8);

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}\"{}\u{1}{}", self.0, self.1, self.0))
    }
}

/// Any JSON.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(text(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn variant() -> impl Strategy<Value = Variant> {
    prop_oneof![
        Just(Variant::Unit),
        Just(Variant::Renamed),
        text().prop_map(Variant::Newtype),
        (any::<u8>(), text()).prop_map(|(a, b)| Variant::Tuple(a, b)),
        (any::<Option<u8>>(), text()).prop_map(|(a, b)| Variant::Struct { a, b }),
        Just(Variant::Empty {}),
    ]
}

prop_compose! {
    fn shapes()(
        (numbers, floats, options, skipped, bytes) in any::<(
            (u8, i16, u32, i64, u64, u128, i128), [(f32, f64); 2], Vec<Option<bool>>, Option<u8>, Vec<u8>,
        )>(),
        (by_number, by_flag) in any::<(BTreeMap<i128, u8>, BTreeMap<bool, u8>)>(),
        letter: char,
        text in text(),
        other in text(),
        value in value(),
        flat in proptest::collection::btree_map(text(), value(), 0..3),
        variants in proptest::collection::vec(variant(), 0..4),
    ) -> Shapes {
        let inner = BTreeMap::from([(NewtypeKey(text.clone()), value)]);
        Shapes {
            numbers,
            floats,
            unit: (),
            unit_struct: UnitStruct,
            newtype: Newtype(text.clone()),
            tuple: TupleStruct(numbers.0, other.clone()),
            letters: (letter, other.clone()),
            options,
            variants,
            skipped,
            bytes: Bytes(bytes),
            by_number,
            by_flag,
            by_letter: BTreeMap::from([(letter, Newtype(other))]),
            by_variant: BTreeMap::from([(Key::Plain, BTreeMap::new()), (Key::Odd, inner)]),
            flat,
            shown: Shown(text, numbers.0),
        }
    }
}

/// Whose details are whatever the test says.
#[derive(ApiError)]
#[api(status = 400, message = "…")]
struct Serialized<T>(#[api(details)] T);

proptest! {
    #[test]
    fn details_are_written_as_serde_json_writes_them(shapes in shapes()) {
        let expected = serde_json::to_string(&shapes).unwrap();
        let body = text_of(&Serialized(shapes).body().to_bytes());
        prop_assert_eq!(body, format!(r#"{{"error":{{"code":"serialized","message":"…","details":{expected}}}}}"#));
    }

    #[test]
    fn any_json_in_the_details_arrives(value in value()) {
        // Read once before: what serde_json reads is not always the number that it wrote.
        let value = parse(value.to_string().as_bytes())?;
        let expected = match &value {
            Value::Null => None,
            Value::Array(items) if items.is_empty() => None,
            value => Some(parse(value.to_string().as_bytes())?),
        };
        let error = Serialized(value);
        let body = parse(&error.body().to_bytes())?;
        prop_assert_eq!(body["error"].get("details"), expected.as_ref());
    }

    #[test]
    fn a_body_in_a_resource_is_the_same_text(value in value()) {
        let error = Serialized(value);
        prop_assert_eq!(serde_json::to_string(&error.body()).unwrap(), text_of(&error.body().to_bytes()));
    }
}

/// How many members an object has, those of the same name counted apart.
struct CountedMembers(usize);

impl<'de> serde::Deserialize<'de> for CountedMembers {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = CountedMembers;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut count = 0;
                while map.next_entry::<String, serde::de::IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(CountedMembers(count))
            }
        }

        deserializer.deserialize_map(Visitor)
    }
}
