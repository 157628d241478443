use errorbook::{ApiError, Envelope, envelope};

const BODY: Envelope = envelope!({ "code": code?, "message": message });

#[derive(ApiError)]
#[api(envelope = BODY, status = 403, message = "Not yours.", omit(code))]
struct NotYours;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent)]
    NotYours(NotYours),
}

fn main() {}
