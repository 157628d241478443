//! The details of a failure. Where they are one value of the body they are kept as its place in there; else they are put
//! together from the body when somebody asks for them.

use std::sync::OnceLock;

use serde_json::value::{RawValue, to_raw_value};

use super::found::{Found, FoundField};
use super::text::{place_in, range};
use super::walk::found_in;
use crate::client::Details;
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
    pub(super) fn new(found: &Found<'_>, body: &str) -> Self {
        match &found.details {
            Details::Nothing if found.fields.is_empty() => Self::Nowhere,
            Details::Whole(details) => match place_in(details.get(), body) {
                Some((start, end)) => Self::Whole(start, end),
                None => Self::Nowhere,
            },
            Details::Nothing | Details::Spread(_) | Details::Items(_) | Details::Fields(_) => {
                Self::Apart(OnceLock::new())
            }
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
    let found = found_in(envelope.shape(), envelope.reserved(), text);
    match found.details {
        Details::Nothing => of_fields(&found.fields),
        Details::Whole(details) => Some(details.to_owned()),
        Details::Items(items) => to_raw_value(&items).ok(),
        Details::Fields(fields) => to_raw_value(&fields).ok(),
        Details::Spread(members) => object(members.iter().map(|(name, value)| (&**name, value.get()))),
    }
}

/// What is known of field errors, under the names that they have in full.
fn of_fields(fields: &[FoundField<'_>]) -> Option<Box<RawValue>> {
    let of_field = |FoundField { pointer, code, message }: &FoundField<'_>| {
        let members = [("pointer", pointer), ("code", code), ("message", message)];
        let members = members
            .into_iter()
            .filter_map(|(name, text)| Some((name, serde_json::to_string(text.as_deref()?).ok()?)));
        object(members)
    };
    let fields: Vec<_> = fields.iter().map(of_field).collect::<Option<_>>()?;
    to_raw_value(&fields).ok()
}

/// An object of these members, whose values are JSON.
fn object<'m>(members: impl Iterator<Item = (&'m str, impl AsRef<str>)>) -> Option<Box<RawValue>> {
    let mut object = String::from("{");
    for (name, value) in members {
        if object.len() > 1 {
            object.push(',');
        }
        object.push_str(&serde_json::to_string(name).ok()?);
        object.push(':');
        object.push_str(value.as_ref());
    }
    object.push('}');
    RawValue::from_string(object).ok()
}
