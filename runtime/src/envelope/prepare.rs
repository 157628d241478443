//! An error's body in one envelope, with everything that is constant put together: what is left to do for each
//! response is to fill in what varies. Done when a body is first needed, once for each envelope.

use std::sync::OnceLock;

use http::StatusCode;

use super::{Envelope, Slot, Step, template};
use crate::json::{self, Constant};
use crate::retry::whole_seconds;
use crate::spec::{ErrorSpec, MessageKind, reason_phrase};

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
    pub(crate) status: StatusCode,
    /// Whether the response has headers besides `Content-Type`, or may have.
    pub(crate) has_headers: bool,
    /// The body in each [`Situation`], prepared when that first comes up.
    programs: [OnceLock<Program>; 4],
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

/// How a body is written: constant text, and then again and again what varies and the constant text behind it.
#[derive(Debug)]
pub(crate) struct Program {
    /// The whole body, where nothing in it varies.
    pub(crate) constant: Option<&'static str>,
    /// What stands before the request id, its quote included, and what behind, where nothing else varies.
    pub(crate) around_request_id: Option<[String; 2]>,
    pub(crate) start: Constant,
    pub(crate) varying: Vec<(Varying, Constant)>,
}

/// What varies in a body.
#[derive(Debug)]
pub(crate) enum Varying {
    /// The message's fields, and the texts between them; what stands around them is constant text.
    Message(Vec<Constant>),
    /// `lead` and the slot's value. Where it has none: nothing, or `null` in place of both.
    Slot {
        lead: Lead,
        slot: Slot,
        or_null: bool,
    },
    Comma,
    Details {
        program: DetailsProgram,
        or_null: bool,
    },
    /// `lead` and the program, the closing bracket included; left out where nothing in it has a value.
    Group {
        lead: Lead,
        program: Program,
    },
}

/// What stands before an optional value.
#[derive(Debug)]
pub(crate) struct Lead {
    /// Whether only the writing tells if a comma is needed; else it is in `text`, if it is.
    pub(crate) asks_for_comma: bool,
    pub(crate) text: Constant,
}

/// How the details are written: what stands before each member, so that it is one text.
#[derive(Debug)]
pub(crate) struct DetailsProgram {
    pub(crate) asks_for_comma: bool,
    /// For each detail in the order of declaration: what stands before it where it comes first, and where
    /// another stands before it. `None`: a fixed member of the envelope has its name.
    pub(crate) members: Vec<Option<(Constant, Constant)>>,
    /// What stands before details that are one whole.
    pub(crate) lead: Constant,
    /// What closes the members.
    pub(crate) close: Constant,
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
    #[inline]
    pub(crate) fn get(&self, spec: &ErrorSpec, envelope: &'static Envelope) -> &PreparedBody {
        let mut bodies = self;
        loop {
            let body = bodies.first.get_or_init(|| Box::new(PreparedBody::new(spec, envelope)));
            if body.envelope.is_same_constant(envelope) {
                return body;
            }
            bodies = &body.next;
        }
    }
}

impl PreparedBody {
    #[cold]
    fn new(spec: &ErrorSpec, envelope: &'static Envelope) -> Self {
        let more = spec.more;
        let waits = more.has_wait || spec.retry().retry_after().is_some();
        Self {
            envelope,
            status: spec.response_status(),
            has_headers: waits || more.has_header_fields || !more.headers.is_empty(),
            programs: [const { OnceLock::new() }; 4],
            next: PreparedBodies::new(),
        }
    }

    #[inline]
    pub(crate) fn program(&self, spec: &ErrorSpec, situation: Situation) -> &Program {
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
    /// What varies, and the constant text before it.
    varying: Vec<(String, Varying)>,
    /// The constant text since then.
    text: String,
    end: End,
    /// Whether any slot had a constant value.
    any_value: bool,
}

impl<'s> Preparation<'s> {
    fn new(spec: &'s ErrorSpec, end: End, situation: Situation) -> Self {
        Self { spec, situation, varying: Vec::new(), text: String::new(), end, any_value: false }
    }

    fn finish(self) -> Program {
        let constant = self.varying.is_empty().then(|| &*self.text.clone().leak());
        let around_request_id = match &*self.varying {
            [(before, Varying::Slot { lead, slot: Slot::RequestId, .. })] if !lead.asks_for_comma => {
                Some([format!("{before}{}", lead.text.as_str()), format!("\"{}", self.text)])
            }
            _ => None,
        };
        let (mut before, varying): (Vec<String>, Vec<Varying>) = self.varying.into_iter().unzip();
        before.push(self.text);
        let mut texts = before.into_iter().map(Constant::new);
        let start = texts.next().unwrap_or_default();
        Program { constant, around_request_id, start, varying: varying.into_iter().zip(texts).collect() }
    }

