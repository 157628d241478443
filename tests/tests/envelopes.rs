//! Envelopes: every slot, `?`, constants, nesting, spread details, media types, and the JSON Schema, as bodies show
//! them. That a body is valid JSON whatever the values hold is for the property tests.

use std::time::Duration;

use errorbook::context::Context;
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::{ApiError, Envelope, envelope};
use serde_json::{Value, json};

/// Has a value for every slot.
#[derive(ApiError)]
#[api(
    status = 429,
    code = "slow_down",
    title = "Slow down",
    message = "Try again in {wait_s} s.",
    docs = "https://docs.example/errors#{code}",
    retry = "after",
    meta(type = "limit", owner = "edge")
)]
struct SlowDown {
    #[api(retry_after)]
    wait: Duration,
    #[api(detail)]
    wait_s: u64,
}

fn slow_down() -> SlowDown {
    SlowDown { wait: Duration::from_secs(7), wait_s: 7 }
}

/// Has a value for those slots alone that always have one. It never answers a request.
#[derive(ApiError)]
#[api(status = none, message = "Failed.")]
struct Failed;

/// Details that are whatever the test says.
#[derive(ApiError)]
#[api(status = 422, message = "Invalid.")]
struct Invalid(#[api(details)] Value);

/// What the error's body is in this envelope, outside any request.
fn body(error: &dyn ApiError, envelope: &'static Envelope) -> String {
    String::from_utf8(error.body().with_envelope(envelope).to_bytes().to_vec()).unwrap()
}

fn request() -> Context {
    Context::new().with_request_id("req_1").with_value("run_id", "run_1")
}

const EVERY_SLOT: Envelope = envelope!({
    "code": code, "message": message, "title": title, "docs_url": docs_url,
    "status": status, "status_string": status_string, "reason": reason,
    "request_id": request_id, "run_id": context.run_id,
    "details": details, "retryable": retryable, "retry_after": retry_after, "retry_after_ms": retry_after_ms,
    "type": meta.type, "problem_title": problem_title,
});

#[test]
fn every_slot_shows_its_value() {
    assert_eq!(
        request().scope(|| body(&slow_down(), &EVERY_SLOT)),
        concat!(
            r#"{"code":"slow_down","message":"Try again in 7 s.","title":"Slow down","#,
            r#""docs_url":"https://docs.example/errors#slow_down","#,
            r#""status":429,"status_string":"429","reason":"Too Many Requests","#,
            r#""request_id":"req_1","run_id":"run_1","#,
            r#""details":{"wait_s":7},"retryable":true,"retry_after":7,"retry_after_ms":7000,"type":"limit","#,
            r#""problem_title":"Slow down"}"#,
        )
    );
}

#[test]
fn a_slot_without_a_value_is_null() {
    assert_eq!(
        body(&Failed, &EVERY_SLOT),
        concat!(
            r#"{"code":"failed","message":"Failed.","title":"Failed","docs_url":null,"#,
            r#""status":null,"status_string":null,"reason":"Internal Server Error","#,
            r#""request_id":null,"run_id":null,"#,
            r#""details":null,"retryable":false,"retry_after":null,"retry_after_ms":null,"type":null,"#,
            r#""problem_title":"Failed"}"#,
        )
    );
}

const EVERY_SLOT_IF_ANY: Envelope = envelope!({
    "request_id": request_id?, "run_id": context.run_id?,
    "docs_url": docs_url?, "status": status?, "status_string": status_string?,
    "code": code?, "message": message?, "title": title?, "reason": reason?,
    "details": details?, "retryable": retryable?, "retry_after": retry_after?, "retry_after_ms": retry_after_ms?,
    "type": meta.type?,
});

#[test]
fn with_a_question_mark_a_slot_without_a_value_is_left_out() {
    assert_eq!(
        body(&Failed, &EVERY_SLOT_IF_ANY),
        concat!(
            r#"{"code":"failed","message":"Failed.","title":"Failed","#,
            r#""reason":"Internal Server Error","retryable":false}"#,
        )
    );
}

#[test]
fn with_a_question_mark_a_slot_that_has_a_value_is_shown() {
    assert_eq!(
        request().scope(|| body(&slow_down(), &EVERY_SLOT_IF_ANY)),
        concat!(
            r#"{"request_id":"req_1","run_id":"run_1","#,
            r#""docs_url":"https://docs.example/errors#slow_down","status":429,"status_string":"429","#,
            r#""code":"slow_down","message":"Try again in 7 s.","title":"Slow down","#,
            r#""reason":"Too Many Requests","#,
            r#""details":{"wait_s":7},"retryable":true,"retry_after":7,"retry_after_ms":7000,"type":"limit"}"#,
        )
    );
}

#[test]
fn the_wait_in_milliseconds_is_that_of_the_header_to_the_millisecond() {
    const WAITS: Envelope = envelope!({ "code": code, "ms": retry_after_ms, "s": [retry_after?]? });

    #[derive(ApiError)]
    enum Error {
        #[api(status = 429, code = "own", message = "…")]
        Own(#[api(retry_after)] Option<Duration>),
        #[api(status = 503, code = "by_rule", retry = "after 1500ms..2s")]
        ByRule,
        #[api(status = 503, code = "own_before_rule", retry = "after 1500ms")]
        OwnBeforeRule(#[api(retry_after)] Option<Duration>),
    }

    for (error, expected) in [
        (Error::Own(Some(Duration::from_micros(1_500_001))), r#"{"code":"own","ms":1501,"s":[2]}"#),
        (Error::Own(Some(Duration::ZERO)), r#"{"code":"own","ms":0,"s":[0]}"#),
        (
            Error::Own(Some(Duration::MAX)),
            r#"{"code":"own","ms":18446744073709551615,"s":[18446744073709551615]}"#,
        ),
        (Error::Own(None), r#"{"code":"own","ms":null}"#),
        (Error::ByRule, r#"{"code":"by_rule","ms":1500,"s":[2]}"#),
        (Error::OwnBeforeRule(None), r#"{"code":"own_before_rule","ms":1500,"s":[2]}"#),
        (Error::OwnBeforeRule(Some(Duration::from_nanos(1))), r#"{"code":"own_before_rule","ms":1,"s":[1]}"#),
    ] {
        assert_eq!(body(&error, &WAITS), expected);
    }
    let ms_alone: &'static Envelope = &const { envelope!({ "code": code, "ms": retry_after_ms? }) };
    assert_eq!(body(&Error::Own(Some(Duration::from_secs(3))), ms_alone), r#"{"code":"own","ms":3000}"#);
    let slots: Vec<_> = ms_alone.slots().map(|slot| (slot.name, slot.may_be_left_out)).collect();
    assert_eq!(slots, [("code".to_owned(), false), ("retry_after_ms".to_owned(), true)]);
    assert_eq!(ms_alone.schema()["properties"]["ms"], json!({ "type": "integer", "minimum": 0 }));
}

#[test]
fn a_problem_without_a_type_has_the_phrase_of_its_status_for_a_title() {
    #[derive(ApiError)]
    #[api(status = 402, title = "Out of credits", message = "…")]
    struct Untyped;

    let problem: Value = serde_json::from_str(&body(&Untyped, &PROBLEM)).unwrap();
    assert_eq!((problem.get("type"), &problem["title"]), (None, &json!("Payment Required")));
    let problem: Value = serde_json::from_str(&body(&slow_down(), &PROBLEM)).unwrap();
    assert_eq!(problem["type"], "https://docs.example/errors#slow_down");
    assert_eq!(problem["title"], "Slow down");
}

#[test]
fn what_an_error_cannot_fill_may_stand_in_an_object_that_it_leaves_out() {
    const LINKED: Envelope = envelope!({
        "code": code, "links": { "rel": "help", "about": docs_url, "rest": details }?, "id": request_id
    });

    // There is neither a link nor a detail.
    #[derive(ApiError)]
    #[api(envelope = LINKED, status = 404, message = "Not here.")]
    struct NotHere;

    #[derive(ApiError)]
    #[api(envelope = LINKED, status = 404, message = "Not here.", docs = "/errors")]
    struct Linked;

    // What only the request knows is `null` without it.
    assert_eq!(NotHere.body().to_bytes(), r#"{"code":"not_here","id":null}"#);
    assert_eq!(
        Linked.body().to_bytes(),
        r#"{"code":"linked","links":{"rel":"help","about":"/errors","rest":null},"id":null}"#
    );
}

#[test]
fn a_code_that_is_omitted_is_left_out() {
    const CODE_IF_ANY: Envelope = envelope!({ "code": code?, "message": message });

    #[derive(ApiError)]
    #[api(envelope = CODE_IF_ANY, status = 404, message = "Not here.", omit(code))]
    struct NotHere;

    assert_eq!(NotHere.body().to_bytes(), r#"{"message":"Not here."}"#);
}

#[test]
fn an_object_or_array_goes_where_nothing_in_it_has_a_value() {
    // Constants are no values: alone they tell nothing of this error.
    const LINKS: Envelope = envelope!({
        "links": { "rel": "help", "about": docs_url? }?,
        "run": [{ "id": context.run_id? }?, "run", [request_id?]?]?,
        "code": code,
        "owner": { "name": meta.owner }?,
    });
    assert_eq!(body(&Failed, &LINKS), r#"{"code":"failed"}"#);
    assert_eq!(
        body(&slow_down(), &LINKS),
        concat!(
            r#"{"links":{"rel":"help","about":"https://docs.example/errors#slow_down"},"#,
            r#""code":"slow_down","owner":{"name":"edge"}}"#,
        )
    );
    let with_run = Context::new().with_value("run_id", "run_1").scope(|| body(&Failed, &LINKS));
    assert_eq!(with_run, r#"{"run":[{"id":"run_1"},"run"],"code":"failed"}"#);
    let with_id = Failed.body().with_envelope(&LINKS).with_request_id("req_1").to_bytes();
    assert_eq!(with_id, r#"{"run":["run",["req_1"]],"code":"failed"}"#);
}

#[test]
fn in_an_object_that_stays_a_slot_without_a_value_is_null() {
    const RUN: Envelope =
        envelope!({ "code": code, "run": { "id": context.run_id, "request": request_id }? });
    assert_eq!(body(&Failed, &RUN), r#"{"code":"failed"}"#);
    let with_id = Failed.body().with_envelope(&RUN).with_request_id("req_1").to_bytes();
    assert_eq!(with_id, r#"{"code":"failed","run":{"id":null,"request":"req_1"}}"#);
}

#[test]
fn an_object_without_a_question_mark_stays_when_it_is_empty() {
    const EMPTY: Envelope = envelope!({ "meta": { ..details }, "links": [docs_url?], "code": code });
    assert_eq!(body(&Failed, &EMPTY), r#"{"meta":{},"links":[],"code":"failed"}"#);
}

#[test]
fn constants_stand_anywhere() {
    const CONSTANTS: Envelope = envelope!({
        "jsonrpc": "2.0", "ok": false, "yes": true, "none": null,
        "numbers": [0, -1, 2.5, -1e3, 12345678901234567890], "nested": [[], {}, [{ "deep": "é\n\"\\" }]],
        "error": code, "say \"hi\"\n": r#"raw "text""#,
    });
    assert_eq!(
        body(&Failed, &CONSTANTS),
        concat!(
            r#"{"jsonrpc":"2.0","ok":false,"yes":true,"none":null,"#,
            r#""numbers":[0,-1,2.5,-1e3,12345678901234567890],"nested":[[],{},[{"deep":"é\n\"\\"}]],"#,
            r#""error":"failed","say \"hi\"\n":"raw \"text\""}"#,
        )
    );
}

#[test]
fn a_string_may_be_called_like_a_slot() {
    const STRINGS: Envelope = envelope!({ "message": "code", "code": "message", "details": message });
    assert_eq!(body(&Failed, &STRINGS), r#"{"message":"code","code":"message","details":"Failed."}"#);
}

#[test]
fn a_slot_may_stand_in_several_places() {
    const TWICE: Envelope = envelope!({ "error": code, "errors": [{ "code": code, "text": message }] });
    assert_eq!(body(&Failed, &TWICE), r#"{"error":"failed","errors":[{"code":"failed","text":"Failed."}]}"#);
}

const SPREAD: Envelope = envelope!({ ..details, "code": code, "id": request_id? });

#[test]
fn details_are_spread_beside_other_members() {
    assert_eq!(body(&slow_down(), &SPREAD), r#"{"wait_s":7,"code":"slow_down"}"#);
    assert_eq!(body(&Failed, &SPREAD), r#"{"code":"failed"}"#);
}

#[test]
fn details_never_replace_a_fixed_member() {
    let details = json!({ "need": 1, "code": "mine", "id": "mine" });
    // Not even where the fixed member is left out: a reader must not take one for the other.
    assert_eq!(body(&Invalid(details), &SPREAD), r#"{"need":1,"code":"invalid"}"#);
}

#[test]
fn details_are_never_taken_for_a_member_that_the_media_type_defines() {
    const PROBLEM_OF_FEW: Envelope =
        envelope!("Application/Problem+JSON; v=1", { "code": code, "more": { ..details }, ..details });
    const API: Envelope = envelope!("application/vnd.api+json", { "code": code, ..details });
    const PLAIN: Envelope = envelope!({ "code": code, ..details });
    let details = || json!({ "instance": "/x", "type": "t", "data": [], "links": {}, "other": 1 });
    let read = |envelope| -> Value { serde_json::from_str(&body(&Invalid(details()), envelope)).unwrap() };
    assert_eq!(
        read(&PROBLEM_OF_FEW),
        json!({ "code": "invalid", "data": [], "links": {}, "other": 1, "more": details() }),
    );
    assert_eq!(read(&API), json!({ "code": "invalid", "instance": "/x", "type": "t", "other": 1 }));
    assert_eq!(read(&PLAIN)["instance"], "/x");
    assert_eq!(read(&PROBLEM).get("instance"), None);
}

#[test]
fn details_that_are_a_list_are_spread_as_errors() {
    let details = json!([{ "field": "/title" }]);
    assert_eq!(body(&Invalid(details), &SPREAD), r#"{"errors":[{"field":"/title"}],"code":"invalid"}"#);
    assert_eq!(body(&Invalid(json!([])), &SPREAD), r#"{"code":"invalid"}"#);
}

#[test]
fn details_as_one_value_may_be_a_list() {
    assert_eq!(
        body(&Invalid(json!(["/title"])), &FLAT),
        r#"{"code":"invalid","message":"Invalid.","details":["/title"]}"#
    );
    assert_eq!(body(&Invalid(json!([])), &FLAT), r#"{"code":"invalid","message":"Invalid."}"#);
    assert_eq!(body(&Invalid(Value::Null), &FLAT), r#"{"code":"invalid","message":"Invalid."}"#);
}

#[test]
fn a_value_of_the_application_has_the_name_behind_the_dot() {
    const OWN: Envelope = envelope!({ "code": code, "run": context.run_id?, "type": context.type? });
    let with_both = Context::new().with_value("run_id", "run_1").with_value("type", "task");
    assert_eq!(with_both.scope(|| body(&Failed, &OWN)), r#"{"code":"failed","run":"run_1","type":"task"}"#);
    let by_hand = Failed.body().with_envelope(&OWN).with_value("type", "job").to_bytes();
    assert_eq!(by_hand, r#"{"code":"failed","type":"job"}"#);
}

#[test]
fn the_media_type_is_the_content_type() {
    const VERSIONED: Envelope = envelope!("application/vnd.example+json; version=2", { "code": code });
    for (envelope, media_type) in [
        (&NESTED, "application/json"),
        (&FLAT, "application/json"),
        (&PROBLEM, "application/problem+json"),
        (&JSON_API, "application/vnd.api+json"),
        (&VERSIONED, "application/vnd.example+json; version=2"),
    ] {
        assert_eq!(envelope.media_type(), media_type);
        assert_eq!(envelope.content_type(), media_type);
        let response = Failed.body().with_envelope(envelope).to_response();
        assert_eq!(response.headers()["content-type"], media_type);
    }
}

#[test]
fn the_provided_envelopes_show_what_they_say() {
    let bodies = request().scope(|| [&NESTED, &FLAT, &PROBLEM, &JSON_API].map(|it| body(&slow_down(), it)));
    assert_eq!(
        bodies,
        [
            concat!(
                r#"{"error":{"code":"slow_down","message":"Try again in 7 s.","request_id":"req_1","#,
                r#""details":{"wait_s":7}}}"#,
            ),
            concat!(
                r#"{"code":"slow_down","message":"Try again in 7 s.","request_id":"req_1","#,
                r#""details":{"wait_s":7}}"#,
            ),
            concat!(
                r#"{"type":"https://docs.example/errors#slow_down","title":"Slow down","status":429,"#,
                r#""detail":"Try again in 7 s.","code":"slow_down","request_id":"req_1","wait_s":7}"#,
            ),
            concat!(
                r#"{"errors":[{"id":"req_1","links":{"type":"https://docs.example/errors#slow_down"},"#,
                r#""status":"429","code":"slow_down","title":"Slow down","detail":"Try again in 7 s.","#,
                r#""meta":{"wait_s":7}}]}"#,
            ),
        ]
    );
}

#[test]
fn the_provided_envelopes_leave_out_what_has_no_value() {
    let bodies = [&NESTED, &FLAT, &PROBLEM, &JSON_API].map(|it| body(&Failed, it));
    assert_eq!(
        bodies,
        [
            r#"{"error":{"code":"failed","message":"Failed."}}"#,
            r#"{"code":"failed","message":"Failed."}"#,
            r#"{"title":"Failed","detail":"Failed.","code":"failed"}"#,
            r#"{"errors":[{"code":"failed","title":"Failed","detail":"Failed."}]}"#,
        ]
    );
}

/// A body as deep as one may be, in which each level may be left out for itself and the deepest slot decides.
macro_rules! deepest {
    (@ $inner:tt) => { envelope!({ "code": code, "b": $inner? }) };
    (@ $inner:tt $level:tt $($more:tt)*) => {
        deepest!(@ { "b": $inner?, "c": [context.c?, $level]?, "d": context.d? } $($more)*)
    };
    ($($level:tt)*) => { deepest!(@ { "a": context.a? } $($level)*) };
}

const DEEPEST: Envelope = deepest!(
    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9
);

#[test]
fn a_body_as_deep_as_may_be_is_prepared_at_once() {
    let start = std::time::Instant::now();
    assert_eq!(body(&Failed, &DEEPEST), r#"{"code":"failed"}"#);
    let deep = Failed.body().with_envelope(&DEEPEST).with_value("a", "x").to_bytes();
    let expected =
        [r#"{"code":"failed","b":"#, &r#"{"b":"#.repeat(60), r#"{"a":"x"}"#, &"}".repeat(61)].concat();
    assert_eq!(deep, expected);
    let all = Failed.body().with_envelope(&DEEPEST).with_value("c", "y").with_value("d", "z").to_bytes();
    let all: Value = serde_json::from_slice(&all).unwrap();
    assert_eq!(all["b"]["b"]["c"], json!(["y", 8]));
    assert!(all.pointer(&"/b".repeat(60)).is_some_and(|deepest| deepest.get("b").is_none()), "{all}");
    // It takes a fraction of a millisecond.
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn commas_stand_right_whatever_is_left_out() {
    const GAPS: Envelope = envelope!({
        "a": context.a?, "list": [context.a?, context.b?, { "c": context.c?, "n": 1 }?, message, context.b?],
        "b": context.b?, "c": { "c": context.c?, "b": context.b? }?, "code": code, ..details,
    });
    for present in 0..8_u8 {
        let has = |index: u8| present & (1 << index) != 0;
        let names = ["a", "b", "c"];
        let request = (0_u8..).zip(names).fold(Context::new(), |context, (index, name)| {
            if has(index) { context.with_value(name, name) } else { context }
        });
        for error in [&Failed as &dyn ApiError, &slow_down()] {
            let body: Value = serde_json::from_str(&request.clone().scope(|| body(error, &GAPS))).unwrap();
            let mut list = vec![];
            list.extend(has(0).then(|| json!("a")));
            list.extend(has(1).then(|| json!("b")));
            list.extend(has(2).then(|| json!({ "c": "c", "n": 1 })));
            list.push(json!(error.message()));
            list.extend(has(1).then(|| json!("b")));
            assert_eq!(body["list"], json!(list), "{present}");
            for (index, name) in (0_u8..).zip(["a", "b"]) {
                assert_eq!(body.get(name).is_some(), has(index), "{present}");
            }
            assert_eq!(body.get("c").is_some(), has(1) || has(2), "{present}");
        }
    }
}

#[test]
fn an_envelope_may_be_a_constant_a_static_a_local_or_come_from_a_macro() {
    macro_rules! with_version {
        ($version:literal, $slot:ident) => {
            envelope!({ "version": $version, $version: $slot })
        };
    }
    static STATIC: Envelope = envelope!({ "code": code });
    const FROM_MACRO: Envelope = with_version!("v2", code);
    let local: &'static Envelope = &const { envelope!({ "code": code, }) };
    assert_eq!(body(&Failed, &STATIC), r#"{"code":"failed"}"#);
    assert_eq!(body(&Failed, local), r#"{"code":"failed"}"#);
    assert_eq!(body(&Failed, &FROM_MACRO), r#"{"version":"v2","v2":"failed"}"#);
}

#[test]
fn a_constant_body_is_kept_for_each_envelope() {
    for _ in 0..2 {
        assert_eq!(body(&Failed, &FLAT), r#"{"code":"failed","message":"Failed."}"#);
        assert_eq!(body(&Failed, &NESTED), r#"{"error":{"code":"failed","message":"Failed."}}"#);
        assert_eq!(body(&Failed, &SPREAD), r#"{"code":"failed"}"#);
    }
}

#[test]
fn bodies_are_as_the_schema_says() {
    const MOVING: Envelope =
        envelope!({ "code": code, "list": [request_id?, 1, details], "pair": [code, null] });
    for envelope in [&NESTED, &FLAT, &PROBLEM, &JSON_API, &EVERY_SLOT, &EVERY_SLOT_IF_ANY, &SPREAD, &MOVING] {
        let schema = envelope.schema();
        for error in [&Failed as &dyn ApiError, &slow_down(), &Invalid(json!([1]))] {
            for context in [Context::new(), request()] {
                let body: Value = serde_json::from_str(&context.scope(|| body(error, envelope))).unwrap();
                assert!(is_valid(&body, &schema), "{body:#}\nis not what this says:\n{schema:#}");
            }
        }
    }
}

#[test]
fn a_body_of_another_envelope_is_not_as_the_schema_says() {
    let flat: Value = serde_json::from_str(&body(&Failed, &FLAT)).unwrap();
    assert!(!is_valid(&flat, &NESTED.schema()));
    assert!(!is_valid(&flat, &PROBLEM.schema()));
}

fn is_valid(value: &Value, schema: &Value) -> bool {
    jsonschema::validator_for(schema).expect("the schema is one").is_valid(value)
}

#[test]
fn a_body_may_say_what_to_do_and_who_must() {
    const HELPFUL: Envelope = envelope!({ "code": code, "fix": remedy?, "by": act });
    #[derive(ApiError)]
    #[api(envelope = HELPFUL)]
    enum Error {
        #[api(status = 404, message = "…", remedy = "Check the id.")]
        NotFound,
        #[api(status = 503, message = "…", act = "operator")]
        Down,
    }
    let bodies = [Error::NotFound, Error::Down].map(|error| error.body().to_bytes());
    assert_eq!(bodies[0], r#"{"code":"not_found","fix":"Check the id.","by":"caller"}"#);
    assert_eq!(bodies[1], r#"{"code":"down","by":"operator"}"#);
    let schema = HELPFUL.schema();
    assert_eq!(schema["properties"]["fix"]["type"], "string");
    assert_eq!(schema["properties"]["by"]["enum"][1], "operator");
}
