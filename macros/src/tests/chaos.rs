//! `#[derive(ApiError)]` and `catalog!` on tokens that were dropped, doubled, swapped and replaced at random: they answer
//! each with tokens that parse, and never panic.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::sample::Index;

use super::derive::DECLARED;
use crate::catalog::catalog;
use crate::derive::derive;

/// A token; brackets are one with what they hold, so that they always match.
#[derive(Clone)]
enum Tree {
    Leaf(TokenTree),
    Group(Delimiter, Vec<Tree>),
}

fn trees(tokens: TokenStream) -> Vec<Tree> {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => Tree::Group(group.delimiter(), trees(group.stream())),
            leaf => Tree::Leaf(leaf),
        })
        .collect()
}

fn tokens(trees: Vec<Tree>) -> TokenStream {
    trees
        .into_iter()
        .map(|tree| match tree {
            Tree::Leaf(leaf) => leaf,
            Tree::Group(delimiter, inside) => Group::new(delimiter, tokens(inside)).into(),
        })
        .collect()
}

fn count(trees: &[Tree]) -> usize {
    let inside = |tree: &Tree| match tree {
        Tree::Leaf(_) => 0,
        Tree::Group(_, inside) => count(inside),
    };
    trees.iter().map(|tree| 1 + inside(tree)).sum()
}

/// The list that holds the token of this number, counted depth first, and its place there.
fn find(trees: &mut Vec<Tree>, mut number: usize) -> (&mut Vec<Tree>, usize) {
    let mut place = 0;
    loop {
        let size = count(&trees[place..=place]);
        if number == 0 {
            return (trees, place);
        }
        if number < size {
            break;
        }
        number -= size;
        place += 1;
    }
    match &mut trees[place] {
        Tree::Group(_, inside) => find(inside, number - 1),
        Tree::Leaf(_) => unreachable!("a leaf counts as one"),
    }
}

/// What happens to one token.
#[derive(Debug, Clone, Copy)]
enum Change {
    Drop,
    Double,
    /// With another token of the declaration.
    Swap,
    /// By another token of the declaration.
    Copy,
    /// By one of [`WORDS`].
    Replace,
    /// Another string in its place, one of [`TEXTS`].
    Rewrite,
    /// As `macro_rules!` hands on a fragment, in brackets that nobody sees.
    Wrap,
}

const CHANGES: &[Change] = &[
    Change::Drop,
    Change::Double,
    Change::Swap,
    Change::Copy,
    Change::Replace,
    Change::Rewrite,
    Change::Wrap,
];

/// Tokens that may stand in a declaration somewhere, and some that may not.
const WORDS: &[&str] = &[
    ",",
    "=",
    "::",
    ";",
    "#",
    "-",
    "!",
    "'a",
    "T",
    "Self",
    "self",
    "crate",
    "enum",
    "struct",
    "union",
    "where",
    "dyn",
    "impl",
    "fn",
    "const",
    "status",
    "none",
    "code",
    "message",
    "display",
    "detail",
    "details",
    "retry_after",
    "header",
    "transparent",
    "decode",
    "codes",
    "StoryCode",
    "null",
    "with",
    "rename_all_details",
    "omit",
    "meta",
    "skip",
    "axum",
    "api",
    "error",
    "source",
    "r#type",
    "größe",
    "NOT_FOUND",
    "404",
    "999",
    "0xFF",
    "1e999",
    "18446744073709551616",
    "404u16",
    "1.",
    "'c'",
    "true",
    "b\"bytes\"",
    "c\"c\"",
    "\"text\"suffix",
    "r#\"raw\"#",
    "(api)",
    "[u8; if true { 1 } else { 2 }]",
    "{}",
];

/// What the small languages must read or refuse.
const TEXTS: &[&str] = &[
    "",
    "{",
    "}",
    "{}",
    "{0}",
    "{9}",
    "{need:>width$}",
    "{error:?}: {at:>width$}",
    "{have:.rest$?}",
    "{r#type:#x}",
    "{{{need}}}",
    "{größe}",
    "{99999999999999999999}",
    "after",
    "after 30s..10s",
    "backoff 0s",
    "backoff 99999999999999999999m, once, 3 times",
    "none, always",
    "not_found",
    "NOT_FOUND",
    "nötig",
    "a\u{0}b",
    "line\nbreak",
    "\"\\\u{202e}",
    "any",
    "kebab-case",
    "X-Name",
    "Content-Type",
    "warn",
    "https://example.com/{code}",
];

fn apply(change: Change, declaration: &mut Vec<Tree>, at: Index, other: Index) {
    if let Change::Rewrite = change {
        let mut strings = Vec::new();
        find_strings(declaration, &mut strings);
        let count = strings.len();
        if count > 0 {
            *strings[at.index(count)] = Literal::string(TEXTS[other.index(TEXTS.len())]).into();
        }
        return;
    }
    let all = count(declaration);
    if all == 0 {
        return;
    }
    let (list, place) = find(declaration, other.index(all));
    let another = list[place].clone();
    let (list, place) = find(declaration, at.index(all));
    let this = list[place].clone();
    match change {
        Change::Drop => drop(list.remove(place)),
        Change::Double => list.insert(place, this.clone()),
        Change::Swap | Change::Copy => list[place] = another,
        Change::Replace => {
            let word: TokenStream = WORDS[other.index(WORDS.len())].parse().unwrap();
            list.splice(place..=place, trees(word));
        }
        Change::Wrap => list[place] = Tree::Group(Delimiter::None, vec![this.clone()]),
        Change::Rewrite => {}
    }
    if let Change::Swap = change
        && other.index(all) < count(declaration)
    {
        let (list, place) = find(declaration, other.index(all));
        list[place] = this;
    }
}

fn find_strings<'t>(trees: &'t mut [Tree], found: &mut Vec<&'t mut TokenTree>) {
    for tree in trees {
        match tree {
            Tree::Group(_, inside) => find_strings(inside, found),
            Tree::Leaf(leaf) if leaf.to_string().starts_with('"') => found.push(leaf),
            Tree::Leaf(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn changed_declarations_are_answered_with_tokens(
        (_, declaration) in prop::sample::select(DECLARED),
        changes in prop::collection::vec((prop::sample::select(CHANGES), any::<Index>(), any::<Index>()), 1..6),
    ) {
        let mut declaration = trees(declaration.parse().unwrap());
        for (change, at, other) in changes {
            apply(change, &mut declaration, at, other);
        }
        let expansion = derive(tokens(declaration));
        prop_assert!(!expansion.is_empty());
        let parsed = syn::parse2::<syn::File>(expansion.clone());
        prop_assert!(parsed.is_ok(), "{:?}\n{expansion}", parsed.err());
    }

    #[test]
    fn changed_selections_are_answered_with_an_expression(
        changes in prop::collection::vec((prop::sample::select(CHANGES), any::<Index>(), any::<Index>()), 0..6),
    ) {
        let written = "crate = ::errorbook, StoryError: NotFound, r#Gone, Held<'static, u64>::*, run::RunError, a::B::C,";
        let mut selection = trees(written.parse().unwrap());
        for (change, at, other) in changes {
            apply(change, &mut selection, at, other);
        }
        let expansion = catalog(tokens(selection));
        let parsed = syn::parse2::<syn::Expr>(expansion.clone());
        prop_assert!(parsed.is_ok(), "{:?}\n{expansion}", parsed.err());
    }
}
