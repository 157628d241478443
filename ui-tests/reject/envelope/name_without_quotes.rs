use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ code: code, message: message });

fn main() {}
