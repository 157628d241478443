use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "links": { "about": "https://docs.example" }?, "tags": []? });

fn main() {}
