//! What users do with an `ApiError` that they do not know.

use std::sync::Arc;

use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 404, message = "There is none.")]
struct NotFound;

fn boxed() -> Result<(), Box<dyn ApiError + Send + Sync>> {
    Err(Box::new(NotFound))
}

fn shared() -> Result<(), Arc<dyn ApiError>> {
    Err(Arc::new(NotFound))
}

fn answers(error: impl ApiError) -> http::StatusCode {
    error.to_response().status()
}

fn answer(error: &dyn ApiError) -> http::StatusCode {
    answers(error)
}

fn main() {
    let statuses = [
        boxed().map_err(answers).unwrap_err(),
        shared().map_err(answers).unwrap_err(),
        answer(&NotFound),
        answer(&&NotFound),
        answers(Box::new(Arc::new(&NotFound))),
    ];
    assert!(statuses.iter().all(|status| *status == 404));
}
