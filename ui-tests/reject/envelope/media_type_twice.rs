use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!("application/json", "application/problem+json", { "code": code });

fn main() {}
