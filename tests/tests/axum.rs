//! The `axum` feature: a handler returns `Result<_, StoryError>`, and the error is the response.

use std::time::Duration;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::{IntoResponse, Response};
use errorbook::ApiError;
use errorbook::context::Context;
use errorbook_tests::apis::{AuthError, StoryError};

/// Runs a future on a runtime of its own.
fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

async fn text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

#[test]
fn a_handler_returns_a_result() {
    async fn show(request: Request) -> Result<Json<u8>, StoryError> {
        match request.uri().path() {
            "/there" => Ok(Json(7)),
            "/limited" => Err(StoryError::RateLimitExceeded { wait: Duration::from_secs(7) }),
            _ => Err(AuthError::MissingApiKey)?,
        }
    }
    block_on(async {
        let call = |path: &'static str| {
            let request = Request::builder().uri(path).body(axum::body::Body::empty()).unwrap();
            show.call(request, ())
        };
        assert_eq!(text(call("/there").await).await, "7");

        let limited = call("/limited").await;
        assert_eq!(limited.status().as_u16(), 429);
        assert_eq!(limited.headers()["retry-after"], "7");
        assert_eq!(limited.headers()["content-type"], "application/json");

        let denied = call("/").await;
        assert_eq!(denied.status().as_u16(), 401);
        assert_eq!(denied.headers()["www-authenticate"], "Bearer");
        assert_eq!(
            text(denied).await,
            r#"{"error":{"code":"missing_api_key","message":"No API key was sent."}}"#
        );
    });
}

#[test]
fn the_response_is_that_of_to_response() {
    let error = || StoryError::RateLimitExceeded { wait: Duration::from_secs(7) };
    let (here, there) = (error().to_response(), error().into_response());
    assert_eq!(here.status(), there.status());
    assert_eq!(here.headers(), there.headers());
    assert_eq!(block_on(text(there)).as_bytes(), here.body());
}

#[test]
fn what_is_turned_into_a_response_inside_a_scope_takes_the_request_id_from_it() {
    let response = Context::new().with_request_id("req_1").scope(|| StoryError::NotFound.into_response());
    assert!(block_on(text(response)).contains(r#""request_id":"req_1""#));
}

#[test]
fn generic_and_borrowing_types_are_responses_too() {
    #[derive(ApiError)]
    #[api(status = 404, message = "No {0} in {1}.")]
    struct NotFound<'a, T>(T, &'a str);
    let response = NotFound(7, "x").into_response();
    assert_eq!(block_on(text(response)), r#"{"error":{"code":"not_found","message":"No 7 in x."}}"#);
}

#[test]
fn an_error_can_be_a_part_of_a_response() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct NotFound;
    let response = ([("x-extra", "1")], NotFound).into_response();
    assert_eq!(response.status().as_u16(), 404);
    assert_eq!(response.headers()["x-extra"], "1");
}

#[test]
fn skip_leaves_the_impl_to_the_user() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…", skip(axum))]
    struct NotFound;

    impl IntoResponse for NotFound {
        fn into_response(self) -> Response {
            let mut response = self.to_response().map(axum::body::Body::from);
            response.headers_mut().insert("x-mine", axum::http::HeaderValue::from_static("1"));
            response
        }
    }
    let response = NotFound.into_response();
    assert_eq!(response.headers()["x-mine"], "1");
    assert_eq!(response.status().as_u16(), 404);
}

#[test]
fn a_boxed_error_is_a_response_in_a_result_too() {
    let large: Result<&str, Box<AuthError>> = Err(Box::new(AuthError::MissingApiKey));
    assert_eq!(large.into_response().status().as_u16(), 401);
}
