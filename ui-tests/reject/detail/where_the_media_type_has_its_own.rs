use errorbook::{ApiError, Envelope, envelope};

const FEW: Envelope = envelope!("application/problem+json", { "code": code, ..details });

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::PROBLEM, status = 404, message = "…")]
struct NotFound {
    #[api(detail)]
    instance: String,
}

#[derive(ApiError)]
#[api(envelope = FEW, status = 404, message = "…")]
struct Few {
    #[api(detail = "title")]
    name: String,
}

#[derive(ApiError)]
#[api(status = 404, message = "…")]
struct Held {
    #[api(detail)]
    instance: String,
}

#[derive(ApiError)]
#[api(envelope = FEW)]
enum Holder {
    #[api(transparent)]
    Held(Held),
}

fn main() {}
