use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": , "message", "status": });

fn main() {}
