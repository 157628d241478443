//! What the layer does that no table of requests shows: bodies that nobody reads, services that fail before they
//! begin, layers around layers.

use std::convert::Infallible;
use std::future::{Ready, pending, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::{Context as Polling, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use bytes::Bytes;
use errorbook::context::Context;
use errorbook::tower::ErrorLayer;
use errorbook::{Answered, ApiError};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use serde_json::Value;
use tower::{BoxError, Layer, Service, ServiceExt, service_fn};

use super::{SECRET, ServiceError};

/// Fails in every way that it can be read.
struct Unread {
    ends: bool,
}

/// Likewise, but says how long it would be.
struct UnreadOf(u64);

impl http_body::Body for UnreadOf {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Polling<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        panic!("the body is read")
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.0)
    }
}

impl http_body::Body for Unread {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Polling<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        panic!("the body is read")
    }

    fn is_end_stream(&self) -> bool {
        self.ends
    }
}

fn request() -> Request<()> {
    Request::new(())
}

async fn json<B: http_body::Body<Error: std::fmt::Debug>>(response: Response<B>) -> Value {
    let body = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn a_body_is_never_read_where_it_is_passed_on() {
    for (status, ends) in [(200, false), (304, true), (200, true)] {
        let inner = service_fn(move |_| {
            let mut response = Response::new(Unread { ends });
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            ready(Ok::<_, Infallible>(response))
        });
        let response = ErrorLayer::new().layer(inner).oneshot(request()).await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(http_body::Body::size_hint(response.body()).exact(), None);
        assert_eq!(http_body::Body::is_end_stream(response.body()), ends);
    }
}

#[tokio::test]
async fn a_text_that_is_longer_than_the_limit_is_not_read() {
    let inner = service_fn(|_| {
        let response = Response::builder().status(409).header("content-type", "text/plain");
        ready(Ok::<_, Infallible>(response.body(UnreadOf(21)).unwrap()))
    });
    let response =
        ErrorLayer::new().keep_client_error_text(20).layer(inner).oneshot(request()).await.unwrap();
    assert_eq!(json(response).await["error"]["message"], "Conflict");
}

#[tokio::test]
async fn a_kept_text_is_read_no_further_than_the_limit() {
    let (mut sender, body) = http_body_util::channel::Channel::<Bytes, Infallible>::new(8);
    // The sender stays: the body has no end, but its third frame is over the limit.
    for _ in 0..3 {
        sender.send_data(Bytes::from_static(b"0123456789")).await.unwrap();
    }
    let mut body = Some(body);
    let inner = service_fn(move |_| {
        let response = Response::builder().status(409).header("content-type", "text/plain");
        ready(Ok::<_, Infallible>(response.body(body.take().expect("there is one request")).unwrap()))
    });
    let response =
        ErrorLayer::new().keep_client_error_text(20).layer(inner).oneshot(request()).await.unwrap();
    assert_eq!(json(response).await["error"]["message"], "Conflict");
    drop(sender);
}

#[tokio::test]
async fn a_body_that_panics_while_its_text_is_read_has_none() {
    let inner = service_fn(|_| {
        let response = Response::builder().status(409).header("content-type", "text/plain");
        ready(Ok::<_, Infallible>(response.body(UnreadOf(20)).unwrap()))
    });
    let response =
        ErrorLayer::new().keep_client_error_text(100).layer(inner).oneshot(request()).await.unwrap();
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(json(response).await["error"]["message"], "Conflict");
}

#[tokio::test]
async fn a_panic_in_call_is_answered() {
    let inner = service_fn(|_| -> Ready<Result<Response<Full<Bytes>>, Infallible>> { panic!("{SECRET}") });
    let response = ErrorLayer::new().layer(inner).oneshot(request()).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let body = json(response).await;
    assert_eq!(body["error"]["code"], "internal_error");
    assert_eq!(body["error"]["request_id"], *id);
    assert!(Context::current().is_none());
}

#[tokio::test]
async fn a_panic_while_a_mapped_error_is_made_is_answered() {
    let layer = ErrorLayer::new().map_with(StatusCode::NOT_FOUND, |_| -> ServiceError { panic!("{SECRET}") });
    let inner = service_fn(|_| {
        let response = Response::builder().status(404).header("vary", "origin");
        ready(Ok::<_, Infallible>(response.body(Full::new(Bytes::new())).unwrap()))
    });
    let response = layer.layer(inner).oneshot(request()).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(json(response).await["error"]["code"], "internal_error");
}

/// Fails so whenever it is asked whether it is ready.
#[derive(Clone)]
struct NotReady(fn() -> BoxError);

impl Service<Request<()>> for NotReady {
    type Response = Response<Full<Bytes>>;
    type Error = BoxError;
    type Future = Ready<Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Polling<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Err((self.0)()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        panic!("called without being ready")
    }
}

#[tokio::test]
async fn a_service_that_is_not_ready_is_answered_and_asked_again() {
    let mut service = ErrorLayer::new().layer(NotReady(|| SECRET.into()));
    for _ in 0..2 {
        poll_fn(|polling| service.poll_ready(polling)).await.unwrap();
        poll_fn(|polling| service.poll_ready(polling)).await.unwrap();
        let response = service.call(request()).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!json(response).await.to_string().contains("hunter2"));
    }
}

