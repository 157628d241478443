use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 429, message = "Slow down.", retry = "backoff")]
    RateLimited {
        #[api(retry_after)]
        wait: std::time::Duration,
    },
}

fn main() {}
