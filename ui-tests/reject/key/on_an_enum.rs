use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 404, code = "x", retry = "none", message = "Sorry.", title = "Sorry", description = "…")]
#[api(remedy = "None.", header("X-A", "b"), meta(a = "b"), omit(code), log = "warn", transparent)]
#[api(detail, details, null, with = f, retry_after, example = 10)]
enum StoryError {
    #[api(status = 404, message = "Gone.")]
    Gone,
}

fn main() {}
