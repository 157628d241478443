use errorbook::{Envelope, envelope};

const OBJECT: Envelope = envelope!({ "code": code, ..details, ..details });
const ARRAY: Envelope = envelope!([code, ..details, ..details?]);

fn main() {}
