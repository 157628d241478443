//! What a `Serialize` says, as compact JSON: byte for byte what `serde_json` writes, into a [`Buffer`] and with
//! few, long appends. The generic functions are instantiated in the user's crate for each type that is written,
//! so they stay small and leave the work to the plain ones. What holds other values is left to `compound`, keys
//! of maps to `keys`, the digits of floats to `serde_json`.
//!
//! It pays for itself: with `serde_json`'s own serializer in its place, a 422 with two field errors took 2.61 times the
//! limit of the benchmark, in the run in which this one took 1.27. Texts in which something must be escaped are most of
//! it. Raw JSON is recognised by the name that `serde_json` gives its struct; a test holds that to the version in use.

mod compound;
mod keys;

use std::fmt::{self, Display, Write};

use serde::ser::{self, Serialize, Serializer};

use super::{Buffer, EscapingWriter, PlainWriter, push_integer, push_string};
use compound::{Compound, Struct, is_verbatim};

/// Appends what `value` serializes to. Where that fails, or is deeper than the buffer's levels, the buffer is as it was,
/// and the answer is `false`.
pub(crate) fn push_serialized<T: Serialize + ?Sized>(out: &mut Buffer, value: &T) -> bool {
    let (start, levels) = (out.len(), out.levels());
    let written = value.serialize(Json::new(out)).is_ok();
    out.set_levels(levels);
    if !written {
        out.truncate(start);
    }
    written
}

/// A value that JSON cannot say, or a `Serialize` that gave up. Nobody sees why, so nothing is kept.
#[derive(Debug)]
struct Failed;

impl Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not to be written as JSON")
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(_message: T) -> Self {
        Self
    }
}

type Result<T = ()> = std::result::Result<T, Failed>;

/// Writes one value.
struct Json<'a> {
    out: &'a mut Buffer,
    /// Whether a string is JSON text, to be written as it is.
    verbatim: bool,
}

impl<'a> Json<'a> {
    #[inline]
    fn new(out: &'a mut Buffer) -> Self {
        Self { out, verbatim: false }
    }
}

fn push_bytes_as_array(out: &mut Buffer, bytes: &[u8]) {
    let mut lead = b'[';
    for &byte in bytes {
        out.push(lead);
        push_integer(out, byte);
        lead = b',';
    }
    if bytes.is_empty() {
        out.push(lead);
    }
    out.push(b']');
}

// One copy of itoa for each width, here instead of in the user's crate.

fn push_i64(out: &mut Buffer, value: i64) {
    push_integer(out, value);
}

fn push_u64(out: &mut Buffer, value: u64) {
    push_integer(out, value);
}

fn push_i128(out: &mut Buffer, value: i128) {
    push_integer(out, value);
}

fn push_u128(out: &mut Buffer, value: u128) {
    push_integer(out, value);
}

// A float that is no number is `null`, as everywhere in `serde_json`.

fn push_f32(out: &mut Buffer, value: f32) -> Result {
    serde_json::to_writer(out, &value).map_err(|_| Failed)
}

fn push_f64(out: &mut Buffer, value: f64) -> Result {
    serde_json::to_writer(out, &value).map_err(|_| Failed)
}

/// Appends what `value` displays as a string, escaped while it is rendered.
fn push_displayed(out: &mut Buffer, value: fmt::Arguments<'_>) -> Result {
    out.push(b'"');
    EscapingWriter(out).write_fmt(value).map_err(|_| Failed)?;
    out.push(b'"');
    Ok(())
}

impl<'a> Serializer for Json<'a> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Compound<'a>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Struct<'a>;
    type SerializeStructVariant = Compound<'a>;

    #[inline]
    fn serialize_bool(self, value: bool) -> Result {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    #[inline]
    fn serialize_i8(self, value: i8) -> Result {
        self.serialize_i64(value.into())
    }

    #[inline]
    fn serialize_i16(self, value: i16) -> Result {
        self.serialize_i64(value.into())
    }

    #[inline]
    fn serialize_i32(self, value: i32) -> Result {
        self.serialize_i64(value.into())
    }

    #[inline]
    fn serialize_i64(self, value: i64) -> Result {
        push_i64(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_i128(self, value: i128) -> Result {
        push_i128(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_u8(self, value: u8) -> Result {
        self.serialize_u64(value.into())
    }

    #[inline]
    fn serialize_u16(self, value: u16) -> Result {
        self.serialize_u64(value.into())
    }

    #[inline]
    fn serialize_u32(self, value: u32) -> Result {
        self.serialize_u64(value.into())
    }

    #[inline]
    fn serialize_u64(self, value: u64) -> Result {
        push_u64(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_u128(self, value: u128) -> Result {
        push_u128(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_f32(self, value: f32) -> Result {
        push_f32(self.out, value)
    }

    #[inline]
    fn serialize_f64(self, value: f64) -> Result {
        push_f64(self.out, value)
    }

    #[inline]
    fn serialize_char(self, value: char) -> Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result {
        if self.verbatim {
            self.out.push_str(value);
            return Ok(());
        }
        push_string(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_bytes(self, value: &[u8]) -> Result {
        push_bytes_as_array(self.out, value);
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> Result {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result {
        self.out.push_str("null");
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _name: &'static str) -> Result {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    #[inline]
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        let mut object = Compound::object(self.out)?;
        object.member(variant, value)?;
        object.close()
    }

    #[inline]
    fn serialize_seq(self, _length: Option<usize>) -> Result<Compound<'a>> {
        Compound::array(self.out)
    }

    #[inline]
    fn serialize_tuple(self, length: usize) -> Result<Compound<'a>> {
        self.serialize_seq(Some(length))
    }

    #[inline]
    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Compound<'a>> {
        self.serialize_seq(Some(length))
    }

    #[inline]
    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Compound<'a>> {
        Compound::array_of_variant(self.out, variant)
    }

    #[inline]
    fn serialize_map(self, _length: Option<usize>) -> Result<Compound<'a>> {
        Compound::object(self.out)
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Struct<'a>> {
        if is_verbatim(name) {
            let start = self.out.len();
            return Ok(Struct::Verbatim(self.out, start));
        }
        self.serialize_map(Some(length)).map(Struct::Object)
    }

    #[inline]
    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Compound<'a>> {
        Compound::object_of_variant(self.out, variant)
    }

    #[inline]
    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result {
        if self.verbatim {
            return write!(PlainWriter(self.out), "{value}").map_err(|_| Failed);
        }
        push_displayed(self.out, format_args!("{value}"))
    }
}

#[cfg(test)]
mod tests;
