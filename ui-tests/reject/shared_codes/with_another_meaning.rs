use errorbook::ApiError;

#[derive(ApiError)]
#[api(shared_codes("internal_error", "unavailable", "sign_in"))]
enum StoryError {
    #[api(status = 500, code = "internal_error")]
    Database,
    #[api(status = 503, code = "internal_error")]
    Queue,
    #[api(status = 503, code = "unavailable")]
    Busy,
    #[api(status = 503, code = "unavailable", retry = "after 1500ms..2m, 3 times, if idempotent")]
    Overloaded,
    #[api(status = 503)]
    Unavailable,
    #[api(status = 401, message = "Sign in.", header("WWW-Authenticate", "Bearer"))]
    SignIn,
    #[api(status = 401, code = "sign_in", message = "Sign in.", header("X-Kind", "{0}"))]
    SignInAgain(u8, #[api(header = "X-Left")] u64),
}

fn main() {}
