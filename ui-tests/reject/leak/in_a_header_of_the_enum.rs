use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
#[api(header("X-Why", "{source}"))]
enum StoryError {
    #[error("render")]
    #[api(status = 422, message = "Cannot render.")]
    Render { source: std::fmt::Error },
}

fn main() {}
