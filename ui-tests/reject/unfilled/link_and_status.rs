use errorbook::{ApiError, Envelope, envelope};

const LINKED: Envelope = envelope!({ "message": message, "links": [{ "code": code, "about": docs_url }?] });
const NUMBERED: Envelope = envelope!({ "message": message, "status": status });
const QUOTED: Envelope = envelope!({ "message": message, "status": status_string });

#[derive(ApiError)]
#[api(envelope = LINKED, status = 410, message = "Gone.")]
struct Gone;

#[derive(ApiError)]
#[api(envelope = NUMBERED, status = none, message = "It failed.")]
struct Failed;

#[derive(ApiError)]
#[api(envelope = QUOTED)]
enum JobError {
    #[api(status = none, message = "It failed.")]
    Failed,
}

fn main() {}
