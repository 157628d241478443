//! Takes the shape of an envelope and what was declared of an error; gives the slot that would be `null` in each of
//! its bodies, though no `?` stands behind it. Where the request or the value decides, `null` says so and is right.

use super::text::{is_near, is_same};
use crate::envelope::{Node, Slot};
use crate::spec::ErrorSpec;

/// Whether any slot in it is one that the declaration alone can fill, so that there is something to look for.
pub(super) const fn asks_the_declaration(node: &Node) -> bool {
    if let Node::Slot(slot) = node {
        return is_declared(*slot);
    }
    let (parts, mut index) = (node.parts(), 0);
    while index < parts.len() {
        if !(parts[index].optional && matches!(parts[index].node, Node::Slot(_)))
            && asks_the_declaration(&parts[index].node)
        {
            return true;
        }
        index += 1;
    }
    false
}

/// The first slot without a `?` that this error cannot fill, whatever its value and the request.
pub(super) const fn unfilled(node: &Node, spec: &ErrorSpec) -> Option<Slot> {
    let (parts, mut index) = (node.parts(), 0);
    while index < parts.len() {
        let part = &parts[index];
        // What is left out altogether has no `null` in it.
        if !part.optional || may_have_value(&part.node, spec) {
            if let Node::Slot(slot) = part.node
                && is_declared(slot)
                && !may_fill(slot, spec)
            {
                return Some(slot);
            }
            if let Some(slot) = unfilled(&part.node, spec) {
                return Some(slot);
            }
        }
        index += 1;
    }
    None
}

/// The name in its `meta(…)` that was most likely meant.
pub(super) const fn near_meta(spec: &ErrorSpec, wanted: &str) -> Option<&'static str> {
    let mut index = 0;
    while index < spec.more.meta.len() {
        if is_near(spec.more.meta[index].0, wanted) {
            return Some(spec.more.meta[index].0);
        }
        index += 1;
    }
    None
}

/// What the declaration says or nobody does. The code is one too, but an error without one says so by `omit(code)`, which
/// is checked by itself.
const fn is_declared(slot: Slot) -> bool {
    matches!(slot, Slot::DocsUrl | Slot::Remedy | Slot::Meta(_) | Slot::Status | Slot::StatusString)
}

const fn may_have_value(node: &Node, spec: &ErrorSpec) -> bool {
    match node {
        Node::Slot(slot) => may_fill(*slot, spec),
        Node::Spread => may_fill(Slot::Details, spec),
        Node::Literal(_) => false,
        Node::Object(parts) | Node::Array(parts) | Node::Each(parts) => {
            let mut index = 0;
            while index < parts.len() {
                if may_have_value(&parts[index].node, spec) {
                    return true;
                }
                index += 1;
            }
            false
        }
    }
}

/// Whether any value of this error, for any request, has something for the slot.
const fn may_fill(slot: Slot, spec: &ErrorSpec) -> bool {
    match slot {
        Slot::DocsUrl => spec.more.docs.is_some(),
        Slot::Remedy => !spec.more.remedy.is_empty(),
        Slot::Meta(name) => has_meta(spec, name),
        Slot::Status | Slot::StatusString => spec.status != 0,
        Slot::Code => !spec.more.omits_code,
        Slot::Details => has_details(spec),
        Slot::Message
        | Slot::Title
        | Slot::Reason
        | Slot::Act
        | Slot::RequestId
        | Slot::Context(_)
        | Slot::Retryable
        | Slot::RetryAfter
        | Slot::RetryAfterMs
        | Slot::ProblemTitle
        | Slot::FieldPointer
        | Slot::FieldFragment
        | Slot::FieldCode
        | Slot::FieldMessage => true,
    }
}

const fn has_meta(spec: &ErrorSpec, wanted: &str) -> bool {
    let mut index = 0;
    while index < spec.more.meta.len() {
        if is_same(spec.more.meta[index].0, wanted) {
            return true;
        }
        index += 1;
    }
    false
}

const fn has_details(spec: &ErrorSpec) -> bool {
    let mut index = 0;
    while index < spec.more.fields.len() {
        let field = &spec.more.fields[index];
        if field.details || field.detail.is_some() {
            return true;
        }
        index += 1;
    }
    false
}
