//! axum behind the layer, on a loopback port: the table's routes, as an axum service has them.

use std::convert::Infallible;
use std::future::{pending, ready};
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Query, Request};
use axum::middleware::{self, Next};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use bytes::Bytes;
use errorbook::tower::{ErrorLayer, LeaveAsIs};
use http::{HeaderMap, StatusCode, header};
use http_body_util::channel::Channel;
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use tower::ServiceBuilder;

use super::check::{check_all, check_error};
use super::client;
use super::table::{ExpectedError, Maker, cases, kept_texts};
use super::{Contract, NESTED, PROBLEM, SECRET, ServiceError, ServiceUnderTest};

/// Long enough for every handler that answers at all.
const TIME_OUT: Duration = Duration::from_millis(700);

fn layer(contract: &Contract) -> ErrorLayer {
    ErrorLayer::new()
        .envelope(contract.envelope)
        .grpc()
        .map(StatusCode::IM_A_TEAPOT, ServiceError::NoCoffee)
        .map_with(StatusCode::GONE, |parts| {
            let to = parts.headers.get("location").and_then(|to| to.to_str().ok());
            ServiceError::MovedAway { to: to.unwrap_or("nowhere").to_owned() }
        })
}

pub(super) async fn serve(app: Router) -> (SocketAddr, AbortHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port is free");
    let address = listener.local_addr().expect("a listener has an address");
    let server = tokio::spawn(async { axum::serve(listener, app).await });
    (address, server.abort_handle())
}

async fn start(contract: Contract, layer: ErrorLayer) -> ServiceUnderTest {
    let stack = ServiceBuilder::new().layer(layer).load_shed().concurrency_limit(64).timeout(TIME_OUT);
    let with = serve(routes().layer(stack)).await;
    ServiceUnderTest::new(with, serve(routes()).await, contract)
}

#[derive(Deserialize)]
struct Story {
    title: String,
    minutes: u8,
}

#[derive(Deserialize)]
struct Page {
    page: u32,
}

fn routes() -> Router {
    Router::new()
        .route("/declared/{kind}", get(declared))
        .route("/stories/{id}", get(show))
        .route("/stories", post(create).layer(DefaultBodyLimit::max(1024)))
        .route("/search", get(|Query(Page { page }): Query<Page>| ready(format!("page {page}"))))
        .route("/slow", get(pending::<()>))
        .merge(panicking())
        .route("/behind-a-guard", get(|| ready("secret garden")).layer(middleware::from_fn(guard)))
        .route("/bare/{status}", get(bare))
        .route("/gone", get(|| ready((StatusCode::GONE, [("location", "/elsewhere")], "gone"))))
        .route("/leaky", get(|| ready((StatusCode::INTERNAL_SERVER_ERROR, SECRET))))
        .route("/draining", get(|| ready((StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "30")], SECRET))))
        .route(
            "/range",
            get(|| ready((StatusCode::RANGE_NOT_SATISFIABLE, [("content-range", "bytes */1234")]))),
        )
        .route("/compressed", get(compressed))
        .route("/endless", get(endless))
        .route("/health", get(health))
        .route("/text/{kind}", get(text))
        .merge(without_errors())
        .route("/grpc/declared", post(|| declared(Path("limited".into()))))
        .route("/grpc/credits", post(|| declared(Path("credits".into()))))
        .route("/grpc/broken", post(|| declared(Path("broken".into()))))
        .route("/grpc/health", post(health))
        .route("/grpc/success", post(grpc_success))
}

async fn declared(Path(kind): Path<String>) -> Result<(), ServiceError> {
    Err(match &*kind {
        "credits" => ServiceError::OutOfCredits { need: 10, have: 3 },
        "limited" => ServiceError::RateLimited { wait: Duration::from_secs(7) },
        "no-key" => ServiceError::MissingApiKey,
        "broken" => ServiceError::Broken { cause: SECRET.to_owned() },
        "late" => {
            tokio::time::sleep(Duration::from_millis(5)).await;
            ServiceError::NotFound
        }
        _ => ServiceError::NotFound,
    })
}

async fn show(Path(id): Path<u32>) -> impl IntoResponse {
    ([("etag", "\"v1\""), ("cache-control", "max-age=60")], format!("story {id}"))
}

async fn create(Json(Story { title, minutes }): Json<Story>) -> impl IntoResponse {
    let location = [(header::LOCATION, format!("/stories/{minutes}"))];
    (StatusCode::CREATED, location, Json(serde_json::json!({ "title": title })))
}

