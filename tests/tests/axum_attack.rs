//! What a hostile caller can send to the extractors: each answer is in the envelope, short, and true.

use std::collections::HashMap;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use errorbook::axum::{Json, Path, Query, Valid};
use http::{Request, Response};
use serde::Deserialize;
use serde_json::Value;
use tower::ServiceExt;
use validator::Validate;

#[derive(Debug, Deserialize, Validate)]
#[expect(dead_code, reason = "only read")]
struct Order {
    #[validate(nested)]
    #[serde(default)]
    items: Vec<Item>,
    #[serde(default)]
    tags: HashMap<String, u8>,
    #[serde(default)]
    deep: Value,
    #[serde(default)]
    weight: f64,
    #[serde(default)]
    size: Option<Size>,
    #[serde(default)]
    tree: Option<Tree>,
}

#[derive(Debug, Deserialize, Validate)]
struct Item {
    #[validate(range(min = 1))]
    price: u32,
}

#[derive(Debug, Deserialize)]
enum Size {
    Large,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[expect(dead_code, reason = "only read")]
enum Tree {
    Branch { left: Box<Tree> },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    page: u32,
}

fn service() -> Router {
    Router::new()
        .route("/orders", post(async |Json(order): Json<Order>| format!("{order:?}")))
        .route("/valid", post(async |order: Valid<Json<Order>>| format!("{order:?}")))
        .route("/strict", get(async |Query(Strict { page }): Query<Strict>| page.to_string()))
        .route("/map", get(async |Query(map): Query<HashMap<String, u8>>| map.len().to_string()))
        .route("/path/{page}", get(async |Path(Strict { page }): Path<Strict>| page.to_string()))
        .layer(DefaultBodyLimit::max(10_000_000))
}

fn answer(request: Request<Body>) -> Response<String> {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
        let (parts, body) = service().oneshot(request).await.unwrap().into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Response::from_parts(parts, String::from_utf8(body.to_vec()).unwrap())
    })
}

fn post_to(uri: &str, body: impl Into<Body>) -> Response<String> {
    answer(Request::post(uri).header("content-type", "application/json").body(body.into()).unwrap())
}

/// Status, code, and the pointer where there is a field. In the envelope, and short.
fn rejected(response: &Response<String>) -> (u16, String, Option<String>) {
    let text = response.body();
    assert!(text.len() < 40_000, "{}", text.len());
    assert_eq!(response.headers()["content-type"], "application/json", "{text}");
    let body: Value = serde_json::from_str(text).unwrap();
    let error = &body["error"];
    assert!(error["message"].is_string());
    let pointer = error["details"][0]["pointer"].as_str().map(str::to_owned);
    (response.status().as_u16(), error["code"].as_str().unwrap().to_owned(), pointer)
}

#[track_caller]
fn expect(response: &Response<String>, status: u16, code: &str, pointer: impl Into<Option<&'static str>>) {
    let pointer = pointer.into().map(str::to_owned);
    assert_eq!(rejected(response), (status, code.to_owned(), pointer), "{}", response.body());
}

#[test]
fn a_body_that_is_no_json_is_told_so() {
    let deep = format!("{{\"deep\":{}", "[".repeat(1_000_000));
    for body in [
        "\u{feff}{}".as_bytes(),
        b"{\"tags\":{\"\xff\":1}}",
        b"{\"size\":\"\xff\"}",
        b"\xff",
        b"{} {}",
        b"{}\0",
        b"{\"weight\":NaN}",
        b"{\"weight\":Infinity}",
        b"{\"weight\":01}",
        b"{\"weight\":1e}",
        b"{'weight':1}",
        deep.as_bytes(),
        b"",
    ] {
        for uri in ["/orders", "/valid"] {
            expect(&post_to(uri, body.to_vec()), 400, "invalid_json", None);
        }
    }
}

