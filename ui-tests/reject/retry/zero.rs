use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, retry = "after 0s")]
    After,
    #[api(status = 500, retry = "after 0s..5s")]
    Range,
    #[api(status = 500, retry = "backoff 1s 0ms")]
    Schedule,
    #[api(status = 500, retry = "backoff, 0 times")]
    Times,
}

fn main() {}
