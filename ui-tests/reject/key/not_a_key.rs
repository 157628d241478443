use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(404)]
    Number,
    #[api("not_found")]
    Text,
    #[api(status = 404, , message = "Gone.")]
    TwoCommas,
}

fn main() {}
