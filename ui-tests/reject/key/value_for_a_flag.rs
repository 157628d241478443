use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent = true)]
    Auth(std::io::Error),
    #[api(status = 429, message = "Slow down.")]
    RateLimited {
        #[api(retry_after = "30s", details(all))]
        wait: std::time::Duration,
    },
}

fn main() {}
