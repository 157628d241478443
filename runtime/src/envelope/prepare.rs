//! An error's body in one envelope, with everything that is constant put together: what is left to do for each
//! response is to fill in what varies. Done when a body is first needed, once for each envelope.

use std::sync::OnceLock;

use super::{Envelope, Slot, Step, template};
use crate::json;
use crate::retry::{Retry, whole_seconds};
use crate::spec::{ErrorSpec, FieldRole, MessageKind, reason_phrase};

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
    /// The body in each [`Situation`], prepared when that first comes up.
    programs: [OnceLock<Vec<Piece>>; 4],
    next: PreparedBodies,
}

/// What decides, besides error and envelope, which parts of a body are constant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Situation {
    /// The request has values for its slots.
    pub(crate) request_has_values: bool,
    /// A `Display` in the message has failed: the reason phrase stands in.
    pub(crate) message_failed: bool,
}

/// A stretch of a body.
#[derive(Debug)]
pub(crate) enum Piece {
    Text(&'static str),
    /// The message's fields, and the texts between them; what stands around them is constant text.
    Message(Vec<&'static str>),
    /// The slot's value, or `null`.
    Value(Slot),
    Comma,
    /// `lead` and the slot's value; left out where it has none.
    Optional {
        lead: Lead,
        slot: Slot,
    },
    Details {
        program: DetailsProgram,
        or_null: bool,
    },
    /// `lead` and the pieces, the closing bracket included; left out where none of them has a value.
    Group {
        lead: Lead,
        pieces: Vec<Piece>,
    },
}

/// What stands before an optional value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lead {
    /// Whether only the writing tells if a comma is needed; else it is in `text`, if it is.
    pub(crate) asks_for_comma: bool,
    pub(crate) text: &'static str,
}

/// How the details are written: what stands before each member, so that it is one text.
#[derive(Debug)]
pub(crate) struct DetailsProgram {
    pub(crate) asks_for_comma: bool,
    /// For each detail in the order of declaration: what stands before it where it comes first, and where
    /// another stands before it. `None`: a fixed member of the envelope has its name.
    pub(crate) members: Vec<Option<(&'static str, &'static str)>>,
    /// What stands before details that are one whole.
    pub(crate) lead: &'static str,
    /// What closes the members.
    pub(crate) close: &'static str,
    /// Spread: the names of the fixed members, which details never replace.
    pub(crate) spread_beside: Option<&'static [&'static str]>,
}

impl PreparedBodies {
    /// Nothing is prepared yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { first: OnceLock::new() }
    }

    /// The body in this envelope.
    pub(crate) fn get(&self, envelope: &'static Envelope) -> &PreparedBody {
        let mut bodies = self;
        loop {
            let body = bodies.first.get_or_init(|| Box::new(PreparedBody::new(envelope)));
            if body.envelope.is_same_constant(envelope) {
                return body;
            }
            bodies = &body.next;
        }
    }
}

impl PreparedBody {
    const fn new(envelope: &'static Envelope) -> Self {
        Self { envelope, programs: [const { OnceLock::new() }; 4], next: PreparedBodies::new() }
    }

