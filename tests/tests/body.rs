//! The body builder: what is set by hand, and a body inside a resource, in JSON and in another format.

use std::borrow::Cow;

use errorbook::context::Context;
use errorbook::envelope::{FLAT, PROBLEM};
use errorbook::{ApiError, Body, Envelope, envelope};
use serde::Serialize;

use crate::support::{header, text};

const RUNS: Envelope = envelope!({
    "error": code, "message": message, "request_id": request_id?, "run_id": context.run_id?,
    "status": status, "details": details?, "tags": ["a", 1, true, null]
});

#[derive(ApiError)]
#[api(status = 402, message = "Need {need}.")]
struct OutOfCredits {
    #[api(detail)]
    need: u64,
    #[api(detail)]
    plan: &'static str,
}

const ERROR: OutOfCredits = OutOfCredits { need: 10, plan: "free" };

#[test]
fn everything_can_be_set_by_hand() {
    let body = ERROR.body().with_request_id("req_1").with_value("run_id", "run_7").with_envelope(&RUNS);
    let expected = concat!(
        r#"{"error":"out_of_credits","message":"Need 10.","request_id":"req_1","run_id":"run_7","#,
        r#""status":402,"details":{"need":10,"plan":"free"},"tags":["a",1,true,null]}"#,
    );
    assert_eq!(text(&body.to_bytes()), expected);
    let response = body.to_response();
    assert_eq!(response.status().as_u16(), 402);
    assert_eq!(text(response.body()), expected);
}

#[test]
fn nothing_need_be_set() {
    assert_eq!(ERROR.body().to_bytes(), *ERROR.to_response().body());
}

#[test]
fn the_response_has_the_envelopes_content_type() {
    let response = ERROR.body().with_envelope(&PROBLEM).to_response();
    assert_eq!(header(&response, "content-type"), Some("application/problem+json"));
}