fn panicking() -> Router {
    async fn at_once() -> StatusCode {
        panic!("{SECRET}")
    }
    async fn late() -> StatusCode {
        tokio::time::sleep(Duration::from_millis(5)).await;
        panic!("{SECRET}")
    }
    async fn with_a_value() -> StatusCode {
        std::panic::panic_any(7)
    }
    let in_call = tower::service_fn(|_: Request| -> std::future::Ready<Result<Response, Infallible>> {
        panic!("{SECRET}")
    });
    Router::new()
        .route("/panic", get(at_once))
        .route("/panic-by-post", post(at_once))
        .route("/panic-late", get(late))
        .route("/panic-with-a-value", get(with_a_value))
        .route_service("/panic-in-call", in_call)
}

/// A third party's layer, which answers by itself.
async fn guard(_: Request, _: Next) -> Response {
    let headers = AppendHeaders([
        ("set-cookie", "a=1; Path=/"),
        ("set-cookie", "b=2; HttpOnly"),
        ("access-control-allow-origin", "https://app.example"),
        ("vary", "origin"),
        ("vary", "accept-encoding"),
        ("www-authenticate", "Bearer realm=\"x\""),
        ("www-authenticate", "Basic realm=\"y\""),
    ]);
    (StatusCode::FORBIDDEN, headers, "<h1>Go away</h1>").into_response()
}

async fn bare(Path(status): Path<u16>) -> StatusCode {
    StatusCode::from_u16(status).expect("the table asks for statuses")
}

async fn compressed() -> impl IntoResponse {
    let headers = [
        ("content-encoding", "gzip"),
        ("content-language", "en"),
        ("content-disposition", "attachment; filename=\"a.gz\""),
        ("content-digest", "sha-256=:AAAA:"),
        ("repr-digest", "sha-256=:AAAA:"),
        ("content-md5", "Q2hlY2sgSW50ZWdyaXR5IQ=="),
        ("digest", "sha-256=AAAA"),
        ("signature", "sig1=:AAAA:"),
        ("etag", "\"v1\""),
        ("x-kept", "1"),
    ];
    (StatusCode::BAD_REQUEST, headers, "not really gzip")
}

async fn endless() -> impl IntoResponse {
    let (sender, body) = Channel::<Bytes, Infallible>::new(1);
    tokio::spawn(async move {
        let _kept = sender;
        pending::<()>().await;
    });
    (StatusCode::BAD_REQUEST, plain(), Body::new(body))
}

async fn health() -> impl IntoResponse {
    (StatusCode::SERVICE_UNAVAILABLE, Extension(LeaveAsIs), [("x-state", "draining")], "draining\n")
}

const SIXTEEN: &[u8] = b"0123456789abcdef";

async fn text(Path(kind): Path<String>) -> Response {
    let body = match &*kind {
        "short" => "The story \"Ünique\" is being edited.".into_response(),
        "limit" => (plain(), pieces(&[SIXTEEN; 4])).into_response(),
        "long" => (plain(), pieces(&[SIXTEEN; 5])).into_response(),
        "page" => axum::response::Html("<p>no</p>").into_response(),
        "latin" => (plain(), &b"caf\xe9"[..]).into_response(),
        _ => (plain(), breaking_off()).into_response(),
    };
    (StatusCode::CONFLICT, [("x-kept", "1")], body).into_response()
}

fn plain() -> [(&'static str, &'static str); 1] {
    [("content-type", "text/plain; charset=utf-8")]
}

/// A body that comes in several frames, with some time between them.
fn pieces(pieces: &'static [&'static [u8]]) -> Body {
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(1);
    tokio::spawn(async move {
        for piece in pieces {
            tokio::time::sleep(Duration::from_millis(2)).await;
            // A client that went away reads no more of it.
            let _ = sender.send_data(Bytes::from_static(piece)).await;
        }
    });
    Body::new(body)
}

fn breaking_off() -> Body {
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    tokio::spawn(async move {
        let _ = sender.send_data(Bytes::from_static(b"The story is")).await;
        sender.abort(std::io::Error::other(SECRET));
    });
    Body::new(body)
}

