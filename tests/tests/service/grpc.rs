//! Errors as gRPC reads them, where the layer is told to: who is taken for gRPC, and what it hears.

use std::future::ready;

use axum::Router;
use axum::body::Body;
use axum::response::IntoResponse;
use axum::routing::post;
use errorbook::tower::{ErrorLayer, LeaveAsIs};
use errorbook::{ApiError, Envelope, envelope};
use http::{Request, Response, StatusCode, Version};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use super::ServiceError;

const BY_CHANCE: Envelope = envelope!({ "code": code?, "message": message });

#[derive(ApiError)]
#[api(envelope = BY_CHANCE)]
enum CallError {
    #[api(status = 409, title = "Another title", message = "Story {id} is being edited.")]
    Edited { id: String },
    #[api(status = 403, message = "{reason}", omit(code))]
    Suspended { reason: String },
}

/// Speaks for the error that it holds, which has a message of its own.
#[derive(ApiError)]
enum Held {
    #[api(message = "Shelf {shelf}: {error}")]
    Named {
        shelf: u8,
        #[api(transparent)]
        error: ServiceError,
    },
}

fn held() -> Held {
    Held::Named { shelf: 7, error: ServiceError::NotFound }
}

fn edited() -> CallError {
    CallError::Edited { id: "é7".into() }
}

fn app() -> Router {
    Router::new()
        .route("/declared", post(|| ready(Err::<(), _>(ServiceError::NotFound))))
        .route("/varying", post(|| ready(Err::<(), _>(edited()))))
        .route("/hidden", post(|| ready(Err::<(), _>(CallError::Suspended { reason: "No.".into() }))))
        .route("/elsewhere", post(|| ready(std::thread::spawn(|| edited().into_response()).join().unwrap())))
        .route("/held", post(|| ready(Err::<(), _>(held()))))
        .route(
            "/held-elsewhere",
            post(|| ready(std::thread::spawn(|| held().into_response()).join().unwrap())),
        )
        .route("/hidden-elsewhere", {
            let error = || CallError::Suspended { reason: "No.".into() }.into_response();
            post(move || ready(std::thread::spawn(error).join().unwrap()))
        })
        .route("/long", post(|| ready(Err::<(), _>(CallError::Suspended { reason: "ü".repeat(100_000) }))))
        .route("/as-it-is", {
            post(|| ready((axum::Extension(LeaveAsIs), Err::<(), _>(ServiceError::NotFound))))
        })
}

async fn call(app: Router, path: &str, version: Version, content_type: &str) -> Response<Body> {
    let request = Request::post(path).version(version).header("content-type", content_type);
    app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn values<'r>(response: &'r Response<Body>, name: &str) -> Vec<&'r str> {
    response.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
}

async fn json(response: Response<Body>) -> Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn without_being_told_the_layer_knows_no_grpc() {
    for content_type in ["application/grpc", "application/grpc-web+proto"] {
        let app = app().layer(ErrorLayer::new());
        let response = call(app, "/declared", Version::HTTP_2, content_type).await;
        assert_eq!((response.status(), values(&response, "grpc-status")), (StatusCode::NOT_FOUND, vec![]));
        assert_eq!(json(response).await["error"]["code"], "story_not_found");
    }
}

