//! The wait that a response tells: in its header, in its body and in the hints for SDKs, and always the same.

use std::convert::Infallible;
use std::future::ready;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use errorbook::retry::Attempt;
use errorbook::tower::ErrorLayer;
use errorbook::{ApiError, Envelope, envelope};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};
use tower::{Layer, ServiceExt, service_fn};

static WAITING: Envelope = envelope!({ "code": code, "retry_after": retry_after, "ms": retry_after_ms });

#[derive(ApiError, Clone)]
enum Error {
    #[api(status = 503, retry = "after 30s")]
    Busy,
    #[api(status = 503)]
    Down,
    #[api(status = 429, message = "No.")]
    Limited {
        #[api(retry_after)]
        wait: Option<Duration>,
    },
    #[api(status = 502, retry = "backoff, 3 times, if idempotent")]
    NoAnswer,
    #[api(status = 500, retry = "backoff, once, if safe")]
    Broken,
    #[api(status = 409, message = "No.")]
    Conflict,
}

fn limited(milliseconds: u64) -> Error {
    Error::Limited { wait: Some(Duration::from_millis(milliseconds)) }
}

type Headers<'h> = &'h [(&'h str, &'h str)];

fn layer() -> ErrorLayer {
    ErrorLayer::new().envelope(&WAITING)
}

/// What a layer makes of a service's own response.
async fn foreign(layer: ErrorLayer, status: u16, headers: Headers<'_>) -> Response<Bytes> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    answered(layer, Request::new(()), move || response.body(Bytes::new()).unwrap()).await
}

/// What a layer makes of this response.
async fn answered(
    layer: ErrorLayer,
    request: Request<()>,
    make: impl FnOnce() -> Response<Bytes>,
) -> Response<Bytes> {
    let mut make = Some(make);
    let inner = service_fn(move |_| {
        let make = make.take().expect("there is one request");
        ready(Ok::<_, Infallible>(make().map(Full::new)))
    });
    let (parts, body) = layer.layer(inner).oneshot(request).await.unwrap().into_parts();
    Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
}

/// The values of a header, and what the body tells.
fn told<'r>(response: &'r Response<Bytes>, name: &str) -> (Vec<&'r str>, Value) {
    let values = response.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    let seconds = |ms: u64| ms.div_ceil(1000);
    assert_eq!(body["ms"].as_u64().map(seconds), body["retry_after"].as_u64());
    (values, body["retry_after"].clone())
}

#[tokio::test]
async fn a_foreign_wait_stands_in_the_body_too() {
    for status in [503, 429, 500, 403, 499] {
        let response = foreign(layer(), status, &[("retry-after", "120")]).await;
        assert_eq!(told(&response, "retry-after"), (vec!["120"], json!(120)));
        let response = foreign(layer(), status, &[]).await;
        assert_eq!(told(&response, "retry-after"), (vec![], Value::Null));
    }
}

#[tokio::test]
async fn of_two_waits_the_longer_is_told() {
    let cases = [
        (Error::Busy, "120", "120"),
        (Error::Busy, "3600", "3600"),
        (Error::Busy, "1", "30"),
        (Error::Down, "7", "7"),
        (limited(1500), "1", "2"),
        (limited(1500), "5", "5"),
        (Error::Limited { wait: None }, "5", "5"),
        (Error::Conflict, "5", "5"),
    ];
    for (error, theirs, expected) in cases {
        let fixed = layer().map(StatusCode::SERVICE_UNAVAILABLE, error.clone());
        let made = layer().map_with(StatusCode::SERVICE_UNAVAILABLE, {
            let error = error.clone();
            move |_| error.clone()
        });
        let others = layer().map_others(move |_| error.clone());
        for layer in [fixed, made, others] {
            let response = foreign(layer, 503, &[("retry-after", theirs)]).await;
            let seconds: u64 = expected.parse().unwrap();
            assert_eq!(told(&response, "retry-after"), (vec![expected], json!(seconds)));
        }
    }
}

