//! Takes a type and the steps of a validation's report; gives the steps as they are in JSON. A report has the names of
//! the Rust code; the type's `Deserialize` says which names serde gives to its fields, and whether a number is the place
//! in a list.
//!
//! Nothing is deserialized: each type on the way is shown one member or item, until the last step is taken.

use std::any::type_name;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::field_errors::{FieldError, FieldErrors, pointer};

/// The first of what a report has found, and how many there are beside.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    pub(crate) more: usize,
    /// Whether a number may stand for an entry of a map, which tells a caller nothing.
    pub(crate) counts_maps: bool,
}

pub(crate) struct Finding {
    pub(crate) steps: Vec<Step>,
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
}

impl Findings {
    pub(crate) fn into_fields(self, locate: impl FnOnce(&Self) -> Vec<Located>) -> FieldErrors {
        let located = locate(&self);
        let errors = located
            .iter()
            .zip(self.list)
            .map(|(at, finding)| FieldError::new(pointer(&at.tokens), finding.code, finding.message));
        FieldErrors { errors: errors.collect(), more: self.more }
    }

    /// With the names that are in the report.
    pub(crate) fn into_reported(self) -> FieldErrors {
        self.into_fields(|found| {
            found.list.iter().map(|finding| Located::as_reported(&finding.steps)).collect()
        })
    }

    /// With the names that this type has in JSON, as far as it tells.
    pub(crate) fn into_json_of<T: DeserializeOwned>(self) -> FieldErrors {
        self.into_fields(Self::in_json_of::<T>)
    }

    /// The place of each in the JSON of this type, as far as it tells.
    pub(crate) fn in_json_of<T: DeserializeOwned>(&self) -> Vec<Located> {
        let located = |finding: &Finding| Located::in_json_of::<T>(&finding.steps, self.counts_maps);
        self.list.iter().map(located).collect()
    }
}

/// A step from a value to one within.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// In this order, so that item 10 comes after item 9, and items come before names.
    Index(usize),
    /// The name of a field, without `r#`, or a key.
    Name(String),
}

impl Step {
    fn token(&self) -> String {
        match self {
            Self::Index(index) => index.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

/// Where a field stands in JSON.
pub(crate) struct Located {
    pub(crate) tokens: Vec<String>,
    /// So many of them are sure; those after are the names in the Rust code.
    #[cfg_attr(
        not(feature = "axum-extract"),
        expect(dead_code, reason = "asked where the request is at hand")
    )]
    pub(crate) sure: usize,
}

impl Located {
    /// The steps as the report has them.
    pub(crate) fn as_reported(steps: &[Step]) -> Self {
        Self { tokens: steps.iter().map(Step::token).collect(), sure: 0 }
    }

    /// The steps as this type's `Deserialize` has them, as far as it tells.
    ///
    /// `counts_maps`: whether a number may stand for an entry of a map. It then says nothing, and the steps end there.
    fn in_json_of<T: DeserializeOwned>(steps: &[Step], counts_maps: bool) -> Self {
        let walk =
            Walk { tokens: RefCell::default(), sure: Cell::new(0), is_over: Cell::new(false), counts_maps };
        // It always ends in an error: the value at the end is not there.
        let _ = T::deserialize(Probe { steps, walk: &walk });
        let mut tokens = walk.tokens.into_inner();
        let sure = walk.sure.get();
        tokens.truncate(sure);
        if !walk.is_over.get() {
            tokens.extend(steps.iter().skip(sure).map(Step::token));
        }
        Self { tokens, sure }
    }
}

/// What has been found on the way.
struct Walk {
    tokens: RefCell<Vec<String>>,
    sure: Cell<usize>,
    /// What lies behind is no place that could be told.
    is_over: Cell<bool>,
    counts_maps: bool,
}

impl Walk {
    /// The steps that were taken led to a value that is read as something in particular. What is read as anything may
    /// have been taken up by a type that does not know the name.
    fn confirm(&self) {
        self.sure.set(self.tokens.borrow().len());
    }

    fn end(&self) {
        self.confirm();
        self.is_over.set(true);
    }

    fn step(&self, token: String) {
        self.tokens.borrow_mut().push(token);
    }
}

/// There is nothing to say: what was found is in the [`Walk`].
#[derive(Debug)]
struct Stop;

impl fmt::Display for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("no more steps")
    }
}

impl std::error::Error for Stop {}

