use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 422, message = "Look again.")]
    Invalid {
        #[api(details)]
        names: Vec<String>,
        #[api(details)]
        ages: Vec<String>,
    },
}

fn main() {}
