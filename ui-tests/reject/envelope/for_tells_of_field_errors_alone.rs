use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "errors": [for field in details { "code": code, "text": field.message }] });

fn main() {}
