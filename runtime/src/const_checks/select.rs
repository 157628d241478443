//! Some errors of a type, for `catalog!`. Takes a catalogue and the name of an error; gives the catalogue of that one alone,
//! or stops rustc with the names that there are.

use super::text::{ConstText, is_near, is_same};
use crate::spec::{Catalog, ErrorSpec};

/// The catalogue of the one error of this name.
///
/// # Panics
///
/// The type has no error of this name; in a constant that is a compile error.
#[track_caller]
#[must_use]
pub const fn select(catalog: &'static Catalog, of: &str, name: &str) -> Catalog {
    let mut index = 0;
    while index < catalog.specs.len() {
        if is_same(catalog.specs[index].name, name) {
            let (_, from) = catalog.specs.split_at(index);
            let (specs, _) = from.split_at(1);
            let (file, lines) = catalog.places;
            let lines = if lines.len() > index { lines.split_at(index).1.split_at(1).0 } else { &[] };
            let schemas = catalog.schemas;
            return Catalog { specs, places: (file, lines), schemas, nested: &[], ..selection(catalog) };
        }
        index += 1;
    }
    panic!("{}", unknown(catalog, of, name).as_str())
}

/// Of a type with more errors than these, the others are counted.
const NAMED: usize = 8;

const fn unknown(catalog: &Catalog, of: &str, name: &str) -> ConstText {
    let text = ConstText::new().quoted(of).with(" has no error ").quoted(name).with(" of its own\n  help: ");
    let (specs, mut index) = (catalog.specs, 0);
    while index < specs.len() {
        if is_near(specs[index].name, name) {
            return text.with("did you mean ").quoted(specs[index].name).with("?");
        }
        index += 1;
    }
    let text =
        if specs.is_empty() { text.with("it has none") } else { with_names(text.with("it has "), specs) };
    if catalog.nested.is_empty() {
        text
    } else {
        text.with("; those that it holds are named by their own type")
    }
}

/// "`NotFound`, `Exists` and `Gone`", "…, `Eighth` and 3 more"
const fn with_names(mut text: ConstText, specs: &[ErrorSpec]) -> ConstText {
    let shown = if specs.len() > NAMED { NAMED } else { specs.len() };
    let mut index = 0;
    while index < shown {
        text = text.with(match index {
            0 => "",
            _ if index + 1 == specs.len() => " and ",
            _ => ", ",
        });
        text = text.quoted(specs[index].name);
        index += 1;
    }
    if shown < specs.len() {
        text.with(" and ").with_number((specs.len() - shown) as u64).with(" more")
    } else {
        text
    }
}

/// The catalogue of a selection whose first type this is, without any error.
#[must_use]
pub const fn selection(first: &'static Catalog) -> Catalog {
    Catalog {
        type_name: first.type_name,
        title: first.title,
        description: first.description,
        envelope: first.envelope,
        backoff: first.backoff,
        shared_codes: first.shared_codes,
        ..Catalog::NOTHING
    }
}
