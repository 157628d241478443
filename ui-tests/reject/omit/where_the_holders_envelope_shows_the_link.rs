use errorbook::{ApiError, Envelope, envelope};

const BODY: Envelope = envelope!({ "code": code?, "message": message });
const LINKED: Envelope = envelope!({ "type": docs_url?, "code": code?, "message": message });

#[derive(ApiError)]
#[api(envelope = BODY, docs = "https://docs.example/errors#{code}")]
enum PostError {
    #[api(status = 403, message = "Not yours.", omit(code))]
    Shadowbanned,
}

#[derive(ApiError)]
#[api(envelope = BODY, docs = "https://docs.example/errors")]
enum TagError {
    #[api(status = 403, message = "Not yours.", omit(code))]
    Muted,
}

#[derive(ApiError)]
#[api(envelope = LINKED)]
enum StoryError {
    #[api(transparent)]
    Post(PostError),
    #[api(transparent)]
    Tag(TagError),
}

fn main() {}
