use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!("application/json" { "code": code });

fn main() {}
