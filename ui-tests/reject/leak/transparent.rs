use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error(transparent)]
    #[api(status = 400)]
    BadJson(#[from] serde_json::Error),
    #[error(transparent)]
    #[api(status = 404)]
    NoFile(std::io::Error),
}

fn main() {}
