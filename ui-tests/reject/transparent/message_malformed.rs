use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(message = "At {att}: {error}")]
    Step {
        at: u64,
        #[api(transparent)]
        error: AuthError,
    },
    #[api(message = "{1}: {0:x}")]
    Hex(#[api(transparent)] AuthError, u64),
}

#[derive(ApiError)]
enum AuthError {}

fn main() {}
