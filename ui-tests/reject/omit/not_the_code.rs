use errorbook::{ApiError, Envelope, envelope};

const LEAN: Envelope = envelope!({ "code": code?, "message": message });

#[derive(ApiError)]
#[api(envelope = LEAN)]
enum StoryError {
    #[api(status = 500, omit(message))]
    Message,
    #[api(status = 500, omit)]
    Nothing,
    #[api(status = 500, omit = "code")]
    Text,
    #[api(status = 500, omit(code, message))]
    Two,
    #[api(status = 500, omit())]
    Empty,
}

fn main() {}
