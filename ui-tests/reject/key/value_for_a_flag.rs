use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent = true)]
    Auth(AuthError),
    #[api(status = 429, message = "Slow down.")]
    RateLimited {
        #[api(retry_after = "30s", details(all))]
        wait: std::time::Duration,
    },
}

#[derive(ApiError)]
#[api(status = 401, message = "No key.")]
struct AuthError;

fn main() {}
