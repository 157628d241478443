use errorbook::{Envelope, envelope};

const ENVELOPE: Envelope = envelope!("json", {
    "error": { "cod": cod, "message": mesage, "status": status?, "status": 404? },
    details: details,
    ..context,
});

fn used() -> String {
    let _: &'static Envelope = &ENVELOPE;
    ENVELOPE.media_type().to_owned()
}

fn main() {}
