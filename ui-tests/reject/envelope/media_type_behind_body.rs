use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code }, "application/json");

fn main() {}