#[tokio::test]
async fn towers_own_errors_have_their_status_in_a_bare_stack() {
    let forever = service_fn(|_| pending::<Result<Response<Full<Bytes>>, Infallible>>());
    let timed_out = tower::timeout::Timeout::new(forever, Duration::from_millis(1));
    let response = ErrorLayer::new().layer(timed_out).oneshot(request()).await.unwrap();
    assert_eq!(response.status(), StatusCode::GATEWAY_TIMEOUT);
    assert_eq!(json(response).await["error"]["code"], "gateway_timeout");
}

#[tokio::test]
async fn towers_own_errors_are_found_behind_others() {
    /// What a layer makes that says of another layer's error where it happened.
    #[derive(Debug, thiserror::Error)]
    #[error("{SECRET}")]
    struct Wrapped(#[source] BoxError);

    let cases: [(BoxError, _, _); 3] = [
        (tower::timeout::error::Elapsed::new().into(), StatusCode::GATEWAY_TIMEOUT, "gateway_timeout"),
        (
            tower::load_shed::error::Overloaded::new().into(),
            StatusCode::SERVICE_UNAVAILABLE,
            "service_unavailable",
        ),
        ("something else".into(), StatusCode::INTERNAL_SERVER_ERROR, "internal_error"),
    ];
    for (error, status, code) in cases {
        let mut error = Some(Wrapped(Wrapped(error).into()));
        let inner = service_fn(move |_| {
            ready(Err::<Response<Full<Bytes>>, _>(error.take().expect("there is one request")))
        });
        let response = ErrorLayer::new().layer(inner).oneshot(request()).await.unwrap();
        assert_eq!(response.status(), status);
        let body = json(response).await;
        assert_eq!(body["error"]["code"], code);
        assert!(!body.to_string().contains("hunter2"));
    }
}

#[tokio::test]
async fn the_header_tells_the_id_of_this_request_whatever_the_service_put_there() {
    let inner = service_fn(|_| {
        let mut response = ServiceError::NotFound.to_response().map(Full::new);
        response.headers_mut().append("x-request-id", "upstream-1".parse().unwrap());
        response.headers_mut().append("x-request-id", "upstream-2".parse().unwrap());
        ready(Ok::<_, Infallible>(response))
    });
    let response = ErrorLayer::new().layer(inner).oneshot(request()).await.unwrap();
    let ids: Vec<_> = response.headers().get_all("x-request-id").iter().cloned().collect();
    let body = json(response).await;
    assert_eq!(ids, [body["error"]["request_id"].as_str().unwrap()]);
}

#[tokio::test]
async fn what_is_answered_says_which_error_it_was() {
    async fn panics() {
        panic!("{SECRET}")
    }
    let app = |layer: ErrorLayer| {
        Router::new()
            .route("/declared", get(|| ready(Err::<(), _>(ServiceError::NotFound))))
            .route("/panic", get(panics))
            .layer(layer)
    };
    let codes = [("/declared", "story_not_found"), ("/nowhere", "not_found"), ("/panic", "internal_error")];
    for (path, code) in codes {
        let response =
            app(ErrorLayer::new()).oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        let spec = response.extensions().get::<Answered>().expect("the response is marked").spec();
        assert_eq!(spec.code(), code);
    }
}

#[tokio::test]
async fn a_stripped_text_leaves_the_length_open() {
    let inner = service_fn(|_| {
        let response = Response::builder().status(409).header("content-type", "text/plain");
        ready(Ok::<_, Infallible>(response.body(Full::new(Bytes::new())).unwrap()))
    });
    let mut head = request();
    *head.method_mut() = http::Method::HEAD;
    let response = ErrorLayer::new().keep_client_error_text(100).layer(inner).oneshot(head).await.unwrap();
    assert!(!response.headers().contains_key("content-length"));
}

#[tokio::test]
async fn a_mapped_errors_headers_stand_beside_the_services_own() {
    #[derive(ApiError)]
    #[api(status = 403, message = "No.", header("Vary", "accept"), header("X-Policy", "new"))]
    struct Refused;

    let inner = service_fn(|_| {
        let response = Response::builder().status(403).header("vary", "origin").header("x-policy", "old");
        ready(Ok::<_, Infallible>(response.body(Full::new(Bytes::new())).unwrap()))
    });
    let layer = ErrorLayer::new().map(StatusCode::FORBIDDEN, Refused);
    let response = layer.layer(inner).oneshot(request()).await.unwrap();
    let values = |name| {
        response.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((values("vary"), values("x-policy")), (vec!["accept", "origin"], vec!["new"]));
}

#[tokio::test]
async fn a_panic_when_asked_whether_it_is_ready_is_answered() {
    let response = ErrorLayer::new().layer(NotReady(|| panic!("{SECRET}"))).oneshot(request()).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!json(response).await.to_string().contains("hunter2"));
}

#[tokio::test]
async fn what_stands_between_two_layers_adds_to_the_context_of_both() {
    const TENANTS: errorbook::Envelope = errorbook::envelope!({ "code": code, "tenant": context.tenant });
    let inner = ErrorLayer::new().envelope(&TENANTS).layer(service_fn(|_| {
        ready(Ok::<_, Infallible>(ServiceError::NotFound.to_response().map(Full::new)))
    }));
    let between = service_fn(move |request: Request<()>| {
        Context::add_value("tenant", "acme");
        inner.clone().oneshot(request)
    });
    let response = ErrorLayer::new().layer(between).oneshot(request()).await.unwrap();
    assert_eq!(json(response).await["tenant"], "acme");
}

#[tokio::test]
async fn a_layer_around_a_layer_changes_nothing() {
    let app = Router::new().route("/declared", get(|| ready(Err::<(), _>(ServiceError::NotFound))));
    let app = app.layer(ErrorLayer::new()).layer(ErrorLayer::new().envelope(&errorbook::envelope::FLAT));
    for (path, code) in [("/declared", "story_not_found"), ("/nowhere", "not_found")] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(response.headers().get_all("x-request-id").iter().count(), 1);
        let body = json(response).await;
        // The inner layer's envelope: it had not been told one.
        assert_eq!(body["error"]["code"], code);
        assert_eq!(body["error"]["request_id"], *id);
    }
}

