use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, ..meta, ..context.run_id, ...details });

fn main() {}
