//! A hand-written `IntoResponse` beside the derive's own, without `skip(axum)`.

use axum::response::{IntoResponse, Response};
use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 404, message = "No such story.")]
struct NotFound;

impl IntoResponse for NotFound {
    fn into_response(self) -> Response {
        "nothing here".into_response()
    }
}

fn main() {}
