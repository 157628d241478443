//! The message as plain text.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::field::{Field, Value};
use super::look::{Declared, Looker, look};
use crate::api_error::ApiError;
use crate::envelope::prepare::{MessagePart, message_parts};
use crate::spec::{ErrorSpec, FieldSpec, MessageKind};
use crate::status::reason_phrase;

/// What end users read. Where a `Display` in it fails: the status' reason phrase.
pub(crate) fn message(error: &dyn ApiError) -> Cow<'static, str> {
    struct Message(Option<Cow<'static, str>>);

    impl Looker for Message {
        fn see(&mut self, declared: Declared, fields: &[&dyn Field]) {
            self.0 = Some(of_spec(declared.spec, fields));
        }
    }

    let mut message = Message(None);
    look(error, &mut message);
    message.0.unwrap_or_default()
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
