use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "error": { "status": status, "details": details? } });

fn main() {}
