use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, retry = "none", message = "At {at}: {error}")]
    Step {
        #[api(detail, example = 1)]
        at: u64,
        #[api(transparent, header = "X-Error")]
        error: AuthError,
    },
    #[api(transparent, message = "Auth: {0}")]
    Auth(AuthError),
}

#[derive(ApiError)]
enum AuthError {}

fn main() {}
