use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "run_id": context?, "owner": meta });

fn main() {}
