//! What only constants can tell, told while the user's crate is checked: each function here runs in a
//! `const _` item of the expansion, and its panic is rustc's error at the user's tokens. At run time none of
//! them is ever called.

use crate::catalog::Catalog;
use crate::envelope::{Envelope, Node, Part, Slot};
use crate::spec::ErrorSpec;

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
/// this name: the detail could never be seen.
///
/// # Panics
///
/// That is its purpose.
#[track_caller]
pub const fn check_spread(envelope: &Envelope, detail: &str, message: &str) {
    assert!(!spreads_beside(envelope.shape(), detail), "{}", message);
}

/// Checks a type that is held transparently against those that hold it: a code means the same status
/// everywhere, and the holder's envelope, in which it answers, has room for what it declares.
///
/// `before` are the types held before it. Codes in `shared` may stand for several errors.
///
/// # Panics
///
/// That is its purpose.
#[track_caller]
pub const fn check_held(
    holder: (&str, &[ErrorSpec]),
    before: &[(&str, &Catalog)],
    held: (&str, &Catalog),
    shared: &[&str],
    envelope: Option<&Envelope>,
) {
    let (holder_name, specs) = holder;
    let (held_name, catalog) = held;
    if let Some(conflict) = conflict_with_catalog(specs, catalog, shared, &[catalog]) {
        fail_on_conflict(&conflict, holder_name, held_name);
    }
    let mut index = 0;
    while index < before.len() {
        let (name, earlier) = before[index];
        // One type in two places does not contradict itself.
        if !is_same(name, held_name)
            && let Some(conflict) = conflict_of_catalogs(earlier, catalog, shared, &[earlier, catalog])
        {
            fail_on_conflict(&conflict, name, held_name);
        }
        index += 1;
    }
    check_catalog_fits(envelope, holder_name, held_name, catalog);
}

/// One code with two statuses: the code, and the statuses in the order of the types compared.
struct Conflict {
    code: &'static str,
    statuses: (u16, u16),
}

#[track_caller]
const fn fail_on_conflict(conflict: &Conflict, first: &str, second: &str) -> ! {
    let &Conflict { code, statuses } = conflict;
    let text = ConstText::new()
        .with("code `")
        .with(code)
        .with("` is ")
        .with_status(statuses.0)
        .with(" in `")
        .with(first)
        .with("` and ")
        .with_status(statuses.1)
        .with(" in `")
        .with(second)
        .with("`, which is held here\n  help: give both the same status, rename one, or put `shared_codes(\"")
        .with(code)
        .with("\")` on the enum\n  note: whoever reads the code expects one status");
    panic!("{}", text.as_str())
}

/// Whether the code stands for both statuses in one of these types already, which says by `shared_codes` that it may.
const fn have_both(wholes: &[&Catalog], code: &str, one: u16, other: u16) -> bool {
    let mut index = 0;
    while index < wholes.len() {
        if has(wholes[index], code, one) && has(wholes[index], code, other) {
            return true;
        }
        index += 1;
    }
    false
}

const fn has(catalog: &Catalog, code: &str, status: u16) -> bool {
    let mut index = 0;
    while index < catalog.specs.len() {
        let spec = &catalog.specs[index];
        if spec.status == status && is_same(spec.code, code) {
            return true;
        }
        index += 1;
    }
    let mut index = 0;
    while index < catalog.nested.len() {
        if has(catalog.nested[index].1, code, status) {
            return true;
        }
        index += 1;
    }
    false
}

/// Of how many codes the keys are held at a time.
const KEYS: usize = 128;

/// A number that two codes seldom share: of each pair of codes rustc only compares these, as every step of a constant
/// takes it time.
const fn key(code: &str) -> u64 {
    let code = code.as_bytes();
    let (mut key, mut index) = (code.len() as u64, 0);
    // The end, where the codes of one service differ.
    while index < 7 && index < code.len() {
        key = key << 8 | code[code.len() - 1 - index] as u64;
        index += 1;
    }
    key
}

/// `wholes`: the types of which these are parts.
const fn conflict_of_catalogs(
    first: &Catalog,
    second: &Catalog,
    shared: &[&str],
    wholes: &[&Catalog],
) -> Option<Conflict> {
    if let Some(conflict) = conflict_with_catalog(first.specs, second, shared, wholes) {
        return Some(conflict);
    }
    let mut index = 0;
    while index < first.nested.len() {
        if let Some(conflict) = conflict_of_catalogs(first.nested[index].1, second, shared, wholes) {
            return Some(conflict);
        }
        index += 1;
    }
    None
}

