use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 429, message = "Slow down.", retry = "after", retry_after)]
    RateLimited { wait: std::time::Duration },
}

fn main() {}
