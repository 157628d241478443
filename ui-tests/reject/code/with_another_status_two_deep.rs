use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(transparent)]
    Auth(Box<AuthError>),
}

#[derive(ApiError)]
enum AuthError {
    #[api(transparent)]
    Key(KeyError),
}

#[derive(ApiError)]
enum KeyError {
    #[api(status = none, message = "No such key.")]
    NotFound,
}

fn main() {}
