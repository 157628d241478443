use errorbook::ApiError;

#[derive(ApiError)]
#[api(crate = ::error_book)]
enum StoryError {
    #[api(status = 500)]
    Broken,
}

fn main() {}
