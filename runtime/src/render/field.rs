//! The fields of an error as the expansion hands them over: all at once, each as a trait object. Takes what the derive
//! knows of a field's type by its looks and of its uses; gives the renderer a [`Value`]. Nothing here is generic over
//! the error, so that little is compiled anew in the user's crate.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::fmt::Display;
use std::time::Duration;

use serde::Serialize;

use crate::json::{self, Buffer};

/// A field of the error that is being looked at.
#[diagnostic::on_unimplemented(
    message = "this field is taken for a primitive by its type's name, but its type is `{Self}`",
    label = "not the primitive of this name",
    note = "write the path of the type, as in `self::u64`: then its own `Display` and `Serialize` are used"
)]
pub trait Field {
    fn value(&self) -> Value<'_>;
}

/// What a field holds.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "it may hold trait objects and lives for one call")]
pub enum Value<'a> {
    Unsigned(u64),
    Signed(i64),
    Bool(bool),
    Text(&'a str),
    /// What its traits say, each asked where the field has that use.
    ByTraits(&'a ByTraits<'a>),
}

// The expansion takes a field for one of these by the name of its type. JSON, a message and a header show each alike,
// so that one value does for all uses.
macro_rules! fields {
    ($($variant:ident: $($ty:ty)*;)*) => {$($(
        impl Field for $ty {
            #[inline]
            fn value(&self) -> Value<'_> {
                #[allow(clippy::unnecessary_cast, clippy::cast_lossless, reason = "it widens all but one of them")]
                Value::$variant(*self as _)
            }
        }
    )*)*};
}

fields! {
    Unsigned: u8 u16 u32 u64 usize;
    Signed: i8 i16 i32 i64 isize;
    Bool: bool;
}

impl Field for &str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Field for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

/// A field of any other type: for each of its uses, what that needs.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "it holds trait objects and lives for one call")]
pub struct ByTraits<'a> {
    pub(crate) shown: Option<&'a dyn Display>,
    pub(crate) json: Option<&'a dyn Json>,
    pub(crate) header: Option<&'a dyn Display>,
    pub(crate) wait: Option<Duration>,
}

impl<'a> ByTraits<'a> {
    /// A field without any use.
    pub const NOTHING: Self = Self { shown: None, json: None, header: None, wait: None };

    /// The message shows it so.
    #[must_use]
    pub const fn shown(self, shown: &'a dyn Display) -> Self {
        Self { shown: Some(shown), ..self }
    }

    /// The details hold it so.
    #[must_use]
    pub const fn json(self, json: &'a dyn Json) -> Self {
        Self { json: Some(json), ..self }
    }

    /// It is such a header, if it has a value.
    #[must_use]
    pub const fn header(self, header: Option<&'a dyn Display>) -> Self {
        Self { header, ..self }
    }

    /// It is the wait, if it has one.
    #[must_use]
    pub const fn wait(self, wait: Option<Duration>) -> Self {
        Self { wait, ..self }
    }
}

impl Field for ByTraits<'_> {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::ByTraits(self)
    }
}

/// What has a `Display` and so can be shown in a message.
#[diagnostic::on_unimplemented(
    message = "the message cannot show `{Self}`, which has no `Display`",
    label = "has no `Display`",
    note = "implement `std::fmt::Display` for it, or show its `Debug` with `{{field:?}}`"
)]
pub trait Showable: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> Showable for T {}

/// A field that the message shows by its `Display`.
pub fn displayed<T: Showable>(field: &T) -> &dyn Display {
    field
}

/// What a field with a format spec needs. The expansion puts such a field through the function of its trait, with its
/// type in angle brackets, so that rustc tells a missing trait at that type; and what comes out has the trait in any
/// case, so that it is not told again of the formatting.
#[allow(non_snake_case, reason = "each is called like its trait")]
pub mod formatted {
    use std::fmt;

    /// As the field itself; a reference to it would not do, as `{:p}` shows the reference.
    #[allow(missing_debug_implementations, reason = "it has one where the field has")]
    pub struct Formatted<'a, F: ?Sized>(&'a F);

    macro_rules! as_the_field {
        ($($format:ident)*) => {$(
            impl<F: fmt::$format + ?Sized> fmt::$format for Formatted<'_, F> {
                fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(out)
                }
            }
        )*};
    }

    as_the_field!(Display Debug LowerHex UpperHex Octal Binary LowerExp UpperExp Pointer);

    // Written out, since rustc shows the one whose bound is not met.
    pub fn Display<T: super::Showable>(field: &T) -> Formatted<'_, dyn fmt::Display + '_> {
        Formatted(field)
    }

    pub fn Debug<T: fmt::Debug>(field: &T) -> Formatted<'_, dyn fmt::Debug + '_> {
        Formatted(field)
    }

    pub fn LowerHex<T: fmt::LowerHex>(field: &T) -> Formatted<'_, dyn fmt::LowerHex + '_> {
        Formatted(field)
    }

    pub fn UpperHex<T: fmt::UpperHex>(field: &T) -> Formatted<'_, dyn fmt::UpperHex + '_> {
        Formatted(field)
    }

    pub fn Octal<T: fmt::Octal>(field: &T) -> Formatted<'_, dyn fmt::Octal + '_> {
        Formatted(field)
    }

    pub fn Binary<T: fmt::Binary>(field: &T) -> Formatted<'_, dyn fmt::Binary + '_> {
        Formatted(field)
    }

    pub fn LowerExp<T: fmt::LowerExp>(field: &T) -> Formatted<'_, dyn fmt::LowerExp + '_> {
        Formatted(field)
    }

    pub fn UpperExp<T: fmt::UpperExp>(field: &T) -> Formatted<'_, dyn fmt::UpperExp + '_> {
        Formatted(field)
    }

    pub fn Pointer<T: fmt::Pointer>(field: &T) -> Formatted<'_, dyn fmt::Pointer + '_> {
        Formatted(field)
    }
}

