use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, 7: message, [details]: details });

fn main() {}