fn without_errors() -> Router {
    const ERROR: &str = r#"{"error":{"code":"not_found","message":"not an error"}}"#;
    Router::new()
        .route("/streamed", get(|| ready(pieces(&[b"one ", b"two ", b"three"]))))
        .route("/looks-like-an-error", get(|| ready(([("content-type", "application/json")], ERROR))))
        .route("/empty", get(|| ready(StatusCode::NO_CONTENT)))
        .route("/redirect", get(|| ready(Redirect::to("/stories/7"))))
        .route("/unchanged", get(|| ready((StatusCode::NOT_MODIFIED, [("etag", "\"v1\"")]))))
        .route("/upgrade", get(upgrade))
}

/// From here on the connection says back what it is told.
async fn upgrade(request: Request) -> impl IntoResponse {
    tokio::spawn(async {
        let upgraded = hyper::upgrade::on(request).await.expect("the connection is handed over");
        let (mut reader, mut writer) = tokio::io::split(TokioIo::new(upgraded));
        let _ = tokio::io::copy(&mut reader, &mut writer).await;
    });
    (StatusCode::SWITCHING_PROTOCOLS, [("connection", "upgrade"), ("upgrade", "echo")])
}

/// A message of no bytes, and the trailers.
async fn grpc_success() -> impl IntoResponse {
    let trailers = HeaderMap::from_iter([(
        http::HeaderName::from_static("grpc-status"),
        http::HeaderValue::from_static("0"),
    )]);
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(2);
    tokio::spawn(async move {
        let _ = sender.send_data(Bytes::from_static(&[0; 5])).await;
        let _ = sender.send_trailers(trailers).await;
    });
    ([("content-type", "application/grpc-web+proto")], Body::new(body))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_keeps_the_contract() {
    check_all(&start(NESTED, layer(&NESTED)).await, &cases()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_keeps_the_contract_of_another_envelope() {
    check_all(&start(PROBLEM, layer(&PROBLEM)).await, &cases()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_4xx_text_is_kept_where_the_service_says_so() {
    check_all(&start(NESTED, layer(&NESTED).keep_client_error_text(64)).await, &kept_texts()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_full_sheds_load_in_the_envelope() {
    let (entered, mut entries) = tokio::sync::mpsc::channel(1);
    let slow = get(move || async move {
        let _ = entered.send(()).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        "held"
    });
    // Global: axum makes the services of its layers anew for each connection.
    let stack = ServiceBuilder::new()
        .layer(ErrorLayer::new())
        .load_shed()
        .layer(tower::limit::GlobalConcurrencyLimitLayer::new(1));
    let (address, server) = serve(Router::new().route("/hold", slow).layer(stack)).await;
    let request =
        |id| http::Request::builder().uri("/hold").header("x-request-id", id).body(Bytes::new()).unwrap();

    let held = tokio::spawn(client::send(address, request("first")));
    entries.recv().await.expect("the first request is being served");
    let shed = client::send(address, request("second")).await.unwrap();
    let expected = ExpectedError {
        status: 503,
        code: "service_unavailable",
        message: Some("Service Unavailable"),
        headers: &[],
        maker: Maker::Nobody,
    };
    check_error(&NESTED, &shed, Some("second"), expected);
    let held = held.await.unwrap().unwrap();
    assert_eq!((held.status.as_u16(), &*held.body), (200, &b"held"[..]));
    server.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgraded_connection_is_the_services_own() {
    let service = start(NESTED, layer(&NESTED)).await;
    for address in [service.address, service.bare] {
        let request = http::Request::builder()
            .uri("/upgrade")
            .header("connection", "upgrade")
            .header("upgrade", "echo");
        let response = client::open(address, request.body(Bytes::new()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
        assert_eq!(response.headers()["upgrade"], "echo");
        let mut connection = TokioIo::new(hyper::upgrade::on(response).await.unwrap());
        connection.write_all(b"over to you").await.unwrap();
        let mut echo = [0; 11];
        connection.read_exact(&mut echo).await.unwrap();
        assert_eq!(&echo, b"over to you");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_serves_on_after_a_panic() {
    let service = start(NESTED, layer(&NESTED)).await;
    let stream = tokio::net::TcpStream::connect(service.address).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    for (path, status) in
        [("/panic", 500), ("/stories/7", 200), ("/slow", 504), ("/nowhere", 404), ("/stories/7", 200)]
    {
        let request = http::Request::builder().uri(path).header("host", "story.example");
        sender.ready().await.unwrap();
        let response = sender.send_request(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{path}");
        http_body_util::BodyExt::collect(response.into_body()).await.unwrap();
    }
}
