//! One error in one envelope: what can be known of its bodies before there is a value. Made when a body is first needed,
//! once for each envelope; kept with it are the layouts that came up so far.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::{HeaderName, HeaderValue, StatusCode};

use super::layout::{Found, Layout};
use super::{Envelope, Node, Part, Slot};
use crate::spec::{ErrorSpec, FieldSpec, MessageKind, MessagePiece};
use crate::status::reason_phrase;

/// The prepared bodies of one error: one, as long as its service has one envelope.
#[derive(Debug, Default)]
pub struct PreparedBodies {
    first: OnceLock<Box<PreparedBody>>,
}

/// One error in one envelope. It stays for as long as the program runs, as the constants do that it is made
/// of: there are no more of them than errors times envelopes in the source.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own, answered once")]
pub(crate) struct PreparedBody {
    pub(crate) spec: &'static ErrorSpec,
    pub(crate) envelope: &'static Envelope,
    pub(crate) status: StatusCode,
    /// The parts that are taken to be there until it turns out otherwise.
    pub(crate) likely: Found,
    /// The details that are often missing, so that they are asked first.
    pub(crate) optional: Vec<usize>,
    /// The details that are `null` where they are missing.
    pub(crate) kept: Vec<usize>,
    pub(crate) message: Vec<MessagePart>,
    /// The members of the details, by the number of their value.
    pub(crate) members: Vec<(&'static str, usize)>,
    /// The value that is all of the details.
    pub(crate) whole: Option<usize>,
    /// The value that is the wait.
    pub(crate) wait: Option<usize>,
    pub(crate) headers: Vec<(HeaderName, HeaderFrom)>,
    /// Whether the rule tells a wait, or the value may.
    pub(crate) may_wait: bool,
    /// The places of the envelope in which details are spread.
    pub(crate) spreads: Vec<SpreadPlace>,
    /// Whether the envelope goes through field errors.
    pub(crate) has_each: bool,
    /// How deep details may be, so that readers take the body.
    pub(crate) levels: u8,
    /// Whether there are optional details, a wait, details to spread, or values of the application.
    pub(crate) asks_more: bool,
    /// Whether the request id is all that may vary.
    pub(crate) is_constant_but_for_id: bool,
    /// The values of the application that the envelope shows.
    pub(crate) context: Vec<&'static str>,
    layouts: Layouts,
    next: PreparedBodies,
}

/// An object or array in which details are spread.
#[derive(Debug)]
pub(crate) struct SpreadPlace {
    beside: &'static [Part],
    /// In an object: the names that no detail may have.
    pub(crate) fixed: Option<Vec<&'static str>>,
}

#[derive(Debug)]
pub(crate) enum MessagePart {
    Text(&'static str),
    Value(usize),
}

/// Where a header's value comes from.
#[derive(Debug)]
pub(crate) enum HeaderFrom {
    Constant(HeaderValue),
    Value(usize),
}

impl PreparedBodies {
    /// Nothing is prepared yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { first: OnceLock::new() }
    }

