//! The fields of an error, from the details of its response: each from the member of its name, in one pass over them and
//! with nothing in between; or one from all of them. Only what reads a field is generic over its type, so that little is
//! compiled anew in the user's crate.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use super::evidence::Details;

/// What a field is read back from: any type that owns what it reads.
#[diagnostic::on_unimplemented(
    message = "clients cannot read `{Self}` back from the details: it has no `Deserialize`",
    label = "has no `Deserialize` that owns what it reads",
    note = "derive `serde::Deserialize` for it, or name a function on the field, as in `decode = Duration::from_millis`",
    note = "or write `decode = false` on the variant, which is then known by its spec alone"
)]
pub trait ReadBack: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> ReadBack for T {}

/// Where the value of a field goes.
pub trait Place {
    /// Reads the value with which the text begins; gives how long that is, in bytes. `None`: it is no such value.
    fn read(&mut self, text: &str) -> Option<usize>;
}

/// The place of a field that is read as it is.
impl<T: DeserializeOwned> Place for Option<T> {
    fn read(&mut self, text: &str) -> Option<usize> {
        let (value, length) = value(text)?;
        *self = Some(value);
        Some(length)
    }
}

/// The place of a field that a function makes of what is read.
#[allow(missing_debug_implementations, reason = "it lives for one call")]
pub struct Made<'p, T, F, M> {
    make: M,
    place: &'p mut Option<F>,
    read: std::marker::PhantomData<T>,
}

impl<T: DeserializeOwned, F, M: Fn(T) -> F> Place for Made<'_, T, F, M> {
    fn read(&mut self, text: &str) -> Option<usize> {
        let (value, length) = value(text)?;
        *self.place = Some((self.make)(value));
        Some(length)
    }
}

/// The value with which a text begins, and how long that is.
fn value<'t, T: Deserialize<'t>>(text: &'t str) -> Option<(T, usize)> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(&mut deserializer).ok()?;
    Some((value, deserializer.into_iter::<IgnoredAny>().byte_offset()))
}

/// The place of a field that is read as it is; not generic, so that rustc says once what the type lacks.
pub fn plain<T: ReadBack>(place: &mut Option<T>) -> &mut dyn Place {
    place
}

#[must_use]
pub fn made_of<T: ReadBack, F, M: Fn(T) -> F>(make: M, place: &mut Option<F>) -> Made<'_, T, F, M> {
    Made { make, place, read: std::marker::PhantomData }
}

/// A member of the details, and where its value goes.
#[allow(missing_debug_implementations, reason = "it lives for one call")]
pub struct Member<'m>(pub &'static str, pub &'m mut dyn Place);

/// Whether the details hold a value for each of these.
pub(super) fn read_members(details: &Details<'_>, members: &mut [Member<'_>]) -> bool {
    let mut reading = Reading { members, seen: 0 };
    let is_read = match details {
        Details::Nothing => true,
        Details::Whole(whole) => reading.object(whole.get()).is_some(),
        Details::Spread(spread) => {
            spread.iter().all(|(name, value)| reading.member(name, value.get()).is_some())
        }
        // Details that are no list are one item of it.
        Details::Items(items) => match &**items {
            [only] => reading.object(only.get()).is_some(),
            _ => false,
        },
        Details::Fields(_) => false,
    };
    is_read && reading.finish()
}

struct Reading<'r, 'm> {
    members: &'r mut [Member<'m>],
    /// A bit for each that has a value; more than a hundred there never are.
    seen: u128,
}

impl Reading<'_, '_> {
    /// Reads the members of an object, which is known to be JSON. `None`: it is none, or one of them is not what it
    /// should be.
    fn object(&mut self, text: &str) -> Option<()> {
        if text == "null" {
            return Some(());
        }
        let mut rest = text.strip_prefix('{')?.trim_ascii_start();
        while !rest.starts_with('}') {
            let (name, length) = name(rest)?;
            rest = after(rest, length)?.trim_ascii_start().strip_prefix(':')?.trim_ascii_start();
            let length = self.member(&name, rest)?;
            rest = after(rest, length)?.trim_ascii_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_ascii_start();
        }
        Some(())
    }

    /// Reads the value with which the text begins, as the member of this name; gives how long it is.
    fn member(&mut self, name: &str, text: &str) -> Option<usize> {
        let Some(place) = self.members.iter().position(|Member(known, _)| *known == name) else {
            return value::<IgnoredAny>(text).map(|(_, length)| length);
        };
        // What stands there twice is nobody's to choose from.
        if self.seen & 1 << place != 0 {
            return None;
        }
        self.seen |= 1 << place;
        self.members.get_mut(place)?.1.read(text)
    }

    /// Whether each has a value. Left out is what is `null`.
    fn finish(self) -> bool {
        let mut members = self.members.iter_mut().enumerate();
        members.all(|(place, member)| self.seen & 1 << place != 0 || member.1.read("null").is_some())
    }
}

/// The string with which a text begins, and how long it is with its quotes.
fn name(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let inner = text.strip_prefix('"')?;
    let end = inner.find(['"', '\\'])?;
    let name = inner.get(..end)?;
    if inner.as_bytes().get(end) == Some(&b'"') {
        return Some((Cow::Borrowed(name), end + 2));
    }
    value::<String>(text).map(|(name, length)| (Cow::Owned(name), length))
}

fn after(text: &str, length: usize) -> Option<&str> {
    text.get(length..)
}

/// Whether the details are such a value. Where there are none, they are `null` or empty, which no envelope tells apart.
pub(super) fn read_whole(details: &Details<'_>, place: &mut dyn Place) -> bool {
    match details {
        Details::Nothing => read_nothing(place),
        Details::Whole(whole) => {
            place.read(whole.get()).is_some() || whole.get() == "null" && read_nothing(place)
        }
        Details::Spread(members) if members.is_empty() => read_nothing(place),
        Details::Spread(members) => {
            // Details that are a list stand as one member among those of an object.
            let list = ["errors", "details"]
                .into_iter()
                .find_map(|name| members.iter().find_map(|(known, value)| (known == name).then_some(value)));
            place.read(&object(members)).is_some()
                || list.is_some_and(|list| place.read(list.get()).is_some())
        }
        Details::Items(items) => {
            let is_list = place.read(&list(items)).is_some();
            is_list || matches!(&**items, [only] if place.read(only.get()).is_some())
        }
        Details::Fields(fields) => {
            serde_json::to_string(fields).is_ok_and(|fields| place.read(&fields).is_some())
        }
    }
}

fn read_nothing(place: &mut dyn Place) -> bool {
    ["null", "[]", "{}"].into_iter().any(|form| place.read(form).is_some())
}

fn object(members: &[(Cow<'_, str>, &RawValue)]) -> String {
    let member = |(name, value): &(Cow<'_, str>, &RawValue)| {
        // A string has a form in any case.
        format!("{}:{}", serde_json::to_string(name).unwrap_or_default(), value.get())
    };
    format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
}

fn list(items: &[&RawValue]) -> String {
    format!("[{}]", items.iter().map(|item| item.get()).collect::<Vec<_>>().join(","))
}