    pub(crate) fn pieces(&self, spec: &ErrorSpec, situation: Situation) -> &[Piece] {
        let Situation { request_has_values, message_failed } = situation;
        let [quiet, request, failed, both] = &self.programs;
        let program = match (request_has_values, message_failed) {
            (false, false) => quiet,
            (true, false) => request,
            (false, true) => failed,
            (true, true) => both,
        };
        program.get_or_init(|| {
            let mut preparation = Preparation::new(spec, End::Open, situation);
            preparation.steps(self.envelope.steps());
            preparation.finish()
        })
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
    situation: Situation,
    pieces: Vec<Piece>,
    /// The constant text since the last piece.
    text: String,
    end: End,
    /// Whether any slot had a constant value.
    any_value: bool,
}

impl<'s> Preparation<'s> {
    fn new(spec: &'s ErrorSpec, end: End, situation: Situation) -> Self {
        Self { spec, situation, pieces: Vec::new(), text: String::new(), end, any_value: false }
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
                Step::Bare(Slot::Message) if self.varies(Slot::Message) => {
                    let (before, between, after) = self.message();
                    self.push(&before);
                    self.varying(Piece::Message(between), End::Value);
                    self.push(&after);
                }
                Step::Bare(slot) => {
                    let text = self.bare(slot);
                    self.push(text);
                    self.any_value = true;
                }
                Step::Value(Slot::Message) if self.varies(Slot::Message) => self.quoted_message("\""),
                Step::Value(Slot::Details) if self.varies(Slot::Details) => {
                    let program = self.details(Lead { asks_for_comma: false, text: "" });
                    self.varying(Piece::Details { program, or_null: true }, End::Value);
                }
                Step::Value(slot) if self.varies(slot) => self.varying(Piece::Value(slot), End::Value),
                Step::Value(slot) => {
                    if !self.constant(slot) {
                        self.push("null");
                    }
                }
                // There always is a message.
                Step::Optional { lead, slot: Slot::Message } if self.varies(Slot::Message) => {
                    self.comma();
                    self.quoted_message(&format!("{lead}\""));
                }
                Step::Optional { lead, slot: Slot::Details } if self.varies(Slot::Details) => {
                    let lead = self.lead(lead);
                    let program = self.details(lead);
                    self.varying(Piece::Details { program, or_null: false }, self.end_after_option());
                }
                Step::Optional { lead, slot } if self.varies(slot) => {
                    let lead = self.lead(lead);
                    self.varying(Piece::Optional { lead, slot }, self.end_after_option());
                }
                Step::Optional { lead, slot } => {
                    let mut probe = Self::new(self.spec, End::Value, self.situation);
                    if probe.constant(slot) {
                        self.comma();
                        self.push(lead);
                        self.constant(slot);
                    }
                }
                Step::Group { lead, steps } => self.group(lead, steps),
                Step::Spread { fixed } if self.varies(Slot::Details) => {
                    let program = self.spread_details(fixed);
                    self.varying(Piece::Details { program, or_null: false }, self.end_after_option());
                }
                Step::Spread { .. } => {}
            }
        }
    }

    fn group(&mut self, lead: &'static str, steps: &'static [Step]) {
        let mut inside = Self::new(self.spec, End::Open, self.situation);
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

    /// What stands before the message's first field, between its fields, and behind the last one.
    fn message(&self) -> (String, Vec<&'static str>, String) {
        if !matches!(self.spec.kind, MessageKind::Template) {
            return (String::new(), Vec::new(), String::new());
        }
        let escaped = |text: String| json::escape(&text).unwrap_or(text);
        let mut texts = template::texts(self.spec.message).into_iter().map(escaped);
        let before = texts.next().unwrap_or_default();
        let after = texts.next_back().unwrap_or_default();
        (before, texts.map(|text| &*text.leak()).collect(), after)
    }

    fn quoted_message(&mut self, lead: &str) {
        let (before, between, after) = self.message();
        self.push(lead);
        self.push(&before);
        self.varying(Piece::Message(between), End::Value);
        self.push(&after);
        self.push("\"");
    }

    /// Each detail's name as JSON, in the order of declaration.
    fn detail_names(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.spec.more().fields.iter().filter_map(|field| match field.role {
            FieldRole::Detail(name) => {
                let json = json::escape(name);
                Some((name, format!("\"{}\":", json.as_deref().unwrap_or(name))))
            }
            _ => None,
        })
    }

    fn details(&self, lead: Lead) -> DetailsProgram {
        let Lead { asks_for_comma, text: lead } = lead;
        let member = |(_, name): (_, String)| {
            let (first, next) = (format!("{lead}{{{name}"), format!(",{name}"));
            Some((&*first.leak(), &*next.leak()))
        };
        let members = self.detail_names().map(member).collect();
        DetailsProgram { asks_for_comma, members, lead, close: "}", spread_beside: None }
    }

    fn spread_details(&self, fixed: &'static [&'static str]) -> DetailsProgram {
        let comma_before_first = if self.end == End::Value { "," } else { "" };
        let member = |(plain, name): (&str, String)| {
            let (first, next) = (format!("{comma_before_first}{name}"), format!(",{name}"));
            (!fixed.contains(&plain)).then(|| (&*first.leak(), &*next.leak()))
        };
        let members = self.detail_names().map(member).collect();
        let asks_for_comma = self.end == End::Either;
        DetailsProgram { asks_for_comma, members, lead: "", close: "", spread_beside: Some(fixed) }
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
            Slot::Message => self.spec.message_varies() && !self.situation.message_failed,
            Slot::RequestId | Slot::Context(_) => self.situation.request_has_values,
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
            Slot::Message if matches!(spec.kind, MessageKind::Constant) => {
                spec.more().message_json.unwrap_or(spec.message)
            }
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
