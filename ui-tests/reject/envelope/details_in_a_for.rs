use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "code": code,
    "errors": [for field in details { "all": details, "more": [..details] } else { ..details }],
});

fn main() {}
