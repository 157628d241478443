//! Takes any deserializer; gives one that does the same, and whose errors know in the reading of which value they
//! arose. Whether that place is in the text, and which member of it is meant, is decided in `mod.rs`.
//!
//! The place travels with the error itself: an error that a `Deserialize` swallows takes its place along. Only on the
//! way through the deserializer beneath, which has an error type of its own, the place waits in [`At::left`].

use std::cell::RefCell;
use std::fmt;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

/// Deserializes, and says of an error where it arose.
pub(super) fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<T, Error<D::Error>> {
    let left = RefCell::new(None);
    let at = At { chain: &Chain::Whole, key: None, left: &left };
    T::deserialize(Reader { inner: deserializer, at }).map_err(|error| error.placed(at.chain, |_| false))
}

/// What the deserializer beneath or the type says, and where.
#[derive(Debug)]
pub(super) struct Error<E> {
    pub(super) said: E,
    pub(super) found: Found,
}

/// Where an error arose.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The steps to the value in whose reading it arose; `None` until the first such reading is left.
    pub(super) tokens: Option<Vec<String>>,
    /// The member that the error names. Of which object, it does not say.
    pub(super) member: Option<Member>,
    /// Whether it is a member of the object at `tokens`, and not of one that was read ahead and looked at later.
    pub(super) is_own: bool,
}

#[derive(Debug)]
pub(super) enum Member {
    Missing(&'static str),
    Duplicate(&'static str),
    Unknown(String),
}

impl<E> Error<E> {
    fn new(said: E, member: Member) -> Self {
        Self { said, found: Found { member: Some(member), ..Found::default() } }
    }

    /// It arose here, unless it comes from further within.
    fn placed(mut self, chain: &Chain<'_>, is_own: impl FnOnce(&Member) -> bool) -> Self {
        if self.found.tokens.is_none() {
            self.found.tokens = Some(chain.tokens());
            self.found.is_own = self.found.member.as_ref().is_some_and(is_own);
        }
        self
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said.fmt(out)
    }
}

impl<E: de::Error> std::error::Error for Error<E> {}

impl<E: de::Error> de::Error for Error<E> {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self { said: E::custom(text), found: Found::default() }
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self { said: E::invalid_type(found, expected), found: Found::default() }
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self { said: E::invalid_value(found, expected), found: Found::default() }
    }

    fn invalid_length(length: usize, expected: &dyn de::Expected) -> Self {
        Self { said: E::invalid_length(length, expected), found: Found::default() }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self { said: E::unknown_variant(variant, expected), found: Found::default() }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(E::unknown_field(field, expected), Member::Unknown(field.to_owned()))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(E::missing_field(field), Member::Missing(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(E::duplicate_field(field), Member::Duplicate(field))
    }
}

/// The steps to a value, each on the stack of whoever reads it.
#[derive(Clone, Copy)]
enum Chain<'a> {
    Whole,
    Member(&'a Chain<'a>, &'a str),
    Item(&'a Chain<'a>, usize),
}

impl Chain<'_> {
    fn tokens(&self) -> Vec<String> {
        let mut tokens = Vec::new();
        let mut chain = self;
        while let Some((parent, token)) = match chain {
            Chain::Whole => None,
            Chain::Member(parent, name) => Some((parent, (*name).to_owned())),
            Chain::Item(parent, index) => Some((parent, index.to_string())),
        } {
            tokens.push(token);
            chain = parent;
        }
        tokens.reverse();
        tokens
    }
}

/// Where we are.
#[derive(Clone, Copy)]
struct At<'a> {
    chain: &'a Chain<'a>,
    /// Takes the text of what is read, where that is a key or the name of a variant.
    key: Option<&'a RefCell<Option<String>>>,
    /// The place of an error that is on its way through the deserializer beneath.
    left: &'a RefCell<Option<Found>>,
}

impl At<'_> {
    /// Hands a result to the deserializer beneath.
    fn down<T, E>(self, result: Result<T, Error<E>>) -> Result<T, E> {
        result.map_err(|error| {
            self.left.replace(Some(error.found));
            error.said
        })
    }

