//! Which envelope a body is in: the one set by hand, else the type's, else the service's, else `NESTED`.

use errorbook::context::Context;
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::{ApiError, Envelope, envelope};

use crate::support::{header, text};

const OWN: Envelope = envelope!({ "own": code });
const OUTER: Envelope = envelope!({ "outer": code });
const SERVICE: Envelope = envelope!("application/vnd.service+json", { "service": code });
const BY_HAND: Envelope = envelope!({ "by_hand": code });

/// Declares an envelope.
#[derive(ApiError)]
#[api(status = 404, message = "…", envelope = OWN)]
struct Declared;

/// Declares none.
#[derive(ApiError)]
#[api(status = 404, message = "…")]
struct Undeclared;

fn body(error: &dyn ApiError) -> String {
    text(error.to_response().body())
}

fn in_the_service<R>(render: impl FnOnce() -> R) -> R {
    Context::new().with_envelope(&SERVICE).scope(render)
}

#[test]
fn the_default_is_nested() {
    assert_eq!(body(&Undeclared), r#"{"error":{"code":"undeclared","message":"…"}}"#);
    assert_eq!(body(&Undeclared), text(&Undeclared.body().with_envelope(&NESTED).to_bytes()));
}

#[test]
fn the_services_goes_before_the_default() {
    let response = in_the_service(|| Undeclared.to_response());
    assert_eq!(text(response.body()), r#"{"service":"undeclared"}"#);
    assert_eq!(header(&response, "content-type"), Some("application/vnd.service+json"));
}

#[test]
fn the_types_goes_before_the_services() {
    assert_eq!(body(&Declared), r#"{"own":"declared"}"#);
    assert_eq!(in_the_service(|| body(&Declared)), r#"{"own":"declared"}"#);
}

#[test]
fn the_one_set_by_hand_goes_before_all() {
    in_the_service(|| {
        assert_eq!(Declared.body().with_envelope(&BY_HAND).to_bytes(), r#"{"by_hand":"declared"}"#);
        assert_eq!(Undeclared.body().with_envelope(&BY_HAND).to_bytes(), r#"{"by_hand":"undeclared"}"#);
    });
}

#[test]
fn the_envelope_is_always_that_of_the_outermost_type() {
    #[derive(ApiError)]
    #[api(envelope = OUTER)]
    enum Outer {
        #[api(transparent)]
        Declared(Declared),
        #[api(transparent)]
        Undeclared(Undeclared),
    }

    #[derive(ApiError)]
    enum Plain {
        #[api(transparent)]
        Declared(Declared),
        #[api(transparent)]
        Outer(Outer),
    }

    assert_eq!(body(&Outer::Declared(Declared)), r#"{"outer":"declared"}"#);
    assert_eq!(body(&Outer::Undeclared(Undeclared)), r#"{"outer":"undeclared"}"#);
    // The outermost type declares none, so that of the service or the default it is.
    assert_eq!(body(&Plain::Declared(Declared)), r#"{"error":{"code":"declared","message":"…"}}"#);
    assert_eq!(
        body(&Plain::Outer(Outer::Declared(Declared))),
        r#"{"error":{"code":"declared","message":"…"}}"#
    );
    assert_eq!(in_the_service(|| body(&Plain::Declared(Declared))), r#"{"service":"declared"}"#);
}

#[test]
fn one_error_may_be_shown_in_several_envelopes() {
    for _ in 0..3 {
        for (envelope, expected) in [
            (&OWN, r#"{"own":"undeclared"}"#),
            (&OUTER, r#"{"outer":"undeclared"}"#),
            (&FLAT, r#"{"code":"undeclared","message":"…"}"#),
            (&PROBLEM, r#"{"title":"Not Found","status":404,"detail":"…","code":"undeclared"}"#),
            (
                &JSON_API,
                r#"{"errors":[{"status":"404","code":"undeclared","title":"Undeclared","detail":"…"}]}"#,
            ),
        ] {
            assert_eq!(text(&Undeclared.body().with_envelope(envelope).to_bytes()), expected);
        }
    }
}

#[test]
fn an_envelope_may_be_a_static_or_come_from_a_path() {
    static STATIC: Envelope = envelope!({ "static": code });

    #[derive(ApiError)]
    #[api(status = 404, message = "…", envelope = errorbook::envelope::FLAT)]
    struct ByPath;

    assert_eq!(Undeclared.body().with_envelope(&STATIC).to_bytes(), r#"{"static":"undeclared"}"#);
    assert_eq!(body(&ByPath), r#"{"code":"by_path","message":"…"}"#);
}
