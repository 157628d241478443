//! Bodies that are not in the service's envelope: in one of a type that is held, in one that many services share, or in
//! none of these, where the members that most services have tell at least something.

use super::found::Found;
use super::walk::found_in;
use crate::envelope::{Envelope, FLAT, JSON_API, NESTED, Node, PROBLEM, Part, Slot};

static SHARED: [Envelope; 4] = [NESTED, FLAT, PROBLEM, JSON_API];

const fn of(name: &'static str, slot: Slot) -> Part {
    Part { name, node: Node::Slot(slot), optional: true }
}

/// Where gateways, frameworks and proxies have their texts.
static COMMON: &[Part] = &[
    of("message", Slot::Message),
    of("detail", Slot::Message),
    of("error_description", Slot::Message),
    of("description", Slot::Message),
    of("msg", Slot::Message),
    of("title", Slot::Title),
    of("code", Slot::Code),
    of("request_id", Slot::RequestId),
    of("requestId", Slot::RequestId),
];

/// Likewise, with all of it one level further in.
static INSIDE: &[Part] = &[
    Part { name: "error", node: Node::Object(COMMON), optional: true },
    of("request_id", Slot::RequestId),
    of("requestId", Slot::RequestId),
];

/// In there some call the code so; around it, most mean something else.
static TYPED: &[Part] =
    &[Part { name: "error", node: Node::Object(&[of("type", Slot::Code)]), optional: true }];

/// `error` is a code for some (RFC 6749 section 5.2), and a text for others.
static WORD: &[Part] = &[of("error", Slot::Code)];

/// Reads the body by another of the envelopes that it may be in.
pub(super) fn by_another<'b>(
    read_by: &'static Envelope,
    others: impl Iterator<Item = &'static Envelope>,
    json: &'b str,
) -> Option<(Found<'b>, &'static Envelope)> {
    let others = others.chain(&SHARED).filter(|other| !other.is_same_constant(read_by));
    let mut fitting = others
        .map(|other| (found_in(other.shape(), other.reserved(), json), other))
        .filter(|(found, _)| !found.misfit);
    // One without a code is that of an error that omits its own, if there is nothing better.
    let first = fitting.find(|(found, _)| found.code.is_some() || found.message.is_some())?;
    if first.0.code.is_some() {
        return Some(first);
    }
    Some(fitting.find(|(found, _)| found.code.is_some()).unwrap_or(first))
}

/// What the members tell that most services have. Which code stands there is for whoever wrote the body to say.
pub(super) fn guess(json: &str) -> Found<'_> {
    let read = |parts: &'static [Part]| found_in(&Node::Object(parts), &[], json);
    let mut found = read(COMMON);
    found.fill(read(INSIDE));
    found.fill(read(TYPED));
    if let Some(word) = read(WORD).code {
        match &mut found {
            Found { code: code @ None, .. } if is_a_word(&word) => *code = Some(word),
            Found { message: message @ None, .. } => *message = Some(word),
            _ => {}
        }
    }
    found.code = found.code.filter(|code| is_a_word(code));
    found.message = found.message.or_else(|| found.title.take());
    found
}

/// Whether a text is for programs.
fn is_a_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-:/".contains(&byte))
}
