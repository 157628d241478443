use errorbook::{ApiError, Envelope, envelope};

const STORY: Envelope = envelope!({ "code": code, "message": message, "what_to_do": remedy });

#[derive(ApiError)]
#[api(envelope = STORY)]
enum StoryError {
    #[api(status = 404, message = "No such story.", remedy = "Check the id.")]
    NotFound,
    #[api(status = 410, message = "Gone.")]
    Gone,
    #[api(transparent)]
    Auth(AuthError),
}

// The first of two that are alike but for the remedy does not speak for the second.
#[derive(ApiError)]
#[api(shared_codes("sign_in"))]
enum AuthError {
    #[api(status = 401, code = "sign_in", message = "Sign in.", remedy = "Sign in.")]
    SignIn,
    #[api(status = 401, code = "sign_in", message = "Sign in again.")]
    SignInAgain,
}

fn main() {}
