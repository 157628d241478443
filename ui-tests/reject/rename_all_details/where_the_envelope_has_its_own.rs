use errorbook::{ApiError, Envelope, envelope};

const SPREAD: Envelope = envelope!({ "code": code, "requestId": request_id?, ..details });

#[derive(ApiError)]
#[api(envelope = SPREAD, rename_all_details = "camelCase")]
enum StoryError {
    #[api(status = 404, message = "No such request.")]
    NotFound {
        #[api(detail)]
        request_id: u64,
    },
    #[api(transparent)]
    Held(Held),
}

#[derive(ApiError)]
#[api(status = 410, message = "Gone.", rename_all_details = "camelCase")]
struct Held {
    #[api(detail)]
    request_id: u64,
}

fn main() {}
