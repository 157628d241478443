//! An error's body in one envelope, with everything that is constant put together: what is left to do for each
//! response is to fill in what varies. Done when a body is first needed, once for each envelope.

use std::sync::OnceLock;

use super::{Envelope, Slot, Step};
use crate::retry::{Retry, whole_seconds};
use crate::spec::{ErrorSpec, reason_phrase};

/// The prepared bodies of one error: one, as long as its service has one envelope.
#[derive(Debug, Default)]
pub struct PreparedBodies {
    first: OnceLock<Box<PreparedBody>>,
}

/// One error in one envelope. It stays for as long as the program runs, as the constants do that it is made
/// of: there are no more of them than errors times envelopes in the source.
#[derive(Debug)]
pub(crate) struct PreparedBody {
    envelope: &'static Envelope,
    pub(crate) pieces: Vec<Piece>,
    /// The whole body, where nothing but the request's values varies and the request has none.
    pub(crate) fixed: Option<&'static str>,
    next: PreparedBodies,
}

/// A stretch of a body.
#[derive(Debug)]
pub(crate) enum Piece {
    Text(&'static str),
    /// The message's characters, without quotes.
    Message,
    /// The slot's value, or `null`.
    Value(Slot),
    Comma,
    /// `lead` and the slot's value; left out where it has none.
    Optional {
        lead: Lead,
        slot: Slot,
    },
    /// `lead` and the pieces, the closing bracket included; left out where none of them has a value.
    Group {
        lead: Lead,
        pieces: Vec<Piece>,
    },
    Spread {
        fixed: &'static [&'static str],
    },
}

/// What stands before an optional value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lead {
    /// Whether only the writing tells if a comma is needed; else it is in `text`, if it is.
    pub(crate) asks_for_comma: bool,
    pub(crate) text: &'static str,
}

impl PreparedBodies {
    /// Nothing is prepared yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { first: OnceLock::new() }
    }

    /// The body in this envelope.
    pub(crate) fn get(&self, envelope: &'static Envelope, spec: &ErrorSpec) -> &PreparedBody {
        let mut bodies = self;
        loop {
            let body = bodies.first.get_or_init(|| Box::new(PreparedBody::new(envelope, spec)));
            if body.envelope.is_same_constant(envelope) {
                return body;
            }
            bodies = &body.next;
        }
    }
}

impl PreparedBody {
    fn new(envelope: &'static Envelope, spec: &ErrorSpec) -> Self {
        let pieces = Preparation::of(envelope.steps(), spec, End::Open, true);
        let fixed = Preparation::of(envelope.steps(), spec, End::Open, false);
        let fixed = match fixed.as_slice() {
            [Piece::Text(text)] => Some(*text),
            _ => None,
        };
        Self { envelope, pieces, fixed, next: PreparedBodies::new() }
    }
}

/// What the text so far ends with, as far as it is known beforehand.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// An opening bracket: no comma is needed.
    Open,
    /// A value: a comma is needed before the next one.
    Value,
    /// One or the other.
    Either,
}

struct Preparation<'s> {
    spec: &'s ErrorSpec,
    /// Whether the request may have values for its slots.
    with_request: bool,
    pieces: Vec<Piece>,
    /// The constant text since the last piece.
    text: String,
    end: End,
    /// Whether any slot had a constant value.
    any_value: bool,
}

impl<'s> Preparation<'s> {
    fn of(steps: &'static [Step], spec: &'s ErrorSpec, end: End, with_request: bool) -> Vec<Piece> {
        let mut preparation = Self::new(spec, end, with_request);
        preparation.steps(steps);
        preparation.finish()
    }

    fn new(spec: &'s ErrorSpec, end: End, with_request: bool) -> Self {
        Self { spec, with_request, pieces: Vec::new(), text: String::new(), end, any_value: false }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.flush();
        self.pieces
    }

