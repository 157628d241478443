//! `#[derive(ApiError)]`: the declarations in `declared/` in, their formatted expansions in `expected/` out. What is
//! said of each mistake is pinned in `ui-tests/`.

use std::fmt::Write;

use proc_macro2::TokenStream;

use super::{assert_is_as_in, formatted};
use crate::derive::derive;

/// Each declaration in `declared/` by its name there.
pub(super) const DECLARED: &[(&str, &str)] = &[
    ("enum", include_str!("declared/enum.rs")),
    ("struct", include_str!("declared/struct.rs")),
    ("generic", include_str!("declared/generic.rs")),
    ("held", include_str!("declared/held.rs")),
    ("forms", include_str!("declared/forms.rs")),
    ("codes", include_str!("declared/codes.rs")),
    ("decode", include_str!("declared/decode.rs")),
    ("empty", include_str!("declared/empty.rs")),
    ("mistaken", include_str!("declared/mistaken.rs")),
];

fn expanded(declaration: &str) -> String {
    formatted(derive(declaration.parse().unwrap()))
}

#[test]
fn expansions_are_as_expected() {
    for (name, declaration) in DECLARED {
        assert_is_as_in(&format!("expected/{name}.rs"), &expanded(declaration));
    }
}

#[test]
fn a_generic_type_asks_for_the_display_that_another_derive_writes() {
    for declaration in [
        r#"#[api(status = 404, message = "…")] #[display("no {_0}")] struct Missing<T>(T);"#,
        r#"enum Missing<T> { #[api(status = 404, message = "…")] #[display("no {_0}")] One(T) }"#,
    ] {
        let expansion = expanded(declaration);
        assert!(expansion.contains("Missing<T>: __p::Display"), "{expansion}");
        let concrete = declaration.replace("<T>", "").replace("(T)", "(u8)");
        assert!(!expanded(&concrete).contains(": __p::Display"));
    }
}

/// The same declaration gives the same tokens, run after run.
#[test]
fn expansions_are_deterministic() {
    for (_, declaration) in DECLARED {
        let tokens: TokenStream = declaration.parse().unwrap();
        assert_eq!(derive(tokens.clone()).to_string(), derive(tokens).to_string());
    }
}

#[test]
fn a_large_enum_is_matched_in_pieces() {
    let mut declaration = "#[derive(ApiError)] enum Large<T> {".to_owned();
    for index in 0..300 {
        write!(
            declaration,
            "#[api(status = 429, message = \"{{text}}\")] V{index} {{ #[api(detail, header = \"X-Text\")] text: T, \
             #[api(retry_after)] wait: Duration }},",
        )
        .unwrap();
    }
    declaration.push('}');
    assert_is_as_in("expected/large.outline", &outline(&expanded(&declaration)));
}

/// Impls, signatures and matches, and how many rows and arms there are in each.
fn outline(expansion: &str) -> String {
    const KEPT: &[&str] = &["static", "trait", "impl", "fn", "match", "_ =>"];
    let mut outline = String::new();
    let (mut rows, mut arms, mut indent) = (0, 0, 0);
    for line in expansion.lines() {
        let text = line.trim_start();
        rows += usize::from(text.starts_with("__p::ErrorSpec {"));
        arms += usize::from(text.starts_with("Self::"));
        if KEPT.iter().any(|word| text.starts_with(word)) {
            for (count, what) in [(&mut rows, "rows"), (&mut arms, "arms")] {
                let count = std::mem::take(count);
                if count > 0 {
                    writeln!(outline, "{:indent$}    … {count} {what}", "").unwrap();
                }
            }
            indent = line.len() - text.len();
            outline.push_str(line);
            outline.push('\n');
        }
    }
    outline
}

/// The crate docs show an expansion: it must be the one that users get.
#[test]
fn the_expansion_in_the_crate_docs_is_true() {
    const PAGE: &str = "../../../runtime/docs/expansion.md";
    const FENCE: &str = "```ignore\n";
    let page = include_str!("../../../runtime/docs/expansion.md");
    let [before, declared, shown] = page.split(FENCE).collect::<Vec<_>>()[..] else {
        panic!("the page shows a declaration and its expansion");
    };
    let (declaration, between) = declared.split_once("```").unwrap();
    let (_, behind) = shown.split_once("```").unwrap();
    let expansion = expanded(declaration);
    assert_is_as_in(PAGE, &format!("{before}{FENCE}{declaration}```{between}{FENCE}{expansion}```{behind}"));
}
