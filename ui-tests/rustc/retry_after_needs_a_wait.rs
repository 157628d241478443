use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 429, message = "Slow down.")]
    Seconds {
        #[api(retry_after)]
        wait: u64,
    },
    #[api(status = 429, message = "Slow down.")]
    OptionalSeconds(#[api(retry_after)] Option<u32>),
}

fn main() {}
