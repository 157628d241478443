//! A prepared body, written: its constant texts as they are, and in between what the error and the request have.
//! A part that turns out to have no value is taken back.

use super::Slot;
use super::prepare::{Lead, Program, Varying};
use crate::api_error::ApiError;
use crate::context;
use crate::fields::{DetailsWriter, MessageWriter, push_comma};
use crate::json::{self, Buffer};
use crate::response::Overrides;
use crate::retry::whole_seconds;
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
    pub(crate) fn write(&mut self, program: &Program) -> bool {
        let mut any_value = false;
        self.out.push_constant(&program.start);
        for (varying, behind) in &program.varying {
            match varying {
                Varying::Message(between) => {
                    let mut message = MessageWriter::json(self.out, between);
                    self.error.__errorbook_message(&mut message);
                    self.message_failed |= message.has_failed();
                    any_value = true;
                }
                Varying::Slot { lead, slot, or_null } => any_value |= self.slot(lead, *slot, *or_null),
                Varying::Details { program, or_null } => {
                    let mut details = DetailsWriter::new(self.out, program);
                    self.error.__errorbook_details(&mut details);
                    let present = details.finish();
                    if !present && *or_null {
                        self.out.push_str("null");
                    }
                    any_value |= present;
                }
                Varying::Comma => push_comma(self.out),
                Varying::Group { lead, program } => any_value |= self.group(lead, program),
            }
            self.out.push_constant(behind);
        }
        any_value
    }

    fn lead(&mut self, lead: &Lead) {
        if lead.asks_for_comma {
            push_comma(self.out);
        }
        self.out.push_constant(&lead.text);
    }

    #[inline(never)]
    fn group(&mut self, lead: &Lead, program: &Program) -> bool {
        let start = self.out.len();
        self.lead(lead);
        let present = self.write(program);
        if !present {
            self.out.truncate(start);
        }
        present
    }

    #[inline(never)]
    fn slot(&mut self, lead: &Lead, slot: Slot, or_null: bool) -> bool {
        let start = self.out.len();
        self.lead(lead);
        let present = self.value(slot);
        if !present {
            self.out.truncate(start);
            if or_null {
                self.out.push_str("null");
            }
        }
        present
    }

    /// The JSON value of a slot that varies, if it has one. The quote before a string is there already.
    fn value(&mut self, slot: Slot) -> bool {
        match slot {
            Slot::RequestId => match &self.overrides.request_id {
                Some(id) => self.end_of_string(id),
                None => context::push_request_id(self.out),
            },
            Slot::Context(name) => {
                match self.overrides.values.iter().rev().find(|(known, _)| known == name) {
                    Some((_, value)) => self.end_of_string(value),
                    None => context::push_value(self.out, name),
                }
            }
            Slot::RetryAfter => {
                let own = self.error.__errorbook_wait();
                let Some(wait) = own.or_else(|| self.spec.retry().retry_after()) else { return false };
                json::push_integer(self.out, whole_seconds(wait));
                true
            }
            // The others are constant, or vary in ways of their own.
            _ => false,
        }
    }

    fn end_of_string(&mut self, text: &str) -> bool {
        json::push_escaped(self.out, text);
        self.out.push(b'"');
        true
    }
}
