use errorbook::ApiError;

struct StatusCode;

impl StatusCode {
    const NOT_FOUND: u16 = 404;
}

#[derive(ApiError)]
#[api(status = StatusCode::NOT_FOUND, message = "No such story.")]
struct NotFound;

fn main() {}
