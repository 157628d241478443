use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(transparent)]
    Auth(AuthError),
}

#[derive(ApiError)]
enum AuthError {
    #[api(status = 410, message = "No such key.")]
    NotFound,
}

fn main() {}