    fn steps(&mut self, steps: &'static [Step]) {
        for step in steps {
            match *step {
                Step::Text(text) => self.push(text),
                Step::Comma => self.comma(),
                Step::Bare(Slot::Message) if self.spec.message_varies() => {
                    self.varying(Piece::Message, End::Value);
                }
                Step::Bare(slot) => {
                    let text = self.bare(slot);
                    self.push(text);
                    self.any_value = true;
                }
                Step::Value(slot) if self.varies(slot) => self.varying(Piece::Value(slot), End::Value),
                Step::Value(slot) => {
                    if !self.constant(slot) {
                        self.push("null");
                    }
                }
                Step::Optional { lead, slot } if self.varies(slot) => {
                    let lead = self.lead(lead);
                    self.varying(Piece::Optional { lead, slot }, self.end_after_option());
                }
                Step::Optional { lead, slot } => {
                    let mut probe = Self::new(self.spec, End::Value, self.with_request);
                    if probe.constant(slot) {
                        self.comma();
                        self.push(lead);
                        self.constant(slot);
                    }
                }
                Step::Group { lead, steps } => self.group(lead, steps),
                Step::Spread { fixed } if self.spec.more().has_details => {
                    self.varying(Piece::Spread { fixed }, self.end_after_option());
                }
                Step::Spread { .. } => {}
            }
        }
    }

    fn group(&mut self, lead: &'static str, steps: &'static [Step]) {
        let mut inside = Self::new(self.spec, End::Open, self.with_request);
        inside.steps(steps);
        let (any_value, pieces) = (inside.any_value, inside.finish());
        if any_value {
            self.comma();
            self.push(lead);
            self.steps(steps);
        } else if pieces.iter().any(|piece| !matches!(piece, Piece::Text(_) | Piece::Comma)) {
            let lead = self.lead(lead);
            self.varying(Piece::Group { lead, pieces }, self.end_after_option());
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        match self.text.as_bytes().last() {
            Some(b'{' | b'[') => self.end = End::Open,
            Some(_) => self.end = End::Value,
            None => {}
        }
    }

    fn comma(&mut self) {
        match self.end {
            End::Open => {}
            End::Value => self.push(","),
            End::Either => self.varying(Piece::Comma, End::Either),
        }
    }

    fn lead(&self, text: &'static str) -> Lead {
        match self.end {
            End::Open => Lead { asks_for_comma: false, text },
            End::Value => Lead { asks_for_comma: false, text: format!(",{text}").leak() },
            End::Either => Lead { asks_for_comma: true, text },
        }
    }

    fn end_after_option(&self) -> End {
        if self.end == End::Value { End::Value } else { End::Either }
    }

    fn varying(&mut self, piece: Piece, end: End) {
        self.flush();
        self.pieces.push(piece);
        self.end = end;
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.leak()));
        }
    }

    fn varies(&self, slot: Slot) -> bool {
        let more = self.spec.more();
        match slot {
            Slot::Message => self.spec.message_varies(),
            Slot::RequestId | Slot::Context(_) => self.with_request,
            Slot::Details => more.has_details,
            Slot::RetryAfter => more.has_wait,
            _ => false,
        }
    }

    /// The characters of a constant text that is always there.
    fn bare(&self, slot: Slot) -> &'static str {
        let spec = self.spec;
        match slot {
            Slot::Title => spec.title_json(),
            Slot::Message if !spec.message.is_empty() => spec.more().message_json.unwrap_or(spec.message),
            _ => reason_phrase(spec.response_status()),
        }
    }

    /// Appends a constant slot's value, if it has one.
    fn constant(&mut self, slot: Slot) -> bool {
        let spec = self.spec;
        match slot {
            // A code has no character that JSON would escape.
            Slot::Code if !spec.omits_code() => self.quoted(spec.code()),
            Slot::Message | Slot::Title | Slot::Reason => self.quoted(self.bare(slot)),
            Slot::DocsUrl => {
                let Some(link) = spec.more().docs else { return false };
                self.quoted(link.as_json());
            }
            Slot::Meta(name) => {
                let Some(text) = spec.meta_text(name) else { return false };
                self.quoted(text.as_json());
            }
            Slot::Status => {
                let Some(status) = spec.status() else { return false };
                self.push(status.as_str());
            }
            Slot::StatusString => {
                let Some(status) = spec.status() else { return false };
                self.quoted(status.as_str());
            }
            Slot::Retryable => self.push(if spec.retry().is_retryable() { "true" } else { "false" }),
            Slot::RetryAfter => {
                let Some(wait) = Retry::new(spec.retry(), None).retry_after() else { return false };
                self.push(&whole_seconds(wait).to_string());
            }
            Slot::Code | Slot::RequestId | Slot::Context(_) | Slot::Details => return false,
        }
        self.any_value = true;
        true
    }

    fn quoted(&mut self, json: &str) {
        self.push("\"");
        self.push(json);
        self.push("\"");
    }
}
