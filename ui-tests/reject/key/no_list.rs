use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api]
    Nothing,
    #[api = "404"]
    Text,
    #[api[status = 404]]
    Brackets,
}

fn main() {}
