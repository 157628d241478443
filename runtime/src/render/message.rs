//! The message as plain text.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::field::{Field, Value};
use super::look::{Declared, Looker, Words, look};
use crate::api_error::ApiError;
use crate::envelope::prepare::{MessagePart, message_parts};
use crate::spec::{ErrorSpec, FieldSpec, MessageKind};
use crate::status::reason_phrase;

/// What end users read. Where a `Display` in it fails: the status' reason phrase.
pub(crate) fn message(error: &dyn ApiError) -> Cow<'static, str> {
    struct Message(Option<Cow<'static, str>>);

    impl Looker for Message {
        fn see(&mut self, declared: Declared, words: Option<&Words<'_>>, fields: &[&dyn Field]) {
            self.0 = Some(match words {
                Some(words) => of_holder(words, declared.spec),
                None => of_spec(declared.spec, fields),
            });
        }
    }

    let mut message = Message(None);
    look(error, &mut message);
    message.0.unwrap_or_default()
}

/// The words of a type that holds the error.
fn of_holder(words: &Words<'_>, spec: &'static ErrorSpec) -> Cow<'static, str> {
    if let Some(constant) = words.as_str() {
        return Cow::Borrowed(constant);
    }
    let mut text = String::new();
    match text.write_fmt(*words) {
        Ok(()) => Cow::Owned(text),
        Err(fmt::Error) => Cow::Borrowed(reason_phrase(spec.response_status())),
    }
}

/// The message of an error that is held, as the words of its holder show it: never its `Display`.
#[allow(missing_debug_implementations, reason = "its `Debug` is that of a text")]
pub struct MessageOf<'e>(pub &'e dyn ApiError);

impl fmt::Display for MessageOf<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&message(self.0))
    }
}

impl fmt::Debug for MessageOf<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&message(self.0), out)
    }
}

fn of_spec(spec: &'static ErrorSpec, fields: &[&dyn Field]) -> Cow<'static, str> {
    let phrase = Cow::Borrowed(reason_phrase(spec.response_status()));
    match spec.more.kind {
        MessageKind::Constant => return Cow::Borrowed(spec.message),
        MessageKind::ReasonPhrase => return phrase,
        MessageKind::Template | MessageKind::Display => {}
    }
    let mut text = String::new();
    for part in message_parts(spec, &spec.fields().collect::<Vec<FieldSpec>>()) {
        let written = match part {
            MessagePart::Text(part) => text.write_str(part),
            MessagePart::Value(value) => fields.get(value).map_or(Ok(()), |field| show(*field, &mut text)),
        };
        if written.is_err() {
            return phrase;
        }
    }
    Cow::Owned(text)
}

fn show(field: &dyn Field, out: &mut String) -> fmt::Result {
    match field.value() {
        Value::Unsigned(number) => write!(out, "{number}"),
        Value::Signed(number) => write!(out, "{number}"),
        Value::Bool(is) => write!(out, "{is}"),
        Value::Text(text) => out.write_str(text),
        Value::ByTraits(traits) => traits.shown.map_or(Ok(()), |shown| write!(out, "{shown}")),
    }
}
