//! The table of keys, the manual and the aliases by which rustdoc finds it: all three know the same keys. The manual is
//! `runtime/docs/derive.md`, the aliases stand at the re-export.

use std::collections::BTreeSet;

use crate::attrs::keys::{ContainerKey, ErrorKey, FieldKey, KEYS, Key, PlaceKey};

/// A file of the runtime; none in a copy of this crate alone, as `cargo package` makes one.
fn of_the_runtime(path: &str) -> Option<String> {
    let path = format!("{}/../runtime/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path);
    if text.is_err() {
        eprintln!("{path} is not here: nothing was compared with it");
    }
    text.ok()
}

fn names(is_meant: impl Fn(&&Key) -> bool) -> BTreeSet<String> {
    KEYS.iter().filter(is_meant).map(|row| row.name.to_owned()).collect()
}

fn names_of<K: PlaceKey>() -> BTreeSet<String> {
    names(|row| K::of(row).is_some())
}

/// The lines of a page that stand in no example.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    page.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// The keys in a text: what stands in backticks, up to the first sign that no name has. `#[deprecated]` is none of ours.
fn keys_in(text: &str) -> impl Iterator<Item = String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let names = quoted
        .filter_map(|word| word.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next());
    names.filter(|name| !name.is_empty()).map(str::to_owned)
}

#[test]
fn each_key_has_a_section_in_the_manual_and_each_section_is_of_a_key() {
    let Some(page) = of_the_runtime("docs/derive.md") else { return };
    let headings = prose(&page).filter(|line| line.starts_with('#'));
    assert_eq!(headings.flat_map(keys_in).collect::<BTreeSet<_>>(), names(|_| true));
}

#[test]
fn the_manuals_tables_list_the_keys_of_each_place() {
    let Some(page) = of_the_runtime("docs/derive.md") else { return };
    for (heading, keys) in [
        ("## On a variant, or on a struct", names_of::<ErrorKey>()),
        ("## On a field", names_of::<FieldKey>()),
        ("## On the enum, or on a struct", names_of::<ContainerKey>()),
    ] {
        let section = prose(&page).skip_while(|line| *line != heading).skip(1);
        let rows =
            section.take_while(|line| !line.starts_with('#')).filter_map(|line| line.strip_prefix('|'));
        let first_cells = rows.filter_map(|row| row.split('|').next());
        assert_eq!(first_cells.flat_map(keys_in).collect::<BTreeSet<_>>(), keys, "{heading}");
    }
}

#[test]
fn each_key_is_an_alias_of_the_derive_and_each_alias_is_a_key() {
    let Some(source) = of_the_runtime("src/lib.rs") else { return };
    let (before, _) = source.split_once("pub use errorbook_macros::ApiError;").unwrap();
    let (_, aliases) = before.rsplit_once("#[doc(alias(").unwrap();
    let mut expected = names(|_| true);
    // The attribute itself, and Rust's own that is read too.
    expected.extend(["api", "deprecated"].map(str::to_owned));
    let aliases: BTreeSet<String> = aliases.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert_eq!(aliases, expected);
}
