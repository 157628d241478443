//! Goes through an envelope's shape. Takes what was declared and which of the varying values there are; gives the layout, with
//! the commas, the `null`s, and without what is left out.

use std::time::Duration;

use super::{FieldPart, Found, Layout, Source};
use crate::envelope::prepare::{MessagePart, PreparedBody};
use crate::envelope::{Node, Part as Member, Slot};
use crate::json::{self, Constant};
use crate::retry::{whole_milliseconds, whole_seconds};
use crate::spec::{ErrorSpec, MetaValue};
use crate::status::reason_phrase;

/// A layout that is being written.
pub(super) struct Writer<'b> {
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
    pub(super) fn new(body: &'b PreparedBody, found: Found) -> Self {
        let (varying, text, items) = (Vec::new(), String::new(), Vec::new());
        Self { body, spec: body.spec, found, varying, text, items }
    }

    pub(super) fn finish(self) -> Layout {
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
    pub(super) fn value(&mut self, node: &Node) -> bool {
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
