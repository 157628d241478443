//! What only constants can tell, told while the user's crate is checked: each `check_` function here runs in a
//! `const _` item of the expansion, and its panic is rustc's error at the user's tokens. At run time none of
//! them is ever called.

mod codes;
mod select;
mod text;

pub use self::codes::{Codes, Merged, count_codes, merge};

use self::codes::Conflict;
use self::text::{ConstText, contains, is_same};
use crate::envelope::{Envelope, Node, Part, Slot};
use crate::spec::ErrorSpec;
pub use select::{select, selection};

/// Panics with `message`, which the macro wrote, if the envelope has its code as a member that is never left
/// out: an error that omits its code would show `null` there.
///
/// # Panics
///
/// That is its purpose.
#[track_caller]
pub const fn check_omitted_code(envelope: &Envelope, message: &str) {
    assert!(!requires_code(envelope.shape()), "{}", message);
}

/// Panics with `message`, which the macro wrote, if the envelope shows the error's link: there the code stands that the
/// error omits.
///
/// # Panics
///
/// That is its purpose.
#[track_caller]
pub const fn check_omitted_link(envelope: &Envelope, message: &str) {
    assert!(!shows_link(envelope.shape()), "{}", message);
}

/// Panics with `message`, which the macro wrote, if the envelope spreads the details beside a member of
/// this name: the detail could never be seen. So it does if the media type defines such a member: the detail would be
/// taken for it.
///
/// # Panics
///
/// That is its purpose.
#[track_caller]
pub const fn check_spread(envelope: &Envelope, detail: &str, message: &str) {
    assert!(!spreads_beside(envelope.shape(), detail), "{}", message);
    if takes_for_its_own(envelope, detail) {
        let text = ConstText::new()
            .with("`")
            .with(detail)
            .with("` is a member of `")
            .with(envelope.media_type())
            .with("`, and this detail would go out as if it were that\n  ")
            .with("help: give it another name, as in `detail = \"…\"`, or write `details` instead of `..details` in the envelope");
        panic!("{}", text.as_str());
    }
}

/// Checks a type that is held transparently against those that hold it: a code means the same status
/// everywhere, and the holder's envelope, in which it answers, has room for what it declares.
///
/// `held` are all types that the holder holds, `merged` is what became of them, and `index` says which is checked.
///
/// # Panics
///
/// That is its purpose.
#[track_caller]
pub const fn check_held<const N: usize, const HELD: usize>(
    holder: &str,
    held: &[(&str, &Codes); HELD],
    merged: &Merged<N, HELD>,
    index: usize,
    envelope: Option<&Envelope>,
) {
    let (name, codes) = held[index];
    if let Some(conflict) = merged.conflict(index) {
        let first = if conflict.list == 0 { holder } else { held[conflict.list - 1].0 };
        fail_on_conflict(&conflict, first, name);
    }
    check_all_fit(envelope, holder, name, codes);
}

#[track_caller]
const fn fail_on_conflict(conflict: &Conflict, first: &str, second: &str) -> ! {
    let code = conflict.first.code;
    let text = ConstText::new()
        .with("code `")
        .with(code)
        .with("` is ")
        .with_status(conflict.first.status)
        .with(" in `")
        .with(first)
        .with("` and ")
        .with_status(conflict.second.status)
        .with(" in `")
        .with(second)
        .with("`, which is held here\n  help: give both the same status, rename one, or put `shared_codes(\"")
        .with(code)
        .with("\")` on the enum\n  note: whoever reads the code expects one status");
    panic!("{}", text.as_str())
}

/// Without an envelope of its own the holder answers in whatever the service has, where the code may be required.
#[track_caller]
const fn check_all_fit(envelope: Option<&Envelope>, holder: &str, held: &str, codes: &Codes) {
    // Of most errors there is nothing to check, and a call for each would take rustc time.
    let (specs, spreads) = (codes.specs(), matches!(envelope, Some(envelope) if spreads(envelope.shape())));
    let (count, mut index) = (specs.len(), 0);
    while index < count {
        let spec = &specs[index];
        if spec.more.omits_code || spreads {
            check_fits(envelope, holder, held, spec);
        }
        index += 1;
    }
    let merged = codes.merged();
    let (count, mut index) = (merged.len(), 0);
    while index < count {
        let spec = merged[index].spec;
        if spec.more.omits_code || spreads {
            check_fits(envelope, holder, held, spec);
        }
        index += 1;
    }
    let mut index = 0;
    while index < codes.unmerged().len() {
        check_all_fit(envelope, holder, held, codes.unmerged()[index]);
        index += 1;
    }
}

#[track_caller]
const fn check_fits(envelope: Option<&Envelope>, holder: &str, held: &str, spec: &ErrorSpec) {
    if spec.more.omits_code {
        check_code_is_omitted(envelope, holder, held, spec);
    }
    if let Some(envelope) = envelope {
        check_details_are_shown(envelope, held, spec);
    }
}

