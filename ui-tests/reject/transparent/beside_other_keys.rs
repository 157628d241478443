use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent, status = 500, code = "auth", section = "Auth", header("X-A", "b"))]
    Auth(#[api(detail, retry_after, example = 1)] AuthError),
}

#[derive(ApiError)]
#[api(transparent, status = 500, envelope = errorbook::envelope::FLAT, docs = "https://example.com")]
struct Wrapped(AuthError);

#[derive(ApiError)]
enum AuthError {}

fn main() {}
