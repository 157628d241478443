use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "code": code,
    "errors": for field in details { "text": field.message },
    for field in details { "text": field.message },
    "others": [code else message],
});

fn main() {}
