use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 429, message = "Slow down.")]
    RateLimited {
        #[api(retry_after)]
        wait: std::time::Duration,
        #[api(retry_after)]
        pause: std::time::Duration,
    },
}

fn main() {}
