use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "code": code,
    "errors": [for field in details { "text": field.mesage, "at": field.line, "all": field }],
});

fn main() {}
