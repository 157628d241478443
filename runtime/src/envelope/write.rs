//! A prepared body, written: its constant texts as they are, and in between what the error and the request have.
//! A part that turns out to have no value is taken back.

use super::Slot;
use super::prepare::{Lead, Piece};
use crate::api_error::ApiError;
use crate::context;
use crate::fields::{DetailsWriter, MessageWriter, push_comma};
use crate::json::{self, Buffer};
use crate::response::Overrides;
use crate::retry::{Retry, whole_seconds};
use crate::spec::ErrorSpec;

/// Writes one body.
pub(crate) struct BodyWriter<'a> {
    pub(crate) out: &'a mut Buffer,
    pub(crate) error: &'a dyn ApiError,
    pub(crate) spec: &'static ErrorSpec,
    pub(crate) overrides: &'a Overrides<'a>,
    /// Set where a `Display` in the message fails: what was written is not to be used.
    pub(crate) message_failed: bool,
}

impl BodyWriter<'_> {
    /// Tells whether any slot had a value.
    pub(crate) fn write(&mut self, pieces: &[Piece]) -> bool {
        let mut any_value = false;
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.out.push_str(text),
                Piece::Comma => push_comma(self.out),
                Piece::Message(between) => {
                    let mut message = MessageWriter::json(self.out, between);
                    self.error.__errorbook_message(&mut message);
                    self.message_failed |= message.has_failed();
                    any_value = true;
                }
                Piece::Value(slot) => {
                    let present = self.value(*slot);
                    if !present {
                        self.out.push_str("null");
                    }
                    any_value |= present;
                }
                Piece::Optional { lead, slot } => {
                    any_value |= self.unless_empty(*lead, |body| body.value(*slot));
                }
                Piece::Details { program, or_null } => {
                    let mut details = DetailsWriter::new(self.out, program);
                    self.error.__errorbook_details(&mut details);
                    let present = details.finish();
                    if !present && *or_null {
                        self.out.push_str("null");
                    }
                    any_value |= present;
                }
                Piece::Group { lead, pieces } => {
                    any_value |= self.unless_empty(*lead, |body| body.write(pieces));
                }
            }
        }
        any_value
    }

    /// `lead` and what `write` appends; nothing of it where that has no value.
    fn unless_empty(&mut self, lead: Lead, write: impl FnOnce(&mut Self) -> bool) -> bool {
        let start = self.out.len();
        if lead.asks_for_comma {
            push_comma(self.out);
        }
        self.out.push_str(lead.text);
        let present = write(self);
        if !present {
            self.out.truncate(start);
        }
        present
    }

    /// The JSON value of a slot that varies, if it has one.
    fn value(&mut self, slot: Slot) -> bool {
        match slot {
            Slot::RequestId => match &self.overrides.request_id {
                Some(id) => self.string(id),
                None => context::push_request_id(self.out),
            },
            Slot::Context(name) => {
                match self.overrides.values.iter().rev().find(|(known, _)| known == name) {
                    Some((_, value)) => self.string(value),
                    None => context::push_value(self.out, name),
                }
            }
            Slot::RetryAfter => {
                let retry = Retry::new(self.spec.retry(), self.error.__errorbook_wait());
                let Some(wait) = retry.retry_after() else { return false };
                json::push_integer(self.out, whole_seconds(wait));
                true
            }
            // The others are constant, or have pieces of their own.
            _ => false,
        }
    }

    fn string(&mut self, text: &str) -> bool {
        json::push_string(self.out, text);
        true
    }
}
