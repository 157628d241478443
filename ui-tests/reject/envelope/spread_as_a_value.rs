use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "details": ..details, "list": [..details] });

fn main() {}
