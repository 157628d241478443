//! Which id a request has: its own where that is sane, else a made one, and beside tower-http's layers theirs. The
//! same one stands in the response's header, in the body and in the context, and where it is asked for in the request.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use errorbook::ApiError;
use errorbook::context::Context;
use errorbook::tower::ErrorLayer;
use http::HeaderName;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::{ServiceBuilder, ServiceExt};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};

use super::{REQUEST_ID, ServiceError};

/// Answers with an error or with none, and says in headers what it knows of the request's id.
async fn handler(request: Request) -> Response {
    let mut response = match request.uri().path() {
        "/declared" => ServiceError::NotFound.into_response(),
        "/foreign" => http::StatusCode::FORBIDDEN.into_response(),
        _ => "fine".into_response(),
    };
    let headers = response.headers_mut();
    if let Some(id) = request.headers().get(REQUEST_ID) {
        headers.insert("x-from-header", id.clone());
    }
    if let Some(id) = request.extensions().get::<RequestId>() {
        headers.insert("x-from-tower-http", id.header_value().clone());
    }
    if let Some(context) = Context::current() {
        headers.insert("x-from-context", context.request_id().unwrap().parse().unwrap());
    }
    response
}

/// Tells every line of the header that has come as far as a handler.
fn all_of_the_header() -> Router {
    Router::new().route(
        "/{path}",
        any(async |request: Request| {
            let given: Vec<_> = request.headers().get_all(REQUEST_ID).iter().cloned().collect();
            let mut response = handler(request).await;
            response.headers_mut().remove("x-from-header");
            for id in given {
                response.headers_mut().append("x-from-header", id);
            }
            response
        }),
    )
}

fn app() -> Router {
    Router::new().route("/{path}", any(handler))
}

/// Asks for a path with these ids; what comes back is every id that anyone was told.
async fn ids(app: Router, path: &str, given: &[&str]) -> Vec<String> {
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    for id in given {
        request.headers_mut().append(REQUEST_ID, id.parse().unwrap());
    }
    let response = app.oneshot(request).await.unwrap();
    let names = ["x-request-id", "x-from-header", "x-from-tower-http", "x-from-context"];
    let mut ids = Vec::new();
    for name in names {
        ids.extend(response.headers().get_all(name).iter().map(|id| id.to_str().unwrap().to_owned()));
    }
    if response.status().is_client_error() {
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let body: Value = serde_json::from_slice(&body).unwrap();
        ids.push(body["error"]["request_id"].as_str().unwrap().to_owned());
    }
    ids
}

#[track_caller]
fn assert_all(ids: &[String], expected: &str, count: usize) {
    assert!(ids.len() == count && ids.iter().all(|id| id == expected), "{ids:?}");
}

const PATHS: [(&str, usize); 3] = [("/declared", 1), ("/foreign", 1), ("/fine", 0)];

#[tokio::test]
async fn a_sane_id_of_the_request_is_everybodys() {
    for (path, in_body) in PATHS {
        let ids = ids(app().layer(ErrorLayer::new()), path, &["given-1"]).await;
        assert_all(&ids, "given-1", 3 + in_body);
    }
}

#[tokio::test]
async fn a_made_id_is_everybodys() {
    for (path, in_body) in PATHS {
        let in_context = ids(app().layer(ErrorLayer::new()), path, &[]).await;
        let layer = ErrorLayer::new().set_request_header(true);
        let in_request_too = ids(app().layer(layer), path, &[]).await;
        for (ids, count) in [(in_context, 2), (in_request_too, 3)] {
            assert!(ids[0].starts_with("req_") && ids[0].len() == 36, "{ids:?}");
            assert_all(&ids, &ids[0], count + in_body);
        }
    }
}

#[tokio::test]
async fn a_layer_within_another_has_its_id() {
    for given in [&["given-1"][..], &[], &["<script>"]] {
        for (path, in_body) in PATHS {
            let ids = ids(app().layer(ErrorLayer::new()).layer(ErrorLayer::new()), path, given).await;
            assert_all(&ids, &ids[0], 2 + usize::from(!given.is_empty()) + in_body);
        }
    }
}

