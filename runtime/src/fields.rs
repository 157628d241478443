//! How the fields of an error reach the message, the details, the headers and the wait. The expansion hands
//! each field to one of these writers, as a trait object: nothing here is generic over the error, so that
//! little is compiled anew in the user's crate.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::fmt::{Display, Write};
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::envelope::prepare::DetailsProgram;
use crate::json::{self, Buffer, Constant, EscapingWriter, PlainWriter};

/// A field as a message shows it.
#[diagnostic::on_unimplemented(
    message = "this field is taken for a primitive by its type's name, but its type is `{Self}`",
    label = "not the primitive of this name",
    note = "write the path of the type, as in `self::u64`: then its own `Display` and `Serialize` are used"
)]
pub trait Shown {
    fn show(&self, out: &mut MessageWriter<'_>);
}

// The expansion takes a field for one of these by the name of its type; whatever else has a `Display` is shown by it.
macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl Shown for $integer {
            fn show(&self, out: &mut MessageWriter<'_>) {
                json::push_integer(out.out, *self);
            }
        }
    )*};
}

integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl Shown for &str {
    fn show(&self, out: &mut MessageWriter<'_>) {
        if out.into_json {
            json::push_escaped(out.out, self);
        } else {
            out.out.push_str(self);
        }
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

/// What the message shows with a `Display`.
#[allow(missing_debug_implementations, reason = "it is a trait object and lives for one call")]
pub struct ByDisplay<'a>(pub &'a dyn Display);

/// A field that the message shows with its `Display`.
pub fn by_display<T: Showable>(field: &T) -> ByDisplay<'_> {
    ByDisplay(field)
}

impl Shown for ByDisplay<'_> {
    fn show(&self, out: &mut MessageWriter<'_>) {
        out.display(self.0);
    }
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

/// The width or precision that a field holds.
pub fn counts_as_the_field_says<T: Count>(field: &T) -> usize {
    field.count()
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
}

impl Wait for Duration {
    fn wait(&self) -> Option<Duration> {
        Some(*self)
    }
}

impl Wait for Option<Duration> {
    fn wait(&self) -> Option<Duration> {
        *self
    }
}

impl<T: Wait + ?Sized> Wait for &T {
    fn wait(&self) -> Option<Duration> {
        T::wait(self)
    }
}

/// The wait that a `retry_after` field holds.
pub fn waits_as_the_field_says<T: Wait>(field: &T) -> Option<Duration> {
    field.wait()
}

/// Where an error's message goes: into a JSON string, or into plain text.
#[derive(Debug)]
pub struct MessageWriter<'a> {
    out: &'a mut Buffer,
    into_json: bool,
    /// What stands behind each field; nothing behind those for which there is no text.
    texts: &'a [Constant],
    failed: bool,
}

impl<'a> MessageWriter<'a> {
    pub(crate) fn json(out: &'a mut Buffer, texts: &'a [Constant]) -> Self {
        Self { out, into_json: true, texts, failed: false }
    }

    pub(crate) fn plain(out: &'a mut Buffer, texts: &'a [Constant]) -> Self {
        Self { out, into_json: false, texts, failed: false }
    }

    /// Whether a `Display` failed, so that what was written is not to be used.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    // A template's one field, or its two: each shown as it is or by its `Display`. There is a method for each
    // combination, since whatever the expansion wraps around a field costs rustc more than the call itself.

    pub fn shown(&mut self, field: &dyn Shown) {
        field.show(self);
        self.text_behind(0);
    }

    pub fn displayed(&mut self, field: &dyn Showable) {
        self.display(field);
        self.text_behind(0);
    }

    pub fn shown_shown(&mut self, first: &dyn Shown, second: &dyn Shown) {
        self.shown(first);
        second.show(self);
        self.text_behind(1);
    }

    pub fn shown_displayed(&mut self, first: &dyn Shown, second: &dyn Showable) {
        self.shown(first);
        self.display(second);
        self.text_behind(1);
    }

    pub fn displayed_shown(&mut self, first: &dyn Showable, second: &dyn Shown) {
        self.displayed(first);
        second.show(self);
        self.text_behind(1);
    }

    pub fn displayed_displayed(&mut self, first: &dyn Showable, second: &dyn Showable) {
        self.displayed(first);
        self.display(second);
        self.text_behind(1);
    }

    /// Any number of a template's fields.
    pub fn many(&mut self, fields: &[&dyn Shown]) {
        for (index, field) in fields.iter().enumerate() {
            field.show(self);
            self.text_behind(index);
        }
    }

    fn text_behind(&mut self, index: usize) {
        if let Some(text) = self.texts.get(index) {
            self.out.push_constant(text);
        }
    }

    /// What a `Display` says.
    pub fn display(&mut self, value: &dyn Display) {
        let written = if self.into_json {
            write!(EscapingWriter(self.out), "{value}")
        } else {
            write!(PlainWriter(self.out), "{value}")
        };
        self.failed |= written.is_err();
    }
}

