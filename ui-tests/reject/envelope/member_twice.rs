use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "error": { "code": code, "message": message, "code": status, "code": 7 }
});

fn main() {}
