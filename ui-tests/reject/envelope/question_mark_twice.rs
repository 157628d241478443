use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "request_id": request_id?? });

fn main() {}
