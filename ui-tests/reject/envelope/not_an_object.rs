use errorbook::{Envelope, envelope};

const ARRAY: Envelope = envelope!([code, message]);
const SLOT: Envelope = envelope!("application/json", message);
const MEMBERS: Envelope = envelope!("application/json", code: message);

fn main() {}
