use errorbook::{ApiError, Envelope, envelope};

const STORY: Envelope = envelope!({ "type": meta.kind, "message": message });

#[derive(ApiError)]
#[api(envelope = STORY)]
enum StoryError {
    #[api(status = 400, message = "One.")]
    One,
    #[api(status = 400, message = "Two.")]
    Two,
    #[api(status = 400, message = "Three.")]
    Three,
    #[api(status = 400, message = "Four.")]
    Four,
    #[api(status = 400, message = "Five.")]
    Five,
    #[api(status = 400, message = "Six.")]
    Six,
    #[api(status = 400, message = "Seven.")]
    Seven,
    #[api(status = 400, message = "Eight.")]
    Eight,
}

fn main() {}