#[test]
fn what_is_set_by_hand_goes_before_the_context() {
    let context =
        Context::new().with_request_id("ambient").with_value("run_id", "ambient").with_envelope(&FLAT);
    let (both, id_only) = context.scope(|| {
        let body = || ERROR.body().with_envelope(&RUNS).with_request_id("mine");
        (text(&body().with_value("run_id", "mine").to_bytes()), text(&body().to_bytes()))
    });
    assert!(both.contains(r#""request_id":"mine","run_id":"mine""#), "{both}");
    assert!(id_only.contains(r#""request_id":"mine","run_id":"ambient""#), "{id_only}");
}

#[test]
fn of_several_values_with_one_name_the_last_counts() {
    let body = ERROR.body().with_envelope(&RUNS).with_value("run_id", "first").with_value("run_id", "last");
    assert!(text(&body.to_bytes()).contains(r#""run_id":"last""#));
}

#[test]
fn ids_and_values_may_be_owned_or_borrowed() {
    let id = String::from("req_1");
    let borrowed = ERROR.body().with_envelope(&RUNS).with_request_id(&id).to_bytes();
    assert_eq!(ERROR.body().with_envelope(&RUNS).with_request_id(id.clone()).to_bytes(), borrowed);
    assert_eq!(ERROR.body().with_envelope(&RUNS).with_request_id(Cow::Borrowed(&*id)).to_bytes(), borrowed);
}

#[test]
fn a_body_can_be_rendered_more_than_once() {
    let body = ERROR.body().with_request_id("req_1");
    assert_eq!(body.to_bytes(), body.to_bytes());
    assert!(format!("{body:?}").contains("out_of_credits"));
}

/// A resource that carries an error.
#[derive(Serialize)]
struct Task<'e> {
    id: u8,
    error: Body<'e>,
}

fn task() -> Task<'static> {
    Task { id: 1, error: ERROR.body().with_envelope(&RUNS).with_value("run_id", "say \"hi\"") }
}

const TASK: &str = concat!(
    r#"{"id":1,"error":{"error":"out_of_credits","message":"Need 10.","run_id":"say \"hi\"","#,
    r#""status":402,"details":{"need":10,"plan":"free"},"tags":["a",1,true,null]}}"#,
);

#[test]
fn a_body_stands_in_a_resource() {
    assert_eq!(serde_json::to_string(&task()).unwrap(), TASK);
}

#[test]
fn a_body_becomes_a_json_value() {
    let value = serde_json::to_value(task()).unwrap();
    assert_eq!(value, serde_json::from_str::<serde_json::Value>(TASK).unwrap());
}

#[test]
fn a_body_can_be_written_in_another_format() {
    let mut bytes = Vec::new();
    ciborium::into_writer(&task(), &mut bytes).unwrap();
    let read: serde_json::Value = ciborium::from_reader(&*bytes).unwrap();
    assert_eq!(read, serde_json::from_str::<serde_json::Value>(TASK).unwrap());
}

#[test]
fn members_keep_their_order_in_another_format() {
    let mut bytes = Vec::new();
    ciborium::into_writer(&ERROR.body().with_envelope(&RUNS), &mut bytes).unwrap();
    let read: ciborium::Value = ciborium::from_reader(&*bytes).unwrap();
    let names: Vec<_> = read.as_map().unwrap().iter().filter_map(|(name, _)| name.as_text()).collect();
    assert_eq!(names, ["error", "message", "status", "details", "tags"]);
}

#[test]
fn a_body_that_is_a_list_or_holds_any_number_stands_in_a_resource_too() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Numbers {
        #[api(detail)]
        negative: i64,
        #[api(detail)]
        large: u64,
        #[api(detail)]
        float: f64,
        #[api(detail)]
        nested: Vec<Vec<bool>>,
    }
    let error =
        Numbers { negative: i64::MIN, large: u64::MAX, float: 1.5e300, nested: vec![vec![], vec![true]] };
    let value = serde_json::to_value(error.body()).unwrap();
    assert_eq!(value, serde_json::from_slice::<serde_json::Value>(&error.body().to_bytes()).unwrap());
    assert_eq!(value["error"]["details"]["large"], u64::MAX);
}

#[test]
fn a_fraction_in_a_resource_keeps_every_digit() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Fraction {
        #[api(detail)]
        value: f64,
    }
    let value = 6.863_533_662_139_525e-77;
    let error = Fraction { value };
    assert_eq!(serde_json::to_string(&error.body()).unwrap(), text(&error.body().to_bytes()));
    assert_eq!(serde_json::to_value(error.body()).unwrap()["error"]["details"]["value"], value);
}

#[test]
fn a_body_outlives_the_builder_and_borrows_the_error_alone() {
    fn of(error: &OutOfCredits) -> Body<'_> {
        let id = String::from("req_1");
        error.body().with_request_id(id)
    }
    let error = OutOfCredits { need: 1, plan: "free" };
    assert!(text(&of(&error).to_bytes()).contains("req_1"));
}

/// The failure of a job, shown in the resource that another request reads.
#[derive(ApiError)]
enum JobError {
    #[api(status = none, message = "The job failed.")]
    Failed,
    #[api(status = 503, message = "The renderer is busy.")]
    Busy,
}

const JOBS: Envelope = envelope!({ "error": code, "job": context.job?, "request_id": request_id? });

#[test]
fn an_error_inside_a_resource_shows_no_id_of_the_request_that_reads_it() {
    let shown = |body: Body<'_>| serde_json::to_string(&body.with_envelope(&JOBS)).unwrap();
    // What the application says of the request stays: it chose the names, and says what is served.
    let polling = Context::new().with_request_id("req_polling").with_value("job", "job_7");
    polling.scope(|| {
        for error in [JobError::Failed, JobError::Busy] {
            let code = error.code();
            assert_eq!(shown(error.body()), format!(r#"{{"error":"{code}","job":"job_7"}}"#));
            let by_hand = error.body().with_request_id("req_of_the_job").with_value("job", "job_8");
            assert_eq!(
                shown(by_hand),
                format!(r#"{{"error":"{code}","job":"job_8","request_id":"req_of_the_job"}}"#)
            );
        }
    });
}

#[test]
fn an_error_that_answers_no_request_shows_only_an_id_that_was_set_by_hand() {
    Context::new().with_request_id("req_polling").scope(|| {
        let plain = r#"{"error":{"code":"failed","message":"The job failed."}}"#;
        assert_eq!(text(&JobError::Failed.body().to_bytes()), plain);
        assert_eq!(text(JobError::Failed.to_response().body()), plain);
        assert_eq!(JobError::Failed.body().to_string(), plain);
        let by_hand = JobError::Failed.body().with_request_id("req_of_the_job").to_bytes();
        assert_eq!(
            text(&by_hand),
            r#"{"error":{"code":"failed","message":"The job failed.","request_id":"req_of_the_job"}}"#
        );
        // One that answers this request is this request's.
        assert!(text(&JobError::Busy.body().to_bytes()).contains("req_polling"));
    });
}
