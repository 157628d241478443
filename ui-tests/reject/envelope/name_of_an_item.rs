use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "list": ["message": message] });

fn main() {}
