use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, retry = "after 30")]
    None,
    #[api(status = 500, retry = "after 30x")]
    Unknown,
    #[api(status = 500, retry = "backoff 1sec 2s")]
    TooLong,
    #[api(status = 500, retry = "after 1.5s")]
    Fraction,
    #[api(status = 500, retry = "after 99999999999s")]
    TooLarge,
}

fn main() {}