const fn conflict_with_catalog(
    specs: &[ErrorSpec],
    catalog: &Catalog,
    shared: &[&str],
    wholes: &[&Catalog],
) -> Option<Conflict> {
    let mut rest = catalog.specs;
    while !rest.is_empty() {
        let (others, behind) = rest.split_at(if rest.len() < KEYS { rest.len() } else { KEYS });
        let mut keys = [0; KEYS];
        let mut index = 0;
        while index < others.len() {
            keys[index] = key(others[index].code);
            index += 1;
        }
        let mut index = 0;
        while index < specs.len() {
            let one = &specs[index];
            let key = key(one.code);
            let mut other_index = 0;
            while other_index < others.len() {
                if keys[other_index] == key {
                    let other = &others[other_index];
                    if one.status != other.status
                        && is_same(one.code, other.code)
                        && !contains(shared, one.code)
                        && !have_both(wholes, one.code, one.status, other.status)
                    {
                        return Some(Conflict { code: one.code, statuses: (one.status, other.status) });
                    }
                }
                other_index += 1;
            }
            index += 1;
        }
        rest = behind;
    }
    let mut index = 0;
    while index < catalog.nested.len() {
        if let Some(conflict) = conflict_with_catalog(specs, catalog.nested[index].1, shared, wholes) {
            return Some(conflict);
        }
        index += 1;
    }
    None
}

/// Without an envelope of its own the holder answers in whatever the service has, where the code may be required.
#[track_caller]
const fn check_catalog_fits(envelope: Option<&Envelope>, holder: &str, held: &str, catalog: &Catalog) {
    let mut index = 0;
    while index < catalog.specs.len() {
        let spec = &catalog.specs[index];
        if spec.more.omits_code {
            check_code_is_omitted(envelope, holder, held, spec);
        }
        if let Some(envelope) = envelope {
            check_details_are_shown(envelope, held, spec);
        }
        index += 1;
    }
    let mut index = 0;
    while index < catalog.nested.len() {
        check_catalog_fits(envelope, holder, held, catalog.nested[index].1);
        index += 1;
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
        index += 1;
    }
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
        Node::Object(parts) | Node::Array(parts) => *parts,
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
        Node::Object(parts) | Node::Array(parts) => *parts,
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

const fn spreads_beside(node: &Node, name: &str) -> bool {
    let parts = match node {
        Node::Object(parts) | Node::Array(parts) => *parts,
        Node::Literal(_) | Node::Slot(_) | Node::Spread => return false,
    };
    let (mut spreads, mut is_taken, mut index) = (false, false, 0);
    while index < parts.len() {
        let Part { name: known, node, .. } = &parts[index];
        match node {
            Node::Spread => spreads = true,
            _ => is_taken = is_taken || is_same(known, name),
        }
        if spreads_beside(node, name) {
            return true;
        }
        index += 1;
    }
    spreads && is_taken
}

const fn contains(texts: &[&str], wanted: &str) -> bool {
    let mut index = 0;
    while index < texts.len() {
        if is_same(texts[index], wanted) {
            return true;
        }
        index += 1;
    }
    false
}

/// `==` of strings, which constants cannot call.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

const DECIMAL: &[u8; 10] = b"0123456789";

/// A text put together while the crate is checked; what does not fit is cut off.
struct ConstText {
    bytes: [u8; 1024],
    length: usize,
}

impl ConstText {
    const fn new() -> Self {
        Self { bytes: [0; 1024], length: 0 }
    }

    const fn with(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if self.length + text.len() <= self.bytes.len() {
            let mut index = 0;
            while index < text.len() {
                self.bytes[self.length + index] = text[index];
                index += 1;
            }
            self.length += text.len();
        }
        self
    }

    const fn with_status(self, status: u16) -> Self {
        if status == 0 {
            return self.with("without a status");
        }
        let status = status as usize;
        let digits = [DECIMAL[status / 100 % 10], DECIMAL[status / 10 % 10], DECIMAL[status % 10]];
        match str::from_utf8(&digits) {
            Ok(digits) => self.with(digits),
            Err(_) => self,
        }
    }

    const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
