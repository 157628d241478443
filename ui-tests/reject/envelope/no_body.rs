use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!();

fn main() {}
