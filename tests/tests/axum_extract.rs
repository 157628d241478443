//! The extractors of `errorbook::axum`, in real routers: they accept what axum's accept, and reject in the service's
//! envelope.

use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use errorbook::axum::{Json, Path, Query, Rejection};
use errorbook::context::Context;
use errorbook::{ApiError, FieldError, FieldErrors};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower::ServiceExt;

/// Runs a future on a runtime of its own.
fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// The response to a request, its body as text.
fn answer(service: &Router, request: Request) -> http::Response<String> {
    block_on(async {
        let (parts, body) = service.clone().oneshot(request).await.unwrap().into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        http::Response::from_parts(parts, String::from_utf8(body.to_vec()).unwrap())
    })
}

fn get_request(uri: &str) -> Request {
    Request::get(uri).body(Body::empty()).unwrap()
}

fn post_json(uri: &str, body: impl Into<Body>) -> Request {
    Request::post(uri).header("content-type", "application/json").body(body.into()).unwrap()
}

/// Status and code, and the one field error where there is any.
fn rejected(response: &http::Response<String>) -> (u16, String, Option<[String; 3]>) {
    assert_eq!(response.headers()["content-type"], "application/json");
    let body: Value = serde_json::from_str(response.body()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let error = &body["error"];
    let details = error["details"].as_array().map(|details| {
        assert_eq!(details.len(), 1);
        ["pointer", "code", "message"].map(|name| text(&details[0][name]))
    });
    (response.status().as_u16(), text(&error["code"]), details)
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Order {
    items: Vec<Item>,
    #[serde(default, rename = "paid/by")]
    paid_by: Option<Payment>,
    #[serde(default)]
    tags: HashMap<String, u8>,
    #[serde(default)]
    shape: Option<Shape>,
    #[serde(default)]
    either: Option<Either>,
    #[serde(default)]
    id: Option<StoryId>,
    #[serde(default)]
    numbers: HashMap<u8, u8>,
    #[serde(default)]
    pair: Option<(u8, String)>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Item {
    price: u32,
    #[serde(default)]
    done: bool,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Payment {
    Cash,
    Card { number: String },
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Shape {
    Circle { radius: u8 },
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
enum Either {
    Number(u8),
    Text(String),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(try_from = "String")]
struct StoryId(String);

impl TryFrom<String> for StoryId {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        if id.starts_with("brief_") { Ok(Self(id)) } else { Err("a story id begins with `brief_`") }
    }
}

fn orders() -> Router {
    Router::new().route("/orders", post(async |order: Json<Order>| order))
}

fn reject_order(body: &str) -> (u16, String, Option<[String; 3]>) {
    rejected(&answer(&orders(), post_json("/orders", body.to_owned())))
}

#[test]
fn what_fits_is_taken_and_given_back() {
    let sent = r#"{"items":[{"price":1}],"paid/by":{"card":{"number":"1"}}}"#;
    let response = answer(&orders(), post_json("/orders", sent));
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let got: Value = serde_json::from_str(response.body()).unwrap();
    assert_eq!(got["items"], json!([{ "price": 1, "done": false }]));
    assert_eq!(got["paid/by"]["card"]["number"], "1");
}

#[test]
fn the_pointer_is_that_of_the_bad_field() {
    for (body, pointer, code, message) in [
        ("{}", "/items", "missing_field", "missing field `items`"),
        ("[]", "", "invalid_value", "invalid length 0, expected an object"),
        ("7", "", "invalid_type", "invalid type: integer `7`, expected an object"),
        (r#"{"items":{}}"#, "/items", "invalid_type", "invalid type: object, expected an array"),
        (r#"{"items":[{"price":1},{}]}"#, "/items/1/price", "missing_field", "missing field `price`"),
        (
            r#"{"items":[{"price":"ten"}]}"#,
            "/items/0/price",
            "invalid_type",
            "invalid type: string \"ten\", expected a whole number from 0 to 4294967295",
        ),
        (
            r#"{"items":[{"price":-1}]}"#,
            "/items/0/price",
            "invalid_value",
            "invalid value: integer `-1`, expected a whole number from 0 to 4294967295",
        ),
        (
            r#"{"items":[{"price":1,"done":null}]}"#,
            "/items/0/done",
            "invalid_type",
            "invalid type: null, expected `true` or `false`",
        ),
        (
            r#"{"items":[{"price":1,"price":2}]}"#,
            "/items/0/price",
            "duplicate_field",
            "duplicate field `price`",
        ),
        (
            r#"{"items":[],"paid/by":{"card":{}}}"#,
            "/paid~1by/card/number",
            "missing_field",
            "missing field `number`",
        ),
        (
            r#"{"items":[],"paid/by":"gold"}"#,
            "/paid~1by",
            "invalid_value",
            "unknown variant `gold`, expected `cash` or `card`",
        ),
        (
            r#"{"items":[],"tags":{"a/b~c":256}}"#,
            "/tags/a~1b~0c",
            "invalid_value",
            "invalid value: integer `256`, expected a whole number from 0 to 255",
        ),
        (
            r#"{"items":[],"shape":{"type":"circle"}}"#,
            "/shape/radius",
            "missing_field",
            "missing field `radius`",
        ),
        (
            r#"{"items":[],"shape":{"type":"square"}}"#,
            "/shape/type",
            "invalid_value",
            "unknown variant `square`, expected `circle`",
        ),
        (
            r#"{"items":[],"either":null,"either":[]}"#,
            "/either",
            "duplicate_field",
            "duplicate field `either`",
        ),
        (r#"{"items":[],"either":[]}"#, "/either", "invalid_value", "none of the possible forms fits"),
        (r#"{"items":[],"id":"7"}"#, "/id", "invalid_value", "a story id begins with `brief_`"),
        (r#"{"items":[],"pair":[1]}"#, "/pair", "invalid_value", "invalid length 1, expected an array"),
        (
            r#"{"items":[],"pair":[1,2]}"#,
            "/pair/1",
            "invalid_type",
            "invalid type: integer `2`, expected a string",
        ),
    ] {
        let (status, outer, field) = reject_order(body);
        assert_eq!((status, &*outer), (422, "invalid_request"), "{body}");
        assert_eq!(field.unwrap(), [pointer, code, message], "{body}");
    }
}

#[test]
fn an_unknown_field_is_named() {
    let (status, _, field) = reject_order(r#"{"items":[],"secret":1}"#);
    let [pointer, code, message] = field.unwrap();
    assert_eq!((status, &*pointer, &*code), (422, "/secret", "unknown_field"));
    assert!(message.starts_with("unknown field `secret`, expected one of `items`"), "{message}");
}

#[test]
fn a_key_that_is_no_string_ends_the_pointer_at_its_map() {
    let (_, _, field) = reject_order(r#"{"items":[],"numbers":{"1":"x"}}"#);
    let [pointer, ..] = field.unwrap();
    assert!(["/numbers", "/numbers/1"].contains(&&*pointer), "{pointer}");
}

#[test]
fn what_is_no_json_is_a_400() {
    for (body, problem) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{", "EOF while parsing an object at line 1 column 1"),
        (r#"{"items":[]"#, "EOF while parsing an object at line 1 column 11"),
        (r#"{"items":[],}"#, "trailing comma at line 1 column 13"),
        (r#"{"items":[]} hunter2"#, "trailing characters at line 1 column 14"),
        ("hunter2", "expected value at line 1 column 1"),
    ] {
        let response = answer(&orders(), post_json("/orders", body));
        assert_eq!(rejected(&response), (400, "invalid_json".to_owned(), None));
        let json: Value = serde_json::from_str(response.body()).unwrap();
        assert_eq!(
            json["error"]["message"],
            format!("The request body is not valid JSON: {problem}."),
            "{body}"
        );
    }
}

#[test]
fn other_content_types_are_a_415_that_says_what_is_accepted() {
    for content_type in [
        None,
        Some("text/plain"),
        Some("text/json"),
        Some("application/jsonp"),
        Some("application/x-www-form-urlencoded"),
        Some("?"),
    ] {
        let mut request = Request::post("/orders");
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let response = answer(&orders(), request.body(Body::from(r#"{"items":[]}"#)).unwrap());
        assert_eq!(rejected(&response), (415, "unsupported_media_type".to_owned(), None));
        assert_eq!(response.headers()["accept"], "application/json");
    }
    for content_type in
        ["application/json; charset=utf-8", "Application/JSON;charset=utf-8", "application/cloudevents+json"]
    {
        let request = Request::post("/orders").header("content-type", content_type);
        let response = answer(&orders(), request.body(Body::from(r#"{"items":[]}"#)).unwrap());
        assert_eq!(response.status(), 200, "{content_type}");
    }
}

#[test]
fn a_body_over_the_limit_is_a_413() {
    let service = orders().layer(DefaultBodyLimit::max(10));
    let response = answer(&service, post_json("/orders", r#"{"items":[]}"#));
    assert_eq!(rejected(&response), (413, "payload_too_large".to_owned(), None));
}

#[test]
fn a_body_that_breaks_off_is_a_400_without_its_cause() {
    let broken = broken_body::with("hunter2: connection reset");
    let response = answer(&orders(), post_json("/orders", broken));
    assert_eq!(rejected(&response), (400, "unreadable_body".to_owned(), None));
    assert!(!response.body().contains("hunter2"));
}

/// A body whose first read fails.
mod broken_body {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use axum::body::{Body, Bytes, HttpBody};

    struct Broken(&'static str);

    impl HttpBody for Broken {
        type Data = Bytes;
        type Error = io::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _task: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, io::Error>>> {
            Poll::Ready(Some(Err(io::Error::other(self.0))))
        }
    }

    pub(super) fn with(cause: &'static str) -> Body {
        Body::new(Broken(cause))
    }
}

#[test]
fn a_long_value_or_key_is_not_sent_back_in_full() {
    let long = "é".repeat(100_000);
    for body in [
        format!(r#"{{"items":[{{"price":"{long}"}}]}}"#),
        format!(r#"{{"items":[],"tags":{{"{long}":256}}}}"#),
        format!(r#"{{"items":[],"{long}":256}}"#),
    ] {
        let service = orders();
        let response = answer(&service, post_json("/orders", body));
        assert_eq!(response.status(), 422);
        assert!(response.body().len() < 2000, "{}", response.body().len());
    }
    // The pointer then is that of the value around it.
    let (_, _, field) = reject_order(&format!(r#"{{"items":[],"tags":{{"{long}":256}}}}"#));
    assert_eq!(field.unwrap()[0], "/tags");
}

#[derive(Debug, Deserialize)]
struct Page {
    page: u32,
    #[serde(default)]
    order: Option<Direction>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Direction {
    Up,
    Down,
}

#[test]
fn a_bad_query_names_the_parameter() {
    let service = Router::new()
        .route("/", get(async |Query(Page { page, order }): Query<Page>| format!("{page} {order:?}")));
    assert_eq!(answer(&service, get_request("/?page=7&order=up")).body(), "7 Some(Up)");
    let u32 = "invalid value, expected a whole number from 0 to 4294967295";
    for (uri, pointer, code, message) in [
        ("/", "/page", "missing_field", "missing field `page`"),
        ("/?page=two", "/page", "invalid_value", u32),
        ("/?page=", "/page", "invalid_value", u32),
        ("/?page=4294967296", "/page", "invalid_value", u32),
        ("/?page=1&page=2", "/page", "duplicate_field", "duplicate field `page`"),
        ("/?page=1&order=left", "/order", "invalid_value", "unknown variant `left`, expected `up` or `down`"),
    ] {
        let (status, outer, field) = rejected(&answer(&service, get_request(uri)));
        assert_eq!((status, &*outer), (400, "invalid_query"), "{uri}");
        assert_eq!(field.unwrap(), [pointer, code, message], "{uri}");
    }
}

#[derive(Debug, Deserialize)]
struct Chapter {
    story: StoryId,
    chapter: u8,
}

#[test]
fn a_bad_path_parameter_is_named_however_it_is_taken() {
    let service = Router::new()
        .route("/one/{id}", get(async |Path(id): Path<u64>| id.to_string()))
        .route("/text/{id}", get(async |Path(StoryId(id)): Path<StoryId>| id))
        .route(
            "/two/{story}/{chapter}",
            get(async |Path((story, chapter)): Path<(String, u8)>| format!("{story} {chapter}")),
        )
        .route(
            "/named/{story}/{chapter}",
            get(async |Path(Chapter { story, chapter }): Path<Chapter>| format!("{} {chapter}", story.0)),
        )
        .route("/kind/{kind}", get(async |Path(kind): Path<Direction>| format!("{kind:?}")));
    for (uri, body) in [
        ("/one/7", "7"),
        ("/two/a%20b/3", "a b 3"),
        ("/named/brief_1/3", "brief_1 3"),
        ("/kind/up", "Up"),
        ("/text/brief_1", "brief_1"),
    ] {
        assert_eq!(answer(&service, get_request(uri)).body(), body);
    }
    let u8 = "invalid value, expected a whole number from 0 to 255";
    for (uri, pointer, message) in [
        ("/one/x", "/id", "invalid value, expected a whole number from 0 to 18446744073709551615"),
        ("/one/-1", "/id", "invalid value, expected a whole number from 0 to 18446744073709551615"),
        ("/text/x", "/id", "a story id begins with `brief_`"),
        ("/two/a/x", "/chapter", u8),
        ("/two/a/256", "/chapter", u8),
        ("/named/brief_1/x", "/chapter", u8),
        ("/kind/left", "/kind", "unknown variant `left`, expected `up` or `down`"),
        ("/one/%FF", "/id", "percent-encodes what is not UTF-8"),
        ("/named/x/3", "/story", "a story id begins with `brief_`"),
    ] {
        let (status, outer, field) = rejected(&answer(&service, get_request(uri)));
        assert_eq!((status, &*outer), (400, "invalid_path"), "{uri}");
        assert_eq!(field.unwrap(), [pointer, "invalid_value", message], "{uri}");
    }
}

#[test]
fn a_query_and_a_path_are_told_of_in_the_same_words() {
    use std::num::{NonZeroI8, NonZeroU32};

    #[derive(Debug, Deserialize)]
    struct One<T> {
        value: T,
    }

    fn check<T: serde::de::DeserializeOwned + Send + std::fmt::Debug + 'static>(sent: &[&str]) {
        let service = Router::new()
            .route("/", get(async |One { value }: One<T>| format!("{value:?}")))
            .route("/only/{value}", get(async |Path(value): Path<T>| format!("{value:?}")))
            .route("/in/{value}", get(async |Path(One::<T> { value })| format!("{value:?}")));
        for sent in sent {
            let [query, only, within] =
                [format!("/?value={sent}"), format!("/only/{sent}"), format!("/in/{sent}")]
                    .map(|uri| rejected(&answer(&service, get_request(&uri))).2.unwrap());
            assert_eq!(query, only, "{sent}");
            assert_eq!(query, within, "{sent}");
            assert!(query[2].contains(", expected "), "{query:?}");
        }
    }

    impl<T: serde::de::DeserializeOwned> axum::extract::FromRequestParts<()> for One<T> {
        type Rejection = Rejection;

        async fn from_request_parts(parts: &mut http::request::Parts, state: &()) -> Result<Self, Rejection> {
            Ok(Query::from_request_parts(parts, state).await?.0)
        }
    }

    check::<u8>(&["x", "-1", "256", "1.5", "%20"]);
    check::<i64>(&["x", "9223372036854775808", "1e3"]);
    check::<u128>(&["x", "-1"]);
    check::<f64>(&["x", "1,5"]);
    check::<bool>(&["x", "TRUE", "1"]);
    check::<char>(&["xy"]);
    check::<NonZeroU32>(&["x", "0"]);
    check::<NonZeroI8>(&["x", "0", "128"]);
    check::<Direction>(&["left"]);
}

#[test]
fn a_route_that_does_not_fit_its_handler_is_a_500_that_says_nothing() {
    let service = Router::new()
        .route("/none", get(async |_: Path<u64>| ()))
        .route("/two/{a}/{b}", get(async |_: Path<u64>| ()))
        .route("/nested/{a}", get(async |_: Path<HashMap<String, HashMap<String, String>>>| ()));
    for uri in ["/none", "/two/1/2", "/nested/1"] {
        let response = answer(&service, get_request(uri));
        assert_eq!(response.status(), 500, "{uri}");
        assert_eq!(
            response.body(),
            r#"{"error":{"code":"internal_error","message":"Internal Server Error"}}"#
        );
    }
}

#[test]
fn optional_extractors_are_none_where_there_is_nothing() {
    let service = Router::new()
        .route("/json", post(async |found: Option<Json<u8>>| format!("{:?}", found.map(|json| json.0))))
        .route("/path", get(async |found: Option<Path<u8>>| format!("{:?}", found.map(|path| path.0))))
        .route("/path/{id}", get(async |found: Option<Path<u8>>| format!("{:?}", found.map(|path| path.0))));
    assert_eq!(answer(&service, Request::post("/json").body(Body::empty()).unwrap()).body(), "None");
    assert_eq!(answer(&service, post_json("/json", "7")).body(), "Some(7)");
    assert_eq!(answer(&service, post_json("/json", "x")).status(), 400);
    assert_eq!(answer(&service, get_request("/path")).body(), "None");
    assert_eq!(answer(&service, get_request("/path/7")).body(), "Some(7)");
    let (status, _, field) = rejected(&answer(&service, get_request("/path/x")));
    assert_eq!((status, &*field.unwrap()[0]), (400, "/id"));
}

#[test]
fn a_value_that_cannot_be_json_is_a_500_that_says_nothing() {
    struct Secretive;
    impl Serialize for Secretive {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("hunter2"))
        }
    }
    let service = Router::new().route("/", get(async || Json(Secretive)));
    let response = answer(&service, get_request("/"));
    assert_eq!(response.status(), 500);
    assert_eq!(response.body(), r#"{"error":{"code":"internal_error","message":"Internal Server Error"}}"#);
}

#[test]
fn a_rejection_answers_in_the_requests_envelope_with_its_id() {
    async fn with_context(request: Request, next: Next) -> Response {
        let context = Context::new().with_request_id("req_1").with_envelope(&errorbook::envelope::PROBLEM);
        let mut handler = pin!(next.run(request));
        poll_fn(|task| context.clone().scope(|| handler.as_mut().poll(task))).await
    }
    let service = orders().layer(middleware::from_fn(with_context));
    let response = answer(&service, post_json("/orders", "{}"));
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let body: Value = serde_json::from_str(response.body()).unwrap();
    assert_eq!(body["request_id"], "req_1");
    assert_eq!(body["code"], "invalid_request");
    assert_eq!(body["errors"][0]["pointer"], "#/items");
}

#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = errorbook::envelope::FLAT)]
enum StoryError {
    #[error(transparent)]
    #[api(transparent)]
    Rejected(#[from] Rejection),
}

#[test]
fn a_type_of_ones_own_takes_rejections_up() {
    async fn create(order: Result<Json<Order>, Rejection>) -> Result<Json<Order>, StoryError> {
        Ok(order?)
    }
    let service = Router::new().route("/", post(create));
    assert_eq!(answer(&service, post_json("/", r#"{"items":[]}"#)).status(), 200);
    let response = answer(&service, post_json("/", "{}"));
    assert_eq!(response.status(), 422);
    let body: Value = serde_json::from_str(response.body()).unwrap();
    assert_eq!(body["code"], "invalid_request");
    assert_eq!(body["details"][0]["pointer"], "/items");

    let codes: Vec<_> =
        StoryError::catalog().entries().map(|spec| (spec.code(), spec.status().unwrap().as_u16())).collect();
    assert_eq!(
        codes,
        [
            ("invalid_json", 400),
            ("unreadable_body", 400),
            ("payload_too_large", 413),
            ("unsupported_media_type", 415),
            ("invalid_request", 422),
            ("invalid_query", 400),
            ("invalid_path", 400),
            ("internal_error", 500),
        ],
    );
}

#[test]
fn axums_own_rejections_become_ours_with_their_pointers() {
    async fn show(
        chapter: Result<axum::extract::Path<(u8, u8)>, axum::extract::rejection::PathRejection>,
    ) -> Result<(), Rejection> {
        chapter?;
        Ok(())
    }
    let json =
        block_on(axum::Json::<Order>::from_request(post_json("/", r#"{"items":[{}]}"#), &())).unwrap_err();
    let Rejection::InvalidRequest { fields } = Rejection::from(json) else { panic!() };
    // Without the body it is not sure whose member is missing.
    assert_eq!(fields.iter().next().unwrap().to_string(), "/items/0: missing field `price`");

    let query = axum::extract::Query::<Page>::try_from_uri(&"/?page=x".parse().unwrap()).unwrap_err();
    let Rejection::InvalidQuery { fields } = Rejection::from(query) else { panic!() };
    assert_eq!(fields.iter().next().unwrap().to_string(), "/page: invalid value, expected a whole number");
    let query = axum::extract::Query::<Page>::try_from_uri(&"/".parse().unwrap()).unwrap_err();
    assert_eq!(Rejection::from(query).to_string(), "invalid query: /page: missing field `page`");

    let service = Router::new().route("/{a}/{b}", get(show));
    let (status, code, field) = rejected(&answer(&service, get_request("/1/x")));
    assert_eq!((status, &*code, &*field.unwrap()[0]), (400, "invalid_path", "/1"));
}

#[test]
fn what_a_validation_found_is_answered_like_what_could_not_be_read() {
    async fn create(Json(order): Json<Order>) -> Result<(), Rejection> {
        let mut wrong = FieldErrors::new();
        if order.items.is_empty() {
            wrong.push(FieldError::new("/items", "empty", "needs one item at least"));
        }
        Ok(wrong.into_result()?)
    }
    let service = Router::new().route("/", post(create));
    let (status, code, field) = rejected(&answer(&service, post_json("/", r#"{"items":[]}"#)));
    assert_eq!((status, &*code), (422, "invalid_request"));
    assert_eq!(field.unwrap(), ["/items", "empty", "needs one item at least"]);
}

#[test]
fn operators_read_the_field_and_the_cause() {
    let rejection = Json::<Order>::from_bytes(b"{}").unwrap_err();
    assert_eq!(rejection.to_string(), "invalid request: /items: missing field `items`");

    let request = post_json("/", broken_body::with("reset by peer"));
    let rejection = block_on(Json::<Order>::from_request(request, &())).unwrap_err();
    assert!(rejection.to_string().contains("reset by peer"), "{rejection}");
    assert!(std::error::Error::source(&rejection).is_some());
}

#[test]
fn the_extractors_hold_their_value_as_axums_do() {
    let mut json = Json::from(vec![1]);
    json.push(2);
    assert_eq!(json.len(), 2);
    assert_eq!(block_on(axum::body::to_bytes(json.into_response().into_body(), 100)).unwrap(), "[1,2]");
    let mut query = Query(String::new());
    query.push('x');
    let mut path = Path(String::new());
    path.push('x');
    assert_eq!(*query, *path);
}

#[tokio::test]
async fn json_that_does_not_fit_is_told_with_its_field_whatever_serde_json_calls_it() {
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        #[expect(dead_code, reason = "only read")]
        Short(u8),
        Long,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Story {
        kind: Kind,
        #[serde(default)]
        at: (u8, u8),
        #[serde(default)]
        by: HashMap<u8, u8>,
    }

    async fn answer(body: &'static str) -> (u16, Value) {
        let request =
            Request::post("/").header("content-type", "application/json").body(body.into()).unwrap();
        let rejection = Json::<Story>::from_request(request, &()).await.unwrap_err();
        let direct = Json::<Story>::from_bytes(body.as_bytes()).unwrap_err();
        assert_eq!(rejection.body().to_bytes(), direct.body().to_bytes());
        let body = serde_json::from_slice(&rejection.body().to_bytes()).unwrap();
        (rejection.status().as_u16(), body)
    }

    for (body, pointer, message) in [
        (r#"{"kind":5}"#, "/kind", "another kind of value is expected"),
        (r#"{"kind":null}"#, "/kind", "another kind of value is expected"),
        (r#"{"kind":"long","at":[1,2,3]}"#, "/at", "it has more items than expected"),
        (r#"{"kind":"long","by":{"a":1}}"#, "/by", "invalid value: expected key to be a number in quotes"),
    ] {
        let (status, answer) = answer(body).await;
        assert_eq!((status, &answer["error"]["code"]), (422, &json!("invalid_request")), "{body}");
        let field = &answer["error"]["details"][0];
        assert_eq!((&field["pointer"], &field["message"]), (&json!(pointer), &json!(message)), "{body}");
    }
    for body in [r#"{"kind":5"#, r#"{"kind":}"#, r#"{"kind":"long"} x"#, ""] {
        let (status, answer) = answer(body).await;
        assert_eq!((status, &answer["error"]["code"]), (400, &json!("invalid_json")), "{body}");
    }
}

#[test]
fn names_from_a_request_stay_on_the_operators_line() {
    /// Says what it was given.
    #[derive(Debug)]
    struct Named;

    impl<'de> Deserialize<'de> for Named {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let name = String::deserialize(deserializer)?;
            Err(serde::de::Error::custom(format!("no story is called {name}")))
        }
    }

    let seen = |request: Request| {
        block_on(async {
            let (mut parts, body) = request.into_parts();
            let query =
                <Query<HashMap<String, u8>> as axum::extract::FromRequestParts<()>>::from_request_parts(
                    &mut parts,
                    &(),
                );
            let query = query.await.err().map(|rejection| rejection.to_string());
            let json = Json::<Order>::from_request(Request::from_parts(parts, body), &());
            [query, json.await.err().map(|rejection| rejection.to_string())]
        })
    };
    let request = post_json("/?a%0Ab%E2%80%A8=x", "{\"items\":[],\"c\\nERROR forged\":1}");
    for text in seen(request) {
        let text = text.expect("both are rejected");
        assert!(text.contains("\\n") && !text.contains(['\n', '\u{2028}']), "{text:?}");
    }
    // A key of a map, and a text of a path.
    let tags =
        block_on(Json::<HashMap<String, u8>>::from_request(post_json("/", r#"{"c\nERROR":256}"#), &()));
    let text = tags.unwrap_err().to_string();
    assert!(text.contains("/c\\nERROR: ") && !text.contains('\n'), "{text:?}");
    let tell = async |named: Result<Path<Named>, Rejection>| named.unwrap_err().to_string();
    let told = answer(&Router::new().route("/{name}", get(tell)), get_request("/x%0AERROR%20forged"));
    let text = told.body();
    assert!(text.contains("x\\nERROR forged") && !text.contains('\n'), "{text:?}");

    let broken = Rejection::UnreadableBody("reset\nby peer".into());
    assert_eq!(broken.to_string(), "unreadable body: reset\\nby peer");
}
