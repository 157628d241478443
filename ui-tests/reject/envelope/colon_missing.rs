use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code" code, "message" = message, "status" => status, "title" | title });

fn main() {}