    fn steps(&mut self, steps: &'static [Step]) {
        for step in steps {
            match *step {
                Step::Text(text) => self.push(text),
                Step::Comma => self.comma(),
                Step::Bare(Slot::Message) if self.varies(Slot::Message) => self.message(),
                Step::Bare(slot) => {
                    let text = self.bare(slot);
                    self.push(text);
                    self.any_value = true;
                }
                Step::Value(Slot::Message) if self.varies(Slot::Message) => self.quoted_message("\""),
                Step::Value(Slot::Details) if self.varies(Slot::Details) => {
                    let program = self.details(false, "");
                    self.varying(Varying::Details { program, or_null: true }, End::Value);
                }
                Step::Value(slot) if self.varies(slot) => {
                    let lead =
                        Lead { asks_for_comma: false, text: Constant::new(quote_before(slot).to_owned()) };
                    self.varying(Varying::Slot { lead, slot, or_null: true }, End::Value);
                }
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
                    let (asks_for_comma, lead) = self.comma_before(lead);
                    let program = self.details(asks_for_comma, &lead);
                    self.varying(Varying::Details { program, or_null: false }, self.end_after_option());
                }
                Step::Optional { lead, slot } if self.varies(slot) => {
                    let lead = self.lead(&format!("{lead}{}", quote_before(slot)));
                    self.varying(Varying::Slot { lead, slot, or_null: false }, self.end_after_option());
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
                    self.varying(Varying::Details { program, or_null: false }, self.end_after_option());
                }
                Step::Spread { .. } => {}
            }
        }
    }

    fn group(&mut self, lead: &'static str, steps: &'static [Step]) {
        let mut inside = Self::new(self.spec, End::Open, self.situation);
        inside.steps(steps);
        let (any_value, program) = (inside.any_value, inside.finish());
        if any_value {
            self.comma();
            self.push(lead);
            self.steps(steps);
        } else if program.varying.iter().any(|(varying, _)| !matches!(varying, Varying::Comma)) {
            let lead = self.lead(lead);
            self.varying(Varying::Group { lead, program }, self.end_after_option());
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

    /// The message's inside of quotes: its fields vary, the texts around them do not.
    fn message(&mut self) {
        let texts = match self.spec.more.kind {
            MessageKind::Template => template::texts(self.spec.message),
            _ => Vec::new(),
        };
        let mut texts = texts.into_iter().map(|text| json::escape(&text).unwrap_or(text));
        let before = texts.next().unwrap_or_default();
        let after = texts.next_back().unwrap_or_default();
        self.push(&before);
        self.varying(Varying::Message(texts.map(Constant::new).collect()), End::Value);
        self.push(&after);
    }

    fn quoted_message(&mut self, lead: &str) {
        self.push(lead);
        self.message();
        self.push("\"");
    }

    /// Each detail's name as JSON, in the order of declaration.
    fn detail_names(&self) -> impl Iterator<Item = (&'static str, String)> {
        let names = self.spec.more.fields.iter().filter_map(|field| field.detail);
        names.map(|name| (name, format!("\"{}\":", json::escape(name).as_deref().unwrap_or(name))))
    }

    fn details(&self, asks_for_comma: bool, lead: &str) -> DetailsProgram {
        let member = |(_, name): (_, String)| {
            Some((Constant::new(format!("{lead}{{{name}")), Constant::new(format!(",{name}"))))
        };
        let members = self.detail_names().map(member).collect();
        let lead = Constant::new(lead.to_owned());
        let close = Constant::new("}".to_owned());
        DetailsProgram { asks_for_comma, members, lead, close, spread_beside: None }
    }

    fn spread_details(&self, fixed: &'static [&'static str]) -> DetailsProgram {
        let comma_before_first = if self.end == End::Value { "," } else { "" };
        let member = |(plain, name): (&str, String)| {
            let (first, next) = (format!("{comma_before_first}{name}"), format!(",{name}"));
            (!fixed.contains(&plain)).then(|| (Constant::new(first), Constant::new(next)))
        };
        let members = self.detail_names().map(member).collect();
        let asks_for_comma = self.end == End::Either;
        let lead = Constant::default();
        let close = Constant::default();
        DetailsProgram { asks_for_comma, members, lead, close, spread_beside: Some(fixed) }
    }

    fn comma(&mut self) {
        match self.end {
            End::Open => {}
            End::Value => self.push(","),
            End::Either => self.varying(Varying::Comma, End::Either),
        }
    }

    fn lead(&self, text: &str) -> Lead {
        let (asks_for_comma, text) = self.comma_before(text);
        Lead { asks_for_comma, text: Constant::new(text) }
    }

    /// Whether only the writing tells if a comma is needed, and the text, with the comma if it is.
    fn comma_before(&self, text: &str) -> (bool, String) {
        let comma = if self.end == End::Value { "," } else { "" };
        (self.end == End::Either, format!("{comma}{text}"))
    }

    fn end_after_option(&self) -> End {
        if self.end == End::Value { End::Value } else { End::Either }
    }

    fn varying(&mut self, varying: Varying, end: End) {
        self.varying.push((std::mem::take(&mut self.text), varying));
        self.end = end;
    }

    fn varies(&self, slot: Slot) -> bool {
        let more = self.spec.more;
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
            Slot::Message if matches!(spec.more.kind, MessageKind::Constant) => {
                spec.more.message_json.unwrap_or(spec.message)
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
                let Some(link) = spec.more.docs else { return false };
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
                let Some(wait) = spec.retry().retry_after() else { return false };
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

/// The quote before a value that is a string; the writer closes it.
fn quote_before(slot: Slot) -> &'static str {
    if matches!(slot, Slot::RequestId | Slot::Context(_)) { "\"" } else { "" }
}
