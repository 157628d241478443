use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!(7, { "code": code });

fn main() {}
