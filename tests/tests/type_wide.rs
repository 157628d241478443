//! What an enum declares for all of its errors: `meta`, `header`, `log`, `retry` and `status = none`. What a variant
//! declares itself goes before it.

use std::time::Duration;

use errorbook::retry::RetryRule;
use errorbook::spec::{Level, MetaValue};
use errorbook::{ApiError, Envelope, envelope};
use http::StatusCode;

use crate::support::{header, headers};

const TYPED: Envelope =
    envelope!({ "type": meta.kind, "owner": meta.owner, "code": code, "message": message });

#[derive(ApiError)]
#[api(
    envelope = TYPED,
    meta(kind = "processing_error", owner = "payments"),
    header("WWW-Authenticate", "Bearer"),
    header("X-Api", "v1/{code}"),
    log = "info",
    retry = "none"
)]
enum PaymentError {
    #[api(status = 503, message = "Down.")]
    Down,
    #[api(
        status = 401,
        message = "No key.",
        meta(kind = "invalid_request_error"),
        header("www-authenticate", "Basic"),
        header("X-Own", "1"),
        log = "warn",
        retry = "after 2s"
    )]
    NoKey,
    #[api(status = 429, message = "Slow down.")]
    Limited {
        #[api(retry_after)]
        wait: Duration,
        #[api(header = "X-Api")]
        api: &'static str,
    },
    #[api(transparent)]
    Held(Held),
}

#[derive(ApiError)]
#[api(envelope = TYPED, status = 404, message = "No.", meta(kind = "held", owner = "other"))]
struct Held;

#[test]
fn what_the_enum_declares_holds_for_each_variant() {
    let down = PaymentError::Down;
    let response = down.to_response();
    assert_eq!(
        response.body(),
        r#"{"type":"processing_error","owner":"payments","code":"down","message":"Down."}"#
    );
    assert_eq!(header(&response, "www-authenticate"), Some("Bearer"));
    assert_eq!(header(&response, "x-api"), Some("v1/down"));
    assert_eq!(down.spec().log(), Level::Info);
    assert_eq!(down.spec().retry(), RetryRule::NEVER);
    assert!(down.spec().retry_is_written());
}

#[test]
fn what_a_variant_declares_goes_before_it() {
    let no_key = PaymentError::NoKey;
    let response = no_key.to_response();
    assert_eq!(headers(&response, "www-authenticate"), ["Basic"]);
    assert_eq!(header(&response, "x-api"), Some("v1/no_key"));
    assert_eq!(header(&response, "x-own"), Some("1"));
    let spec = no_key.spec();
    assert_eq!(spec.meta("kind"), Some(MetaValue::Text("invalid_request_error")));
    assert_eq!(spec.meta("owner"), Some(MetaValue::Text("payments")));
    assert_eq!(spec.log(), Level::Warn);
    assert_eq!(header(&response, "retry-after"), Some("2"));
}

#[test]
fn a_field_is_the_variants_own_word_too() {
    let limited = PaymentError::Limited { wait: Duration::from_secs(3), api: "beta" };
    let response = limited.to_response();
    // Its own wait goes before the enum's `none`, its own header before the enum's.
    assert!(limited.retry().is_retryable());
    assert_eq!(header(&response, "retry-after"), Some("3"));
    assert_eq!(headers(&response, "x-api"), ["beta"]);
}

#[test]
fn a_held_error_is_not_touched_by_it() {
    let held = PaymentError::Held(Held);
    assert!(held.spec().headers().is_empty());
    assert_eq!(held.spec().log(), Level::Debug);
    assert_eq!(held.spec().meta("kind"), Some(MetaValue::Text("held")));
}

#[test]
fn errors_of_a_resource_need_say_it_once() {
    #[derive(ApiError)]
    #[api(status = none, retry = "after 1s")]
    enum JobError {
        #[api(message = "Rendering failed.")]
        Failed,
        #[api(status = 409, message = "Still running.")]
        Running,
    }
    assert_eq!(JobError::Failed.spec().status(), None);
    assert_eq!(JobError::Running.spec().status(), Some(StatusCode::CONFLICT));
    assert_eq!(JobError::Running.spec().retry().retry_after(), Some(Duration::from_secs(1)));
}

#[test]
fn a_rule_of_the_enum_that_asks_the_field_is_filled_by_it() {
    #[derive(ApiError)]
    #[api(retry = "after, once, if idempotent")]
    enum Limits {
        #[api(status = 429, message = "Slow down.")]
        Limited {
            #[api(retry_after)]
            wait: Option<Duration>,
        },
        #[api(status = 404, message = "No.", retry = "none")]
        NotFound,
    }
    let limited = Limits::Limited { wait: Some(Duration::from_secs(9)) };
    let rule = limited.spec().retry();
    assert_eq!(rule.own_times(), Some(1));
    assert_eq!(limited.retry().wait(), Some(Duration::from_secs(9)));
    assert!(!Limits::NotFound.retry().is_retryable());
}
