use errorbook::{ApiError, Envelope, envelope};

const BODY: Envelope = envelope!({ "type": docs_url?, "code": code?, "message": message });

#[derive(ApiError)]
#[api(envelope = BODY, docs = "https://docs.example/errors#{code}")]
enum PostError {
    #[api(status = 403, message = "Not yours.", omit(code))]
    Shadowbanned,
    #[api(status = 403, message = "Not yours.", omit(code), docs = "https://docs.example/errors")]
    Muted,
}

fn main() {}
