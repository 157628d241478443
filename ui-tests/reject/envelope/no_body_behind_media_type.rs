use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!("application/problem+json");

fn main() {}
