//! The slots of an envelope, one by one: the shape in, where each value stands and whether it may be missing out. For
//! documentation, and for reading a body back.

use super::{Envelope, Node, Part, Slot};
use crate::field_errors::FieldError;

/// A slot of an [`Envelope`]; see [`Envelope::slots`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnvelopeSlot {
    /// The slot as it is written in `envelope!`: `code`, `context.run_id`, `..details`.
    pub name: String,
    /// Where it stands in a body that has all its parts, as a JSON pointer (RFC 6901); of details that are spread, the
    /// object or array whose members or items they become; of what stands in a `for`, where it stands for the first field
    /// error.
    pub pointer: String,
    /// Whether a body may be without it: a `?` stands behind it, or behind something around it; or it stands in a `for` and
    /// not behind its `else` too.
    pub may_be_left_out: bool,
    /// Whether it may be there and `null`.
    pub may_be_null: bool,
}

impl Envelope {
    /// Its slots, in the order in which they are written.
    ///
    /// ```
    /// use errorbook::envelope;
    ///
    /// let slots: Vec<_> = envelope!({ "error": { "code": code }, "id": request_id, "link": docs_url? })
    ///     .slots()
    ///     .map(|slot| (slot.name, slot.pointer, slot.may_be_left_out, slot.may_be_null))
    ///     .collect();
    /// assert_eq!(slots, [
    ///     ("code".to_owned(), "/error/code".to_owned(), false, false),
    ///     ("request_id".to_owned(), "/id".to_owned(), false, true),
    ///     ("docs_url".to_owned(), "/link".to_owned(), true, false),
    /// ]);
    /// ```
    pub fn slots(&self) -> impl Iterator<Item = EnvelopeSlot> + use<> {
        let mut found = Vec::new();
        collect(self.shape(), "", false, &mut found);
        found.into_iter()
    }
}

fn collect(node: &Node, pointer: &str, may_be_left_out: bool, found: &mut Vec<EnvelopeSlot>) {
    let is_object = matches!(node, Node::Object(_));
    for (index, Part { name, node, optional }) in node.parts().iter().enumerate() {
        if let Node::Spread = node {
            let (name, pointer) = ("..details".to_owned(), pointer.to_owned());
            found.push(EnvelopeSlot { name, pointer, may_be_left_out: true, may_be_null: false });
            continue;
        }
        let token = if is_object { FieldError::escape_token(name).into_owned() } else { index.to_string() };
        let pointer = format!("{pointer}/{token}");
        match node {
            Node::Each(items) => collect_each(items, &pointer, may_be_left_out, found),
            node => collect_value(node, *optional, &pointer, may_be_left_out, found),
        }
    }
}

fn collect_value(
    node: &Node,
    optional: bool,
    pointer: &str,
    may_be_left_out: bool,
    found: &mut Vec<EnvelopeSlot>,
) {
    let may_be_left_out = may_be_left_out || optional;
    match node {
        Node::Slot(slot) => found.push(EnvelopeSlot {
            name: slot.name(),
            pointer: pointer.to_owned(),
            may_be_left_out,
            // A constant of an error's may be `null` itself.
            may_be_null: matches!(slot, Slot::Meta(_)) || !optional && !slot.always_has_value(),
        }),
        node => collect(node, pointer, may_be_left_out, found),
    }
}

/// What stands both in the item and behind the `else`, in the same place, is there in either case.
fn collect_each(items: &[Part], pointer: &str, may_be_left_out: bool, found: &mut Vec<EnvelopeSlot>) {
    let [item, mut others] = [0, 1].map(|index| {
        let mut slots = Vec::new();
        if let Some(item) = items.get(index) {
            collect_value(&item.node, item.optional, pointer, may_be_left_out, &mut slots);
        }
        slots
    });
    let is_same =
        |one: &EnvelopeSlot, other: &EnvelopeSlot| (&one.name, &one.pointer) == (&other.name, &other.pointer);
    for mut slot in item {
        match others.iter().position(|other| is_same(&slot, other)) {
            Some(index) => {
                let other = others.remove(index);
                slot.may_be_left_out |= other.may_be_left_out;
                slot.may_be_null |= other.may_be_null;
            }
            None => slot.may_be_left_out = true,
        }
        found.push(slot);
    }
    found.extend(others.into_iter().map(|slot| EnvelopeSlot { may_be_left_out: true, ..slot }));
}

impl Slot {
    /// As it is written in `envelope!`.
    fn name(self) -> String {
        match self {
            Self::Code => "code".to_owned(),
            Self::Message => "message".to_owned(),
            Self::Title => "title".to_owned(),
            Self::ProblemTitle => "problem_title".to_owned(),
            Self::DocsUrl => "docs_url".to_owned(),
            Self::Remedy => "remedy".to_owned(),
            Self::Act => "act".to_owned(),
            Self::Status => "status".to_owned(),
            Self::StatusString => "status_string".to_owned(),
            Self::Reason => "reason".to_owned(),
            Self::RequestId => "request_id".to_owned(),
            Self::Context(name) => format!("context.{name}"),
            Self::Details => "details".to_owned(),
            Self::Retryable => "retryable".to_owned(),
            Self::RetryAfter => "retry_after".to_owned(),
            Self::RetryAfterMs => "retry_after_ms".to_owned(),
            Self::FieldPointer => "field.pointer".to_owned(),
            Self::FieldFragment => "field.fragment".to_owned(),
            Self::FieldCode => "field.code".to_owned(),
            Self::FieldMessage => "field.message".to_owned(),
            Self::Meta(name) => format!("meta.{name}"),
        }
    }

    /// Whether there always is a value. The code is not always there, but an error that omits it is only accepted in
    /// envelopes that omit the member.
    pub(super) fn always_has_value(self) -> bool {
        match self {
            Self::Code
            | Self::Message
            | Self::Title
            | Self::ProblemTitle
            | Self::Reason
            | Self::Act
            | Self::Retryable
            | Self::FieldPointer
            | Self::FieldFragment
            | Self::FieldCode
            | Self::FieldMessage => true,
            Self::DocsUrl
            | Self::Remedy
            | Self::Status
            | Self::StatusString
            | Self::RequestId
            | Self::Context(_)
            | Self::Details
            | Self::RetryAfter
            | Self::RetryAfterMs
            | Self::Meta(_) => false,
        }
    }
}