#[tokio::test]
async fn the_context_is_gone_between_polls() {
    let inner = service_fn(|_| async {
        assert!(Context::current().is_some());
        tokio::task::yield_now().await;
        assert!(Context::current().is_some());
        Ok::<_, Infallible>(Response::new(Full::new(Bytes::new())))
    });
    let mut response = pin!(ErrorLayer::new().layer(inner).oneshot(request()));
    poll_fn(|polling| {
        let poll = response.as_mut().poll(polling);
        assert!(Context::current().is_none());
        poll.map(|response| assert_eq!(response.unwrap().status(), StatusCode::OK))
    })
    .await;
}

/// What a service has to tell of the request in whose context it is asked.
fn current_id() -> String {
    Context::current().and_then(|context| context.request_id().map(str::to_owned)).unwrap_or_default()
}

/// A stream of what its request's context says, with an error at its end.
struct Events {
    left: u8,
}

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Polling<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        let data = if self.left > 0 {
            let context = Context::current();
            let run = context.as_ref().and_then(|context| context.value("run_id")).unwrap_or_default();
            format!("{} of {run}", current_id()).into()
        } else {
            ServiceError::NotFound.body().to_bytes()
        };
        Poll::Ready(Some(Ok(http_body::Frame::data(data))))
    }
}

#[tokio::test]
async fn a_body_that_streams_has_the_context_of_its_request() {
    let service = ErrorLayer::new().layer(service_fn(|_| {
        Context::add_value("run_id", "run_7");
        ready(Ok::<_, Infallible>(Response::new(Events { left: 3 })))
    }));
    let (one, other) = (service.clone().oneshot(request()), service.oneshot(request()));
    let mut bodies = Vec::new();
    for response in [one.await.unwrap(), other.await.unwrap()] {
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        bodies.push((id, response.into_body()));
    }
    // Both bodies take turns.
    for turn in 0..3 {
        for (id, body) in &mut bodies {
            let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
            assert!(Context::current().is_none());
            if turn < 2 {
                assert_eq!(frame, format!("{id} of run_7"));
            } else {
                let error: Value = serde_json::from_slice(&frame).unwrap();
                assert_eq!(error["error"]["request_id"], **id);
            }
        }
    }
    for (_, body) in &mut bodies {
        assert!(body.frame().await.is_none());
    }
}

