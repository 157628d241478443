use errorbook::{Envelope, envelope};

const SLOT: Envelope = envelope!("application/json", message);
const TEXT: Envelope = envelope!("application/json", "a", "b");
const MEMBERS: Envelope = envelope!("application/json", code: message);

fn main() {}
