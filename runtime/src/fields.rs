//! How the fields of an error reach the message, the details, the headers and the wait. The expansion hands
//! each field to one of these writers, as a trait object: nothing here is generic over the error, so that
//! little is compiled anew in the user's crate.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::fmt::{Display, Write};
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::json::{self, Buffer, EscapingWriter, PlainWriter};

/// A field as a message shows it.
pub trait Shown {
    fn show(&self, out: &mut MessageWriter<'_>);
}

/// Integers go through `itoa`, strings as they are. The expansion takes a field for one of these by the name of its
/// type; whatever else has a `Display` is shown by it.
macro_rules! shown {
    (integers: $($integer:ty)*) => {$(
        impl Shown for $integer {
            fn show(&self, out: &mut MessageWriter<'_>) {
                json::push_integer(out.out, *self);
            }
        }
    )*};
}

shown!(integers: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

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

/// A field that the message shows with its `Display`.
#[derive(Debug)]
pub struct ByDisplay<'a, T: Display + ?Sized>(pub &'a T);

pub fn by_display<T: Showable>(field: &T) -> ByDisplay<'_, T> {
    ByDisplay(field)
}

impl<T: Display + ?Sized> Shown for ByDisplay<'_, T> {
    fn show(&self, out: &mut MessageWriter<'_>) {
        out.display(&self.0);
    }
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

/// A field that is a response header, which it is only where it has a value: for an `Option` method lookup
/// finds the inherent method, for all else the general one of [`AnyHeader`].
#[derive(Debug)]
pub struct Header<'a, T>(pub &'a T);

/// The general way; see [`Header`].
pub trait AnyHeader<'a> {
    fn value(self) -> Option<&'a dyn Display>;
}

impl<'a, T: Display> AnyHeader<'a> for Header<'a, T> {
    fn value(self) -> Option<&'a dyn Display> {
        Some(self.0)
    }
}

impl<'a, T: Display> Header<'a, Option<T>> {
    #[must_use]
    pub fn value(self) -> Option<&'a dyn Display> {
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
    failed: bool,
}

impl<'a> MessageWriter<'a> {
    pub(crate) fn new(out: &'a mut Buffer, into_json: bool) -> Self {
        Self { out, into_json, failed: false }
    }

    /// Whether a `Display` failed, so that what was written is not to be used.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// One field between two constant texts, which are escaped for JSON already.
    pub fn one(&mut self, before: &str, field: &dyn Shown, after: &str) {
        self.text(before);
        field.show(self);
        self.text(after);
    }

    /// Two fields, with constant texts around them.
    pub fn two(&mut self, before: &str, first: &dyn Shown, between: &str, second: &dyn Shown, after: &str) {
        self.one(before, first, between);
        second.show(self);
        self.text(after);
    }

    /// Any number of fields, each behind its constant text; then the text at the end.
    pub fn many(&mut self, fields: &[(&str, &dyn Shown)], after: &str) {
        for (before, field) in fields {
            self.text(before);
            field.show(self);
        }
        self.text(after);
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

    fn text(&mut self, json: &str) {
        if self.into_json || !json.contains('\\') {
            self.out.push_str(json);
        } else if let Ok(plain) = serde_json::from_str::<String>(&format!("\"{json}\"")) {
            self.out.push_str(&plain);
        }
    }
}

/// Where an error's details go: into an object of their own, or among the members of another.
#[derive(Debug)]
pub struct DetailsWriter<'a> {
    out: &'a mut Buffer,
    /// Spread: the names of the fixed members, which details never replace.
    fixed: Option<&'static [&'static str]>,
    members: usize,
    whole: bool,
}

impl<'a> DetailsWriter<'a> {
    /// Details that are one value.
    pub(crate) fn value(out: &'a mut Buffer) -> Self {
        Self { out, fixed: None, members: 0, whole: false }
    }

    /// Details that stand beside members of these names.
    pub(crate) fn spread(out: &'a mut Buffer, fixed: &'static [&'static str]) -> Self {
        Self { out, fixed: Some(fixed), members: 0, whole: false }
    }

    /// Ends the value; tells whether there was any.
    pub(crate) fn finish(self) -> bool {
        if self.members > 0 && self.fixed.is_none() && !self.whole {
            self.out.push(b'}');
        }
        self.members > 0
    }

    /// One member. `lead` is its name as JSON, with the colon: `"need":`.
    pub fn member(&mut self, lead: &str, value: &dyn Json) {
        if self.fixed.is_some_and(|fixed| fixed.iter().any(|name| leads_with(lead, name))) {
            return;
        }
        let start = self.out.len();
        if self.members == 0 && self.fixed.is_none() {
            self.out.push(b'{');
        } else {
            push_comma(self.out);
        }
        self.out.push_str(lead);
        if push_detail(self.out, value) {
            self.members += 1;
        } else {
            self.out.truncate(start);
        }
    }

    /// The one field that is all of the details.
    pub fn whole(&mut self, value: &dyn Json) {
        let start = self.out.len();
        let present = push_detail(self.out, value) && self.out.since(start) != b"[]";
        if !present {
            self.out.truncate(start);
            return;
        }
        self.whole = true;
        match self.fixed {
            None => self.members = 1,
            Some(fixed) => {
                let value = self.out.since(start).to_vec();
                self.out.truncate(start);
                self.members += spread_value(self.out, &value, fixed);
            }
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

/// Appends a value; `false`, and nothing appended, where it fails or is `null` (a `None`).
fn push_detail(out: &mut Buffer, value: &dyn Json) -> bool {
    let start = out.len();
    let present = value.push_json(out) && out.since(start) != b"null";
    if !present {
        out.truncate(start);
    }
    present
}

/// Appends a comma, unless nothing stands before it in the object or array.
pub(crate) fn push_comma(out: &mut Buffer) {
    // The end of a string is a quote and that of any other value is no opening bracket.
    if !matches!(out.last(), Some(b'{' | b'[')) {
        out.push(b',');
    }
}

/// Whether `lead` (`"name":`, escaped) is the beginning of a member of this name.
fn leads_with(lead: &str, name: &str) -> bool {
    let json = lead.strip_prefix('"').and_then(|rest| rest.strip_suffix("\":")).unwrap_or(lead);
    if json.contains('\\') { json::escape(name).as_deref() == Some(json) } else { json == name }
}

/// Where an error's own response headers go.
#[derive(Debug)]
pub struct HeadersWriter<'a>(pub(crate) &'a mut HeaderMap);

impl HeadersWriter<'_> {
    /// Appends a header; a value that HTTP does not allow (RFC 9110 section 5.5) is left out.
    pub fn field(&mut self, name: &'static str, value: Option<&dyn Display>) {
        let Some(value) = value else { return };
        let value = json::with_scratch(|text| {
            write!(PlainWriter(text), "{value}").ok().and_then(|()| {
                let text = std::str::from_utf8(text.as_slice()).ok()?;
                HeaderValue::from_str(text).ok()
            })
        });
        if let (Ok(name), Some(value)) = (HeaderName::from_bytes(name.as_bytes()), value) {
            self.0.append(name, value);
        }
    }
}
