use errorbook::{Envelope, envelope};

const NEAR: Envelope = envelope!({ "error": { "code": cod, "id": reqest_id?, "details": null_ } });
const FAR: Envelope = envelope!({ "message": text });

fn main() {}
