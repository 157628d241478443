use errorbook::ApiError;

const TEXT: &str = "{}";

#[derive(ApiError)]
#[api(envelope = TEXT)]
enum StoryError {
    #[api(status = 500)]
    Broken,
}

fn main() {}
