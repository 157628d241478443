//! Takes the tree of an envelope; reports what breaks the rules that need two facts, or that hold for the whole of it: a
//! name used twice, a `?` behind what has no slot. What a single value must look like was checked where it was read.

use std::collections::HashMap;

use syn::LitStr;

use super::slots::{DETAILS, FIELD};
use super::{Input, Node, Part};
use crate::errors::Errors;
use crate::lang::words::quoted;
use crate::lang::{Reason, media_type};

pub(super) fn check(input: &Input, errors: &mut Errors) {
    if let Some(media_type) = &input.media_type
        && let Err(reason) = media_type::check(&media_type.value())
    {
        errors.at(media_type, &reason);
    }
    check_part(&input.body, errors);
    check_each(&input.body, Around::NoFor, errors);
    check_identity(&input.body, errors);
    check_counts(&input.body, errors);
}

/// As many objects and arrays the runtime can tell apart in which details are spread, and as many values of the context.
const MOST_SPREADS: usize = 7;
const MOST_CONTEXT_VALUES: usize = 16;

/// The runtime keeps in a bit each which parts of a body there are, so that there is a most of them.
fn check_counts(body: &Part, errors: &mut Errors) {
    let (mut spreads, mut names) = (0, Vec::new());
    count(body, &mut |part| match &part.node {
        Node::Spread => {
            spreads += 1;
            if spreads == MOST_SPREADS + 1 {
                let wrong = format!("this envelope spreads the details in more than {MOST_SPREADS} places");
                errors.at(&part.tokens, &Reason::new(wrong, "show them once"));
            }
        }
        Node::Slot(slot)
            if slot.kind.word == "context"
                && names.len() <= MOST_CONTEXT_VALUES
                && !names.contains(&slot.name) =>
        {
            names.push(slot.name.clone());
            if names.len() == MOST_CONTEXT_VALUES + 1 {
                let wrong =
                    format!("this envelope shows more than {MOST_CONTEXT_VALUES} values of the context");
                errors.at(&part.tokens, &Reason::new(wrong, "put what belongs together into one of them"));
            }
        }
        _ => {}
    });
}

fn count(part: &Part, see: &mut impl FnMut(&Part)) {
    see(part);
    for inner in part.node.parts() {
        count(inner, see);
    }
}

fn check_part(part: &Part, errors: &mut Errors) {
    match &part.node {
        Node::Object(members) => {
            check_names(members, errors);
            check_spreads(members, "object", errors);
        }
        Node::Array(items) => check_spreads(items, "array", errors),
        _ => {}
    }
    check_optional(part, errors);
    for inner in part.node.parts() {
        check_part(inner, errors);
    }
}

/// Whether a part stands in a `for`.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    NoFor,
    /// Behind `for field in details`.
    Item,
    Else,
}

/// In the item of a `for` the details are the one field error that it is written for, and nowhere else is there one.
fn check_each(part: &Part, around: Around, errors: &mut Errors) {
    match &part.node {
        Node::Slot(slot) if slot.is(FIELD) && around == Around::NoFor => {
            let wrong = format!("`{}` stands outside of a `for`", slot.written());
            let help =
                format!("put it into one, as in `[for field in details {{ \"text\": {} }}]`", slot.written());
            errors.at(&part.tokens, &Reason::new(wrong, help));
        }
        Node::Slot(slot) if slot.is(FIELD) && around == Around::Else => {
            let help = "write what other errors show, like `message`";
            errors.at(&part.tokens, &Reason::new("behind an `else` there are no field errors", help));
        }
        Node::Spread if around == Around::Item => details_in_item(part, errors),
        Node::Slot(slot) if slot.is(DETAILS) && around == Around::Item => details_in_item(part, errors),
        Node::Each(_) if around != Around::NoFor => {
            let help = "leave it out: the details have one list of field errors";
            let reason = Reason::new("this `for` stands in another", help);
            errors.at(&part.tokens, &reason);
        }
        Node::Each(items) => {
            for (item, around) in items.iter().zip([Around::Item, Around::Else]) {
                check_each(item, around, errors);
            }
        }
        node => node.parts().iter().for_each(|inner| check_each(inner, around, errors)),
    }
}

fn details_in_item(part: &Part, errors: &mut Errors) {
    let wrong = "in this item, the details are one field error";
    errors.at(&part.tokens, &Reason::new(wrong, "write `field.message`, `field.code` or `field.pointer`"));
}

/// Each member of an object has a name of its own: of two, some readers take the first and some the last.
fn check_names(members: &[Part], errors: &mut Errors) {
    let mut seen: HashMap<String, (&LitStr, bool)> = HashMap::new();
    for name in members.iter().filter_map(|member| member.name.as_ref()) {
        let text = name.value();
        let Some((first, is_reported)) = seen.get_mut(&text) else {
            seen.insert(text, (name, false));
            continue;
        };
        let wrong = format!("this object has two members {}", quoted(&text));
        errors.at(name, &Reason::new(wrong, "rename one, or leave it out"));
        if !std::mem::replace(is_reported, true) {
            errors.first_was_here(first, &format!("{} is first used here", quoted(&text)));
        }
    }
}

/// Details are spread once over an object or array: a second time would repeat each of their names or items.
fn check_spreads(parts: &[Part], container: &str, errors: &mut Errors) {
    let mut spreads = parts.iter().filter(|member| matches!(member.node, Node::Spread));
    let Some(first) = spreads.next() else { return };
    for (index, again) in spreads.enumerate() {
        let wrong = format!("`..{DETAILS}` stands twice in this {container}");
        errors.at(&again.tokens, &Reason::new(wrong, "leave one of them out"));
        if index == 0 {
            errors.first_was_here(&first.tokens, "the details are first spread here");
        }
    }
}

/// A `?` leaves an object or array out where no slot in it has a value, so there is one: else it would never be
/// written.
fn check_optional(part: &Part, errors: &mut Errors) {
    let (Some(mark), Node::Object(_) | Node::Array(_)) = (&part.optional, &part.node) else { return };
    let may_have_a_value =
        |node: &Node| matches!(node, Node::Slot(_) | Node::Spread | Node::Each(_) | Node::Mistake);
    if !part.node.has(&may_have_a_value) {
        let wrong = "with this `?` it is never written: no slot stands in it";
        errors.at(mark, &Reason::new(wrong, "drop the `?`, or put a slot in"));
    }
}

/// Clients can tell errors apart by the code, or at least read the message.
fn check_identity(body: &Part, errors: &mut Errors) {
    if tells_what_happened(&body.node) {
        return;
    }
    let reason = if body.node.has(&|node| matches!(node, Node::Each(_))) {
        Reason::new(
            "of an error without field errors this envelope has neither `code` nor `message`",
            "put one of them beside the `for`, or behind an `else`",
        )
    } else {
        Reason::new(
            "this envelope has neither `code` nor `message`",
            "put one of them in, as in `\"code\": code`",
        )
    };
    errors.at(&body.tokens, &reason);
}

fn tells_what_happened(node: &Node) -> bool {
    match node {
        Node::Slot(slot) => ["code", "message", FIELD].into_iter().any(|word| slot.is(word)),
        Node::Mistake => true,
        // One alone says nothing of the other errors.
        Node::Each(items) => items.len() == 2 && items.iter().all(|item| tells_what_happened(&item.node)),
        node => node.parts().iter().any(|part| tells_what_happened(&part.node)),
    }
}