#[tokio::test]
async fn an_id_that_is_not_sane_is_replaced_for_everybody() {
    for given in ["<script>", "a b", "", &"x".repeat(129)] {
        for (path, in_body) in PATHS {
            let ids = ids(app().layer(ErrorLayer::new()), path, &[given]).await;
            assert!(ids[0].starts_with("req_"), "{ids:?}");
            assert_all(&ids, &ids[0], 3 + in_body);
        }
    }
}

#[tokio::test]
async fn of_several_ids_one_goes_on() {
    for (given, known) in [
        (&["given-1", "<script>"][..], Some("given-1")),
        (&["given-1", "given-2", "given-3"], Some("given-1")),
        (&["given-1", ""], Some("given-1")),
        (&["<script>", "given-2"], None),
        (&["given-1, given-2"], None),
        (&["given-1,given-2", "given-1"], None),
    ] {
        for (path, in_body) in PATHS {
            let ids = ids(all_of_the_header().layer(ErrorLayer::new()), path, given).await;
            let expected = known.unwrap_or(&ids[0]).to_owned();
            assert!(known.is_some() || expected.starts_with("req_"), "{ids:?}");
            assert_all(&ids, &expected, 3 + in_body);
        }
    }
}

#[tokio::test]
async fn the_header_has_the_name_that_was_set() {
    let app = app().layer(ErrorLayer::new().request_id_header(HeaderName::from_static("x-trace")));
    let mut request = Request::get("/fine").body(Body::empty()).unwrap();
    request.headers_mut().insert("x-trace", "given-1".parse().unwrap());
    let response = app.oneshot(request).await.unwrap();
    assert_eq!(response.headers()["x-trace"], "given-1");
    assert_eq!(response.headers()["x-from-context"], "given-1");
    assert!(!response.headers().contains_key(REQUEST_ID));
}

#[tokio::test]
async fn around_the_layer_tower_http_makes_the_id() {
    let stack = ServiceBuilder::new()
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(ErrorLayer::new());
    for (path, in_body) in PATHS {
        let given = ids(app().layer(stack.clone()), path, &["given-1"]).await;
        assert_all(&given, "given-1", 4 + in_body);
        let made = ids(app().layer(stack.clone()), path, &[]).await;
        assert!(!made[0].starts_with("req_"), "{made:?}");
        assert_all(&made, &made[0], 4 + in_body);
    }
}

#[tokio::test]
async fn within_the_layer_tower_http_takes_the_id_over_from_the_header() {
    let stack = ServiceBuilder::new()
        .layer(ErrorLayer::new().set_request_header(true))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(PropagateRequestIdLayer::x_request_id());
    for (path, in_body) in PATHS {
        for given in [&["given-1"][..], &[], &["<script>"]] {
            let ids = ids(app().layer(stack.clone()), path, given).await;
            assert_all(&ids, &ids[0].clone(), 4 + in_body);
            assert!(ids[0] == "given-1" || ids[0].starts_with("req_"), "{ids:?}");
        }
    }
}

#[tokio::test]
async fn callers_read_the_layers_id_whatever_is_made_within() {
    let stack = ServiceBuilder::new()
        .layer(ErrorLayer::new())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(PropagateRequestIdLayer::x_request_id());
    let ids = ids(app().layer(stack), "/foreign", &[]).await;
    let [header, in_request, of_tower_http, in_context, in_body] = &ids[..] else { panic!("{ids:?}") };
    assert!(header.starts_with("req_") && header == in_context && header == in_body, "{ids:?}");
    assert!(in_request == of_tower_http && in_request != header, "{ids:?}");
}

/// The ids in both headers, where there are, and in the body.
async fn told(response: http::Response<impl http_body::Body<Error: std::fmt::Debug>>) -> Vec<String> {
    let text = |id: &http::HeaderValue| id.to_str().unwrap().to_owned();
    let headers = ["x-request-id", "x-trace"];
    let mut ids: Vec<_> = headers.iter().filter_map(|name| response.headers().get(*name).map(text)).collect();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let body: Value = serde_json::from_slice(&body).unwrap();
    ids.extend(body["error"]["request_id"].as_str().map(str::to_owned));
    ids
}

