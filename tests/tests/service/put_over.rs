//! Statuses, headers and whole heads that are put over an error's answer: the layer sends what the error declares.

use std::convert::Infallible;
use std::future::ready;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use errorbook::tower::{ErrorLayer, LeaveAsIs};
use errorbook::{Answered, ApiError};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::{Layer, ServiceExt, service_fn};

#[derive(ApiError)]
enum Error {
    #[api(status = 410, message = "This run has expired.")]
    Gone,
    #[api(status = 403, message = "No.", header("Cache-Control", "no-store"), header("ETag", "\"none\""))]
    Forbidden,
    #[api(status = 409, message = "No.")]
    Moved {
        #[api(header = "Location")]
        to: &'static str,
    },
}

#[derive(Clone)]
struct Kept;

struct Sent {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    is_kept: bool,
}

impl Sent {
    fn code(&self) -> Value {
        serde_json::from_slice::<Value>(&self.body).unwrap()["error"]["code"].take()
    }
}

/// What is sent where a handler answers with this.
async fn sent<R: IntoResponse>(make: impl Fn() -> R + Clone + Send + Sync + 'static) -> Sent {
    sent_by(ErrorLayer::new().keep_extension::<Kept>(), make).await
}

async fn sent_by<R: IntoResponse>(
    layer: ErrorLayer,
    make: impl Fn() -> R + Clone + Send + Sync + 'static,
) -> Sent {
    let app = Router::new().route("/", get(move || ready(make().into_response()))).layer(layer);
    let response = app.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Sent {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body,
        is_kept: parts.extensions.get::<Kept>().is_some(),
    }
}

/// Its `Serialize` fails.
fn no_json() -> errorbook::axum::Json<Unserializable> {
    errorbook::axum::Json(Unserializable)
}

#[derive(Clone)]
struct Unserializable;

impl serde::Serialize for Unserializable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("the disk is full"))
    }
}

#[tokio::test]
async fn a_declared_status_is_sent_whatever_was_put_over_it() {
    for status in [StatusCode::OK, StatusCode::CREATED, StatusCode::NOT_FOUND, StatusCode::BAD_GATEWAY] {
        let sent = sent(move || (status, Error::Gone)).await;
        assert_eq!((sent.status, sent.code()), (410, "gone".into()));
    }
    let sent = sent(|| (StatusCode::CREATED, no_json())).await;
    assert_eq!((sent.status, sent.code()), (500, "internal_error".into()));
}

#[tokio::test]
async fn what_was_laid_over_for_a_value_goes_with_it() {
    let parts = [
        ("cache-control", "max-age=600"),
        ("cdn-cache-control", "max-age=600"),
        ("content-disposition", "attachment"),
        ("content-type", "text/csv"),
        ("etag", "\"v1\""),
        ("expires", "Sun, 06 Nov 2044 08:49:37 GMT"),
        ("location", "/stories/7"),
        ("set-cookie", "a=1"),
        ("x-trace", "t"),
    ];
    let answers =
        [sent(move || (parts, no_json())).await, sent(move || (StatusCode::OK, parts, Error::Gone)).await];
    for Sent { headers, .. } in answers {
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(
            (&headers["set-cookie"], &headers["x-trace"]),
            (&"a=1".parse().unwrap(), &"t".parse().unwrap())
        );
        for (name, _) in parts {
            let stays = ["content-type", "set-cookie", "x-trace"].contains(&name);
            assert_eq!(headers.contains_key(name), stays, "{name}");
        }
    }
}

#[tokio::test]
async fn what_the_error_declares_stays() {
    let parts = [("cache-control", "max-age=600"), ("etag", "\"v1\"")];
    let Sent { status, headers, .. } = sent(move || (StatusCode::OK, parts, Error::Forbidden)).await;
    assert_eq!(status, 403);
    assert_eq!(
        (&headers["cache-control"], &headers["etag"]),
        (&"no-store".parse().unwrap(), &"\"none\"".parse().unwrap())
    );
    let Sent { headers, .. } = sent(|| (StatusCode::OK, Error::Moved { to: "/there" })).await;
    assert_eq!(headers["location"], "/there");
}

