//! The error page: the five reference APIs' pages as they are published, and the facts that each must state.

use std::fs;
use std::path::Path;

use errorbook::book;
use errorbook_tests::contracts;

/// Compares with a file of `golden/`, or writes it where `BLESS` is set.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, text).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let first = expected.lines().zip(text.lines()).position(|(expected, line)| expected != line);
    let line = first.unwrap_or(expected.lines().count().min(text.lines().count())) + 1;
    assert!(
        expected == text,
        "{name} differs from line {line} on; look at the change, and bless it with BLESS=1\n  is: {}",
        text.lines().nth(line - 1).unwrap_or("(the end)")
    );
}

#[test]
fn the_pages_of_the_reference_apis_are_as_published() {
    for (name, contract) in contracts::all() {
        golden(&format!("{name}.md"), &book::markdown(&contract));
        golden(&format!("{name}.html"), &book::html(&contract));
    }
}
