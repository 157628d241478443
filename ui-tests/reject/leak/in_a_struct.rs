use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
#[error("bad request: {source}")]
#[api(status = 400)]
struct BadRequest {
    source: std::io::Error,
}

#[derive(Debug, thiserror::Error, ApiError)]
#[error(transparent)]
#[api(status = 400)]
struct Wrapped(#[from] std::io::Error);

fn main() {}
