//! The details of a failure. Where they are one value of the body they are kept as its place in there; else they are put
//! together from the body when somebody asks for them.

use std::ops::Range;
use std::sync::OnceLock;

use serde_json::value::RawValue;

use super::Details;
use super::text::place_in;
use super::walk::walk;
use crate::envelope::Envelope;

/// Where the details are.
#[derive(Debug)]
pub(super) enum Kept {
    Nowhere,
    /// One value of the body, at this place.
    Whole(Range<usize>),
    /// In several places of the body.
    Apart(OnceLock<Option<Box<RawValue>>>),
}

impl Kept {
    #[inline]
    pub(super) fn new(details: &Details<'_>, body: &str) -> Self {
        match details {
            Details::Nothing => Self::Nowhere,
            Details::Whole(details) => place_in(details.get(), body).map_or(Self::Nowhere, Self::Whole),
            Details::Spread(_) | Details::Items(_) | Details::Fields(_) => Self::Apart(OnceLock::new()),
        }
    }

    /// The details in this body, which was read by this envelope.
    pub(super) fn get<'k>(&'k self, envelope: &Envelope, body: &'k [u8]) -> Option<&'k RawValue> {
        match self {
            Self::Nowhere => None,
            Self::Whole(place) => serde_json::from_slice(body.get(place.clone())?).ok(),
            Self::Apart(made) => made.get_or_init(|| put_together(envelope, body)).as_deref(),
        }
    }
}

/// The details as one value: an object of the members, a list of the items or of the field errors.
fn put_together(envelope: &Envelope, body: &[u8]) -> Option<Box<RawValue>> {
    let text = std::str::from_utf8(body).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match walk(envelope, text).0.details {
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
