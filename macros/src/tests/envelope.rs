//! `envelope!`: bodies in, formatted expansions out, against `expected/envelope.rs`; and tokens that were never
//! meant as a body, which must be answered with tokens. What is said of each mistake is pinned in `ui-tests/`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::prelude::*;
use quote::quote;

use crate::envelope::envelope;

/// The expansion as the value of a constant, formatted.
fn expanded(name: &str, input: TokenStream) -> String {
    let name = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
    let expansion = envelope(input);
    let file = syn::parse2(quote!(const #name: Envelope = #expansion;)).unwrap();
    prettyplease::unparse(&file)
}

#[test]
fn expansions_are_as_expected() {
    let found = [
        expanded("NESTED", quote!({ "error": { "code": code, "message": message, "id": request_id? } })),
        expanded(
            "EVERY_KIND_OF_PART",
            quote!(crate = ::other, "application/problem+json", {
                "first": title?, "detail": message, "say \"é\"": [true, -1.5, status_string, { "run": context.run_id? }?],
                ..details, "last": { ..details, "type": meta.type },
            }),
        ),
        expanded(
            "LIST",
            quote!([code, ..details, for field in details { "at": field.pointer } else message]),
        ),
        expanded("MISTAKEN", quote!({ "code": cod })),
    ]
    .join("\n");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/expected/envelope.rs");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap();
    assert_eq!(found, expected, "run with `BLESS=1` and read the diff");
}

fn is_rejected(input: TokenStream) -> bool {
    envelope(input).to_string().contains("compile_error")
}

#[test]
fn constants_may_be_all_that_json_knows() {
    for value in
        ["0", "-1", "1.5", "1e3", "true", "false", "null", "\"code\"", "r\"\\\"", "{}", "[]", "[1, [2], {}]"]
    {
        let value: TokenStream = value.parse().unwrap();
        assert!(!is_rejected(quote!({ "code": code, "value": #value, })), "{value}");
    }
}

#[test]
fn what_a_macro_puts_in_is_read_like_what_is_written() {
    let value = TokenTree::Group(Group::new(Delimiter::None, quote!(-1)));
    let written = envelope(quote!({ "code": code, "value": -1 })).to_string();
    assert_eq!(envelope(quote!({ "code": code, "value": #value })).to_string(), written);
}

#[test]
fn raw_identifiers_are_names_like_others() {
    let written = envelope(quote!({ "code": code, "type": meta.type })).to_string();
    assert_eq!(envelope(quote!({ "code": code, "type": meta.r#type })).to_string(), written);
}

#[test]
fn a_mistake_is_reported_once() {
    for (input, mistakes) in [
        // The misspelt slot may have been the code, and its `?` was right.
        (quote!({ "code": cod? }), 1),
        (quote!({ "error": [message.text] }), 1),
        (quote!({ code }), 1),
        (quote!({ "code": (code)? | 5 }), 1),
        (quote!("json", code), 2),
        (quote!({ "code": code, "list": [for fild in details { "a": fild.code }] }), 1),
        (quote!({ "code": code, "list": [for field in details { "a": field.cod? }, ..meta] }), 2),
        (quote!({ "a": cod, "a": 1? }), 4),
    ] {
        let expansion = envelope(input.clone()).to_string();
        assert_eq!(expansion.matches("compile_error").count(), mistakes, "{input}\n{expansion}");
    }
}

/// Tokens as they stand in bodies, and some that never do.
fn token() -> impl Strategy<Value = TokenStream> {
    const WORDS: &[&str] = &[
        ",",
        ":",
        "?",
        ".",
        "..",
        "-",
        "=",
        "=>",
        "for",
        "in",
        "else",
        "for field in details",
        "field.message",
        "::",
        "#",
        "'a",
        "code",
        "message",
        "details",
        "context",
        "meta",
        "request_id",
        "true",
        "null",
        "crate",
        "self",
        "r#type",
        "größe",
        "\"code\"",
        "\"\"",
        "\"a/b\"",
        "\"\\n\"",
        "r#\"raw\"#",
        "b\"bytes\"",
        "c\"c\"",
        "'c'",
        "0",
        "-1",
        "1.",
        "1.5e3",
        "1e999",
        "0xFF_u8",
        "007",
        "1_000",
        "\"text\"suffix",
    ];
    prop::sample::select(WORDS).prop_map(|word| word.parse().unwrap())
}

fn tokens() -> impl Strategy<Value = TokenStream> {
    const DELIMITERS: &[Delimiter] =
        &[Delimiter::Brace, Delimiter::Bracket, Delimiter::Parenthesis, Delimiter::None];
    token().prop_recursive(5, 64, 8, |inner| {
        let content = prop::collection::vec(inner, 0..8);
        (prop::sample::select(DELIMITERS), content).prop_map(|(delimiter, tokens)| {
            TokenTree::Group(Group::new(delimiter, tokens.into_iter().collect())).into()
        })
    })
}

/// The tokens of a good envelope, one by one, brackets included.
fn good_words() -> Vec<&'static str> {
    "\"application/json\" , { \"error\" : { \"code\" : code ? , \"message\" : message , \"n\" : - 1.5 } , \
     \"run\" : context . run_id ? , \"list\" : [ status , { \"type\" : meta . type } ? ] , \"errors\" : \
     [ for field in details { \"at\" : field . pointer } else message , .. details ] ? , .. details , }"
        .split(' ')
        .collect()
}

/// A body that parses has an expansion that parses too, whatever it was made of.
fn answers_with_tokens(input: TokenStream) {
    let expansion = envelope(input);
    syn::parse2::<syn::Expr>(expansion).unwrap();
}

proptest! {
    #[test]
    fn any_tokens_are_answered_with_tokens(tokens in prop::collection::vec(tokens(), 0..12)) {
        answers_with_tokens(tokens.into_iter().collect());
    }

    #[test]
    fn dropped_doubled_swapped_and_replaced_tokens_are_answered_with_tokens(
        changes in prop::collection::vec((0..4_u8, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..5)
    ) {
        let mut words = good_words();
        for (change, at, other) in changes {
            if words.is_empty() {
                break;
            }
            let (at, other) = (at.index(words.len()), other.index(words.len()));
            match change {
                0 => { words.remove(at); }
                1 => words.insert(at, words[at]),
                2 => words.swap(at, other),
                _ => words[at] = words[other],
            }
        }
        // Brackets that do not match never reach a macro.
        if let Ok(tokens) = words.join(" ").parse() {
            answers_with_tokens(tokens);
        }
    }
}

#[test]
fn the_words_that_are_changed_are_those_of_a_good_envelope() {
    assert!(!is_rejected(good_words().join(" ").parse().unwrap()));
}

#[test]
fn bodies_of_any_depth_are_answered() {
    let mut body = quote!(code);
    for _ in 0..500 {
        body = quote!([#body]);
    }
    assert!(is_rejected(quote!({ "code": #body })));
}
