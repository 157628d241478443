use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 429, message = "Slow down.", retry = "after")]
    RateLimited { wait: std::time::Duration },
    #[api(status = 503, retry = "after, once")]
    Busy,
}

fn main() {}
