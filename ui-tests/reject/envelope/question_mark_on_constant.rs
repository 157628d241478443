use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "version": 2?, "ok": false?, "kind": "error"? });

fn main() {}
