use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "text": (message), "sign": +5, "minus": -message, "or": title | reason });

fn main() {}
