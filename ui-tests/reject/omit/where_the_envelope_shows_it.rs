use errorbook::ApiError;

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::FLAT)]
enum StoryError {
    #[api(status = 500, omit(code))]
    Broken,
}

fn main() {}
