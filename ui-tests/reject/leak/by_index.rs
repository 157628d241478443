use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("bad request: {0}")]
    #[api(status = 400)]
    From(#[from] std::io::Error),
    #[error("bad request {0}: {1}")]
    #[api(status = 400)]
    Source(u64, #[source] std::io::Error),
}

fn main() {}
