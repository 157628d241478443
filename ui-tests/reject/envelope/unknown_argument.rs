use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!(media_type = "application/json", { "code": code });

fn main() {}