#[tokio::test]
async fn grpc_is_spoken_over_http_2_by_exactly_its_media_type() {
    for (version, content_type, answered) in [
        (Version::HTTP_2, "application/grpc", Some("application/grpc")),
        (Version::HTTP_2, "Application/GRPC", Some("application/grpc")),
        (Version::HTTP_2, "application/grpc+proto; charset=utf-8", Some("application/grpc")),
        (Version::HTTP_11, "application/grpc", None),
        (Version::HTTP_2, "application/grpcx", None),
        (Version::HTTP_2, "application/json", None),
        (Version::HTTP_2, "application/grpc-web+proto", Some("application/grpc-web+proto")),
        (Version::HTTP_11, "application/grpc-web-text", Some("application/grpc-web-text")),
        (Version::HTTP_11, "Application/GRPC-Web", Some("application/grpc-web")),
    ] {
        for path in ["/declared", "/nowhere"] {
            let app = app().layer(ErrorLayer::new().grpc());
            let response = call(app, path, version, content_type).await;
            let is_grpc = answered.is_some();
            let status = if is_grpc { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(response.status(), status, "{version:?} {content_type} {path}");
            assert_eq!(values(&response, "content-type"), [answered.unwrap_or("application/json")]);
            assert_eq!(response.headers().contains_key("grpc-status"), is_grpc);
        }
    }
}

#[tokio::test]
async fn a_message_that_varies_is_told_as_it_is() {
    let app = app().layer(ErrorLayer::new().grpc());
    let response = call(app, "/varying", Version::HTTP_2, "application/grpc").await;
    assert_eq!(values(&response, "grpc-status"), ["10"]);
    assert_eq!(values(&response, "grpc-message"), ["Story %C3%A97 is being edited."]);
}

#[tokio::test]
async fn the_words_of_whoever_holds_an_error_are_its_message() {
    let app = app().layer(ErrorLayer::new().grpc());
    let response = call(app, "/held", Version::HTTP_2, "application/grpc").await;
    assert_eq!(values(&response, "grpc-status"), ["5"]);
    assert_eq!(values(&response, "grpc-message"), ["Shelf 7: There is no such story."]);
}

#[tokio::test]
async fn a_message_that_is_not_known_is_left_out_and_nothing_stands_for_it() {
    for (path, status) in [("/elsewhere", "10"), ("/hidden-elsewhere", "7"), ("/held-elsewhere", "5")] {
        let app = app().layer(ErrorLayer::new().grpc());
        let response = call(app, path, Version::HTTP_2, "application/grpc").await;
        assert_eq!(values(&response, "grpc-status"), [status]);
        assert!(!response.headers().contains_key("grpc-message"), "{:?}", response.headers());
    }
}

#[tokio::test]
async fn a_code_that_is_hidden_is_told_to_nobody() {
    let app = app().layer(ErrorLayer::new().grpc());
    let response = call(app, "/hidden", Version::HTTP_2, "application/grpc").await;
    assert_eq!(values(&response, "grpc-message"), ["No."]);
    assert!(!format!("{:?}", response.headers()).to_lowercase().contains("suspended"));
}

#[tokio::test]
async fn a_long_message_is_cut_at_a_whole_character() {
    let app = app().layer(ErrorLayer::new().grpc());
    let response = call(app, "/long", Version::HTTP_2, "application/grpc").await;
    assert_eq!(values(&response, "grpc-message"), ["%C3%BC".repeat(170)]);
}

#[tokio::test]
async fn a_declared_error_that_opted_out_is_left_alone_for_grpc_too() {
    let app = app().layer(ErrorLayer::new().grpc());
    let response = call(app, "/as-it-is", Version::HTTP_2, "application/grpc+proto").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(json(response).await["error"]["code"], "story_not_found");
}

#[tokio::test]
async fn grpc_is_told_once_however_many_layers_there_are() {
    let layered = app().layer(ErrorLayer::new().grpc());
    for app in [layered.clone(), layered.layer(ErrorLayer::new().grpc())] {
        // What is declared as not found is that; a path that is not there is an unknown method.
        for (path, code) in [("/declared", "5"), ("/nowhere", "12")] {
            let response = call(app.clone(), path, Version::HTTP_2, "application/grpc").await;
            assert_eq!((response.status(), values(&response, "grpc-status")), (StatusCode::OK, vec![code]));
        }
    }
}

#[tokio::test]
async fn a_layer_that_speaks_no_grpc_leaves_it_to_the_one_around_it() {
    let app = app().layer(ErrorLayer::new()).layer(ErrorLayer::new().grpc());
    let response = call(app, "/varying", Version::HTTP_2, "application/grpc").await;
    assert_eq!(values(&response, "grpc-message"), ["Story %C3%A97 is being edited."]);
}

#[tokio::test]
async fn what_the_layer_answers_itself_has_its_message_made_once() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    static ASKED: AtomicUsize = AtomicUsize::new(0);

    /// Counts how often it is shown.
    struct Shelf;

    impl std::fmt::Display for Shelf {
        fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            ASKED.fetch_add(1, Ordering::Relaxed);
            out.write_str("B")
        }
    }

    #[derive(ApiError)]
    #[api(status = 409, message = "Shelf {shelf} is full.")]
    struct Full {
        shelf: Shelf,
    }

    let refuse = || ready((StatusCode::FORBIDDEN, "Not before noon."));
    let app = || Router::new().route("/", post(refuse));
    let mapped = ErrorLayer::new().grpc().map(StatusCode::FORBIDDEN, Full { shelf: Shelf });
    let response = call(app().layer(mapped), "/", Version::HTTP_2, "application/grpc").await;
    assert_eq!(values(&response, "grpc-message"), ["Shelf B is full."]);
    // For the body, which gRPC does not get, and for the message.
    assert_eq!(ASKED.load(Ordering::Relaxed), 2);

    let kept = ErrorLayer::new().grpc().keep_client_error_text(100);
    let response = call(app().layer(kept), "/", Version::HTTP_2, "application/grpc").await;
    assert_eq!(values(&response, "grpc-message"), ["Not before noon."]);
}
