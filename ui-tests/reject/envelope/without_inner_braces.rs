//! `envelope!{ … }` has braces of its own, but they are the macro's.

use errorbook::{Envelope, envelope};

const STORY: Envelope = envelope! { "code": code, "message": message? };

fn main() {
    let _ = STORY.media_type();
}
