use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 404, message = "Gone.", detail, details, retry_after, example = 10)]
struct Gone;

fn main() {}
