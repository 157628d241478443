use errorbook::{Envelope, envelope};

const OTHER_NAME: Envelope = envelope!({ "code": code, "list": [for error in details { "text": message }] });
const OTHER_LIST: Envelope = envelope!({ "code": code, "list": [for field in meta { "text": field.message }] });
const NO_IN: Envelope = envelope!({ "code": code, "list": [for field details { "text": field.message }] });
const NOTHING: Envelope = envelope!({ "code": code, "list": [for] });
const NO_ITEM: Envelope = envelope!({ "code": code, "list": [for field in details, code] });
const NO_OTHER: Envelope = envelope!({ "code": code, "list": [for field in details { "text": field.message } else] });

fn main() {}
