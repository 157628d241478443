//! What only constants can tell, told while the user's crate is checked: each `check_` function here runs in a
//! `const _` item of the expansion, and its panic is rustc's error at the user's tokens. At run time none of
//! them is ever called.

mod codes;
mod difference;
mod filled;
mod select;
mod text;
mod words;

pub use self::codes::{Codes, Merged, count_codes, merge};
pub(crate) use self::codes::{Flat, flatten, hash_of_code};

use self::codes::Conflict;
use self::difference::difference;
use self::filled::{asks_the_declaration, near_meta, unfilled};
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

/// Panics if the envelope of this name has a member, without a `?` behind it, that this error can never fill. `others` are
/// those of the type of which the same is to be said, as the macro has listed them.
///
/// # Panics
///
/// That is its purpose.
#[track_caller]
pub const fn check_filled(envelope: (&str, &Envelope), spec: &'static ErrorSpec, others: &str) {
    let (name, envelope) = envelope;
    if let Some(slot) = unfilled(envelope.shape(), spec) {
        let text = unfilled_text(ConstText::new().quoted(spec.name), name, slot, spec);
        let text =
            if others.is_empty() { text } else { text.with("\n  note: the same holds for ").with(others) };
        panic!("{}", text.as_str());
    }
}

/// "`Gone` has no `meta(kind = …)`, and the envelope `STORY` always shows one", and what to do.
const fn unfilled_text(error: ConstText, envelope: &str, slot: Slot, spec: &ErrorSpec) -> ConstText {
    let text = match slot {
        Slot::Meta(name) => error.with(" has no `meta(").with(name).with(" = …)`"),
        Slot::DocsUrl => error.with(" has no `docs`"),
        Slot::Remedy => error.with(" has no `remedy`"),
        _ => error.with(" has no status"),
    };
    let text = text.with(", and the envelope ").quoted(envelope).with(" always shows one\n  help: ");
    match slot {
        Slot::Meta(name) => {
            let text = match near_meta(spec, name) {
                Some(near) => text.with("write ").quoted(name).with(" in place of ").quoted(near),
                None => text.with("give it, or its type, a `meta(").with(name).with(" = \"…\")`"),
            };
            text.with(", or write `meta.").with(name).with("?` in the envelope")
        }
        Slot::DocsUrl => {
            text.with("give it, or its type, a `docs = \"…\"`, or write `docs_url?` in the envelope")
        }
        Slot::Remedy => text.with("give it a `remedy = \"…\"`, or write `remedy?` in the envelope"),
        Slot::StatusString => text.with("write `status_string?` in the envelope"),
        _ => text.with("write `status?` in the envelope"),
    }
    .with("\n  note: callers would read `null` there, whatever happened")
}

/// Panics if two errors of one type that share their code contradict each other.
///
/// # Panics
///
/// That is its purpose.
#[track_caller]
pub const fn check_shared_code(first: &'static ErrorSpec, second: &'static ErrorSpec) {
    if let Some(difference) = difference(first, second) {
        let text = words::told(&difference, [first.name, second.name]);
        panic!("{}", words::help(text, &difference).as_str());
    }
}

/// Checks a type that is held transparently against those that hold it: a code means the same to a client
/// everywhere, and the holder's envelope, in which it answers, has room for what it declares and no room for what it
/// does not.
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
    envelope: Option<(&str, &Envelope)>,
) {
    let (name, codes) = held[index];
    if let Some(Conflict { list, difference }) = merged.conflict(index) {
        let first = if list == 0 { holder } else { held[list - 1].0 };
        let text = words::told(&difference, [first, name]).with(", which is held here");
        panic!("{}", words::help(text, &difference).as_str());
    }
    let holder = Holder {
        name: holder,
        envelope,
        spreads: matches!(envelope, Some((_, envelope)) if spreads(envelope.shape())),
        asks: matches!(envelope, Some((_, envelope)) if asks_the_declaration(envelope.shape())),
    };
    check_all_fit(&holder, name, codes);
}

/// The type in whose envelope held errors answer. Without one it answers in whatever the service has, where the code may
/// be required.
struct Holder<'a> {
    name: &'a str,
    envelope: Option<(&'a str, &'a Envelope)>,
    /// Whether the envelope spreads details.
    spreads: bool,
    /// Whether it shows what only a declaration can say.
    asks: bool,
}

impl Holder<'_> {
    /// Of most errors there is nothing to check, and a call for each would take rustc time.
    const fn checks_each(&self) -> bool {
        self.spreads || self.asks
    }
}

#[track_caller]
const fn check_all_fit(holder: &Holder<'_>, held: &str, codes: &Codes) {
    let (specs, checks_each) = (codes.specs(), holder.checks_each());
    let (count, mut index) = (specs.len(), 0);
    while index < count {
        let spec = &specs[index];
        if spec.more.omits_code || checks_each {
            check_fits(holder, held, spec);
        }
        index += 1;
    }
    let merged = codes.merged();
    let (count, mut index) = (merged.len(), 0);
    while index < count {
        let spec = merged[index].spec;
        if spec.more.omits_code || checks_each {
            check_fits(holder, held, spec);
        }
        index += 1;
    }
    let mut index = 0;
    while index < codes.lists().len() {
        check_all_fit(holder, held, codes.lists()[index]);
        index += 1;
    }
}

#[track_caller]
const fn check_fits(holder: &Holder<'_>, held: &str, spec: &ErrorSpec) {
    if spec.more.omits_code {
        check_code_is_omitted(holder, held, spec);
    }
    let Some((name, envelope)) = holder.envelope else { return };
    if holder.spreads {
        check_details_are_shown(envelope, held, spec);
    }
    if holder.asks
        && let Some(slot) = unfilled(envelope.shape(), spec)
    {
        let error = ConstText::new().quoted(spec.name).with(" of ").quoted(held);
        panic!("{}", unfilled_text(error, name, slot, spec).as_str());
    }
}

#[track_caller]
const fn check_code_is_omitted(holder: &Holder<'_>, held: &str, spec: &ErrorSpec) {
    let omits = ConstText::new().quoted(held).with(" omits the code `").with(spec.code);
    let text = match holder.envelope {
        None => omits
            .with("`, but `")
            .with(holder.name)
            .with("` has no envelope that can do without it\n  help: put `envelope = …` on `")
            .with(holder.name)
            .with("`, with `code?` in that envelope\n  note: the default envelope always shows a code"),
        Some((_, envelope)) if requires_code(envelope.shape()) => {
            omits.with("`, but this type's envelope always shows one\n  help: write `code?` in the envelope")
        }
        Some((_, envelope)) if shows_link(envelope.shape()) && link_has_code(spec) => omits.with(
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
