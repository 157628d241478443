use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "code": code,
    "errors": [for field in details [for field in details field.code] else [for field in details field.code]],
});

fn main() {}
