use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 503, retry = "after 60s..30s")]
    Busy,
    #[api(status = 503, retry = "after 30s..")]
    OpenEnd,
    #[api(status = 503, retry = "backoff 1s..2s")]
    InASchedule,
}

fn main() {}
