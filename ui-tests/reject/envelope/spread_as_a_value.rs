use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "details": ..details, "list": [[..details], ..details] });
const META: Envelope = envelope!({ "code": code, "list": [..meta] });

fn main() {}
