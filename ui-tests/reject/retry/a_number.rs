use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 503, retry = 30)]
    Number,
    #[api(status = 503, retry = "30s, once")]
    Wait,
    #[api(status = 503, retry = "30")]
    Digits,
    #[api(status = 503, retry = "never")]
    Never,
}

fn main() {}
