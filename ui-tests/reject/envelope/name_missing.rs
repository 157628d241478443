use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ code, message, context.run_id? });

fn main() {}
