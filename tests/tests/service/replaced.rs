//! What operators read of a foreign body that the envelope takes the place of, and callers do not.

use std::convert::Infallible;
use std::future::ready;
use std::pin::{Pin, pin};
use std::task::{Context as Polling, Poll, Waker};

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use errorbook::ApiError;
use errorbook::tower::ErrorLayer;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body::{Body, Frame};
use http_body_util::BodyExt;
use tower::{Layer, Service, ServiceExt, service_fn};

use super::SECRET;
use crate::logging::{Fields, events_of};

/// Frames that are there at once, and what comes behind them.
struct Frames {
    ready: Vec<&'static [u8]>,
    ends: bool,
}

impl Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Polling<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.ready.is_empty() {
            false => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(self.ready.remove(0)))))),
            true if self.ends => Poll::Ready(None),
            true => Poll::Pending,
        }
    }
}

/// The one event of a response like this, and what callers read.
fn told<B: Body<Data = Bytes, Error: std::fmt::Debug>>(
    layer: &ErrorLayer,
    response: impl FnOnce() -> Response<B>,
) -> (Fields, String) {
    let mut response = Some(response());
    let inner = service_fn(move |_: Request<()>| ready(Ok::<_, Infallible>(response.take().unwrap())));
    let mut service = layer.layer(inner);
    let mut answered = String::new();
    let mut events = events_of(|| {
        let mut polling = Polling::from_waker(Waker::noop());
        let mut answer = pin!(service.call(Request::new(())));
        // At once: nothing is waited for.
        let Poll::Ready(Ok(answer)) = answer.as_mut().poll(&mut polling) else {
            panic!("there is no answer")
        };
        let headers = format!("{:?}", answer.headers());
        let Poll::Ready(Ok(body)) = pin!(answer.into_body().collect()).poll(&mut polling) else {
            panic!("the answer is not whole")
        };
        answered = headers + &String::from_utf8_lossy(&body.to_bytes());
    });
    assert_eq!(events.len(), 1, "{events:?}");
    (events.remove(0).1, answered)
}