    /// The body in this envelope.
    #[inline]
    pub(crate) fn get(&self, spec: &'static ErrorSpec, envelope: &'static Envelope) -> &PreparedBody {
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
    pub(crate) fn new(spec: &'static ErrorSpec, envelope: &'static Envelope) -> Self {
        let fields: Vec<FieldSpec> = spec.fields().collect();
        let message = message_parts(spec, &fields);
        let details = || (0..).zip(&fields).filter(|(_, field)| field.is_in_details());
        let is_optional = |field: &FieldSpec| field.optional && !field.null;
        let optional: Vec<usize> =
            details().filter(|(_, field)| is_optional(field)).map(|(value, _)| value).collect();
        let kept = details().filter(|(_, field)| field.null).map(|(value, _)| value).collect();
        let likely =
            details().filter(|(_, field)| !is_optional(field)).map(|(value, _)| Found::detail(value));
        let members = (0..).zip(&fields).filter_map(|(value, field)| Some((field.detail?, value))).collect();
        let wait = fields.iter().position(|field| field.retry_after);
        let mut spreads = Vec::new();
        find_spreads(envelope.shape(), envelope.reserved(), &mut spreads);
        let mut context = Vec::new();
        find_context(envelope.shape(), &mut context);
        let whole = fields.iter().position(|field| field.details);
        let around_details = levels_around_details(envelope.shape(), whole.is_none());
        let levels = DEEPEST_BODY.saturating_sub(around_details.unwrap_or_default());
        let has_each = has_each(envelope.shape());
        let details_vary =
            fields.iter().any(FieldSpec::is_in_details) && envelope.shows(|slot| slot == Slot::Details);
        let shows_wait = |slot| matches!(slot, Slot::RetryAfter | Slot::RetryAfterMs);
        let wait_varies = wait.is_some() && envelope.shows(shows_wait);
        let message_varies = message.iter().any(|part| matches!(part, MessagePart::Value(_)));
        let is_constant_but_for_id = !(details_vary || wait_varies || message_varies || !context.is_empty());
        Self {
            spec,
            envelope,
            status: spec.response_status(),
            likely: likely.fold(Found::NOTHING, Found::with),
            asks_more: wait_varies
                || details_vary
                    && (!optional.is_empty() || whole.is_some() && (has_each || !spreads.is_empty()))
                || !context.is_empty(),
            optional,
            headers: headers(spec, &fields, &message),
            kept,
            message,
            members,
            whole,
            wait,
            may_wait: wait.is_some() || spec.retry().retry_after().is_some(),
            is_constant_but_for_id,
            spreads,
            has_each,
            levels,
            context,
            layouts: Layouts::default(),
            next: PreparedBodies::new(),
        }
    }

    /// The number of the place in which details are spread beside these parts.
    pub(crate) fn spread(&self, beside: &'static [Part], in_object: bool) -> usize {
        let is_meant =
            |place: &SpreadPlace| std::ptr::eq(place.beside, beside) && place.fixed.is_some() == in_object;
        self.spreads.iter().position(is_meant).unwrap_or_default()
    }

    /// Whether no detail that is spread in this place may have this name.
    pub(crate) fn is_fixed(&self, place: usize, name: &str) -> bool {
        let fixed = self.spreads.get(place).and_then(|place| place.fixed.as_ref());
        fixed.is_some_and(|fixed| fixed.contains(&name))
    }

    /// Hands over the layout for what was found.
    #[inline]
    pub(crate) fn with_layout<R>(&self, found: Found, read: impl FnOnce(&Layout) -> R) -> R {
        match self.layouts.get(found, || Layout::new(self, found)) {
            Some(layout) => read(layout),
            None => read(&Layout::new(self, found)),
        }
    }
}

/// The message: texts, and the numbers of the values between them.
pub(crate) fn message_parts(spec: &'static ErrorSpec, fields: &[FieldSpec]) -> Vec<MessagePart> {
    match spec.more.kind {
        MessageKind::Constant => return vec![MessagePart::Text(spec.message)],
        MessageKind::ReasonPhrase => return vec![MessagePart::Text(reason_phrase(spec.response_status()))],
        MessageKind::Display => return vec![MessagePart::Value(fields.len())],
        MessageKind::Template => {}
    }
    let mut formatted = fields.len()..;
    spec.message_pieces()
        .filter_map(|piece| match piece {
            MessagePiece::Text(text) => Some(MessagePart::Text(text)),
            MessagePiece::Field { name, format: "" } => {
                fields.iter().position(|field| field.name == name).map(MessagePart::Value)
            }
            MessagePiece::Field { .. } => formatted.next().map(MessagePart::Value),
        })
        .collect()
}

/// The declared headers, in the order in which they are sent.
fn headers(spec: &ErrorSpec, fields: &[FieldSpec], message: &[MessagePart]) -> Vec<(HeaderName, HeaderFrom)> {
    // Behind the fields and what the message hands over besides come the headers whose text varies.
    let of_message = message.iter().filter_map(|part| match part {
        MessagePart::Value(value) => Some(value + 1),
        MessagePart::Text(_) => None,
    });
    let mut varying = of_message.max().unwrap_or_default().max(fields.len())..;
    // The macro let through only what HTTP allows.
    let declared = spec.headers().iter().filter_map(|header| {
        let value = match header.constant() {
            Some(text) => {
                let text = bytes::Bytes::from_static(text.as_bytes());
                HeaderFrom::Constant(HeaderValue::from_maybe_shared(text).ok()?)
            }
            None => HeaderFrom::Value(varying.next()?),
        };
        Some((HeaderName::from_bytes(header.name.as_bytes()).ok()?, value))
    });
    let declared: Vec<_> = declared.collect();
    let of_field = |(value, field): (usize, &FieldSpec)| {
        let names = field.headers.iter().filter_map(|name| HeaderName::from_bytes(name.as_bytes()).ok());
        names.map(move |name| (name, HeaderFrom::Value(value))).collect::<Vec<_>>()
    };
    declared.into_iter().chain((0..).zip(fields).flat_map(of_field)).collect()
}

/// In the outermost object nothing has a name that the media type defines.
fn find_spreads(node: &Node, reserved: &[&'static str], found: &mut Vec<SpreadPlace>) {
    let beside = node.parts();
    let is_spread = |part: &&Part| matches!(part.node, Node::Spread);
    if beside.iter().any(|part| is_spread(&part)) {
        let own = beside.iter().filter(|part| !is_spread(part)).map(|part| part.name);
        let fixed = matches!(node, Node::Object(_)).then(|| own.chain(reserved.iter().copied()).collect());
        found.push(SpreadPlace { beside, fixed });
    }
    for part in beside {
        find_spreads(&part.node, &[], found);
    }
}

fn find_context(node: &Node, found: &mut Vec<&'static str>) {
    match node {
        Node::Slot(Slot::Context(name)) if !found.contains(name) => found.push(name),
        node => node.parts().iter().for_each(|part| find_context(&part.node, found)),
    }
}

fn has_each(node: &Node) -> bool {
    matches!(node, Node::Each(_)) || node.parts().iter().any(|part| has_each(&part.node))
}

/// A body has no more levels of objects and arrays in one another, so that whoever reads it inside of something else can,
/// too: `serde_json` reads 127.
const DEEPEST_BODY: u8 = 112;

/// How many objects and arrays stand around a detail, where it stands deepest: that of the details too, if they are put
/// together from single ones.
fn levels_around_details(node: &Node, are_single: bool) -> Option<u8> {
    let is_array = matches!(node, Node::Array(_));
    let around = |part: &Part| match part.node {
        Node::Spread => Some(u8::from(are_single && is_array)),
        Node::Slot(Slot::Details) => Some(u8::from(are_single)),
        ref node => levels_around_details(node, are_single),
    };
    let inner = node.parts().iter().filter_map(around).max()?;
    Some(inner.saturating_add(u8::from(!matches!(node, Node::Each(_)))))
}

/// The layouts that came up so far, one for each set of facts.
#[derive(Debug, Default)]
struct Layouts {
    first: OnceLock<Box<Kept>>,
    /// How many there are from here on, kept in the first alone.
    count: AtomicUsize,
}

#[derive(Debug)]
struct Kept {
    key: Found,
    layout: Layout,
    next: Layouts,
}

/// As many layouts are kept. A body with many optional parts may have a great many, and callers may have a say in
/// which come up: further ones are made each time.
const MOST_KEPT: usize = 32;

impl Layouts {
    #[inline]
    fn get(&self, key: Found, make: impl FnOnce() -> Layout) -> Option<&Layout> {
        match self.first.get() {
            Some(kept) if kept.key == key => Some(&kept.layout),
            _ => self.find_or_keep(key, make),
        }
    }

    fn find_or_keep(&self, key: Found, make: impl FnOnce() -> Layout) -> Option<&Layout> {
        let mut layouts = self;
        while let Some(kept) = layouts.first.get() {
            if kept.key == key {
                return Some(&kept.layout);
            }
            layouts = &kept.next;
        }
        if self.count.load(Ordering::Relaxed) >= MOST_KEPT {
            return None;
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        // Where another thread is faster, this one's is used once.
        let kept = layouts
            .first
            .get_or_init(|| Box::new(Kept { key, layout: make().kept(), next: Self::default() }));
        (kept.key == key).then_some(&kept.layout)
    }
}