#[track_caller]
const fn check_code_is_omitted(envelope: Option<&Envelope>, holder: &str, held: &str, spec: &ErrorSpec) {
    let omits = ConstText::new().with("`").with(held).with("` omits the code `").with(spec.code);
    let text = match envelope {
        None => omits
            .with("`, but `")
            .with(holder)
            .with("` has no envelope that can do without it\n  help: put `envelope = …` on `")
            .with(holder)
            .with("`, with `code?` in that envelope\n  note: the default envelope always shows a code"),
        Some(envelope) if requires_code(envelope.shape()) => {
            omits.with("`, but this type's envelope always shows one\n  help: write `code?` in the envelope")
        }
        Some(envelope) if shows_link(envelope.shape()) && link_has_code(spec) => omits.with(
            "`, but this type's envelope shows the link, in which it stands\n  help: give that error a `docs` \
             without its code",
        ),
        Some(_) => return,
    };
    panic!("{}", text.as_str());
}

#[track_caller]
const fn check_details_are_shown(envelope: &Envelope, held: &str, spec: &ErrorSpec) {
    let fields = spec.more.fields;
    let mut index = 0;
    while index < fields.len() {
        if let Some(name) = fields[index].detail
            && spreads_beside(envelope.shape(), name)
        {
            let text = ConstText::new()
                .with("the detail `")
                .with(name)
                .with("` of `")
                .with(held)
                .with("` would stand beside the envelope's own member of that name\n  help: rename the detail, or write `details` instead of `..details` in the envelope");
            panic!("{}", text.as_str());
        }
        if let Some(name) = fields[index].detail
            && takes_for_its_own(envelope, name)
        {
            let text = ConstText::new()
                .with("the detail `")
                .with(name)
                .with("` of `")
                .with(held)
                .with("` would go out as if it were the member of that name of `")
                .with(envelope.media_type())
                .with(
                    "`\n  help: rename the detail, or write `details` instead of `..details` in the envelope",
                );
            panic!("{}", text.as_str());
        }
        index += 1;
    }
}

/// Whether the envelope spreads the details over the whole body, whose media type defines a member of this name.
const fn takes_for_its_own(envelope: &Envelope, name: &str) -> bool {
    let (parts, mut index) = (envelope.shape().parts(), 0);
    while index < parts.len() {
        if let Node::Spread = parts[index].node {
            return contains(envelope.reserved(), name);
        }
        index += 1;
    }
    false
}

/// Whether the code stands anywhere in the error's link.
const fn link_has_code(spec: &ErrorSpec) -> bool {
    let Some(link) = spec.more.docs else { return false };
    let mut rest = link;
    while rest.len() >= spec.code.len() {
        // Codes and links are ASCII, so that any place is between two characters.
        if is_same(rest.split_at(spec.code.len()).0, spec.code) {
            return true;
        }
        rest = rest.split_at(1).1;
    }
    false
}

const fn requires_code(node: &Node) -> bool {
    let parts = match node {
        Node::Object(parts) | Node::Array(parts) | Node::Each(parts) => *parts,
        Node::Literal(_) | Node::Slot(_) | Node::Spread => return false,
    };
    let mut index = 0;
    while index < parts.len() {
        let part = &parts[index];
        let is_code = matches!(part.node, Node::Slot(Slot::Code)) && !part.optional;
        if is_code || requires_code(&part.node) {
            return true;
        }
        index += 1;
    }
    false
}

const fn shows_link(node: &Node) -> bool {
    let parts = match node {
        Node::Object(parts) | Node::Array(parts) | Node::Each(parts) => *parts,
        Node::Slot(slot) => return matches!(slot, Slot::DocsUrl),
        Node::Literal(_) | Node::Spread => return false,
    };
    let mut index = 0;
    while index < parts.len() {
        if shows_link(&parts[index].node) {
            return true;
        }
        index += 1;
    }
    false
}

const fn spreads(node: &Node) -> bool {
    let parts = match node {
        Node::Object(parts) | Node::Array(parts) | Node::Each(parts) => *parts,
        Node::Spread => return true,
        Node::Literal(_) | Node::Slot(_) => return false,
    };
    let mut index = 0;
    while index < parts.len() {
        if spreads(&parts[index].node) {
            return true;
        }
        index += 1;
    }
    false
}

const fn spreads_beside(node: &Node, name: &str) -> bool {
    let parts = match node {
        Node::Object(parts) | Node::Array(parts) | Node::Each(parts) => *parts,
        Node::Literal(_) | Node::Slot(_) | Node::Spread => return false,
    };
    let is_object = matches!(node, Node::Object(_));
    let (mut spreads, mut is_taken, mut index) = (false, false, 0);
    while index < parts.len() {
        let Part { name: known, node, .. } = &parts[index];
        match node {
            Node::Spread => spreads = is_object,
            _ => is_taken = is_taken || is_same(known, name),
        }
        if spreads_beside(node, name) {
            return true;
        }
        index += 1;
    }
    spreads && is_taken
}
