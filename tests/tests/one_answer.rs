//! One answer is one event and one count, wherever it was made: in a handler, on another thread, by the layer, by a layer
//! within a layer. What is no answer of an error is none.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use errorbook::context::Context;
use errorbook::tower::{ErrorLayer, LeaveAsIs};
use errorbook::{ApiError, Report};
use http::{StatusCode, Version};
use http_body_util::BodyExt;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use tower::ServiceExt;

use crate::logging::{Events, Fields};

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("all printers are busy")]
    #[api(
        status = 503,
        code = "printers_busy",
        message = "Busy.",
        header("X-Printers", "0"),
        retry = "after 7s"
    )]
    Busy,
    #[error("gone to {0}")]
    #[api(status = 410, code = "moved_away", message = "It is gone.")]
    Gone(String),
    #[error("the end is missing")]
    #[api(status = none, code = "broken_off", message = "It broke off.")]
    BrokenOff,
}

/// Hears the events and the counts of every thread that it is taken to.
#[derive(Clone)]
struct Listener {
    events: Events,
    recorder: Arc<DebuggingRecorder>,
}

impl Listener {
    fn new() -> Self {
        Self { events: Events::default(), recorder: Arc::new(DebuggingRecorder::new()) }
    }

    fn listen<R>(&self, f: impl FnOnce() -> R) -> R {
        tracing::subscriber::with_default(self.events.clone(), || {
            metrics::with_local_recorder(&*self.recorder, f)
        })
    }

    fn events(&self) -> Vec<Fields> {
        self.events.heard().into_iter().map(|(_, fields)| fields).collect()
    }

    /// Code, status and how often.
    fn counts(&self) -> Vec<String> {
        let counts = self.recorder.snapshotter().snapshot().into_vec();
        let shown = counts.into_iter().map(|(key, _, _, value)| {
            let labels: Vec<_> = key.key().labels().map(|label| label.value().to_owned()).collect();
            let DebugValue::Counter(count) = value else { panic!("not a count: {value:?}") };
            format!("{} {count}", labels.join(" "))
        });
        shown.collect()
    }
}

/// The service, some of whose answers are made on threads that know nothing of their request.
fn routes(listener: &Listener) -> Router {
    let (thread, blocking, task) = (listener.clone(), listener.clone(), listener.clone());
    let gone = || StoryError::Gone("B".into());
    Router::new()
        .route("/handler", get(|| ready(StoryError::Busy)))
        .route("/report", get(|| ready(Report::from(StoryError::Busy))))
        .route("/by-hand", get(|| ready(StoryError::Busy.body().with_request_id("own").into_response())))
        .route("/respond", get(|| ready(StoryError::Busy.respond().map(Body::from))))
        .route("/converted", get(|| ready(StoryError::Busy.to_response().map(Body::from))))
        .route(
            "/converted-for-good",
            get(|| ready((axum::Extension(LeaveAsIs), StoryError::Busy.to_response().map(Body::from)))),
        )
        .route(
            "/thread",
            get(async move || std::thread::spawn(move || thread.listen(answer_of_busy)).join().unwrap()),
        )
        .route(
            "/blocking",
            get(async move || {
                tokio::task::spawn_blocking(move || blocking.listen(answer_of_busy)).await.unwrap()
            }),
        )
        .route(
            "/task",
            get(async move || tokio::spawn(async move { task.listen(answer_of_busy) }).await.unwrap()),
        )
        .route(
            "/converted-on-a-thread",
            get(async || {
                let convert = || StoryError::Busy.to_response().map(Body::from);
                std::thread::spawn(convert).join().unwrap()
            }),
        )
        .route("/body-that-panics", get(|| ready((StatusCode::CONFLICT, Body::new(PanicsWhenDropped)))))
        .route("/mapped", get(|| ready(StatusCode::IM_A_TEAPOT)))
        .route("/foreign", get(|| ready((StatusCode::FORBIDDEN, "no"))))
        .route("/grpc", post(move || ready(gone())))
        .route("/grpc-foreign", post(|| ready((StatusCode::FORBIDDEN, "no"))))
        .route("/grpc-converted", post(|| ready(StoryError::Busy.to_response().map(Body::from))))
        .route("/panic", get(panics))
        .route("/rejected", get(async |_: errorbook::axum::Query<u8>| ()))
        .route("/fine", get(|| ready("fine")))
        .route("/unchanged", get(|| ready(StatusCode::NOT_MODIFIED)))
        .route("/draining", get(|| ready((StatusCode::SERVICE_UNAVAILABLE, axum::Extension(LeaveAsIs)))))
        .route("/stream", get(|| ready(Body::new(BreaksOff { left: 2 }).into_response())))
}

fn answer_of_busy() -> Response {
    StoryError::Busy.into_response()
}

async fn panics() {
    std::panic::resume_unwind(Box::new("broken"))
}

/// Two frames, and then an error that can answer no more.
struct BreaksOff {
    left: u8,
}

impl http_body::Body for BreaksOff {
    type Data = bytes::Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Infallible>>> {
        if self.left == 0 {
            return std::task::Poll::Ready(None);
        }
        self.left -= 1;
        if self.left == 0 {
            StoryError::BrokenOff.record();
        }
        std::task::Poll::Ready(Some(Ok(http_body::Frame::data("part".into()))))
    }
}

/// A foreign body that the layer has no use for.
struct PanicsWhenDropped;

impl http_body::Body for PanicsWhenDropped {
    type Data = bytes::Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Infallible>>> {
        std::task::Poll::Pending
    }
}

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new("dropped"))
    }
}

