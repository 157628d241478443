use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, retry = "backof")]
    Near,
    #[api(status = 500, retry = "sometimes")]
    Far,
    #[api(status = 500, retry = "backoff, onec")]
    BehindTheComma,
    #[api(status = 500, retry = "backoff, if idempotant")]
    Condition,
    #[api(status = 500, retry = "backoff once")]
    NoComma,
    #[api(status = 500, retry = "backoff, 3")]
    NoTimes,
    #[api(status = 500, retry = "backoff, once, 3 times")]
    Twice,
    #[api(status = 500, retry = "none, once")]
    BehindNone,
    #[api(status = 500, retry = "")]
    Empty,
    #[api(status = 500, retry = "backoff,")]
    CommaAtTheEnd,
}

fn main() {}
