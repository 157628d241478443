use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({ "code": code, "details": ..details, "list": [[..details], ..details, ..meta] });

fn main() {}
