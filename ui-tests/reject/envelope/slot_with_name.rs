use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code.name, "run": context.run.id?, "owner": meta. });

fn main() {}