/// Where an error's details go: into an object of their own, or among the members of another.
#[derive(Debug)]
pub struct DetailsWriter<'a> {
    out: &'a mut Buffer,
    program: &'a DetailsProgram,
    has_members: bool,
    is_whole: bool,
}

impl<'a> DetailsWriter<'a> {
    pub(crate) fn new(out: &'a mut Buffer, program: &'a DetailsProgram) -> Self {
        Self { out, program, has_members: false, is_whole: false }
    }

    /// Ends the value; tells whether there was any.
    pub(crate) fn finish(self) -> bool {
        if self.has_members && !self.is_whole {
            self.out.push_constant(&self.program.close);
        }
        self.has_members
    }

    /// The fields that are members, in the order of declaration.
    pub fn members(&mut self, values: &[&dyn Json]) {
        for (value, leads) in values.iter().zip(&self.program.members) {
            let Some((first, next)) = leads else { continue };
            let start = self.out.len();
            if !self.has_members && self.program.asks_for_comma {
                push_comma(self.out);
            }
            self.out.push_constant(if self.has_members { next } else { first });
            self.has_members |= push_detail(self.out, start, *value);
        }
    }

    /// The one field that is all of the details.
    pub fn whole(&mut self, value: &dyn Json) {
        let start = self.out.len();
        if let Some(fixed) = self.program.spread_beside {
            if push_detail(self.out, start, value) && !is_empty_list(self.out.since(start)) {
                let value = self.out.since(start).to_vec();
                self.out.truncate(start);
                self.has_members = spread_value(self.out, &value, fixed) > 0;
            } else {
                self.out.truncate(start);
            }
            return;
        }
        if self.program.asks_for_comma {
            push_comma(self.out);
        }
        self.out.push_constant(&self.program.lead);
        let start_of_value = self.out.len();
        self.has_members = push_detail(self.out, start, value);
        self.is_whole = true;
        if self.has_members && is_empty_list(self.out.since(start_of_value)) {
            self.out.truncate(start);
            self.has_members = false;
        }
    }
}

/// Spreads a value over the object that is being written: an object's members; a list as `errors`; anything
/// else as `details`. Tells how many members that made.
fn spread_value(out: &mut Buffer, value: &[u8], fixed: &[&str]) -> usize {
    let mut members = 0;
    let mut push = |name: &str, value: &[u8]| {
        if !fixed.contains(&name) {
            push_comma(out);
            json::push_string(out, name);
            out.push(b':');
            out.push_bytes(value);
            members += 1;
        }
    };
    match value.first() {
        Some(b'{') => {
            if let Ok(json::Members(found)) = serde_json::from_slice(value) {
                for (name, value) in found {
                    push(&name, value.get().as_bytes());
                }
            }
        }
        Some(b'[') => push("errors", value),
        _ => push("details", value),
    }
    members
}

/// Appends a value. Where it fails or is `null` (a `None`), takes back all since the buffer was `start` long, and
/// the answer is `false`.
fn push_detail(out: &mut Buffer, start: usize, value: &dyn Json) -> bool {
    let start_of_value = out.len();
    let present = value.push_json(out) && out.since(start_of_value) != b"null";
    if !present {
        out.truncate(start);
    }
    present
}

/// Whether the JSON is `[]`; a text of the user's own may have white space in it.
fn is_empty_list(json: &[u8]) -> bool {
    matches!(json, [b'[', between @ .., b']'] if between.iter().all(u8::is_ascii_whitespace))
}

/// Appends a comma, unless nothing stands before it in the object or array.
pub(crate) fn push_comma(out: &mut Buffer) {
    // The end of a string is a quote and that of any other value is no opening bracket.
    if !matches!(out.last(), Some(b'{' | b'[')) {
        out.push(b',');
    }
}

/// Where an error's own response headers go.
#[derive(Debug)]
pub struct HeadersWriter<'a>(pub(crate) &'a mut HeaderMap);

impl HeadersWriter<'_> {
    /// Appends a header. White space around the value, which HTTP takes away, goes; a value that HTTP does not allow
    /// or only suffers (RFC 9110 section 5.5: anything but visible ASCII, spaces and tabs) is left out.
    pub fn field(&mut self, name: &'static str, value: Option<&dyn Display>) {
        let Some(value) = value else { return };
        let value = json::with_scratch(|buffer| {
            write!(PlainWriter(buffer), "{value}").ok()?;
            let text = std::str::from_utf8(buffer.as_slice()).ok()?.trim_matches([' ', '\t']);
            HeaderValue::from_str(text).ok().filter(|_| text.is_ascii())
        });
        if let (Ok(name), Some(value)) = (HeaderName::from_bytes(name.as_bytes()), value) {
            self.0.append(name, value);
        }
    }
}
