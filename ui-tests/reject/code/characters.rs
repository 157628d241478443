use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, code = "not found")]
    Space,
    #[api(status = 500, code = "größe")]
    Letter,
    #[api(status = 500, code = "a\nb")]
    LineBreak,
    #[api(status = 500)]
    Größe,
}

fn main() {}
