use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 410, message = "Gone.", code = "gone"raw)]
    Gone,
    #[api(status = 422, message = "Too large.")]
    TooLarge {
        #[api(detail, example = 1e999)]
        size: f64,
    },
}

fn main() {}