impl de::Error for Stop {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Stands for the value that the steps lead through.
#[derive(Clone, Copy)]
struct Probe<'w> {
    steps: &'w [Step],
    walk: &'w Walk,
}

impl Probe<'_> {
    fn below(self) -> Self {
        Self { steps: self.steps.get(1..).unwrap_or_default(), ..self }
    }

    /// Shows an object with this one member.
    fn member<'de, V: Visitor<'de>>(self, name: &str, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_map(One { name: Some(name), probe: self })
    }

    fn list<'de, V: Visitor<'de>>(self, is_uniform: bool, visitor: V) -> Result<V::Value, Stop> {
        self.walk.confirm();
        match self.steps.first() {
            Some(Step::Index(_)) if is_unordered(type_name::<V::Value>()) => {
                self.walk.end();
                Err(Stop)
            }
            // The first item is of the type of all, but in a tuple.
            Some(Step::Index(index)) if is_uniform || *index == 0 => {
                visitor.visit_seq(First { probe: self, index: Some(*index) })
            }
            Some(Step::Name(_)) => {
                self.walk.end();
                Err(Stop)
            }
            _ => Err(Stop),
        }
    }
}

/// A guess by the name of a type: right for the collections of std. One that a crate calls otherwise is taken for a list,
/// and a list called `Vec<HashSet<T>>` is none of them.
fn is_unordered(name: &str) -> bool {
    let outer = name.split('<').next().unwrap_or_default();
    ["Set", "BinaryHeap"].iter().any(|end| outer.ends_with(end))
}

macro_rules! value {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
            // There is nothing below.
            self.walk.end();
            Err(Stop)
        }
    )*};
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Stop;

    value! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8
        deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64 deserialize_char
        deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_identifier
    }

    forward_to_deserialize_any! { unit_struct }

    /// An untagged or internally tagged enum, or whatever looks at the value first.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
        Err(Stop)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
        Err(Stop)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.list(true, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Stop> {
        // An array.
        self.list(type_name::<V::Value>().starts_with('['), visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.list(false, visitor)
    }

    /// A map, or a struct of which serde does not tell the names, as there is `flatten` in it.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.walk.confirm();
        match self.steps.first() {
            Some(Step::Index(_)) if self.walk.counts_maps => {
                self.walk.end();
                Err(Stop)
            }
            Some(step) => self.member(&step.token(), visitor),
            None => Err(Stop),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.walk.confirm();
        let Some(Step::Name(name)) = self.steps.first() else { return Err(Stop) };
        if let Some(name) = named_by_serde(name, fields) {
            self.member(name, visitor)
        } else {
            // None of its members has the name that it has in Rust.
            self.walk.end();
            Err(Stop)
        }
    }

    /// Which variant it is, a report does not say, and JSON has its name on the way.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Stop> {
        self.walk.end();
        Err(Stop)
    }
}

/// Serde's name of a field: its own, or the only one that is the same in another case.
fn named_by_serde<'f>(name: &str, fields: &[&'f str]) -> Option<&'f str> {
    let letters = |name: &str| -> String {
        name.chars().filter(|letter| !matches!(letter, '_' | '-')).flat_map(char::to_lowercase).collect()
    };
    let wanted = letters(name);
    let mut alike = fields.iter().filter(|field| letters(field) == wanted);
    match (fields.iter().find(|field| **field == name), alike.next(), alike.next()) {
        (Some(field), ..) | (None, Some(field), None) => Some(field),
        _ => None,
    }
}

/// An object with one member.
struct One<'w, 'n> {
    name: Option<&'n str>,
    probe: Probe<'w>,
}

impl<'de> MapAccess<'de> for One<'_, '_> {
    type Error = Stop;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Stop> {
        let Some(name) = self.name.take() else { return Ok(None) };
        self.probe.walk.step(name.to_owned());
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Stop> {
        seed.deserialize(self.probe.below())
    }
}

/// A list with one item, whichever of all it is. It does end: an item's type may make a value of an error.
struct First<'w> {
    probe: Probe<'w>,
    index: Option<usize>,
}

impl<'de> SeqAccess<'de> for First<'_> {
    type Error = Stop;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Stop> {
        let Some(index) = self.index.take() else { return Ok(None) };
        self.probe.walk.step(index.to_string());
        seed.deserialize(self.probe.below()).map(Some)
    }
}
