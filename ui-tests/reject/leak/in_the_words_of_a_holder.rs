use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(message = "{cause}: {source}")]
    Step {
        cause: Box<dyn std::error::Error>,
        #[api(transparent)]
        source: AuthError,
    },
    #[api(message = "{code}: {error}")]
    Code {
        #[api(transparent)]
        error: AuthError,
    },
    #[api(message = "{at}: {error}")]
    NoCause {
        #[api(public)]
        at: u64,
        #[api(transparent)]
        error: AuthError,
    },
}

#[derive(ApiError)]
enum AuthError {}

fn main() {}