#[test]
fn a_value_out_of_every_range_has_its_place() {
    for (body, pointer) in [
        (r#"{"items":[{"price":1},{"price":99999999999999999999999999}]}"#, "/items/1/price"),
        (r#"{"items":[{"price":1e2}]}"#, "/items/0/price"),
        (r#"{"items":[{"price":-0}]}"#, "/items/0/price"),
        (r#"{"items":[{"price":1.5}]}"#, "/items/0/price"),
        (r#"{"tags":{"":256}}"#, "/tags/"),
        (r#"{"tags":{"~1":256}}"#, "/tags/~01"),
        (r#"{"tags":{"a":1,"a":256}}"#, "/tags/a"),
        (r#"{"items":[],"items":[]}"#, "/items"),
        (r#"{"items":[],"\u0069tems":[]}"#, "/items"),
        (r#"{"size":"\u0000"}"#, "/size"),
        // JSON by its grammar, and yet no text.
        (r#"{"size":"\ud800"}"#, "/size"),
        (r#"{"size":{"Large":null,"Small":null}}"#, "/size"),
        (r#"{"size":{}}"#, "/size"),
        // More than an `f64` holds.
        (r#"{"weight":1e999}"#, "/weight"),
        ("null", ""),
        ("7", ""),
    ] {
        expect(&post_to("/orders", body), 422, "invalid_request", pointer);
    }
    // To serde a struct may be an array of its fields.
    assert_eq!(post_to("/orders", "[]").status(), 200);
}

#[test]
fn depth_is_bounded_and_has_a_place() {
    let deep = format!("{{\"deep\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let response = post_to("/orders", deep);
    let (status, code, pointer) = rejected(&response);
    assert_eq!((status, &*code), (422, "invalid_request"));
    assert!(pointer.unwrap().starts_with("/deep"), "{}", response.body());

    for depth in [10, 60, 100_000] {
        let tree =
            format!("{{\"tree\":{}5{}}}", r#"{"kind":"Branch","left":"#.repeat(depth), "}".repeat(depth));
        let response = post_to("/orders", tree);
        let (status, code, pointer) = rejected(&response);
        assert_eq!((status, &*code), (422, "invalid_request"));
        assert!(pointer.unwrap().starts_with("/tree"), "{}", response.body());
    }
}

#[test]
fn a_large_body_of_mistakes_is_answered_shortly() {
    let items = vec![r#"{"price":0}"#; 150_000].join(",");
    let response = post_to("/valid", format!("{{\"items\":[{items}]}}"));
    expect(&response, 422, "invalid_request", "/items/0/price");
    let body: Value = serde_json::from_str(response.body()).unwrap();
    assert_eq!(body["error"]["details"].as_array().unwrap().len(), 101);
    assert_eq!(body["error"]["details"][100]["message"], "and 149900 more");

    let long = "a".repeat(2_000_000);
    for body in [
        format!("{{\"{long}\":1,\"tags\":{{\"{long}\":256}}}}"),
        format!("{{\"size\":\"{long}\"}}"),
        format!("{{\"size\":{{\"{long}\":1}}}}"),
        format!("{{\"tags\":[\"{long}\"]}}"),
        format!("{{\"weight\":\"{}\"}}", "\\u0001".repeat(300_000)),
    ] {
        let (status, code, _) = rejected(&post_to("/orders", body));
        assert_eq!((status, &*code), (422, "invalid_request"));
    }
}

#[test]
fn a_query_or_path_of_any_bytes_has_its_parameter() {
    for (uri, pointer) in [
        ("/strict?page=1&page=2", "/page"),
        ("/strict?page=%FF", "/page"),
        ("/strict?page=1%00", "/page"),
        ("/strict?page=1&%FF=1", "/\u{fffd}"),
        ("/strict?page=1&=1", "/"),
        ("/strict?page=1&a%2Fb%7E=1", "/a~1b~0"),
        ("/strict?&&&", "/page"),
        ("/strict", "/page"),
        ("/strict?page", "/page"),
        ("/strict?PAGE=1", "/PAGE"),
        ("/map?a=1&b=256", "/b"),
        ("/map?a=1&a=256", "/a"),
        ("/map?a+b=x", "/a b"),
        ("/map?%0D%0A=x", "/\r\n"),
    ] {
        expect(&answer(Request::get(uri).body(Body::empty()).unwrap()), 400, "invalid_query", pointer);
    }
    let long = format!("/map?{}=x", "a".repeat(60_000));
    expect(&answer(Request::get(long).body(Body::empty()).unwrap()), 400, "invalid_query", "");
    for (uri, pointer) in
        [("/path/x", "/page"), ("/path/%FF", "/page"), ("/path/%00", "/page"), ("/path/1%2F2", "/page")]
    {
        expect(&answer(Request::get(uri).body(Body::empty()).unwrap()), 400, "invalid_path", pointer);
    }
}

#[test]
fn media_types_are_compared_as_such() {
    for (content_type, status) in [
        ("application/json", 200),
        ("Application/JSON", 200),
        ("application/json;charset=UTF-8", 200),
        ("application/json; charset=\"utf-8\"", 200),
        ("application/vnd.x+json", 200),
        ("application/vnd.x+JSON; version=1", 200),
        ("text/json", 415),
        ("application/jsonp", 415),
        ("application/json-seq", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/json, text/plain", 415),
        ("json", 415),
        ("", 415),
        ("/", 415),
        (";", 415),
    ] {
        for uri in ["/orders", "/valid"] {
            let request = Request::post(uri).header("content-type", content_type);
            let response = answer(request.body(Body::from("{}")).unwrap());
            assert_eq!(response.status(), status, "{content_type}: {}", response.body());
            if status == 415 {
                expect(&response, 415, "unsupported_media_type", None);
            }
        }
    }
    let bytes = http::HeaderValue::from_bytes(b"application/json\xff").unwrap();
    let request = Request::post("/orders").header("content-type", bytes).body(Body::from("{}")).unwrap();
    expect(&answer(request), 415, "unsupported_media_type", None);
}

/// A body that ends with an error after some of it.
struct BreaksOff(Option<Bytes>);

impl HttpBody for BreaksOff {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _task: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        let error = std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "hunter2");
        Poll::Ready(Some(self.0.take().map(http_body::Frame::data).ok_or(error)))
    }
}

#[test]
fn a_body_that_breaks_off_or_is_too_large_is_not_validated() {
    for uri in ["/orders", "/valid"] {
        let response = post_to(uri, Body::new(BreaksOff(Some(Bytes::from_static(b"{}")))));
        expect(&response, 400, "unreadable_body", None);
        assert!(!response.body().contains("hunter2"));
        expect(&post_to(uri, " ".repeat(10_000_001)), 413, "payload_too_large", None);
    }
}
