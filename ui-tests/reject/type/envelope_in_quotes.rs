//! An envelope is named by its path.

use errorbook::{ApiError, Envelope, envelope};

const STORY: Envelope = envelope!({ "code": code });

#[derive(ApiError)]
#[api(envelope = "STORY", status = 404, message = "None.")]
struct NotFound;

#[derive(ApiError)]
#[api(envelope = envelope!({ "code": code }), status = 409, message = "Taken.")]
struct Taken;

fn main() {
    let _ = STORY.media_type();
}
