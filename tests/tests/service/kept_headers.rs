//! Which headers of a foreign response outlive its body, and how they stand beside those of the error that takes its place.

use std::convert::Infallible;
use std::future::ready;

use bytes::Bytes;
use errorbook::ApiError;
use errorbook::tower::ErrorLayer;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::Full;
use tower::{Layer, ServiceExt, service_fn};

type Headers<'h> = &'h [(&'static str, &'static str)];

/// The headers of what a layer makes of a response with this status and these.
async fn headers(layer: ErrorLayer, status: u16, headers: Headers<'_>) -> HeaderMap {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let mut response = Some(response.body(Full::new(Bytes::from_static(b"gone"))).unwrap());
    let inner =
        service_fn(move |_| ready(Ok::<_, Infallible>(response.take().expect("there is one request"))));
    let response = layer.layer(inner).oneshot(Request::new(())).await.unwrap();
    response.headers().clone()
}

fn values<'h>(headers: &'h HeaderMap, name: &str) -> Vec<&'h str> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
}

#[derive(ApiError)]
enum Error {
    #[api(status = 401, message = "No.", header("WWW-Authenticate", "Bearer"))]
    NoKey,
    #[api(
        status = 401,
        message = "No.",
        header("WWW-Authenticate", "Bearer realm=\"api\""),
        header("Cache-Control", "no-store")
    )]
    NoRealm,
    #[api(status = 405, message = "No.", header("Allow", "GET"), header("X-Policy", "new"))]
    NotAllowed,
    #[api(status = 400, message = "No.")]
    Bad,
}

#[tokio::test]
async fn what_speaks_of_a_replaced_body_goes() {
    const OF_THE_BODY: Headers<'static> = &[
        ("content-digest", "sha-256=:AAAA:"),
        ("content-disposition", "attachment"),
        ("content-encoding", "gzip"),
        ("content-features", "x"),
        ("content-language", "en"),
        ("content-location", "/a"),
        ("content-md5", "Q2hlY2sgSW50ZWdyaXR5IQ=="),
        ("content-range", "bytes 0-3/4"),
        ("delta-base", "\"v0\""),
        ("digest", "sha-256=AAAA"),
        ("etag", "\"v1\""),
        ("im", "diffe"),
        ("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("repr-digest", "sha-256=:AAAA:"),
        ("signature", "sig1=:AAAA:"),
        ("signature-input", "sig1=(\"@status\" \"content-digest\");keyid=\"k\""),
        ("trailer", "digest"),
        ("transfer-encoding", "chunked"),
        ("unencoded-digest", "sha-256=:AAAA:"),
    ];
    let mapped = ErrorLayer::new().map(StatusCode::FORBIDDEN, Error::Bad);
    for layer in [ErrorLayer::new(), mapped] {
        let sent = headers(layer, 403, OF_THE_BODY).await;
        for (name, _) in OF_THE_BODY {
            assert!(!sent.contains_key(*name), "{name} is kept");
        }
        assert_eq!(sent["content-type"], "application/json");
    }
}

#[tokio::test]
async fn what_speaks_of_the_resource_or_the_connection_stays() {
    const KEPT: Headers<'static> = &[
        ("accept-ranges", "bytes"),
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'"),
        ("content-security-policy-report-only", "default-src 'none'"),
        ("strict-transport-security", "max-age=60"),
        ("x-content-type-options", "nosniff"),
    ];
    let sent = headers(ErrorLayer::new(), 403, KEPT).await;
    for (name, value) in KEPT {
        assert_eq!(values(&sent, name), [*value]);
    }
}

#[tokio::test]
async fn the_length_of_what_there_is_stays_with_a_416_alone() {
    const RANGE: Headers<'static> = &[("content-range", "bytes */1234")];
    assert_eq!(values(&headers(ErrorLayer::new(), 416, RANGE).await, "content-range"), ["bytes */1234"]);
    assert_eq!(values(&headers(ErrorLayer::new(), 400, RANGE).await, "content-range"), [""; 0]);
    let mapped = ErrorLayer::new().map(StatusCode::RANGE_NOT_SATISFIABLE, Error::Bad);
    assert_eq!(values(&headers(mapped, 416, RANGE).await, "content-range"), [""; 0]);
    let of_a_part = &[("content-range", "bytes 0-3/4")];
    assert_eq!(values(&headers(ErrorLayer::new(), 416, of_a_part).await, "content-range"), [""; 0]);
}

#[tokio::test]
async fn the_services_own_stays_where_it_says_more() {
    let no_key = || ErrorLayer::new().map(StatusCode::UNAUTHORIZED, Error::NoKey);
    let sent =
        headers(no_key(), 401, &[("www-authenticate", "Bearer realm=\"x\", error=\"invalid_token\"")]).await;
    assert_eq!(values(&sent, "www-authenticate"), ["Bearer realm=\"x\", error=\"invalid_token\""]);
    let sent = headers(no_key(), 401, &[]).await;
    assert_eq!(values(&sent, "www-authenticate"), ["Bearer"]);

    let not_allowed = ErrorLayer::new().map(StatusCode::METHOD_NOT_ALLOWED, Error::NotAllowed);
    let sent = headers(not_allowed, 405, &[("allow", "POST, GET,HEAD"), ("x-policy", "old")]).await;
    assert_eq!(values(&sent, "allow"), ["POST, GET,HEAD"]);
    // Neither says more than the other: the error's.
    assert_eq!(values(&sent, "x-policy"), ["new"]);
}

#[tokio::test]
async fn entries_of_lists_stand_beside_each_other() {
    let layer = ErrorLayer::new().map(StatusCode::UNAUTHORIZED, Error::NoRealm);
    let theirs: Headers<'_> =
        &[("www-authenticate", "Digest realm=\"x\", nonce=\"n\""), ("cache-control", "no-store, private")];
    let sent = headers(layer, 401, theirs).await;
    assert_eq!(
        values(&sent, "www-authenticate"),
        ["Bearer realm=\"api\"", "Digest realm=\"x\", nonce=\"n\""]
    );
    assert_eq!(values(&sent, "cache-control"), ["no-store, private"]);
}
