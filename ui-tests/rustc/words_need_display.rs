use errorbook::ApiError;

struct Secret;

#[derive(ApiError)]
enum StoryError {
    #[api(message = "{secret}: {error}")]
    Step {
        secret: Secret,
        #[api(transparent)]
        error: AuthError,
    },
    #[api(message = "{at:?}: {error}")]
    Debug {
        at: Secret,
        #[api(transparent)]
        error: AuthError,
    },
    #[api(message = display)]
    Display {
        #[api(transparent)]
        error: AuthError,
    },
    #[api(message = "{at}: {error}")]
    NoError {
        at: u64,
        #[api(transparent)]
        error: std::io::Error,
    },
}

#[derive(ApiError)]
enum AuthError {}

fn main() {}
