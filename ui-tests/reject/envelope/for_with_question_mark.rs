use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "code": code,
    "errors": [for field in details { "text": field.message }? else message?],
});

fn main() {}
