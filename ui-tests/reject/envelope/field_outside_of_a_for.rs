use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "code": code,
    "pointer": field.pointer,
    "errors": [for field in details { "text": field.message } else { "text": field.message }],
});

fn main() {}
