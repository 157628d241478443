use errorbook::ApiError;

#[derive(ApiError)]
#[api(shared_codes("gone"raw))]
enum StoryError {
    #[api(status = 410, message = "Gone.", code = "gone"raw)]
    Gone,
    #[api(status = 405, message = "Not so."raw, header("Allow"raw, "GET"raw), meta(kind = "method"raw))]
    NotAllowed,
    #[api(status = 422, message = "Too large.")]
    TooLarge {
        #[api(detail, example = 1e999)]
        size: f64,
    },
}

fn main() {}
