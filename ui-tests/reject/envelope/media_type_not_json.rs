use errorbook::{Envelope, envelope};

const XML: Envelope = envelope!("application/xml", { "code": code });
const TEXT: Envelope = envelope!("text/plain; charset=utf-8", { "code": code });
const NEARLY: Envelope = envelope!("application/json5", { "code": code });

fn main() {}
