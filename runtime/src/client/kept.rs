//! The details of a failure. Where they are one value of the body they are kept as its place in there; else they are put
//! together from the body when somebody asks for them.

use std::sync::OnceLock;

use serde_json::value::RawValue;

use super::Details;
use super::text::{place_in, range};
use super::walk::found_in;
use crate::envelope::Envelope;

/// Where the details are.
#[derive(Debug)]
pub(super) enum Kept {
    Nowhere,
    /// One value of the body, from here to there.
    Whole(u32, u32),
    /// In several places of the body.
    Apart(OnceLock<Option<Box<RawValue>>>),
}

impl Kept {
    #[inline]
    pub(super) fn new(details: &Details<'_>, body: &str) -> Self {
        match details {
            Details::Nothing => Self::Nowhere,
            Details::Whole(details) => match place_in(details.get(), body) {
                Some((start, end)) => Self::Whole(start, end),
                None => Self::Nowhere,
            },
            Details::Spread(_) | Details::Items(_) | Details::Fields(_) => Self::Apart(OnceLock::new()),
        }
    }

    /// The details in this body, which was read by this envelope.
    pub(super) fn get<'k>(&'k self, envelope: &Envelope, body: &'k [u8]) -> Option<&'k RawValue> {
        match self {
            Self::Nowhere => None,
            Self::Whole(start, end) => serde_json::from_slice(body.get(range(*start, *end))?).ok(),
            Self::Apart(made) => made.get_or_init(|| put_together(envelope, body)).as_deref(),
        }
    }
}

/// The details as one value: an object of the members, a list of the items or of the field errors.
fn put_together(envelope: &Envelope, body: &[u8]) -> Option<Box<RawValue>> {
    let text = std::str::from_utf8(body).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match found_in(envelope.shape(), envelope.reserved(), text).details {
        Details::Nothing => None,
        Details::Whole(details) => Some(details.to_owned()),
        Details::Items(items) => serde_json::value::to_raw_value(&items).ok(),
        Details::Fields(fields) => serde_json::value::to_raw_value(&fields).ok(),
        Details::Spread(members) => {
            let mut object = String::from("{");
            for (index, (name, value)) in members.iter().enumerate() {
                if index > 0 {
                    object.push(',');
                }
                object.push_str(&serde_json::to_string(name).ok()?);
                object.push(':');
                object.push_str(value.get());
            }
            object.push('}');
            RawValue::from_string(object).ok()
        }
    }
}
