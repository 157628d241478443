use errorbook::{Envelope, envelope};

const TWO: Envelope = envelope!({ "code": code }, { "message": message });
const WORD: Envelope = envelope!({ "code": code } optional);
const MARK: Envelope = envelope!({ "code": code }?);

fn main() {}
