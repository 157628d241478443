use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "code": code,
    "numbers": [1_000, 0x10, 5u8, 1., 1e999],
    "texts": [b"bytes", 'c', "text"suffix],
});

fn main() {}
