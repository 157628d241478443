use errorbook::{Envelope, envelope};

const META: Envelope = envelope!({ "code": code, ..meta });
const CONTEXT: Envelope = envelope!({ "code": code, ..context.run_id });
const DOTS: Envelope = envelope!({ "code": code, ...details });

fn main() {}
