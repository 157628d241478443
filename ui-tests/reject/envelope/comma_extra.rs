use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ , "code": code,, "tags": [title,, reason] });

fn main() {}
