//! A body laid out: the constant texts of envelope and error put together, and between them what varies. Takes the
//! envelope's shape, what was declared, and which of the varying values there are; gives a flat list, so that all
//! decisions about commas, `null` and what is left out are taken once and in this file.

use std::time::Duration;

use bytes::Bytes;

use super::prepare::{MessagePart, PreparedBody};
use super::{Node, Part as Member, Slot};
use crate::json::{self, Constant};
use crate::retry::{whole_milliseconds, whole_seconds};
use crate::spec::{ErrorSpec, MetaValue};
use crate::status::reason_phrase;

/// What varies in a body. Values are counted as they are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A value as the message shows it, inside a JSON string.
    Shown(usize),
    /// A value as JSON.
    Detail(usize),
    /// What a holder says in place of the message, inside a JSON string.
    Words,
    /// The members or items that the details are where they are spread in the place of this number.
    Spread(usize),
    /// The field errors, each in the layout of this number.
    Each(usize),
    /// A part of the field error that is being written.
    Field(FieldPart),
    /// Whole seconds.
    Wait,
    /// Whole milliseconds.
    WaitMs,
    /// The inside of a JSON string.
    RequestId,
    /// The inside of a JSON string.
    Context(&'static str),
}

/// What there is to tell of a field error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldPart {
    Pointer,
    Fragment,
    Code,
    Message,
}

/// Which parts of a body there are, whose message it has, and whether that failed: what a [`Layout`] is chosen by. The macros let no
/// error have more parts than there are bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found(u128);

impl Found {
    pub(crate) const NOTHING: Self = Self(0);
    pub(crate) const MESSAGE_FAILED: Self = Self(1);
    pub(crate) const REQUEST_ID: Self = Self(1 << 1);
    pub(crate) const WAIT: Self = Self(1 << 2);

    /// Whether the details are field errors through which a `for` goes.
    pub(crate) const FIELD_ERRORS: Self = Self(1 << 10);

    /// The details where they are spread in the place of this number.
    pub(crate) const fn spread(index: usize) -> Self {
        Self(1 << (3 + index % 7))
    }

    /// The value of the application of this number.
    pub(crate) const fn context(index: usize) -> Self {
        Self(1 << (11 + index % 16))
    }

    /// A message of a holder's.
    pub(crate) const WORDS: Self = Self(1 << 127);

    /// The value of this number as a detail.
    pub(crate) const fn detail(place: usize) -> Self {
        Self(1 << (27 + place % 100))
    }

    #[inline]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    const fn has(self, part: Self) -> bool {
        self.0 & part.0 != 0
    }
}

/// Constant text, and then again and again what varies and the constant text behind it.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The whole body, where nothing in it varies and the layout is kept.
    pub(crate) constant: Option<&'static str>,
    /// What stands before the request id and what behind, where that alone varies.
    around_id: Option<[String; 2]>,
    pub(crate) start: Constant,
    pub(crate) parts: Vec<(Source, Constant)>,
    /// What is written for each field error.
    pub(crate) items: Vec<Layout>,
}

impl Layout {
    pub(crate) fn new(body: &PreparedBody, found: Found) -> Self {
        let mut layout = Writer::new(body, found);
        layout.value(body.envelope.shape());
        layout.finish()
    }

    /// The text of a layout in which at most the request id varies.
    #[inline]
    pub(crate) fn around_id(&self, id: &str) -> Bytes {
        match (self.constant, &self.around_id) {
            (Some(text), _) => Bytes::from_static(text.as_bytes()),
            (None, Some([before, behind])) => {
                let mut text = Vec::with_capacity(before.len() + id.len() + behind.len());
                text.extend_from_slice(before.as_bytes());
                text.extend_from_slice(id.as_bytes());
                text.extend_from_slice(behind.as_bytes());
                Bytes::from(text)
            }
            // One that shows it several times, or that is not kept.
            (None, None) => {
                let parts = self.parts.iter().flat_map(|(_, behind)| [id, behind.as_str()]);
                Bytes::from(std::iter::once(self.start.as_str()).chain(parts).collect::<String>())
            }
        }
    }

    /// The same, to stay for as long as the program runs.
    pub(super) fn kept(mut self) -> Self {
        if self.parts.is_empty() {
            self.constant = Some(self.start.as_str().to_owned().leak());
        }
        self
    }
}

struct Writer<'b> {
    body: &'b PreparedBody,
    spec: &'static ErrorSpec,
    found: Found,
    /// What varies, and the constant text before it.
    varying: Vec<(String, Source)>,
    /// The constant text since then.
    text: String,
    /// What is written for each field error.
    items: Vec<Layout>,
}

impl<'b> Writer<'b> {
    fn new(body: &'b PreparedBody, found: Found) -> Self {
        let (varying, text, items) = (Vec::new(), String::new(), Vec::new());
        Self { body, spec: body.spec, found, varying, text, items }
    }

