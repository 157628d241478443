//! The keys of a map, as JSON strings: what `serde_json` takes for a key is written between quotes, all else is
//! refused, for an object of JSON has no other keys.

use std::fmt::Display;

use serde::ser::{Impossible, Serialize, Serializer};

use super::{Failed, Json, Result};
use crate::json::Buffer;

/// Writes one key.
pub(super) struct Key<'a>(pub(super) &'a mut Buffer);

impl Key<'_> {
    #[inline]
    fn quoted(self, write: impl FnOnce(&mut Buffer) -> Result) -> Result {
        self.0.push(b'"');
        write(self.0)?;
        self.0.push(b'"');
        Ok(())
    }
}

type Never = Impossible<(), Failed>;

impl Serializer for Key<'_> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_bool(self, value: bool) -> Result {
        self.quoted(|out| Json::new(out).serialize_bool(value))
    }

    fn serialize_i8(self, value: i8) -> Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result {
        self.quoted(|out| Json::new(out).serialize_i64(value))
    }

    fn serialize_i128(self, value: i128) -> Result {
        self.quoted(|out| Json::new(out).serialize_i128(value))
    }

    fn serialize_u8(self, value: u8) -> Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result {
        self.quoted(|out| Json::new(out).serialize_u64(value))
    }

    fn serialize_u128(self, value: u128) -> Result {
        self.quoted(|out| Json::new(out).serialize_u128(value))
    }

    // A float that is no number would be the key `null`: two keys of one map could look alike.

    fn serialize_f32(self, value: f32) -> Result {
        if !value.is_finite() {
            return Err(Failed);
        }
        self.quoted(|out| Json::new(out).serialize_f32(value))
    }

    fn serialize_f64(self, value: f64) -> Result {
        if !value.is_finite() {
            return Err(Failed);
        }
        self.quoted(|out| Json::new(out).serialize_f64(value))
    }

    #[inline]
    fn serialize_char(self, value: char) -> Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result {
        Json::new(self.0).serialize_str(value)
    }

    #[inline]
    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    #[inline]
    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result {
        Json::new(self.0).collect_str(value)
    }

    fn serialize_bytes(self, _value: &[u8]) -> Result {
        Err(Failed)
    }

    fn serialize_none(self) -> Result {
        Err(Failed)
    }

    fn serialize_unit(self) -> Result {
        Err(Failed)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result {
        Err(Failed)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result {
        Err(Failed)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Never> {
        Err(Failed)
    }

    fn serialize_tuple(self, _length: usize) -> Result<Never> {
        Err(Failed)
    }

    fn serialize_tuple_struct(self, _name: &'static str, _length: usize) -> Result<Never> {
        Err(Failed)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Never> {
        Err(Failed)
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Never> {
        Err(Failed)
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Never> {
        Err(Failed)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Never> {
        Err(Failed)
    }
}