/// What can be the width or the precision of another field.
#[diagnostic::on_unimplemented(
    message = "a field that is a width or a precision in a message is a `usize`, not `{Self}`",
    label = "not a `usize`"
)]
pub trait Count {
    fn count(&self) -> usize;
}

impl Count for usize {
    fn count(&self) -> usize {
        *self
    }
}

/// The width or precision that a field holds, up to 65,535: at more, `format!` panics.
pub fn counts_as_the_field_says<T: Count>(field: &T) -> usize {
    field.count().min(usize::from(u16::MAX))
}

/// An error whose `Display` is its message.
#[diagnostic::on_unimplemented(
    message = "callers would read the `Display` of `{Self}`, which has none",
    label = "this error has no message",
    note = "write a `message = \"…\"`, or implement `std::fmt::Display` for the type, as `thiserror` does"
)]
pub trait MessageByDisplay: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> MessageByDisplay for T {}

pub fn display_is_the_message<E: MessageByDisplay>(error: &E) -> &dyn Display {
    error
}

/// `serde::Serialize` into JSON, in a form that can be a trait object.
pub trait Json {
    /// Appends the value; `false`, and nothing appended, where `Serialize` fails.
    fn push_json(&self, out: &mut Buffer) -> bool;
}

impl<T: Serialize + ?Sized> Json for T {
    fn push_json(&self, out: &mut Buffer) -> bool {
        json::push_serialized(out, self)
    }
}

/// A field that `details` holds as what its `Serialize` gives.
pub fn serialized<T: Serialize>(field: &T) -> &dyn Json {
    field
}

/// What has a `Display` and so can be the value of a response header.
#[diagnostic::on_unimplemented(
    message = "`{Self}`, which has no `Display`, cannot be the value of a header",
    label = "has no `Display`",
    note = "implement `std::fmt::Display` for it; an `Option` of a type with a `Display` does too"
)]
pub trait HeaderValueByDisplay: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> HeaderValueByDisplay for T {}

/// A field that is a response header, which it is only where it has a value: for an `Option` method lookup
/// finds the inherent method, for all else the general one of [`AnyHeader`].
#[derive(Debug)]
pub struct Header<'a, T>(pub &'a T);

/// The general way; see [`Header`].
pub trait AnyHeader<'a> {
    type Field;

    // The bound stands on the method, since rustc does not say which bound of an impl kept it from finding one.
    fn __errorbook_value(self) -> Option<&'a dyn Display>
    where
        Self::Field: HeaderValueByDisplay;
}

impl<'a, T> AnyHeader<'a> for Header<'a, T> {
    type Field = T;

    fn __errorbook_value(self) -> Option<&'a dyn Display>
    where
        T: HeaderValueByDisplay,
    {
        Some(self.0)
    }
}

impl<'a, T> Header<'a, Option<T>> {
    #[must_use]
    pub fn __errorbook_value(self) -> Option<&'a dyn Display>
    where
        T: HeaderValueByDisplay,
    {
        self.0.as_ref().map(|value| value as &dyn Display)
    }
}

/// What can stand in a field that is the wait: `Duration` or `Option<Duration>`.
#[diagnostic::on_unimplemented(
    message = "a `retry_after` field is a `std::time::Duration` or an `Option` of one, not `{Self}`",
    label = "not a wait",
    note = "its whole seconds, rounded up, become the `Retry-After` header"
)]
pub trait Wait {
    fn wait(&self) -> Option<Duration>;

    /// The value of the field, of a response that tells this wait.
    fn of_response(wait: Option<Duration>) -> Option<Self>
    where
        Self: Sized;
}

impl Wait for Duration {
    fn wait(&self) -> Option<Duration> {
        Some(*self)
    }

    fn of_response(wait: Option<Duration>) -> Option<Self> {
        wait
    }
}

impl Wait for Option<Duration> {
    fn wait(&self) -> Option<Duration> {
        *self
    }

    fn of_response(wait: Option<Duration>) -> Option<Self> {
        Some(wait)
    }
}

impl<T: Wait + ?Sized> Wait for &T {
    fn wait(&self) -> Option<Duration> {
        T::wait(self)
    }

    fn of_response(_wait: Option<Duration>) -> Option<Self> {
        None
    }
}

/// A function that a client makes a field with.
pub fn reads_as<T, F, M: Fn(T) -> F>(_: M) {}

/// The wait that a `retry_after` field holds.
pub fn waits_as_the_field_says<T: Wait>(field: &T) -> Option<Duration> {
    field.wait()
}