/// One request to the service behind so many layers; what was heard of it.
fn ask(method: &str, path: &str, layers: usize) -> (Listener, http::Response<bytes::Bytes>) {
    let listener = Listener::new();
    let mut app = routes(&listener);
    for _ in 0..layers {
        let layer = ErrorLayer::new().grpc();
        app = app.layer(layer.map(StatusCode::IM_A_TEAPOT, StoryError::Gone("the kitchen".into())));
    }
    let request = Request::builder().method(method).uri(path).header("x-request-id", "req_7");
    let request = if path.starts_with("/grpc") {
        request.version(Version::HTTP_2).header("content-type", "application/grpc")
    } else {
        request
    };
    let response = listener.listen(|| {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
            let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let (parts, body) = response.into_parts();
            http::Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
        })
    });
    (listener, response)
}

#[test]
fn one_answer_is_one_event_and_one_count_wherever_it_was_made() {
    for (method, path, code, status) in [
        ("GET", "/handler", "printers_busy", "503"),
        ("HEAD", "/handler", "printers_busy", "503"),
        ("GET", "/report", "printers_busy", "503"),
        ("GET", "/by-hand", "printers_busy", "503"),
        ("GET", "/respond", "printers_busy", "503"),
        ("GET", "/converted", "printers_busy", "503"),
        ("HEAD", "/converted", "printers_busy", "503"),
        ("GET", "/converted-for-good", "printers_busy", "503"),
        ("GET", "/thread", "printers_busy", "503"),
        ("GET", "/blocking", "printers_busy", "503"),
        ("GET", "/task", "printers_busy", "503"),
        ("GET", "/converted-on-a-thread", "printers_busy", "503"),
        ("GET", "/mapped", "moved_away", "410"),
        ("HEAD", "/mapped", "moved_away", "410"),
        ("GET", "/foreign", "forbidden", "403"),
        ("HEAD", "/foreign", "forbidden", "403"),
        ("GET", "/nowhere", "not_found", "404"),
        ("POST", "/handler", "method_not_allowed", "405"),
        ("POST", "/grpc", "moved_away", "410"),
        ("POST", "/grpc-foreign", "forbidden", "403"),
        ("POST", "/grpc-converted", "printers_busy", "503"),
        ("GET", "/panic", "internal_error", "500"),
        ("GET", "/body-that-panics", "conflict", "409"),
        ("GET", "/rejected", "invalid_query", "400"),
        ("GET", "/stream", "broken_off", "none"),
    ] {
        for layers in [1, 2] {
            let (listener, response) = ask(method, path, layers);
            assert_eq!(response.headers().contains_key("grpc-status"), path.starts_with("/grpc"), "{path}");
            let events = listener.events();
            let codes: Vec<_> = events.iter().map(|fields| &*fields["error.type"]).collect();
            assert_eq!(codes, [code], "{method} {path} behind {layers}");
            let told = events[0].get("http.response.status_code").map_or("none", |status| status);
            assert_eq!(told, status, "{method} {path} behind {layers}");
            assert_eq!(listener.counts(), [format!("{code} {status} 1")], "{method} {path} behind {layers}");
        }
    }
}

#[test]
fn what_is_no_error_is_neither_told_nor_counted() {
    for path in ["/fine", "/unchanged", "/draining"] {
        let (listener, _) = ask("GET", path, 2);
        assert!(listener.events().is_empty() && listener.counts().is_empty(), "{path}");
    }
}

#[test]
fn an_answer_that_was_made_on_another_thread_keeps_its_code_and_headers() {
    let made_here = ask("GET", "/handler", 1).1;
    for path in ["/thread", "/blocking", "/task", "/converted-on-a-thread"] {
        let (_, response) = ask("GET", path, 1);
        assert_eq!(response.status(), made_here.status(), "{path}");
        assert_eq!(response.headers()["x-printers"], "0", "{path}");
        assert_eq!(response.headers()["retry-after"], "7", "{path}");
        assert_eq!(response.headers()["x-request-id"], "req_7", "{path}");
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(body["error"]["code"], "printers_busy", "{path}");
    }
}

#[test]
fn of_an_answer_that_was_only_converted_the_layer_tells_what_is_left() {
    let (listener, _) = ask("GET", "/converted", 1);
    let fields = &listener.events()[0];
    assert_eq!((&*fields["request_id"], &*fields["message"]), ("req_7", "Busy"));
    // The error is gone, and with it what it said.
    assert!(!fields.contains_key("exception.message"), "{fields:?}");
}

#[test]
fn what_a_stream_tells_shows_the_request_that_it_answers() {
    let (listener, _) = ask("GET", "/stream", 1);
    assert_eq!(listener.events()[0]["request_id"], "req_7");
    assert!(Context::current().is_none());
}

#[test]
fn an_answer_that_is_kept_is_told_for_each_request_that_it_answers() {
    for layers in [1, 2] {
        let listener = Listener::new();
        // The first request fills the cache, the others are answered from it.
        let cache = Arc::new(std::sync::OnceLock::new());
        let handler = move || {
            let kept = cache.get_or_init(|| StoryError::Busy.respond()).clone();
            ready(kept.map(Body::from))
        };
        let mut app = Router::new().route("/", get(handler));
        for number in 0..layers {
            let header = http::HeaderName::from_bytes(format!("x-id-{number}").as_bytes()).unwrap();
            app = app.layer(ErrorLayer::new().request_id_header(header));
        }
        listener.listen(|| {
            tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
                for _ in 0..3 {
                    let request = Request::get("/").header("x-id-0", "inner").header("x-id-1", "outer");
                    app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
                }
            });
        });
        assert_eq!(listener.events().len(), 3, "behind {layers}");
        assert_eq!(listener.counts(), ["printers_busy 503 3"], "behind {layers}");
    }
}
