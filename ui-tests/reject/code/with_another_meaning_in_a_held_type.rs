use std::time::Duration;

use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 401, code = "sign_in", message = "Sign in.", header("WWW-Authenticate", "Bearer"))]
    SignIn,
    #[api(status = 402, code = "too_poor", message = "Too poor.")]
    TooPoor {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
        #[api(detail)]
        plan: String,
    },
    #[api(status = 409, code = "taken", message = "Taken.")]
    Taken(#[api(detail = "by")] u64),
    #[api(status = 422, code = "invalid", message = "Invalid.")]
    Invalid(#[api(details)] Vec<String>),
    #[api(status = 429, code = "slow_down", message = "Slow down.")]
    SlowDown(#[api(retry_after)] Duration),

    #[api(transparent)]
    SignInHeld(SignIn),
    #[api(transparent)]
    TooPoorHeld(TooPoor),
    #[api(transparent)]
    TakenHeld(Taken),
    #[api(transparent)]
    InvalidHeld(Invalid),
    #[api(transparent)]
    SlowDownHeld(SlowDown),
}

#[derive(ApiError)]
#[api(status = 401, message = "Sign in.")]
struct SignIn;

#[derive(ApiError)]
#[api(status = 402, message = "Too poor.")]
struct TooPoor {
    #[api(detail)]
    need: u64,
}

#[derive(ApiError)]
#[api(status = 409, message = "Taken.")]
struct Taken(#[api(detail = "by")] Option<String>);

#[derive(ApiError)]
#[api(status = 422, message = "Invalid.")]
struct Invalid;

#[derive(ApiError)]
#[api(status = 429, message = "Slow down.", retry = "backoff 500ms 1s, once, if safe")]
struct SlowDown;

fn main() {}
