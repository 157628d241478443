//! Lists in envelopes: an item for each field error, details spread among an array's items, a body that is an array; what
//! the provided envelopes and the schema make of field errors, and of details that are none.

use errorbook::context::Context;
use errorbook::envelope::{JSON_API, PROBLEM};
use errorbook::{ApiError, Envelope, FieldError, FieldErrors, envelope};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::properties::text;
use crate::support::is_as_its_schema_says;

#[derive(ApiError)]
#[api(status = 422, code = "invalid", title = "Invalid request", message = "{count} fields are not right.")]
#[api(docs = "https://docs.example/errors#{code}")]
struct Invalid<T> {
    count: usize,
    #[api(details)]
    details: T,
}

#[derive(ApiError)]
#[api(status = 402, message = "Out of credits.")]
struct OutOfCredits {
    #[api(detail)]
    need: u64,
}

#[derive(ApiError)]
#[api(status = 404, message = "Gone.")]
struct Gone;

fn two() -> Invalid<FieldErrors> {
    let details = FieldErrors::from(vec![
        FieldError::new("/items/0/pri ce", "out_of_range", "must be \"1\" at least"),
        FieldError::new("", "missing_field", "a title is needed"),
    ]);
    Invalid { count: 2, details }
}

/// Whatever the test says.
fn invalid(details: Value) -> Invalid<Value> {
    Invalid { count: 1, details }
}

/// The body, which is as the schema says.
#[track_caller]
fn body(error: &dyn ApiError, envelope: &'static Envelope) -> Value {
    let text = error.body().with_envelope(envelope).to_bytes();
    let body: Value = serde_json::from_slice(&text).expect("it is JSON");
    assert!(
        is_as_its_schema_says(&body, envelope),
        "{body:#}\nis not what this says:\n{:#}",
        envelope.schema()
    );
    body
}

#[test]
fn problem_has_an_object_for_each_field_error_as_rfc_9457_shows() {
    assert_eq!(
        body(&two(), &PROBLEM),
        json!({
            "type": "https://docs.example/errors#invalid", "title": "Invalid request", "status": 422,
            "detail": "2 fields are not right.", "code": "invalid",
            "errors": [
                { "detail": "must be \"1\" at least", "pointer": "#/items/0/pri%20ce", "code": "out_of_range" },
                { "detail": "a title is needed", "pointer": "#", "code": "missing_field" },
            ],
        }),
    );
}

#[test]
fn json_api_has_an_error_object_for_each_field_error() {
    let item = |detail: &str, pointer: &str, code: &str| {
        json!({
            "id": "req_1", "links": { "type": "https://docs.example/errors#invalid" }, "status": "422",
            "code": "invalid", "title": "Invalid request", "detail": detail, "source": { "pointer": pointer },
            "meta": { "field_code": code, "message": "2 fields are not right." },
        })
    };
    let body = Context::new().with_request_id("req_1").scope(|| body(&two(), &JSON_API));
    assert_eq!(
        body,
        json!({ "errors": [
            item("must be \"1\" at least", "/items/0/pri ce", "out_of_range"),
            item("a title is needed", "", "missing_field"),
        ] }),
    );
}