#[tokio::test]
async fn headers_that_a_handler_puts_over_its_own_error_are_its_own() {
    let parts = [("cache-control", "max-age=600"), ("x-trace", "t")];
    let Sent { status, headers, .. } = sent(move || (parts, Error::Gone)).await;
    assert_eq!((status, &headers["cache-control"]), (410, &"max-age=600".parse().unwrap()));
}

#[tokio::test]
async fn a_whole_head_that_was_put_over_an_error_goes() {
    let head = || {
        let upstream = http::Response::builder()
            .status(200)
            .header("content-encoding", "gzip")
            .header("content-length", "9999")
            .header("content-type", "text/html")
            .header("x-upstream", "u")
            .extension(Kept)
            .extension("a secret");
        upstream.body(()).unwrap().into_parts().0
    };
    let sent = sent(move || (head(), Error::Gone)).await;
    assert_eq!((sent.status, sent.code()), (410, "gone".into()));
    assert!(!sent.headers.contains_key("content-encoding"));
    assert_eq!(sent.headers["content-type"], "application/json");
    assert!(sent.headers.get("content-length").is_none_or(|length| *length == *sent.body.len().to_string()));
    assert_eq!(sent.headers["x-upstream"], "u");
    assert!(sent.is_kept);
}

#[tokio::test]
async fn a_body_that_was_compressed_since_keeps_what_describes_it() {
    let inner = service_fn(|_: Request<()>| {
        let mut response =
            Error::Gone.respond().map(|_| http_body_util::Full::new(Bytes::from_static(b"smaller")));
        *response.status_mut() = StatusCode::OK;
        response.headers_mut().insert("content-encoding", "br".parse().unwrap());
        ready(Ok::<_, Infallible>(response))
    });
    let response = ErrorLayer::new().layer(inner).oneshot(Request::new(())).await.unwrap();
    assert_eq!(response.status(), StatusCode::GONE);
    assert_eq!(response.headers()["content-encoding"], "br");
}

#[tokio::test]
async fn a_response_that_opted_out_keeps_the_status_that_was_put_over_it() {
    let sent = sent(|| (StatusCode::OK, axum::Extension(LeaveAsIs), Error::Gone)).await;
    assert_eq!(sent.status, 200);
}

#[tokio::test]
async fn a_response_without_the_mark_is_nobodys() {
    let sent = sent(|| {
        let mut response: Response = Error::Gone.into_response();
        response.extensions_mut().remove::<Answered>();
        *response.status_mut() = StatusCode::OK;
        response
    });
    assert_eq!(sent.await.status, 200);
}

#[tokio::test]
async fn grpc_is_told_the_declared_status_too() {
    let app = Router::new()
        .route("/", post(|| ready((StatusCode::CREATED, Error::Forbidden))))
        .layer(ErrorLayer::new().grpc());
    // Through two layers, of which the outer one leaves the inner one's 200 alone.
    for app in [app.clone(), app.layer(ErrorLayer::new().grpc())] {
        let request = Request::post("/").header("content-type", "application/grpc");
        let request = request.version(http::Version::HTTP_2).body(Body::empty()).unwrap();
        let response = app.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["grpc-status"], "7");
    }
}

#[cfg(feature = "tracing")]
#[test]
fn operators_learn_of_a_status_that_was_put_over() {
    use crate::logging::events_of;

    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let warnings = |make: fn() -> Response| {
        let events = events_of(|| drop(runtime.block_on(sent(make))));
        events.into_iter().filter(|(level, _)| *level == tracing::Level::WARN).collect::<Vec<_>>()
    };
    let warned = warnings(|| (StatusCode::OK, Error::Gone).into_response());
    let [(_, fields)] = &warned[..] else { panic!("{warned:?}") };
    assert_eq!(
        ["error.type", "http.response.status_code", "put_over"].map(|name| &*fields[name]),
        ["gone", "410", "200"]
    );
    assert!(fields["request_id"].starts_with("req_"));
    assert!(warnings(|| Error::Gone.into_response()).is_empty());
    assert!(warnings(|| (StatusCode::GONE, Error::Gone).into_response()).is_empty());
}
