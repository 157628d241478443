//! Takes a type and a request that does not fit it; gives the field error, at a place that is never a wrong one. It is
//! called where a request was rejected already: what fits is read by axum, or by serde, alone.
//!
//! serde tells a place by the value in whose reading an error arose. It does not tell all: what an enum with a tag, an
//! untagged one or `flatten` reads ahead is looked at later, and "missing field `x`" is said of no object in particular.
//! So a member is named only where it must be this one, and every step is looked up in what was sent.

mod params;
mod text;
mod track;

use std::slice;

use serde::de::DeserializeOwned;

use crate::axum::wording::{described, without_position};
#[cfg(any(feature = "garde", feature = "validator"))]
use crate::field_errors::names::{Findings, Located};
use crate::field_errors::{FieldError, pointer};
use params::{InPath, Pairs};
use text::Wanted;
use track::{Found, Member};

/// Why this body does not fit, unless it does.
pub(super) fn in_body<T: DeserializeOwned>(body: &[u8]) -> Option<FieldError> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let error = track::deserialize::<_, T>(&mut reader).err()?;
    let tokens = found_in_body(body, error.found);
    Some(described(pointer(&tokens), &without_position(&error.said)))
}

/// As far as these steps lead in the body, and to the member that is meant if it is sure.
fn found_in_body(body: &[u8], found: Found) -> Vec<String> {
    let mut tokens = found.tokens.unwrap_or_default();
    let wanted = Wanted::new(&tokens);
    text::follow(body, slice::from_ref(&wanted));
    let (reached, value) = (wanted.reached.get(), wanted.value.get());
    tokens.truncate(reached);
    match (found.member, value) {
        (Some(Member::Missing(name)), Some(value)) if text::lacks(value, name, found.is_own) => {
            tokens.push(name.to_owned());
        }
        (Some(Member::Duplicate(name)), Some(_)) if found.is_own => tokens.push(name.to_owned()),
        (Some(Member::Unknown(name)), Some(_)) if found.is_own => tokens.push(name),
        _ => {}
    }
    tokens
}

/// Why these query parameters do not fit, unless they do.
pub(super) fn in_query<T: DeserializeOwned>(pairs: &Pairs) -> Option<FieldError> {
    let error = track::deserialize::<_, T>(params::query(pairs)).err()?;
    let name = parameter(pairs, error.found, |name| name);
    Some(described(pointer(name.as_slice()), &error.said.to_string()))
}

/// Why these path parameters do not fit, unless they do.
pub(super) fn in_path<T: DeserializeOwned>(pairs: &Pairs) -> Option<FieldError> {
    let error = track::deserialize::<_, T>(InPath(pairs)).err()?;
    let name_of = |token: String| {
        if pairs.iter().any(|(name, _)| *name == token) {
            return token;
        }
        // An item of a tuple or a list.
        let item = token.parse().ok().and_then(|index: usize| pairs.get(index));
        item.map_or(token, |(name, _)| name.clone())
    };
    let name = match (parameter(pairs, error.found, name_of), pairs) {
        (None, [(only, _)]) => Some(only.clone()),
        (name, _) => name,
    };
    Some(described(pointer(name.as_slice()), &error.said.to_string()))
}

/// The parameter that is meant: the one that was being read, or the one that an error on the whole names.
fn parameter(pairs: &Pairs, found: Found, name_of: impl Fn(String) -> String) -> Option<String> {
    let sent = |name: &str| pairs.iter().filter(|(other, _)| other == name).count();
    let mut tokens = found.tokens.unwrap_or_default().into_iter();
    match (tokens.next(), found.member) {
        (Some(token), _) => Some(name_of(token)).filter(|name| sent(name) > 0),
        // There is no other object.
        (None, Some(Member::Missing(name))) => (sent(name) == 0).then(|| name.to_owned()),
        (None, Some(Member::Duplicate(name))) => (sent(name) > 1).then(|| name.to_owned()),
        (None, Some(Member::Unknown(name))) => (sent(&name) > 0).then_some(name),
        (None, None) => None,
    }
}

/// What was sent, for the names that a type does not tell.
#[cfg(any(feature = "garde", feature = "validator"))]
pub(super) enum Sent<'s> {
    Body(&'s [u8]),
    Parameters(Vec<(String, String)>),
}

/// The places of what a validation found. Where the type does not tell them, they are looked up in what was sent: as far
/// as a step does not lead to a value there, it is left away.
#[cfg(any(feature = "garde", feature = "validator"))]
pub(super) fn of_findings<T: DeserializeOwned>(findings: &Findings, sent: &Sent<'_>) -> Vec<Located> {
    let mut places = findings.in_json_of::<T>();
    let ends: Vec<usize> = match sent {
        Sent::Body(body) => {
            let wanted: Vec<_> = places.iter().map(|place| Wanted::new(&place.tokens)).collect();
            if places.iter().any(|place| place.sure < place.tokens.len()) {
                text::follow(body, &wanted);
            }
            wanted.iter().map(|wanted| wanted.reached.get()).collect()
        }
        Sent::Parameters(pairs) => {
            let is_sent = |place: &Located| {
                place.tokens.first().is_some_and(|name| pairs.iter().any(|pair| pair.0 == *name))
            };
            places.iter().map(|place| usize::from(is_sent(place))).collect()
        }
    };
    for (place, end) in places.iter_mut().zip(ends) {
        place.tokens.truncate(end.max(place.sure));
    }
    places
}