#[test]
fn without_field_errors_json_api_has_one_error_object() {
    let one = |meta| {
        json!({ "errors": [{
            "status": "422", "links": { "type": "https://docs.example/errors#invalid" }, "code": "invalid",
            "title": "Invalid request", "detail": "1 fields are not right.", "meta": meta,
        }] })
    };
    assert_eq!(body(&invalid(json!({ "a": 1 })), &JSON_API), one(json!({ "a": 1 })));
    assert_eq!(body(&invalid(json!(["/a"])), &JSON_API), one(json!({ "errors": ["/a"] })));
    assert_eq!(body(&OutOfCredits { need: 1 }, &JSON_API)["errors"][0]["meta"], json!({ "need": 1 }));
    assert_eq!(body(&Gone, &JSON_API)["errors"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_list_that_is_not_of_field_errors_alone_is_shown_whole() {
    let good = json!({ "pointer": "/a", "code": "x", "message": "m" });
    for other in [
        json!({ "pointer": "/a", "code": "x", "message": "m", "limit": 5 }),
        json!({ "pointer": "/a", "message": "m" }),
        json!({ "pointer": "/a", "code": 7, "message": "m" }),
        json!("/a"),
        json!(null),
        json!([["/a", "x", "m"]]),
    ] {
        let list = json!([good, other]);
        let body = body(&invalid(list.clone()), &PROBLEM);
        assert_eq!((body.get("errors"), body.get("details")), (None, Some(&list)));
    }
    for details in [json!([]), json!(null)] {
        let body = body(&invalid(details), &PROBLEM);
        assert_eq!((body.get("errors"), body.get("details")), (None, None));
    }
}

#[test]
fn a_list_of_ones_own_that_serializes_like_field_errors_is_one() {
    #[derive(serde::Serialize)]
    struct Own {
        message: String,
        code: &'static str,
        pointer: String,
    }
    let own = |pointer: &str| Own { message: "m\n".into(), code: "c", pointer: pointer.into() };
    let details = Some(vec![own("/\"a\\"), own("/b")]);
    assert_eq!(
        body(&Invalid { count: 2, details }, &PROBLEM)["errors"],
        json!([
            { "detail": "m\n", "pointer": "#/%22a%5C", "code": "c" },
            { "detail": "m\n", "pointer": "#/b", "code": "c" },
        ]),
    );
}

const EVERY_SLOT: Envelope = envelope!({
    "all": details?,
    "first": [code, for field in details [
        field.message, field.code, field.pointer, field.fragment, message, code, title, status, request_id?,
        context.run, { "n": 1, "after": retry_after_ms? }
    ], "last"],
    "texts": [for field in details field.message else message],
    "any": { "list": [for field in details field.code]? }?,
    ..details
});

#[test]
fn every_slot_may_stand_in_the_item_of_a_for() {
    let context = Context::new().with_request_id("req_1").with_value("run", "run_1");
    let item = |message: &str, code: &str, pointer: &str, fragment: &str| {
        let text = "2 fields are not right.";
        json!([
            message, code, pointer, fragment, text, "invalid", "Invalid request", 422, "req_1", "run_1",
            { "n": 1 }
        ])
    };
    assert_eq!(
        context.scope(|| body(&two(), &EVERY_SLOT)),
        json!({
            "all": two().details.iter().collect::<Vec<_>>(),
            "first": [
                "invalid",
                item("must be \"1\" at least", "out_of_range", "/items/0/pri ce", "#/items/0/pri%20ce"),
                item("a title is needed", "missing_field", "", "#"),
                "last",
            ],
            "texts": ["must be \"1\" at least", "a title is needed"],
            "any": { "list": ["out_of_range", "missing_field"] },
        }),
    );
}

#[test]
fn where_there_are_no_field_errors_a_for_has_no_item_but_that_behind_else() {
    assert_eq!(
        body(&OutOfCredits { need: 10 }, &EVERY_SLOT),
        json!({
            "all": { "need": 10 }, "first": ["out_of_credits", "last"], "texts": ["Out of credits."], "need": 10,
        }),
    );
    assert_eq!(body(&Gone, &EVERY_SLOT), json!({ "first": ["gone", "last"], "texts": ["Gone."] }));
}

#[test]
fn a_message_that_fails_costs_no_item() {
    struct Failing;

    impl std::fmt::Display for Failing {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            Err(std::fmt::Error)
        }
    }

    #[derive(ApiError)]
    #[api(status = 422, message = "{failing}")]
    struct Mute {
        failing: Failing,
        #[api(details)]
        fields: FieldErrors,
    }

    const ITEMS: Envelope =
        envelope!({ "code": code, "items": [for field in details { "of": message, "text": field.message }] });
    assert_eq!(
        body(&Mute { failing: Failing, fields: two().details }, &ITEMS)["items"],
        json!([
            { "of": "Unprocessable Entity", "text": "must be \"1\" at least" },
            { "of": "Unprocessable Entity", "text": "a title is needed" },
        ]),
    );
}

const LIST: Envelope = envelope!([{ "code": code, "text": message }, ..details, request_id?]);

#[test]
fn a_body_may_be_an_array() {
    const PAIR: Envelope = envelope!("application/json; v=1", [code, message]);
    assert_eq!(body(&Gone, &PAIR), json!(["gone", "Gone."]));
    let response = Gone.body().with_envelope(&PAIR).to_response();
    assert_eq!(response.headers()["content-type"], "application/json; v=1");
    assert_eq!(serde_json::to_value(Gone.body().with_envelope(&PAIR)).unwrap(), json!(["gone", "Gone."]));
    assert_eq!(PAIR.schema()["type"], "array");
}

#[test]
fn details_that_are_a_list_are_spread_among_the_items_of_an_array() {
    let own = |code: &str| json!({ "code": code, "text": "1 fields are not right." });
    assert_eq!(
        body(&invalid(json!([1, [], { "a": "]" }])), &LIST),
        json!([own("invalid"), 1, [], { "a": "]" }])
    );
    for none in [json!([]), json!(null)] {
        assert_eq!(body(&invalid(none), &LIST), json!([own("invalid")]));
    }
    let with_id = Context::new().with_request_id("req_1").scope(|| body(&invalid(json!([[1]])), &LIST));
    assert_eq!(with_id, json!([own("invalid"), [1], "req_1"]));
}

#[test]
fn details_that_are_no_list_are_one_item() {
    assert_eq!(body(&invalid(json!({ "a": [1] })), &LIST)[1], json!({ "a": [1] }));
    assert_eq!(body(&invalid(json!("[1]")), &LIST)[1], json!("[1]"));
    assert_eq!(body(&OutOfCredits { need: 10 }, &LIST)[1], json!({ "need": 10 }));
    assert_eq!(body(&Gone, &LIST).as_array().map(Vec::len), Some(1));
}

#[test]
fn an_array_and_an_object_of_the_same_parts_are_not_mixed_up() {
    const BOTH: Envelope =
        envelope!({ "code": code, "list": [..details], "object": { ..details }, "again": [..details]? });
    assert_eq!(
        body(&invalid(json!(["/a"])), &BOTH),
        json!({ "code": "invalid", "list": ["/a"], "object": { "errors": ["/a"] }, "again": ["/a"] }),
    );
    assert_eq!(
        body(&OutOfCredits { need: 1 }, &BOTH),
        json!({
            "code": "out_of_credits", "list": [{ "need": 1 }], "object": { "need": 1 }, "again": [{ "need": 1 }],
        }),
    );
    assert_eq!(body(&Gone, &BOTH), json!({ "code": "gone", "list": [], "object": {} }));
}

#[test]
fn slots_tell_what_stands_in_a_for() {
    let slots: Vec<_> = JSON_API
        .slots()
        .map(|slot| (slot.name, slot.pointer, slot.may_be_left_out))
        .filter(|(_, pointer, _)| !pointer.ends_with("status") && !pointer.ends_with("title"))
        .collect();
    let slot = |name: &str, pointer: &str, left_out| (name.to_owned(), pointer.to_owned(), left_out);
    assert_eq!(
        slots,
        [
            slot("request_id", "/errors/0/id", true),
            slot("docs_url", "/errors/0/links/type", true),
            // In either case.
            slot("code", "/errors/0/code", false),
            slot("field.message", "/errors/0/detail", true),
            slot("field.pointer", "/errors/0/source/pointer", true),
            slot("field.code", "/errors/0/meta/field_code", true),
            slot("message", "/errors/0/meta/message", true),
            slot("message", "/errors/0/detail", true),
            slot("..details", "/errors/0/meta", true),
        ],
    );
}

#[test]
fn a_schema_says_what_the_items_of_a_for_are() {
    let errors = &PROBLEM.schema()["properties"]["errors"];
    assert_eq!(errors["items"]["required"], json!(["detail", "pointer", "code"]));
    assert_eq!((&errors["minItems"], errors.get("maxItems")), (&json!(0), None));
    let either = &JSON_API.schema()["properties"]["errors"];
    assert_eq!(either["minItems"], 1);
    assert_eq!(either["items"]["anyOf"][0]["required"], json!(["code", "title", "detail", "source", "meta"]));
    assert_eq!(either["items"]["anyOf"][1]["required"], json!(["code", "title", "detail"]));
    assert_eq!(LIST.schema()["items"]["anyOf"][1], json!(true));
}

/// One whose details are field errors.
#[derive(ApiError)]
#[api(status = 422, message = "{message}")]
struct Rejected {
    message: String,
    #[api(details)]
    fields: FieldErrors,
}

/// The JSON pointer as a URI fragment, by the letter of RFC 6901 section 6.
fn fragment(pointer: &str) -> String {
    let encoded = pointer.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ if "-._~!$&'()*+,;=:@/?".contains(char::from(byte)) => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    "#".to_owned() + &encoded.collect::<String>()
}

fn fields() -> impl Strategy<Value = FieldErrors> {
    let field =
        (text(), text(), text()).prop_map(|(pointer, code, message)| FieldError::new(pointer, code, message));
    proptest::collection::vec(field, 0..4).prop_map(FieldErrors::from)
}

proptest! {
    #[test]
    fn every_field_error_says_what_went_in(fields in fields(), id in text(), message in text()) {
        let error = Rejected { message: message.clone(), fields: fields.clone() };
        let context = Context::new().with_request_id(id.clone());
        let (problem, api) = context.scope(|| (body(&error, &PROBLEM), body(&error, &JSON_API)));
        let of_problem: Vec<_> = fields.iter().map(|field| json!({
            "detail": field.message, "code": field.code, "pointer": fragment(&field.pointer),
        })).collect();
        let of_problem = (!fields.is_empty()).then(|| json!(of_problem));
        prop_assert_eq!(problem.get("errors"), of_problem.as_ref());
        prop_assert_eq!(problem.get("details"), None);
        let of_api = |field: &FieldError| json!({
            "id": id, "status": "422", "code": "rejected", "title": "Rejected", "detail": field.message,
            "source": { "pointer": field.pointer }, "meta": { "field_code": field.code, "message": message },
        });
        let of_api: Vec<_> = if fields.is_empty() {
            vec![json!({ "id": id, "status": "422", "code": "rejected", "title": "Rejected", "detail": message })]
        } else {
            fields.iter().map(of_api).collect()
        };
        prop_assert_eq!(api, json!({ "errors": of_api }));
    }
}
