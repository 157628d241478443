use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 200)]
    Fine,
    #[api(status = 399)]
    TooLow,
    #[api(status = 600)]
    TooHigh,
    #[api(status = 40400000000000000000000)]
    TooLong,
    #[api(status = OK)]
    Named,
}

fn main() {}