#[tokio::test]
async fn a_date_is_told_in_seconds_from_now() {
    // By the clock of whoever said it.
    let headers =
        [("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("retry-after", "Sun, 06 Nov 1994 08:51:37 GMT")];
    let response = foreign(layer(), 503, &headers).await;
    assert_eq!(told(&response, "retry-after"), (vec!["120"], json!(120)));

    let until = SystemTime::now() + Duration::from_secs(90);
    let response = foreign(layer(), 503, &[("retry-after", &httpdate::fmt_http_date(until))]).await;
    let (header, body) = told(&response, "retry-after");
    let seconds: u64 = header[0].parse().unwrap();
    assert!((80..=90).contains(&seconds) && body == json!(seconds), "{header:?} {body}");

    let response = foreign(layer(), 503, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]).await;
    assert_eq!(told(&response, "retry-after"), (vec!["0"], json!(0)));
}

#[tokio::test]
async fn what_tells_no_wait_is_not_sent_on() {
    for nonsense in ["soon", "", "-5", "1.5", "Sun, 06 Foo 1994 08:49:37 GMT"] {
        let response = foreign(layer(), 503, &[("retry-after", nonsense)]).await;
        assert_eq!(told(&response, "retry-after"), (vec![], Value::Null));
        let mapped = layer().map(StatusCode::SERVICE_UNAVAILABLE, Error::Busy);
        let response = foreign(mapped, 503, &[("retry-after", nonsense)]).await;
        assert_eq!(told(&response, "retry-after"), (vec!["30"], json!(30)));
    }
}

#[tokio::test]
async fn a_foreign_wait_in_milliseconds_is_a_wait() {
    let response = foreign(layer(), 503, &[("retry-after-ms", "1500")]).await;
    assert_eq!(serde_json::from_slice::<Value>(response.body()).unwrap()["ms"], 1500);
    assert_eq!(told(&response, "retry-after"), (vec!["2"], json!(2)));
    assert_eq!(response.headers()["retry-after-ms"], "1500");

    let mapped = layer().map(StatusCode::SERVICE_UNAVAILABLE, Error::Busy);
    let response = foreign(mapped, 503, &[("retry-after-ms", "1500")]).await;
    assert_eq!(told(&response, "retry-after"), (vec!["30"], json!(30)));
    assert_eq!(response.headers()["retry-after-ms"], "30000");
}

#[tokio::test]
async fn a_wait_that_was_put_over_a_declared_error_is_that_of_its_body() {
    for (error, expected) in [(limited(7000), Some("7")), (Error::Conflict, None)] {
        let make = || {
            let mut response = error.respond();
            response.headers_mut().insert("retry-after", "99".parse().unwrap());
            response
        };
        let response = answered(layer(), Request::new(()), make).await;
        let seconds = expected.map(|seconds| seconds.parse::<u64>().unwrap());
        assert_eq!(told(&response, "retry-after"), (expected.into_iter().collect(), json!(seconds)));
    }
    // A body without it contradicts none.
    let make = || {
        let mut response = limited(7000).respond();
        response.headers_mut().insert("retry-after", "99".parse().unwrap());
        response
    };
    let response = answered(ErrorLayer::new(), Request::new(()), make).await;
    assert_eq!(response.headers()["retry-after"], "99");
}

#[tokio::test]
async fn a_wait_in_milliseconds_that_was_put_over_a_declared_error_contradicts_nothing() {
    let put = |error: Error, milliseconds: &'static str| {
        move || {
            let mut response = error.respond();
            response.headers_mut().insert("retry-after-ms", milliseconds.parse().unwrap());
            response
        }
    };
    let waits = |response: &Response<Bytes>| {
        ["retry-after", "retry-after-ms"]
            .map(|name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()))
    };
    let both = |seconds: &str, milliseconds: &str| [seconds, milliseconds].map(|wait| Some(wait.to_owned()));
    // The body tells the wait, or that there is none.
    for (error, expected) in [(limited(7000), both("7", "7000")), (Error::Conflict, [None, None])] {
        for milliseconds in ["99000", "100"] {
            let response = answered(layer(), Request::new(()), put(error.clone(), milliseconds)).await;
            assert_eq!(waits(&response), expected);
        }
    }
    // A body without it contradicts none, and the longer counts.
    for (error, milliseconds, expected) in [
        (limited(7000), "99500", both("100", "99500")),
        (limited(7000), "100", both("7", "7000")),
        (Error::Conflict, "1500", both("2", "1500")),
    ] {
        let response = answered(ErrorLayer::new(), Request::new(()), put(error, milliseconds)).await;
        assert_eq!(waits(&response), expected);
    }
}

/// `retry-after-ms` and `x-should-retry`.
fn hints(response: &Response<Bytes>) -> [Option<&str>; 2] {
    ["retry-after-ms", "x-should-retry"]
        .map(|name| response.headers().get(name).map(|value| value.to_str().unwrap()))
}

