use errorbook::{ApiError, Envelope, envelope};

mod bodies {
    use super::*;

    pub const STORY: Envelope = envelope!({ "type": meta.kind, "code": code, "message": message });
}

#[derive(ApiError)]
#[api(envelope = bodies::STORY, meta(kind = "story_error"))]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(transparent)]
    Auth(Box<AuthError>),
}

#[derive(ApiError)]
enum AuthError {
    #[api(status = 401, message = "Sign in.", meta(kind = "auth_error"))]
    SignIn,
    #[api(transparent)]
    Key(KeyError),
}

#[derive(ApiError)]
#[api(status = 401, code = "bad_key", message = "No such key.", meta(kinds = "key_error"))]
struct KeyError;

fn main() {}
