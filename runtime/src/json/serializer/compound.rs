//! Arrays and objects: their brackets, commas and names. The values in them are left to `Json`, keys of maps to
//! `Key`.

use serde::ser::{self, Serialize};
use serde_json::value::RawValue;

use super::keys::Key;
use super::{Failed, Json, Result};
use crate::json::readable::make_readable;
use crate::json::{Buffer, push_string};

/// Whether `serde_json` hands over text under this name that is JSON already: its `RawValue` does, and with
/// `arbitrary_precision` its `Number`. Each is a struct of that name with one field of that name.
#[inline]
pub(super) fn is_verbatim(name: &str) -> bool {
    matches!(name, "$serde_json::private::RawValue" | "$serde_json::private::Number")
}

/// `{"name":` or `,"name":`, for any name.
fn push_member_name(out: &mut Buffer, lead: u8, name: &str) {
    out.push(lead);
    push_string(out, name);
    out.push(b':');
}

/// How many brackets these are.
#[inline]
fn levels(closing: [u8; 2]) -> u8 {
    if closing[1] == 0 { 1 } else { 2 }
}

/// In place of a lead: an item has failed. Should its `Serialize` swallow that and go on, the whole fails, as half an
/// item is no JSON.
const FAILED: u8 = 0;

/// An array or an object that is being written.
pub(super) struct Compound<'a> {
    out: &'a mut Buffer,
    /// What is due before the next item: the opening bracket, from then on a comma, behind a key a colon. Held
    /// back, it is written together with what follows.
    lead: u8,
    /// The closing bracket, and that of the variant around it or 0.
    closing: [u8; 2],
}

impl<'a> Compound<'a> {
    /// Fails where it would stand too deep. What fails is taken back as a whole, and the levels with it.
    #[inline]
    fn open(out: &'a mut Buffer, lead: u8, closing: [u8; 2]) -> Result<Self> {
        let left = out.levels().checked_sub(levels(closing)).ok_or(Failed)?;
        out.set_levels(left);
        Ok(Self { out, lead, closing })
    }

    #[inline]
    pub(super) fn array(out: &'a mut Buffer) -> Result<Self> {
        Self::open(out, b'[', [b']', 0])
    }

    #[inline]
    pub(super) fn object(out: &'a mut Buffer) -> Result<Self> {
        Self::open(out, b'{', [b'}', 0])
    }

    /// `{"Variant":[`…`]}`
    #[inline]
    pub(super) fn array_of_variant(out: &'a mut Buffer, variant: &'static str) -> Result<Self> {
        push_member_name(out, b'{', variant);
        Self::open(out, b'[', *b"]}")
    }

    /// `{"Variant":{`…`}}`
    #[inline]
    pub(super) fn object_of_variant(out: &'a mut Buffer, variant: &'static str) -> Result<Self> {
        push_member_name(out, b'{', variant);
        Self::open(out, b'{', *b"}}")
    }

    #[inline]
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.out.push(self.lead);
        self.value(value)
    }

    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        let result = value.serialize(Json::new(self.out));
        let may_go_on = result.is_ok() && self.lead != FAILED;
        self.lead = if may_go_on { b',' } else { FAILED };
        result
    }

    /// In derived code the name is a literal: here, where it is inlined, the compiler looks for what must be
    /// escaped, and what is left are appends of constant text. A struct of two numbers takes half the time so.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "measured: left to itself, rustc calls it, and the name is no literal"
    )]
    pub(super) fn member<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result {
        if name.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
            self.out.push_between([self.lead, b'"'], name, *b"\":");
        } else {
            push_member_name(self.out, self.lead, name);
        }
        self.value(value)
    }

    #[inline]
    pub(super) fn close(self) -> Result {
        match self.lead {
            b',' => {}
            // Nothing was written: the opening bracket is still due.
            b'[' | b'{' => self.out.push(self.lead),
            _ => return Err(Failed),
        }
        let length = levels(self.closing);
        self.out.push_first(&self.closing, length.into());
        self.out.set_levels(self.out.levels().saturating_add(length));
        Ok(())
    }
}

/// What is an array to JSON: the traits differ by name only.
macro_rules! impl_array {
    ($($Trait:ident :: $item:ident),*) => {$(
        impl ser::$Trait for Compound<'_> {
            type Ok = ();
            type Error = Failed;

            #[inline]
            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                self.item(value)
            }

            #[inline]
            fn end(self) -> Result {
                self.close()
            }
        }
    )*};
}

impl_array!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Failed;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        let is_due = matches!(self.lead, b'{' | b',');
        self.out.push(self.lead);
        let result = if is_due { key.serialize(Key(self.out)) } else { Err(Failed) };
        self.lead = if result.is_ok() { b':' } else { FAILED };
        result
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        if self.lead != b':' {
            self.lead = FAILED;
        }
        self.item(value)
    }

    #[inline]
    fn end(self) -> Result {
        self.close()
    }
}

impl ser::SerializeStructVariant for Compound<'_> {
    type Ok = ();
    type Error = Failed;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result {
        self.member(name, value)
    }

    #[inline]
    fn end(self) -> Result {
        self.close()
    }
}

/// A struct that is being written.
pub(super) enum Struct<'a> {
    Object(Compound<'a>),
    /// One of `serde_json`'s own, see [`is_verbatim`], and how long the buffer was before it.
    Verbatim(&'a mut Buffer, usize),
}

impl ser::SerializeStruct for Struct<'_> {
    type Ok = ();
    type Error = Failed;

    #[inline(always)]
    #[allow(clippy::inline_always, reason = "see `Compound::member`")]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result {
        match self {
            Self::Object(object) => object.member(name, value),
            Self::Verbatim(out, start) if is_verbatim(name) && out.len() == *start => {
                value.serialize(Json { out, verbatim: true })
            }
            Self::Verbatim(..) => Err(Failed),
        }
    }

    #[inline]
    fn end(self) -> Result {
        match self {
            Self::Object(object) => object.close(),
            // Whoever borrows the name may not keep to what is behind it.
            Self::Verbatim(out, start) => {
                let levels = out.levels();
                let is_json = serde_json::from_slice::<&RawValue>(out.since(start)).is_ok();
                if is_json && make_readable(out.since_mut(start), levels) { Ok(()) } else { Err(Failed) }
            }
        }
    }
}
