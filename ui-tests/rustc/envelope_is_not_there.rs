use errorbook::ApiError;

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::NESTD)]
enum StoryError {
    #[api(status = 500)]
    Broken,
}

fn main() {}
