//! The macros from outside: declarations in, expansions out, and what happens when the tokens make no sense.

mod chaos;
mod derive;
mod envelope;
mod growth;
mod manual;
mod mistakes;
mod stages;

use proc_macro2::TokenStream;

/// The expansion as rustfmt would write it; it must at least parse.
fn formatted(expansion: TokenStream) -> String {
    match syn::parse2(expansion) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => panic!("an expansion that does not parse: {error}"),
    }
}

/// Compares with a file below `macros/src/tests`, which `BLESS=1` rewrites.
#[track_caller]
fn assert_is_as_in(path: &str, found: &str) {
    let path = format!("{}/src/tests/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    // Line by line, as the whole of both would be a wall of text.
    for (line, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
        assert_eq!(found, expected, "{path}, line {line}: run with `BLESS=1` and read the diff");
    }
    assert_eq!(found.len(), expected.len(), "the length of {path}: run with `BLESS=1` and read the diff");
}
