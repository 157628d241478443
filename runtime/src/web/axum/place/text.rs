//! Takes a body and the steps to values; gives how far these lead in the text, and what stands there. One pass over the
//! text, whatever it holds, and nothing of it is kept.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Steps to follow, and what was found.
pub(super) struct Wanted<'a, 'b> {
    tokens: &'a [String],
    /// So many of the steps lead to a value.
    pub(super) reached: Cell<usize>,
    /// The value's text, where all do and nothing else is wanted from within.
    pub(super) value: Cell<Option<&'b RawValue>>,
}

impl<'a> Wanted<'a, '_> {
    pub(super) fn new(tokens: &'a [String]) -> Self {
        Self { tokens, reached: Cell::new(0), value: Cell::new(None) }
    }
}

/// Follows all of them.
pub(super) fn follow<'b>(body: &'b [u8], wanted: &[Wanted<'_, 'b>]) {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let follow = Follow { wanted: wanted.iter().collect(), depth: 0 };
    // What follows the values may be no JSON; what was found stands before it.
    let _ = follow.deserialize(&mut reader);
}

/// Stands at a value to which the steps of all these lead.
struct Follow<'w, 'a, 'b> {
    wanted: Vec<&'w Wanted<'a, 'b>>,
    depth: usize,
}

impl<'b> DeserializeSeed<'b> for Follow<'_, '_, 'b> {
    type Value = ();

    fn deserialize<D: Deserializer<'b>>(self, reader: D) -> Result<(), D::Error> {
        for wanted in &self.wanted {
            wanted.reached.set(wanted.reached.get().max(self.depth));
        }
        if self.wanted.iter().all(|wanted| wanted.tokens.len() == self.depth) {
            let value = serde::Deserialize::deserialize(reader)?;
            self.wanted.iter().for_each(|wanted| wanted.value.set(Some(value)));
            Ok(())
        } else {
            reader.deserialize_any(self)
        }
    }
}

macro_rules! nothing_below {
    ($($method:ident($ty:ty))*) => {$(
        fn $method<E: Error>(self, _: $ty) -> Result<(), E> {
            Ok(())
        }
    )*};
}

impl<'b> Visitor<'b> for Follow<'_, '_, 'b> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any value")
    }

    nothing_below! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'b>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(below) = members.next_key_seed(Key(&self))? {
            if below.wanted.is_empty() {
                members.next_value::<IgnoredAny>()?;
            } else {
                members.next_value_seed(below)?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'b>>(self, mut items: A) -> Result<(), A::Error> {
        let mut buffer = itoa::Buffer::new();
        for index in 0_usize.. {
            let below = self.below(buffer.format(index));
            let item = if below.wanted.is_empty() {
                items.next_element::<IgnoredAny>()?.map(|_| ())
            } else {
                items.next_element_seed(below)?
            };
            if item.is_none() {
                break;
            }
        }
        Ok(())
    }
}

impl Follow<'_, '_, '_> {
    /// Those that go on with this step.
    fn below(&self, token: &str) -> Self {
        let goes_on =
            |wanted: &&&Wanted<'_, '_>| wanted.tokens.get(self.depth).is_some_and(|next| next == token);
        Self { wanted: self.wanted.iter().filter(goes_on).copied().collect(), depth: self.depth + 1 }
    }
}

/// A key, as those that go on with it.
struct Key<'f, 'w, 'a, 'b>(&'f Follow<'w, 'a, 'b>);

impl<'w, 'a, 'b> DeserializeSeed<'b> for Key<'_, 'w, 'a, 'b> {
    type Value = Follow<'w, 'a, 'b>;

    fn deserialize<D: Deserializer<'b>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'w, 'a, 'b> Visitor<'b> for Key<'_, 'w, 'a, 'b> {
    type Value = Follow<'w, 'a, 'b>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.below(key))
    }
}

/// Whether a key is this one.
struct Is<'a>(&'a str);

impl<'b> DeserializeSeed<'b> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'b>>(self, reader: D) -> Result<bool, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}

/// Whether a member of this name can be missing in this value only: it is an object without it, and either the struct
/// that was read here asks for it (`is_own`) or no other object stands within.
pub(super) fn lacks(value: &RawValue, name: &str, is_own: bool) -> bool {
    let mut reader = serde_json::Deserializer::from_str(value.get());
    let lacking = Lacks { name, is_own }.deserialize(&mut reader);
    lacking.unwrap_or(false)
}

struct Lacks<'a> {
    name: &'a str,
    is_own: bool,
}

impl<'b> DeserializeSeed<'b> for Lacks<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'b>>(self, reader: D) -> Result<bool, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'b> Visitor<'b> for Lacks<'_> {
    type Value = bool;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut members: A) -> Result<bool, A::Error> {
        let mut lacks = true;
        while let Some(is_it) = members.next_key_seed(Is(self.name))? {
            let value: &RawValue = members.next_value()?;
            // A brace in a string is one object too many seen, and a less exact place; never a wrong one.
            lacks &= !is_it && (self.is_own || !value.get().contains('{'));
        }
        Ok(lacks)
    }
}
