use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 422, message = "Look again.")]
    Invalid {
        #[api(details)]
        fields: Vec<String>,
        #[api(detail)]
        count: u64,
    },
}

fn main() {}