    fn finish(self) -> Layout {
        let (mut texts, sources): (Vec<String>, Vec<Source>) = self.varying.into_iter().unzip();
        texts.push(self.text);
        let around_id = match (&*sources, &mut *texts) {
            ([Source::RequestId], [before, behind]) => Some([before.clone(), behind.clone()]),
            _ => None,
        };
        let mut texts = texts.into_iter().map(Constant::new);
        let start = texts.next().unwrap_or_default();
        let parts = sources.into_iter().zip(texts).collect();
        Layout { constant: None, around_id, start, parts, items: self.items }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// What is due before a part: the opening bracket, or a comma.
    fn separate(&mut self, separator: &mut &str) {
        self.push(separator);
        *separator = ",";
    }

    fn vary(&mut self, source: Source) {
        self.varying.push((std::mem::take(&mut self.text), source));
    }

    fn has_detail(&self, place: usize) -> bool {
        self.found.has(Found::detail(place))
    }

    fn has_spread(&self, index: usize) -> bool {
        self.found.has(Found::spread(index))
    }

    fn quoted(&mut self, text: &str) {
        self.push("\"");
        self.escaped(text);
        self.push("\"");
    }

    fn escaped(&mut self, text: &str) {
        match json::escape(text) {
            Some(escaped) => self.push(&escaped),
            None => self.push(text),
        }
    }

    fn name(&mut self, name: &str) {
        self.quoted(name);
        self.push(":");
    }

    /// A value that is always written: `null` where there is none. Tells whether any slot in it has a value; constants do not
    /// count.
    fn value(&mut self, node: &Node) -> bool {
        match node {
            Node::Object(members) => self.parts("{", members, "}"),
            Node::Array(items) => self.parts("[", items, "]"),
            Node::Literal(text) => {
                self.push(text);
                false
            }
            Node::Slot(slot) => {
                let is_written = self.slot(*slot);
                if !is_written {
                    self.push("null");
                }
                is_written
            }
            // They stand among other parts and nowhere else.
            Node::Spread | Node::Each(_) => false,
        }
    }

    // What may be left out is written, and taken back where it had no value: to ask beforehand would be to walk through
    // what stands in it once more for each `?` around it.
    fn parts(&mut self, open: &'static str, parts: &'static [Member], close: &str) -> bool {
        let mut separator = open;
        let mut has_value = false;
        for part in parts {
            match &part.node {
                Node::Spread => has_value |= self.spread(&mut separator, parts, open == "{"),
                Node::Each(items) => has_value |= self.each(&mut separator, items),
                node => {
                    // Nothing varies in what has no value, so that all of it is in this text.
                    let before = self.text.len();
                    self.push(separator);
                    if open == "{" {
                        self.name(part.name);
                    }
                    let is_there = self.value(node);
                    if part.optional && !is_there {
                        self.text.truncate(before);
                        continue;
                    }
                    separator = ",";
                    has_value |= is_there;
                }
            }
        }
        if separator == open {
            self.push(open);
        }
        self.push(close);
        has_value
    }

    /// The details' members or items, beside these.
    fn spread(&mut self, separator: &mut &str, beside: &'static [Member], in_object: bool) -> bool {
        let place = self.body.spread(beside, in_object);
        if self.body.whole.is_some() {
            let is_there = self.has_spread(place);
            if is_there {
                self.separate(separator);
                self.vary(Source::Spread(place));
            }
            return is_there;
        }
        if !in_object {
            let is_there = self.has(Slot::Details);
            if is_there {
                self.separate(separator);
                self.details();
            }
            return is_there;
        }
        let mut is_there = false;
        for (name, value) in &self.body.members {
            if self.has_detail(*value) && !self.body.is_fixed(place, name) {
                self.separate(separator);
                self.name(name);
                self.vary(Source::Detail(*value));
                is_there = true;
            }
        }
        is_there
    }

    /// An item for each field error; where there are none, the one behind `else`.
    fn each(&mut self, separator: &mut &str, items: &'static [Member]) -> bool {
        let has_field_errors = self.found.has(Found::FIELD_ERRORS);
        let Some(item) = items.get(usize::from(!has_field_errors)) else { return false };
        self.separate(separator);
        if !has_field_errors {
            return self.value(&item.node);
        }
        let mut layout = Writer::new(self.body, self.found);
        layout.value(&item.node);
        self.items.push(layout.finish());
        self.vary(Source::Each(self.items.len() - 1));
        true
    }

    fn has(&self, slot: Slot) -> bool {
        let spec = self.spec;
        match slot {
            // The macro lets those of a field stand in a `for` alone.
            Slot::Message
            | Slot::Title
            | Slot::ProblemTitle
            | Slot::Reason
            | Slot::Act
            | Slot::Retryable
            | Slot::FieldPointer
            | Slot::FieldFragment
            | Slot::FieldCode
            | Slot::FieldMessage => true,
            Slot::Code => !spec.omits_code(),
            Slot::DocsUrl => self.link().is_some(),
            Slot::Remedy => spec.remedy().is_some(),
            Slot::Meta(name) => spec.meta(name).is_some(),
            Slot::Status | Slot::StatusString => spec.status().is_some(),
            Slot::RequestId => self.found.has(Found::REQUEST_ID),
            Slot::Context(name) => self.found.has(Found::context(self.context(name))),
            Slot::RetryAfter | Slot::RetryAfterMs => match self.body.wait {
                Some(_) => self.found.has(Found::WAIT),
                None => self.found.has(Found::WAIT) || self.constant_wait().is_some(),
            },
            Slot::Details => match self.body.whole {
                Some(value) => self.has_detail(value),
                None => self.body.members.iter().any(|(_, value)| self.has_detail(*value)),
            },
        }
    }

    /// Writes a slot's value, if it has one.
    fn slot(&mut self, slot: Slot) -> bool {
        if !self.has(slot) {
            return false;
        }
        let spec = self.spec;
        match slot {
            Slot::Code => self.quoted(spec.code()),
            Slot::Message => self.message(),
            Slot::Title => self.title(),
            // Without a status there is no phrase that it could be.
            Slot::ProblemTitle if self.link().is_some() || spec.status().is_none() => self.title(),
            Slot::ProblemTitle | Slot::Reason => self.quoted(reason_phrase(spec.response_status())),
            Slot::DocsUrl => self.quoted(self.link().unwrap_or_default()),
            Slot::Remedy => self.quoted(spec.remedy().unwrap_or_default()),
            Slot::Act => self.quoted(spec.act().name()),
            Slot::Meta(name) => self.meta(spec.meta(name)),
            Slot::Status => self.push(spec.response_status().as_str()),
            Slot::StatusString => self.quoted(spec.response_status().as_str()),
            Slot::Retryable => self.push(if spec.retry().is_retryable() { "true" } else { "false" }),
            Slot::RequestId => self.varying_string(Source::RequestId),
            Slot::Context(name) => self.varying_string(Source::Context(name)),
            Slot::RetryAfter => self.wait(whole_seconds, Source::Wait),
            Slot::RetryAfterMs => self.wait(whole_milliseconds, Source::WaitMs),
            Slot::FieldPointer => self.vary(Source::Field(FieldPart::Pointer)),
            Slot::FieldFragment => self.vary(Source::Field(FieldPart::Fragment)),
            Slot::FieldCode => self.vary(Source::Field(FieldPart::Code)),
            Slot::FieldMessage => self.vary(Source::Field(FieldPart::Message)),
            Slot::Details => self.details(),
        }
        true
    }

    fn meta(&mut self, value: Option<MetaValue>) {
        match value {
            None | Some(MetaValue::Null) => self.push("null"),
            Some(MetaValue::Bool(is)) => self.push(if is { "true" } else { "false" }),
            Some(MetaValue::Number(digits)) => self.push(digits),
            Some(MetaValue::Text(text)) => self.quoted(text),
        }
    }

    fn context(&self, name: &str) -> usize {
        self.body.context.iter().position(|known| *known == name).unwrap_or_default()
    }

    fn varying_string(&mut self, source: Source) {
        self.push("\"");
        self.vary(source);
        self.push("\"");
    }

    fn message(&mut self) {
        self.push("\"");
        if self.found.has(Found::MESSAGE_FAILED) {
            self.escaped(reason_phrase(self.spec.response_status()));
        } else if self.found.has(Found::WORDS) {
            self.vary(Source::Words);
        } else {
            for part in &self.body.message {
                match part {
                    MessagePart::Text(text) => self.escaped(text),
                    MessagePart::Value(value) => self.vary(Source::Shown(*value)),
                }
            }
        }
        self.push("\"");
    }

    fn details(&mut self) {
        if let Some(value) = self.body.whole {
            return self.vary(Source::Detail(value));
        }
        let mut separator = "{";
        for (name, value) in &self.body.members {
            if self.has_detail(*value) {
                self.push(separator);
                separator = ",";
                self.name(name);
                self.vary(Source::Detail(*value));
            }
        }
        self.push("}");
    }

    fn wait(&mut self, in_whole: impl FnOnce(Duration) -> u64, source: Source) {
        match (self.body.wait, self.constant_wait()) {
            (None, Some(wait)) if !self.found.has(Found::WAIT) => self.push(&in_whole(wait).to_string()),
            _ => self.vary(source),
        }
    }

    /// What the rule tells, whatever the value.
    fn constant_wait(&self) -> Option<Duration> {
        self.spec.retry().retry_after()
    }

    /// The link, unless it would tell the code that the error omits.
    fn link(&self) -> Option<&'static str> {
        let tells = |link: &str| self.spec.omits_code() && link.contains(self.spec.code());
        self.spec.docs().filter(|link| !tells(link))
    }

    /// The title; in place of one that is the omitted code in words, the reason phrase.
    fn title(&mut self) {
        let spec = self.spec;
        let tells = spec.omits_code() && letters(spec.title()).eq(letters(spec.code()));
        self.quoted(if tells { reason_phrase(spec.response_status()) } else { spec.title() });
    }
}

/// What is left of a text where case and the signs between words do not count.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}
