use errorbook::{ApiError, Envelope, envelope};

const STORY: Envelope = envelope!({ "error": { "type": meta.kind, "code": code, "message": message } });

#[derive(ApiError)]
#[api(envelope = STORY)]
enum StoryError {
    #[api(status = 404, message = "No such story.", meta(kind = "not_found_error"))]
    NotFound,
    #[api(status = 410, message = "Gone.")]
    Gone,
    #[api(status = 409, message = "Taken.", meta(knid = "conflict_error"))]
    Taken,
    #[api(status = 500)]
    Internal,
    #[api(status = 503)]
    Busy,
}

fn main() {}
