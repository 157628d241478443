use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "error": { "code": code "message": message }
    "tags": [title reason]
    ..details
});

fn main() {}
