//! What is told outside headers and body: a response's extensions, in which hyper's client keeps what its server writes.

use std::future::ready;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use errorbook::tower::ErrorLayer;
use http::{Request, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use super::axum_server::serve;
use super::{SECRET, ServiceError, client};

/// A server that answers one request, with a reason phrase of its own.
async fn upstream() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut request = [0; 1024];
        let _ = connection.read(&mut request).await.unwrap();
        let answer = format!("HTTP/1.1 500 cannot reach {SECRET}\r\ncontent-length: 0\r\nx-kept: 1\r\n\r\n");
        connection.write_all(answer.as_bytes()).await.unwrap();
    });
    address
}

/// Asks a proxy of such a server, and gives what was sent, byte for byte.
async fn proxied(layer: ErrorLayer) -> String {
    let handler = async || -> Response {
        let request = Request::get("/").body(Bytes::new()).unwrap();
        client::open(upstream().await, request).await.unwrap().map(Body::new)
    };
    let (address, server) = serve(Router::new().route("/", get(handler)).layer(layer)).await;
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    server.abort();
    answer
}

#[tokio::test]
async fn no_reason_phrase_of_an_upstream_is_sent() {
    let layers = [
        ErrorLayer::new(),
        ErrorLayer::new()
            .map(StatusCode::INTERNAL_SERVER_ERROR, ServiceError::Broken { cause: SECRET.to_owned() }),
        ErrorLayer::new().map_others(|_| ServiceError::Broken { cause: SECRET.to_owned() }),
    ];
    for layer in layers {
        let answer = proxied(layer).await;
        assert!(answer.starts_with("HTTP/1.1 500 Internal Server Error\r\n"), "{answer}");
        assert!(answer.contains("\r\nx-kept: 1\r\n"), "{answer}");
        assert!(!answer.contains("hunter2"), "{answer}");
    }
}

#[tokio::test]
async fn of_a_foreign_errors_extensions_those_stay_that_were_named() {
    #[derive(Clone)]
    struct Tenant;
    #[derive(Clone)]
    struct Other;

    let handler = || ready((StatusCode::FORBIDDEN, axum::Extension(Tenant), axum::Extension(Other)));
    let kept = async |layer| {
        let app = Router::new().route("/", get(handler)).layer(layer);
        let response = app.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
        let extensions = response.extensions();
        (extensions.get::<Tenant>().is_some(), extensions.get::<Other>().is_some())
    };
    assert_eq!(kept(ErrorLayer::new()).await, (false, false));
    assert_eq!(kept(ErrorLayer::new().keep_extension::<Tenant>()).await, (true, false));
}

#[tokio::test]
async fn an_answer_has_a_version_of_its_own() {
    let handler = || {
        let upstream = Response::builder().status(502).version(http::Version::HTTP_10);
        ready(upstream.body(Body::empty()).unwrap())
    };
    let app = Router::new().route("/", get(handler)).layer(ErrorLayer::new());
    let response = app.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!((response.status(), response.version()), (StatusCode::BAD_GATEWAY, http::Version::HTTP_11));
}
