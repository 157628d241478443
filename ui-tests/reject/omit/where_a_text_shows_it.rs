use errorbook::{ApiError, Envelope, envelope};

const BODY: Envelope = envelope!({ "message": message, "code": code?, "type": meta.kind });

#[derive(ApiError)]
#[api(envelope = BODY)]
enum RunError {
    #[api(status = 403, message = "No: {code}.", title = "{code}", header("X-Code", "{code}"), meta(kind = "x/{code}"), omit(code))]
    Forbidden,
}

fn main() {}