fn request(method: Method, headers: Headers<'_>) -> Request<()> {
    let mut request = Request::builder().method(method);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap()
}

#[tokio::test]
async fn hints_say_whether_this_request_may_be_sent_again() {
    const KEY: Headers<'static> = &[("idempotency-key", "k1")];
    let cases = [
        (limited(1500), Method::POST, &[][..], [Some("1500"), Some("true")]),
        (Error::Limited { wait: None }, Method::POST, &[], [None, Some("true")]),
        (Error::Busy, Method::POST, &[], [Some("30000"), Some("true")]),
        (Error::NoAnswer, Method::POST, &[], [None, Some("false")]),
        (Error::NoAnswer, Method::POST, KEY, [None, Some("true")]),
        // By which nobody recognises a request.
        (Error::NoAnswer, Method::POST, &[("idempotency-key", " ")], [None, Some("false")]),
        (Error::NoAnswer, Method::PATCH, &[], [None, Some("false")]),
        (Error::NoAnswer, Method::PUT, &[], [None, Some("true")]),
        (Error::NoAnswer, Method::GET, &[], [None, Some("true")]),
        (Error::Broken, Method::GET, &[], [None, Some("true")]),
        (Error::Broken, Method::DELETE, &[], [None, Some("false")]),
        (Error::Broken, Method::POST, KEY, [None, Some("false")]),
        (Error::Conflict, Method::GET, &[], [None, Some("false")]),
    ];
    for (error, method, headers, expected) in cases {
        let layer = ErrorLayer::new().retry_hints(true);
        let request = || request(method.clone(), headers);
        let response = answered(layer.clone(), request(), || error.respond()).await;
        assert_eq!(hints(&response), expected, "{} {method}", error.code());
        // Through two layers, and as what a status is mapped to.
        let twice = layer.clone().map(StatusCode::IM_A_TEAPOT, error.clone());
        let teapot = || Response::builder().status(418).body(Bytes::new()).unwrap();
        let response = answered(twice, request(), teapot).await;
        assert_eq!(hints(&response), expected, "{} {method}", error.code());
    }
}

#[tokio::test]
async fn hints_are_sent_with_errors_and_where_they_are_asked_for() {
    let response = answered(ErrorLayer::new(), Request::new(()), || limited(1500).respond()).await;
    assert_eq!(hints(&response), [None, None]);
    let layer = ErrorLayer::new().retry_hints(true);
    let response = answered(layer, Request::new(()), || Response::new(Bytes::new())).await;
    assert_eq!(hints(&response), [None, None]);
}

#[tokio::test]
async fn hints_of_a_foreign_error_follow_from_its_status_and_its_wait() {
    let layer = ErrorLayer::new().retry_hints(true);
    let cases: [(u16, Headers<'_>, _); 6] = [
        (503, &[], [None, Some("true")]),
        (503, &[("retry-after", "7")], [Some("7000"), Some("true")]),
        (403, &[("retry-after", "7")], [Some("7000"), Some("false")]),
        (404, &[], [None, Some("false")]),
        // The service knew more than its status says.
        (503, &[("x-should-retry", "false")], [None, Some("false")]),
        (404, &[("x-should-retry", "true")], [None, Some("false")]),
    ];
    for (status, headers, expected) in cases {
        assert_eq!(hints(&foreign(layer.clone(), status, headers).await), expected, "{status} {headers:?}");
    }
}

#[tokio::test]
async fn hints_that_were_set_by_hand_stay() {
    let method = Method::POST;
    // `once`: the second attempt has no further one.
    let again = Attempt::first(&method).with_idempotency_key(true).nth(4);
    let response = Error::NoAnswer.body().with_retry_hints(again).to_response();
    assert_eq!(hints(&response), [None, Some("false")]);
    let layer = ErrorLayer::new().retry_hints(true);
    let response = answered(layer, request(Method::GET, &[]), || response).await;
    assert_eq!(hints(&response), [None, Some("false")]);
}

#[test]
fn a_wait_in_milliseconds_is_rounded_up() {
    let method = Method::GET;
    for (wait, expected) in [
        (Duration::from_micros(1), "1"),
        (Duration::from_micros(1500), "2"),
        (Duration::from_millis(1500), "1500"),
        (Duration::ZERO, "0"),
        (Duration::MAX, "18446744073709551615"),
    ] {
        let error = Error::Limited { wait: Some(wait) };
        let response = error.body().with_retry_hints(Attempt::first(&method)).to_response();
        assert_eq!(hints(&response)[0], Some(expected));
    }
}
