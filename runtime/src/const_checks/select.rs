//! Some errors of a type, for `catalog!`. Takes a catalogue and the name of an error; gives the catalogue of that one alone,
//! or stops rustc with the names that there are.

use super::text::{ConstText, is_same};
use crate::spec::Catalog;

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
    let mut text = ConstText::new().with("`").with(of).with("` has no error `").with(name);
    text = text.with("` of its own\n  help: it has ");
    let mut index = 0;
    while index < catalog.specs.len() {
        text = text.with(if index == 0 { "`" } else { ", `" }).with(catalog.specs[index].name).with("`");
        index += 1;
    }
    if !catalog.nested.is_empty() {
        text = text.with("; those that it holds are named by their own type");
    }
    panic!("{}", text.as_str())
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
