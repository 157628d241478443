use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status 404, message = "No such story.")]
    Number,
    #[api(status NOT_FOUND, message = "No such story.")]
    Name,
    #[api(status http::StatusCode::NOT_FOUND, message = "No such story.")]
    Path,
    #[api(status none, message = "It failed.")]
    Never,
}

fn main() {}
