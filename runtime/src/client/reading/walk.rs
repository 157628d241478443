//! A body through the shape of its envelope, in one pass. Takes the JSON and an [`Envelope`]; gives what stood in the slots,
//! borrowed from the JSON wherever it is written as it is. What is read stays read where the JSON then ends or breaks.

use std::borrow::Cow;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::found::{Found, SlotSeed};
use super::items;
use crate::client::Details;
use crate::envelope::{Envelope, Node, Part};

/// Notes what stands in the slots. Gives how the JSON came to an end before its time.
#[inline]
pub(super) fn walk<'b>(
    envelope: &Envelope,
    json: &'b str,
    found: &mut Found<'b>,
) -> Option<serde_json::Error> {
    walk_node(envelope.shape(), envelope.reserved(), json, found)
}

/// The same with a shape that is no envelope's, or a part of one's.
pub(super) fn walk_node<'b>(
    shape: &Node,
    reserved: &[&str],
    json: &'b str,
    found: &mut Found<'b>,
) -> Option<serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(json);
    let read = NodeSeed { node: shape, reserved, found }.deserialize(&mut json);
    read.and_then(|()| json.end()).err()
}

/// The same by itself.
pub(super) fn found_in<'b>(shape: &Node, reserved: &[&str], json: &'b str) -> Found<'b> {
    let mut found = Found::default();
    walk_node(shape, reserved, json, &mut found);
    found
}

/// Reads one node.
struct NodeSeed<'n, 'f, 'b> {
    node: &'n Node,
    /// Members that are no details, in the outermost object.
    reserved: &'n [&'n str],
    found: &'f mut Found<'b>,
}

impl<'b> DeserializeSeed<'b> for NodeSeed<'_, '_, 'b> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'b>>(self, json: D) -> Result<(), D::Error> {
        match self.node {
            Node::Object(parts) => {
                json.deserialize_any(ObjectVisitor { parts, reserved: self.reserved, found: self.found })
            }
            Node::Array(parts) => json.deserialize_any(ArrayVisitor { parts, found: self.found }),
            Node::Slot(slot) => SlotSeed { slot: *slot, found: self.found }.deserialize(json),
            // A spread and a `for` stand among other parts, and those around them see to them.
            Node::Literal(_) | Node::Spread | Node::Each(_) => {
                json.deserialize_ignored_any(IgnoredAny).map(|_| ())
            }
        }
    }
}

/// What else stands where something of another kind belongs: it is passed over, and noted.
macro_rules! visit_others {
    ($($method:ident($ty:ty))*) => {$(
        fn $method<Er: Error>(self, _: $ty) -> Result<(), Er> {
            self.found.misfit = true;
            Ok(())
        }
    )*};
}
pub(super) use visit_others;

struct ObjectVisitor<'n, 'f, 'b> {
    parts: &'n [Part],
    reserved: &'n [&'n str],
    found: &'f mut Found<'b>,
}

impl<'b> Visitor<'b> for ObjectVisitor<'_, '_, 'b> {
    type Value = ();

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<M: MapAccess<'b>>(self, mut members: M) -> Result<(), M::Error> {
        let Self { parts, reserved, found } = self;
        let is_open = parts.iter().any(|part| matches!(part.node, Node::Spread));
        let mut spread = Vec::new();
        // Services write members in the order of the envelope, so the next one is most often that behind the last.
        let (mut next, mut seen) = (0, 0_u64);
        let read = loop {
            let name = match members.next_key_seed(NameSeed) {
                Ok(Some(name)) => name,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            };
            let is_named = |part: &Part| part.name == name && !matches!(part.node, Node::Spread);
            let place = parts.iter().skip(next).position(is_named).map(|ahead| next + ahead);
            let value = match place.or_else(|| parts.iter().position(is_named)) {
                // What stands there twice is not put together: code and details of two errors would be a third.
                Some(place) if is_again(parts, place, seen) => members.next_value::<IgnoredAny>().map(|_| ()),
                Some(place) => {
                    next = place + 1;
                    seen |= 1 << (place % 64);
                    let Some(Part { node, .. }) = parts.get(place) else { continue };
                    members.next_value_seed(NodeSeed { node, reserved: &[], found: &mut *found })
                }
                None if is_open && !reserved.contains(&&*name) => {
                    members.next_value::<&'b RawValue>().map(|value| spread.push((name, value)))
                }
                None => members.next_value::<IgnoredAny>().map(|_| ()),
            };
            if let Err(error) = value {
                break Err(error);
            }
        };
        let is_missing = |(place, part): (usize, &Part)| {
            !part.optional && !matches!(part.node, Node::Spread) && seen & (1 << (place % 64)) == 0
        };
        found.misfit |= parts.iter().enumerate().any(is_missing);
        if !spread.is_empty() {
            found.note_details(Details::Spread(spread));
        }
        read
    }

    fn visit_seq<S: SeqAccess<'b>>(self, mut items: S) -> Result<(), S::Error> {
        self.found.misfit = true;
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_unit<Er: Error>(self) -> Result<(), Er> {
        self.found.misfit = true;
        Ok(())
    }

    visit_others! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) }
}

struct ArrayVisitor<'n, 'f, 'b> {
    parts: &'n [Part],
    found: &'f mut Found<'b>,
}

impl<'b> Visitor<'b> for ArrayVisitor<'_, '_, 'b> {
    type Value = ();

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("an array")
    }

    fn visit_seq<S: SeqAccess<'b>>(self, mut sequence: S) -> Result<(), S::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element::<&'b RawValue>()? {
            items.push(item);
        }
        items::read(self.parts, &items, self.found);
        Ok(())
    }

    fn visit_map<M: MapAccess<'b>>(self, mut members: M) -> Result<(), M::Error> {
        self.found.misfit = true;
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_unit<Er: Error>(self) -> Result<(), Er> {
        self.found.misfit = true;
        Ok(())
    }

    visit_others! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) }
}

/// Whether this member stood there before, and holds more than one value.
fn is_again(parts: &[Part], place: usize, seen: u64) -> bool {
    let holds_several = parts.get(place).is_some_and(|part| !matches!(part.node, Node::Slot(_)));
    // Behind the 64th, the bits are those of others.
    holds_several && parts.len() <= 64 && seen & (1 << place) != 0
}

/// A member's name, borrowed where nothing in it is escaped.
struct NameSeed;

impl<'b> DeserializeSeed<'b> for NameSeed {
    type Value = Cow<'b, str>;

    #[inline]
    fn deserialize<D: Deserializer<'b>>(self, json: D) -> Result<Cow<'b, str>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'b> Visitor<'b> for NameSeed {
    type Value = Cow<'b, str>;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a string")
    }

    #[inline]
    fn visit_borrowed_str<Er: Error>(self, text: &'b str) -> Result<Cow<'b, str>, Er> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<Er: Error>(self, text: &str) -> Result<Cow<'b, str>, Er> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