    /// Takes a result from the deserializer beneath. An error that it made itself has no place yet.
    fn up<T, E>(self, result: Result<T, E>) -> Result<T, Error<E>> {
        let found = self.left.take();
        result.map_err(|said| Error { said, found: found.unwrap_or_default() })
    }

    fn note_key(self, key: impl fmt::Display) {
        if let Some(noted) = self.key {
            noted.replace(Some(key.to_string()));
        }
    }
}

struct Reader<'a, D> {
    inner: D,
    at: At<'a>,
}

macro_rules! read {
    ($($method:ident($($name:ident: $ty:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($name: $ty,)* visitor: V) -> Result<V::Value, Self::Error> {
            let guest = Guest { inner: visitor, at: self.at, fields: &[] };
            self.at.up(self.inner.$method($($name,)* guest))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Reader<'_, D> {
    type Error = Error<D::Error>;

    read! {
        deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
        deserialize_i128() deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string()
        deserialize_bytes() deserialize_byte_buf() deserialize_option() deserialize_unit() deserialize_seq()
        deserialize_map() deserialize_identifier() deserialize_ignored_any()
        deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str)
        deserialize_tuple(length: usize)
        deserialize_tuple_struct(name: &'static str, length: usize)
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let guest = Guest { inner: visitor, at: self.at, fields };
        self.at.up(self.inner.deserialize_struct(name, fields, guest))
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// A visitor in the house of the deserializer beneath.
struct Guest<'a, V> {
    inner: V,
    at: At<'a>,
    /// Those of a struct.
    fields: &'static [&'static str],
}

macro_rules! visit {
    ($($method:ident($ty:ty))*) => {$(
        fn $method<E: de::Error>(self, value: $ty) -> Result<V::Value, E> {
            self.at.note_key(&value);
            self.at.down(self.inner.$method(value))
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Guest<'_, V> {
    type Value = V::Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(out)
    }

    visit! {
        visit_bool(bool) visit_i8(i8) visit_i16(i16) visit_i32(i32) visit_i64(i64) visit_i128(i128)
        visit_u8(u8) visit_u16(u16) visit_u32(u32) visit_u64(u64) visit_u128(u128) visit_f32(f32) visit_f64(f64)
        visit_char(char) visit_str(&str) visit_borrowed_str(&'de str) visit_string(String)
    }

    fn visit_bytes<E: de::Error>(self, value: &[u8]) -> Result<V::Value, E> {
        self.at.down(self.inner.visit_bytes(value))
    }

    fn visit_borrowed_bytes<E: de::Error>(self, value: &'de [u8]) -> Result<V::Value, E> {
        self.at.down(self.inner.visit_borrowed_bytes(value))
    }

    fn visit_byte_buf<E: de::Error>(self, value: Vec<u8>) -> Result<V::Value, E> {
        self.at.down(self.inner.visit_byte_buf(value))
    }

    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.at.down(self.inner.visit_none())
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.at.down(self.inner.visit_unit())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.at.down(self.inner.visit_some(Reader { inner, at: self.at }))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.at.down(self.inner.visit_newtype_struct(Reader { inner, at: self.at }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let read = self.inner.visit_seq(Items { inner, at: self.at, index: 0 });
        self.at.down(read.map_err(|error| error.placed(self.at.chain, |_| false)))
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let pending = RefCell::new(None);
        let read = self.inner.visit_map(Members { inner, at: self.at, pending: &pending });
        self.at.down(read.map_err(|error| {
            error.placed(self.at.chain, |member| match member {
                // What was read ahead is looked at by whoever reads a map, or a tag and its content. A struct with this
                // field misses it itself.
                Member::Missing(name) => self.fields.contains(name),
                // Told before the value is read; of what was read ahead, after.
                Member::Duplicate(name) => pending.borrow().as_deref() == Some(name),
                Member::Unknown(_) => false,
            })
        }))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let name = RefCell::new(None);
        let read = self.inner.visit_enum(Variants { inner, at: self.at, name: &name });
        self.at.down(read.map_err(|error| error.placed(self.at.chain, |_| false)))
    }
}

/// The seed of a value at a place of its own.
struct Seed<'a, S> {
    inner: S,
    at: At<'a>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let read = self.inner.deserialize(Reader { inner, at: self.at });
        self.at.down(read.map_err(|error| {
            error.placed(self.at.chain, |member| match (member, self.at.key) {
                (Member::Unknown(name), Some(key)) => key.borrow().as_ref() == Some(name),
                _ => false,
            })
        }))
    }
}

struct Items<'a, A> {
    inner: A,
    at: At<'a>,
    index: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, A> {
    type Error = Error<A::Error>;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Self::Error> {
        let chain = Chain::Item(self.at.chain, self.index);
        self.index += 1;
        let seed = Seed { inner: seed, at: At { chain: &chain, key: None, left: self.at.left } };
        self.at.up(self.inner.next_element_seed(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

struct Members<'a, A> {
    inner: A,
    at: At<'a>,
    /// The key that was read last, until its value is.
    pending: &'a RefCell<Option<String>>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, A> {
    type Error = Error<A::Error>;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Self::Error> {
        self.pending.take();
        let seed = Seed { inner: seed, at: At { key: Some(self.pending), ..self.at } };
        self.at.up(self.inner.next_key_seed(seed))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Self::Error> {
        let key = self.pending.take();
        let member = key.as_deref().map(|key| Chain::Member(self.at.chain, key));
        // A key that is no text leaves its value without a name.
        let chain = member.as_ref().unwrap_or(self.at.chain);
        let seed = Seed { inner: seed, at: At { chain, key: None, left: self.at.left } };
        self.at.up(self.inner.next_value_seed(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

struct Variants<'a, A> {
    inner: A,
    at: At<'a>,
    name: &'a RefCell<Option<String>>,
}

impl<'a, 'de, A: EnumAccess<'de>> EnumAccess<'de> for Variants<'a, A> {
    type Error = Error<A::Error>;
    type Variant = Variant<'a, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), Self::Error> {
        let seed = Seed { inner: seed, at: At { key: Some(self.name), ..self.at } };
        let (value, inner) = self.at.up(self.inner.variant_seed(seed))?;
        let name = self.name.take();
        if let Some(name) = &name {
            self.at.note_key(name);
        }
        Ok((value, Variant { inner, at: self.at, name }))
    }
}

struct Variant<'a, A> {
    inner: A,
    at: At<'a>,
    name: Option<String>,
}

impl<A> Variant<'_, A> {
    /// Reads what the variant holds, which stands under its name.
    fn within<T, E>(self, read: impl FnOnce(A, At<'_>) -> Result<T, E>) -> Result<T, Error<E>> {
        let member = self.name.as_deref().map(|name| Chain::Member(self.at.chain, name));
        let chain = member.as_ref().unwrap_or(self.at.chain);
        let at = At { chain, key: None, left: self.at.left };
        let result = at.up(read(self.inner, at));
        result.map_err(|error| error.placed(chain, |_| false))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Variant<'_, A> {
    type Error = Error<A::Error>;

    fn unit_variant(self) -> Result<(), Self::Error> {
        self.within(|inner, _| inner.unit_variant())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Self::Error> {
        self.within(|inner, at| inner.newtype_variant_seed(Seed { inner: seed, at }))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Self::Error> {
        self.within(|inner, at| inner.tuple_variant(length, Guest { inner: visitor, at, fields: &[] }))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.within(|inner, at| inner.struct_variant(fields, Guest { inner: visitor, at, fields }))
    }
}
