use errorbook::{Envelope, envelope};

const NO_SUBTYPE: Envelope = envelope!("json", { "code": code });
const EMPTY: Envelope = envelope!("", { "code": code });
const PARAMETER: Envelope = envelope!("application/json; charset", { "code": code });

fn main() {}
