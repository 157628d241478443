//! What the layer itself answers, in contracts that ask more of every error than a code: what is mapped, and the
//! catalogue of it all.

use std::convert::Infallible;
use std::future::ready;

use bytes::Bytes;
use errorbook::tower::ErrorLayer;
use errorbook::{Answered, ApiError, Envelope, envelope};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};
use tower::{Layer, ServiceExt, service_fn};

use super::SECRET;

/// Every error has a `type`, and codes are in capitals.
const TYPED: Envelope = envelope!({ "type": meta.r#type, "code": code, "message": message });

#[derive(ApiError)]
#[api(rename_all = "SCREAMING_SNAKE_CASE")]
enum Unhandled {
    #[api(status = 404, message = "There is nothing here.", meta(r#type = "invalid_request"))]
    NoSuchRoute,
    #[api(status = 504, message = "It took too long.", meta(r#type = "timeout"))]
    TooSlow,
    #[api(status = 400, message = "A {status} of the service.", meta(r#type = "invalid_request"))]
    BadRequest { status: u16 },
    #[api(status = 500, meta(r#type = "api_error"))]
    Internal,
}

impl From<StatusCode> for Unhandled {
    fn from(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NoSuchRoute,
            StatusCode::GATEWAY_TIMEOUT => Self::TooSlow,
            status if status.is_client_error() => Self::BadRequest { status: status.as_u16() },
            _ => Self::Internal,
        }
    }
}

#[derive(ApiError)]
#[api(rename_all = "SCREAMING_SNAKE_CASE")]
enum Limits {
    #[api(status = 429, message = "Slow down.", meta(r#type = "rate_limit"))]
    SlowDown,
    #[api(status = 413, message = "Too much.", meta(r#type = "invalid_request"))]
    TooMuch,
}

fn layer() -> ErrorLayer {
    ErrorLayer::new().envelope(&TYPED).map_others(|parts| Unhandled::from(parts.status))
}

/// A service whose every answer is this status, or a panic with 0.
async fn answered(layer: ErrorLayer, status: u16) -> (StatusCode, &'static str, Value) {
    let inner = service_fn(move |_| {
        assert!(status != 0, "{SECRET}");
        let response = Response::builder().status(status).body(Full::new(Bytes::from(SECRET)));
        ready(Ok::<_, Infallible>(response.unwrap()))
    });
    let response = layer.layer(inner).oneshot(Request::new(())).await.unwrap();
    let status = response.status();
    let code = response.extensions().get::<Answered>().map_or("", |mark| mark.spec().code());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, code, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn whatever_is_not_mapped_by_itself_is_answered_by_one_type() {
    let body = |kind, code, message| json!({ "type": kind, "code": code, "message": message });
    let cases = [
        (404, 404, body("invalid_request", "NO_SUCH_ROUTE", "There is nothing here.")),
        (403, 400, body("invalid_request", "BAD_REQUEST", "A 403 of the service.")),
        (499, 400, body("invalid_request", "BAD_REQUEST", "A 499 of the service.")),
        (504, 504, body("timeout", "TOO_SLOW", "It took too long.")),
        (502, 500, body("api_error", "INTERNAL", "Internal Server Error")),
        // A panic.
        (0, 500, body("api_error", "INTERNAL", "Internal Server Error")),
    ];
    for (status, sent, expected) in cases {
        let (status, _, body) = answered(layer(), status).await;
        assert_eq!((status.as_u16(), body), (sent, expected));
    }
    assert_eq!(answered(layer(), 201).await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn what_is_mapped_by_itself_goes_before() {
    let layers = [
        layer().map(StatusCode::TOO_MANY_REQUESTS, Limits::SlowDown),
        ErrorLayer::new()
            .envelope(&TYPED)
            .map_with(StatusCode::TOO_MANY_REQUESTS, |_| Limits::SlowDown)
            .map_others(|parts| Unhandled::from(parts.status)),
    ];
    for layer in layers {
        assert_eq!(answered(layer.clone(), 429).await.1, "SLOW_DOWN");
        assert_eq!(answered(layer, 404).await.1, "NO_SUCH_ROUTE");
    }
}

#[tokio::test]
async fn a_panic_of_what_is_mapped_is_answered_with_what_is_mapped_for_that() {
    let layer = ErrorLayer::new().envelope(&TYPED).map_others(|parts| {
        assert!(parts.status != StatusCode::NOT_FOUND, "{SECRET}");
        Unhandled::from(parts.status)
    });
    let (status, code, body) = answered(layer, 404).await;
    assert_eq!(
        (status, code, &body["type"]),
        (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", &json!("api_error"))
    );

    let layer = ErrorLayer::new().map_others(|_| -> Unhandled { panic!("{SECRET}") });
    let (status, code, body) = answered(layer, 404).await;
    assert_eq!((status, code), (StatusCode::INTERNAL_SERVER_ERROR, "internal_error"));
    assert!(!body.to_string().contains("hunter2"));
}

#[tokio::test]
async fn what_the_layer_answers_is_in_its_catalogue() {
    let layers = [
        ErrorLayer::new(),
        ErrorLayer::new().map(StatusCode::NOT_FOUND, Unhandled::NoSuchRoute),
        layer(),
        layer().map_with(StatusCode::PAYLOAD_TOO_LARGE, |_| Limits::TooMuch),
    ];
    for layer in layers {
        for status in [0, 400, 403, 404, 405, 413, 429, 500, 503, 504] {
            let (sent, code, _) = answered(layer.clone(), status).await;
            let found = layer.catalog().get(code).find(|spec| spec.status() == Some(sent));
            assert!(found.is_some(), "{code} is missing");
        }
    }
}

fn codes(layer: &ErrorLayer) -> Vec<&'static str> {
    layer.catalog().entries().map(errorbook::ErrorSpec::code).collect()
}

#[test]
fn the_catalogue_has_what_is_mapped_and_a_code_for_each_other_status() {
    let bare = codes(&ErrorLayer::new());
    assert!(bare.len() > 30 && bare.contains(&"not_found") && bare.contains(&"gateway_timeout"), "{bare:?}");

    let mapped = codes(&ErrorLayer::new().map(StatusCode::NOT_FOUND, Unhandled::NoSuchRoute));
    assert!(mapped.contains(&"NO_SUCH_ROUTE") && !mapped.contains(&"not_found"), "{mapped:?}");
    assert_eq!(mapped.len(), bare.len());

    let all = ["NO_SUCH_ROUTE", "TOO_SLOW", "BAD_REQUEST", "INTERNAL"];
    assert_eq!(codes(&layer()), all);
    // Each error once, however often it is asked for.
    let twice = layer()
        .map(StatusCode::GONE, Unhandled::NoSuchRoute)
        .map(StatusCode::NOT_FOUND, Unhandled::NoSuchRoute)
        .map_with(StatusCode::FORBIDDEN, |parts| Unhandled::from(parts.status));
    assert_eq!(codes(&twice), all);
    // What was put in the place of another mapping.
    let instead = layer()
        .map(StatusCode::TOO_MANY_REQUESTS, Unhandled::TooSlow)
        .map(StatusCode::TOO_MANY_REQUESTS, Limits::SlowDown);
    assert_eq!(codes(&instead), ["SLOW_DOWN", "NO_SUCH_ROUTE", "TOO_SLOW", "BAD_REQUEST", "INTERNAL"]);
}

#[test]
fn an_error_is_the_same_in_the_catalogue_of_its_type_and_of_each_layer() {
    let mapped = || ErrorLayer::new().map(StatusCode::NOT_FOUND, Unhandled::NoSuchRoute);
    let only = |layer: &ErrorLayer, code| {
        let found: Vec<_> = layer.catalog().get(code).collect();
        let [spec] = found[..] else { panic!("{code} stands there {} times", found.len()) };
        spec
    };
    let of_type = Unhandled::catalog().get("NO_SUCH_ROUTE").next().unwrap();
    assert!(std::ptr::eq(only(&mapped(), "NO_SUCH_ROUTE"), of_type));
    for code in ["bad_request", "method_not_allowed", "internal_error"] {
        assert!(std::ptr::eq(only(&mapped(), code), only(&ErrorLayer::new(), code)), "{code}");
    }
}

#[cfg(feature = "book")]
#[test]
fn a_book_tells_what_is_mapped_once() {
    let layer = ErrorLayer::new().map(StatusCode::NOT_FOUND, Unhandled::NoSuchRoute);
    let another = ErrorLayer::new().map(StatusCode::GATEWAY_TIMEOUT, Unhandled::TooSlow);
    let by_catalog = errorbook::book::Contract::builder("Service")
        .catalog(Unhandled::catalog())
        .catalog(layer.catalog())
        .catalog(another.catalog());
    let by_middleware = errorbook::book::Contract::builder("Service")
        .catalog(Unhandled::catalog())
        .middleware(layer.catalog().entries())
        .middleware(another.catalog().entries());
    for builder in [by_catalog, by_middleware] {
        let contract = builder.build();
        for code in ["NO_SUCH_ROUTE", "TOO_SLOW", "bad_request"] {
            let found = contract.errors.iter().filter(|entry| entry.code == code).count();
            assert_eq!(found, 1, "{code}");
        }
    }
}

#[tokio::test]
async fn a_status_without_a_name_keeps_it_and_has_the_code_of_its_class_which_is_in_no_catalogue() {
    for (status, code) in [(418, "client_error"), (499, "client_error"), (599, "server_error")] {
        let (sent, told, _) = answered(ErrorLayer::new(), status).await;
        assert_eq!((sent.as_u16(), told), (status, code));
        assert_eq!(ErrorLayer::new().catalog().get(code).count(), 0);
    }
}

#[test]
fn the_catalogue_is_of_the_layer_as_it_is() {
    let layer = ErrorLayer::new();
    assert!(layer.catalog().envelope().is_none());
    assert!(std::ptr::eq(layer.catalog(), layer.clone().catalog()));
    let layer = layer.envelope(&TYPED).map(StatusCode::NOT_FOUND, Limits::SlowDown);
    assert!(layer.catalog().envelope().is_some());
    let slow_down = layer.catalog().get("SLOW_DOWN").next().expect("it is mapped");
    assert_eq!(slow_down.meta("type").and_then(errorbook::spec::MetaValue::as_str), Some("rate_limit"));
}