/// Tells the id in whose context it is dropped.
struct Dropped(std::sync::mpsc::Sender<String>);

impl Drop for Dropped {
    fn drop(&mut self) {
        let _ = self.0.send(current_id());
    }
}

/// A stream that nobody reads to its end.
struct Endless(#[expect(dead_code, reason = "it is dropped")] Dropped);

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Polling<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}

#[tokio::test]
async fn a_request_that_is_given_up_ends_in_its_context() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let inner = service_fn(move |_| {
        let dropped = Dropped(sender.clone());
        async move {
            let _dropped = dropped;
            pending::<Result<Response<Full<Bytes>>, Infallible>>().await
        }
    });
    let mut given_up = Request::new(());
    given_up.headers_mut().insert("x-request-id", "given-1".parse().unwrap());
    let mut response = Box::pin(ErrorLayer::new().layer(inner).oneshot(given_up));
    assert!(poll_fn(|polling| Poll::Ready(response.as_mut().poll(polling).is_pending())).await);
    drop(response);
    assert_eq!(receiver.recv().unwrap(), "given-1");
    assert!(Context::current().is_none());
}

#[tokio::test]
async fn a_future_that_has_ended_is_dropped_in_its_context() {
    /// Ends at once, by an answer or a panic, and is dropped later.
    struct Ends {
        panics: bool,
        _dropped: Dropped,
    }

    impl Future for Ends {
        type Output = Result<Response<Full<Bytes>>, Infallible>;

        fn poll(self: Pin<&mut Self>, _: &mut Polling<'_>) -> Poll<Self::Output> {
            assert!(!self.panics, "{SECRET}");
            Poll::Ready(Ok(Response::new(Full::new(Bytes::new()))))
        }
    }

    for panics in [false, true] {
        let (sender, receiver) = std::sync::mpsc::channel();
        let inner = service_fn(move |_| Ends { panics, _dropped: Dropped(sender.clone()) });
        let response = ErrorLayer::new().layer(inner).oneshot(request()).await.unwrap();
        assert_eq!(response.headers()["x-request-id"], receiver.recv().unwrap());
    }
}

#[tokio::test]
async fn a_stream_that_is_given_up_ends_in_its_context() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let inner = service_fn(move |_| {
        let body = Endless(Dropped(sender.clone()));
        ready(Ok::<_, Infallible>(Response::new(body)))
    });
    let mut given_up = Request::new(());
    given_up.headers_mut().insert("x-request-id", "given-2".parse().unwrap());
    drop(ErrorLayer::new().layer(inner).oneshot(given_up).await.unwrap());
    assert_eq!(receiver.recv().unwrap(), "given-2");
}

#[test]
fn errors_rendered_outside_any_request_have_no_id() {
    assert!(
        !String::from_utf8(ServiceError::NotFound.to_response().body().to_vec())
            .unwrap()
            .contains("request_id")
    );
}

#[test]
fn a_default_body_is_the_inner_ones() {
    let body = errorbook::tower::ResponseBody::<Body>::default();
    assert!(http_body::Body::is_end_stream(&body));
    assert_eq!(http_body::Body::size_hint(&body).exact(), Some(0));
}

#[tokio::test]
async fn a_text_is_kept_by_its_media_type_however_that_is_written() {
    for (content_type, message) in [
        ("text/plain", "Edited."),
        ("Text/Plain; charset=utf-8", "Edited."),
        ("TEXT/PLAIN ;charset=\"utf-8\"", "Edited."),
        ("text/plainer", "Conflict"),
        ("text/plain, text/html", "Conflict"),
        ("text", "Conflict"),
        ("text/html", "Conflict"),
    ] {
        let inner = service_fn(move |_| {
            let response = Response::builder().status(409).header("content-type", content_type);
            ready(Ok::<_, Infallible>(response.body(Full::<Bytes>::from("Edited.")).unwrap()))
        });
        let layer = ErrorLayer::new().keep_client_error_text(100);
        let response = layer.layer(inner).oneshot(request()).await.unwrap();
        assert_eq!(json(response).await["error"]["message"], message, "{content_type}");
    }
}
