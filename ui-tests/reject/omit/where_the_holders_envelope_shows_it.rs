use errorbook::{ApiError, Envelope, envelope};

const MESSAGE_FIRST: Envelope = envelope!({ "message": message, "code": code? });

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::FLAT)]
enum StoryError {
    #[api(transparent)]
    Video(VideoError),
}

#[derive(ApiError)]
#[api(envelope = MESSAGE_FIRST)]
enum VideoError {
    #[api(status = 500, omit(code))]
    Broken,
}

fn main() {}
