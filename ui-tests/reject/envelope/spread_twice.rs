use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, ..details, ..details });

fn main() {}
