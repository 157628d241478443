//! `status`: numbers, names, and errors that never answer a request.

use errorbook::spec::Level;
use errorbook::{ApiError, Envelope, envelope};
use http::StatusCode;

use crate::support::{body, text};

#[test]
fn a_status_is_written_as_a_number_or_as_a_name() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 402, message = "Pay.")]
        Number,
        #[api(status = PAYMENT_REQUIRED, message = "Pay.")]
        Name,
    }
    for error in [Error::Number, Error::Name] {
        assert_eq!(error.status(), StatusCode::PAYMENT_REQUIRED);
        assert_eq!(error.spec().status(), Some(StatusCode::PAYMENT_REQUIRED));
        assert_eq!(error.to_response().status(), StatusCode::PAYMENT_REQUIRED);
    }
}

#[test]
fn every_number_from_400_to_599_is_an_error_status() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 400, message = "The first.")]
        First,
        #[api(status = 499, message = "Not registered.")]
        ClientClosed,
        #[api(status = 520, message = "Not registered either.")]
        Unknown,
        #[api(status = 599, message = "The last.")]
        Last,
    }
    let statuses = [Error::First, Error::ClientClosed, Error::Unknown, Error::Last]
        .map(|error| error.to_response().status().as_u16());
    assert_eq!(statuses, [400, 499, 520, 599]);
}

/// Each name that `http` knows, as a status here, must be what it is there.
macro_rules! names {
    ($($variant:ident $name:ident)*) => {
        #[derive(ApiError)]
        enum Named {
            $(#[api(status = $name, message = "…")] $variant,)*
        }

        const NAMED: &[(Named, StatusCode)] = &[$((Named::$variant, StatusCode::$name),)*];
    };
}

names! {
    A BAD_REQUEST B UNAUTHORIZED C PAYMENT_REQUIRED D FORBIDDEN E NOT_FOUND F METHOD_NOT_ALLOWED
    G NOT_ACCEPTABLE H PROXY_AUTHENTICATION_REQUIRED I REQUEST_TIMEOUT J CONFLICT K GONE L LENGTH_REQUIRED
    M PRECONDITION_FAILED N PAYLOAD_TOO_LARGE O URI_TOO_LONG P UNSUPPORTED_MEDIA_TYPE
    Q RANGE_NOT_SATISFIABLE R EXPECTATION_FAILED S IM_A_TEAPOT T MISDIRECTED_REQUEST
    U UNPROCESSABLE_ENTITY V LOCKED W FAILED_DEPENDENCY X TOO_EARLY Y UPGRADE_REQUIRED
    Z PRECONDITION_REQUIRED Aa TOO_MANY_REQUESTS Ab REQUEST_HEADER_FIELDS_TOO_LARGE
    Ac UNAVAILABLE_FOR_LEGAL_REASONS Ad INTERNAL_SERVER_ERROR Ae NOT_IMPLEMENTED Af BAD_GATEWAY
    Ag SERVICE_UNAVAILABLE Ah GATEWAY_TIMEOUT Ai HTTP_VERSION_NOT_SUPPORTED Aj VARIANT_ALSO_NEGOTIATES
    Ak INSUFFICIENT_STORAGE Al LOOP_DETECTED Am NOT_EXTENDED An NETWORK_AUTHENTICATION_REQUIRED
}

#[test]
fn the_names_are_those_of_the_http_crate() {
    for (error, status) in NAMED {
        assert_eq!(error.status(), *status);
    }
}

#[derive(ApiError)]
enum TaskError {
    #[api(status = none, code = "failed", message = "The task failed at {stage}.")]
    Failed { stage: &'static str },
}

#[test]
fn an_error_without_a_status_stands_inside_a_resource() {
    let error = TaskError::Failed { stage: "voice" };
    assert_eq!(error.spec().status(), None);
    assert_eq!(error.spec().log(), Level::Error);
    let task = serde_json::json!({ "state": "failed", "error": error.body() });
    assert_eq!(
        task.to_string(),
        r#"{"error":{"error":{"code":"failed","message":"The task failed at voice."}},"state":"failed"}"#
    );
}

#[test]
fn an_error_without_a_status_answers_as_a_500_all_the_same() {
    let error = TaskError::Failed { stage: "voice" };
    assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let response = error.to_response();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(text(response.body()), r#"{"error":{"code":"failed","message":"The task failed at voice."}}"#);
}

#[test]
fn an_error_without_a_status_is_never_retried() {
    let retry = TaskError::Failed { stage: "voice" }.retry();
    assert!(!retry.is_retryable());
    assert_eq!(retry.retry_after(), None);
}

#[test]
fn an_error_without_a_status_has_none_to_show() {
    const STATUSES: Envelope = envelope!({ "status": status, "string": status_string?, "message": message });
    let error = TaskError::Failed { stage: "voice" };
    assert_eq!(
        text(&error.body().with_envelope(&STATUSES).to_bytes()),
        r#"{"status":null,"message":"The task failed at voice."}"#,
    );
}

#[test]
fn a_struct_is_one_error() {
    #[derive(ApiError)]
    #[api(status = 404, message = "No such story.")]
    struct NoStory;
    assert_eq!(NoStory.status(), StatusCode::NOT_FOUND);
    assert_eq!(body(&NoStory), r#"{"error":{"code":"no_story","message":"No such story."}}"#);
}

#[test]
fn a_status_may_be_written_as_the_constant_that_it_is() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = StatusCode::NOT_FOUND, message = "…")]
        Missing,
        #[api(status = http::StatusCode::CONFLICT, message = "…")]
        Taken,
        #[api(status = ::http::status::StatusCode::GONE, message = "…")]
        Gone,
    }
    let statuses = [Error::Missing, Error::Taken, Error::Gone].map(|error| error.status().as_u16());
    assert_eq!(statuses, [404, 409, 410]);
}