fn message(headers: &[(&str, &str)], ready: &[&'static [u8]], ends: bool) -> Option<String> {
    let response = || {
        let mut response = Response::builder().status(500);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        response.body(Frames { ready: ready.to_vec(), ends }).unwrap()
    };
    let (mut fields, answered) = told(&ErrorLayer::new(), response);
    assert!(!answered.contains("hunter2") && answered.contains("internal_error"), "{answered}");
    fields.remove("exception.message")
}

const TEXT: &[(&str, &str)] = &[("content-type", "Text/Plain; charset=utf-8")];

#[test]
fn operators_read_what_the_body_said() {
    let whole = message(TEXT, &[b"cannot reach ", SECRET.as_bytes()], true);
    assert_eq!(whole.unwrap(), format!("cannot reach {SECRET}"));
    let json =
        message(&[("content-type", "application/problem+json")], &[br#"{"detail":"disk full"}"#], true);
    assert_eq!(json.unwrap(), r#"{"detail":"disk full"}"#);
    // A bare service tells no type.
    assert_eq!(message(&[], &[b"disk full"], true).unwrap(), "disk full");
    assert_eq!(message(TEXT, &[], true), None);
}

#[test]
fn what_is_not_there_yet_is_not_waited_for() {
    assert_eq!(message(TEXT, &[b"cannot reach"], false).unwrap(), "cannot reach…");
    assert_eq!(message(TEXT, &[], false), None);
}

#[test]
fn no_more_than_a_kibibyte_of_it_is_read() {
    const LONG: &[u8] = &[b'x'; 700];
    assert_eq!(message(TEXT, &[LONG, LONG, LONG], true).unwrap(), "x".repeat(1024) + "…");
    assert_eq!(message(TEXT, &[&[b'x'; 1024]], true).unwrap(), "x".repeat(1024));
}

#[test]
fn what_was_said_stays_on_one_line() {
    let forged = message(TEXT, &[b"no\n2026-01-01 ERROR all is lost\x1b[2J\xff"], true);
    assert_eq!(forged.unwrap(), "no\\n2026-01-01 ERROR all is lost\\u{1b}[2J\u{fffd}");
}

#[test]
fn of_what_nobody_can_read_the_size_is_told() {
    let of = |headers: &[(&'static str, &'static str)]| {
        let mut parts = HeaderMap::new();
        for (name, value) in headers {
            parts.insert(*name, value.parse().unwrap());
        }
        let response = move || {
            let mut response = Response::new(http_body_util::Full::<Bytes>::from(SECRET));
            *response.status_mut() = StatusCode::BAD_GATEWAY;
            *response.headers_mut() = parts;
            response
        };
        told(&ErrorLayer::new(), response).0.remove("exception.message").unwrap()
    };
    let length = SECRET.len();
    assert_eq!(of(&[("content-type", "image/png")]), format!("({length} bytes, image/png)"));
    let compressed = [("content-type", "text/plain"), ("content-encoding", "gzip")];
    assert_eq!(of(&compressed), format!("({length} bytes, text/plain)"));
}

#[test]
fn it_is_told_whatever_answers_in_its_place() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("busy")]
    #[api(status = 503, code = "busy")]
    struct Busy;

    let response = || {
        let response = Response::builder().status(502).header("content-type", "text/plain");
        response.body(String::from("upstream is gone")).unwrap()
    };
    let (fields, _) = told(&ErrorLayer::new().map(StatusCode::BAD_GATEWAY, Busy), response);
    assert_eq!((&*fields["error.type"], &*fields["exception.message"]), ("busy", "upstream is gone"));
    let broken = ErrorLayer::new().map_with(StatusCode::BAD_GATEWAY, |_| -> Busy { panic!("twice") });
    let (fields, _) = told(&broken, response);
    let both = "the service panicked: twice (when it was to answer for: upstream is gone)";
    assert_eq!(fields["exception.message"], both);
}

#[test]
fn a_text_that_is_kept_or_was_to_be_is_told_too() {
    for (limit, message) in [(100, "The story is being edited."), (9, "The story…")] {
        let response = || {
            let response = Response::builder().status(409).header("content-type", "text/plain");
            let ready = vec![&b"The story"[..], b" is being edited."];
            response.body(Frames { ready, ends: true }).unwrap()
        };
        let (fields, answered) = told(&ErrorLayer::new().keep_client_error_text(limit), response);
        assert_eq!(fields["exception.message"], message);
        assert_eq!(answered.contains(message), limit == 100, "{answered}");
    }
}

/// Panics when it is read, or only when it is dropped.
struct Panics {
    when_read: bool,
}

impl Body for Panics {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Polling<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        assert!(!self.when_read, "sector 9");
        Poll::Ready(None)
    }
}

impl Drop for Panics {
    fn drop(&mut self) {
        assert!(self.when_read, "sector 7");
    }
}

#[test]
fn a_body_that_panics_is_told_as_a_panic_and_answered_all_the_same() {
    for layer in [ErrorLayer::new(), ErrorLayer::new().keep_client_error_text(100)] {
        for (when_read, sector) in [(true, 9), (false, 7)] {
            let response = || {
                let response = Response::builder().status(409).header("content-type", "text/plain");
                response.body(Panics { when_read }).unwrap()
            };
            let (fields, answered) = told(&layer, response);
            assert_eq!(fields["exception.message"], format!("the service panicked: sector {sector}"));
            assert!(answered.contains(r#""code":"conflict""#), "{answered}");
        }
    }
}

/// What operators read of the refusal of one of axum's own extractors, and what callers do.
fn refused(request: http::request::Builder, body: &'static str) -> (u16, String, String) {
    async fn needs(_: axum::Extension<u8>) {}
    async fn reads(_: axum::Json<u8>) {}
    let app = Router::new().route("/", get(needs).post(reads)).layer(ErrorLayer::new());
    let (mut status, mut answered) = (0, Bytes::new());
    let mut events = events_of(|| {
        let request = request.uri("/").body(axum::body::Body::from(body)).unwrap();
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
            let response = app.oneshot(request).await.unwrap();
            status = response.status().as_u16();
            answered = response.into_body().collect().await.unwrap().to_bytes();
        });
    });
    let message = events.remove(0).1.remove("exception.message").expect("the event says why");
    (status, message, String::from_utf8_lossy(&answered).into_owned())
}

#[test]
fn a_handler_that_lacks_an_extension_is_told_apart() {
    let (status, message, answered) = refused(Request::get("/"), "");
    assert_eq!(status, 500);
    assert!(message.starts_with("Missing request extension: ") && message.contains("`u8`"), "{message}");
    assert!(!answered.contains("u8"), "{answered}");
}

#[test]
fn why_axums_own_json_refuses_a_body_is_told_to_operators_alone() {
    let json = || Request::post("/").header("content-type", "application/json");
    for (request, body, status, told) in [
        (Request::post("/"), "7", 415, "Expected request with `Content-Type: application/json`"),
        (json(), "7 7", 400, "Failed to parse the request body as JSON: "),
        (json(), "256", 422, "Failed to deserialize the JSON body into the target type: "),
    ] {
        let (answered_with, message, answered) = refused(request, body);
        assert_eq!(answered_with, status);
        assert!(message.starts_with(told), "{message}");
        assert!(answered.contains("\"code\"") && !answered.contains(told), "{answered}");
    }
}
