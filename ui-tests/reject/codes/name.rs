//! What the enum of the codes may be called.

use errorbook::ApiError;

#[derive(ApiError)]
#[api(codes = "StoryCode")]
#[api(status = 404, code = "not_found", message = "No such story.")]
struct Quoted;

#[derive(ApiError)]
#[api(codes, status = 404, code = "not_found", message = "No such story.")]
struct Bare;

#[derive(ApiError)]
#[api(codes = codes::StoryCode)]
#[api(status = 404, code = "not_found", message = "No such story.")]
struct Elsewhere;

#[derive(ApiError)]
#[api(codes = Itself, status = 404, code = "not_found", message = "No such story.")]
struct Itself;

#[derive(ApiError)]
enum Misplaced {
    #[api(codes = "not_found", status = 404, message = "No such story.")]
    NotFound,
}

fn main() {}
