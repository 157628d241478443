use errorbook::{Envelope, envelope};

const SECOND: Envelope = envelope!("application/json", crate = ::errorbook, { "code": code });
const EMPTY: Envelope = envelope!(crate = , { "code": code });
const NO_PATH: Envelope = envelope!(crate = "errorbook", { "code": code });

fn main() {}