fn asked(headers: &[(&str, &str)]) -> Request {
    let mut request = Request::get("/declared").body(Body::empty()).unwrap();
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    request
}

#[tokio::test]
async fn an_answer_that_is_sent_again_tells_one_id() {
    // A cache within the layer, which has had the answer to another request.
    let cached = std::sync::Arc::new(std::sync::Mutex::new(None));
    let inner = tower::service_fn(move |_: Request| {
        let mut cached = cached.lock().unwrap();
        let response = cached.get_or_insert_with(|| ServiceError::NotFound.respond()).clone();
        std::future::ready(Ok::<_, std::convert::Infallible>(response.map(http_body_util::Full::new)))
    });
    let service = ServiceBuilder::new().layer(ErrorLayer::new()).service(inner);
    for id in ["first", "second"] {
        let response = service.clone().oneshot(asked(&[("x-request-id", id)])).await.unwrap();
        // The request in which the error was made, of which operators have read.
        assert_eq!(told(response).await, ["first", "first"]);
    }
}

#[tokio::test]
async fn an_answer_whose_body_shows_no_id_has_that_of_its_request() {
    #[derive(ApiError)]
    #[api(status = none, code = "broken_off", message = "It broke off.")]
    struct BrokenOff;

    let cached = std::sync::Arc::new(std::sync::OnceLock::new());
    let inner = tower::service_fn(move |_: Request| {
        let response = cached.get_or_init(|| BrokenOff.respond()).clone();
        std::future::ready(Ok::<_, std::convert::Infallible>(response.map(http_body_util::Full::new)))
    });
    let service = ServiceBuilder::new().layer(ErrorLayer::new()).service(inner);
    for id in ["first", "second"] {
        let response = service.clone().oneshot(asked(&[("x-request-id", id)])).await.unwrap();
        assert_eq!(told(response).await, [id]);
    }
}

#[tokio::test]
async fn two_layers_on_different_headers_tell_one_id() {
    let trace = || ErrorLayer::new().request_id_header(HeaderName::from_static("x-trace"));
    let both = &[("x-request-id", "a"), ("x-trace", "b")][..];
    for app in [app().layer(ErrorLayer::new()).layer(trace()), app().layer(trace()).layer(ErrorLayer::new())]
    {
        for given in [both, &both[..1], &both[1..], &[]] {
            for path in ["/declared", "/foreign"] {
                let mut request = asked(given);
                *request.uri_mut() = path.parse().unwrap();
                let ids = told(app.clone().oneshot(request).await.unwrap()).await;
                assert_all(&ids, &ids[0], 3);
            }
        }
    }
}

#[tokio::test]
async fn an_id_that_was_set_by_hand_is_the_headers_too() {
    let by_hand = |id: &'static str| {
        let handler =
            move || std::future::ready(ServiceError::NotFound.body().with_request_id(id).into_response());
        Router::new().route("/declared", any(handler)).layer(ErrorLayer::new())
    };
    let response = by_hand("upstream-7").oneshot(asked(&[("x-request-id", "given-1")])).await.unwrap();
    assert_eq!(told(response).await, ["upstream-7", "upstream-7"]);
    // What no header can tell stays in the body.
    let response = by_hand("two\nlines").oneshot(asked(&[("x-request-id", "given-1")])).await.unwrap();
    assert_eq!(told(response).await, ["given-1", "two\nlines"]);
}

#[tokio::test]
async fn an_id_that_no_body_shows_is_not_the_headers() {
    const SILENT: errorbook::Envelope = errorbook::envelope!({ "code": code, "tenant": context.tenant? });
    let handler = || {
        let body = ServiceError::NotFound.body().with_envelope(&SILENT).with_request_id("upstream-7");
        std::future::ready(body.into_response())
    };
    let app = Router::new().route("/declared", any(handler)).layer(ErrorLayer::new());
    let response = app.oneshot(asked(&[("x-request-id", "given-1")])).await.unwrap();
    assert_eq!(told(response).await, ["given-1"]);
}
