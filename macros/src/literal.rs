//! Takes a literal of Rust, for `example = …` or inside `envelope!`; gives the JSON that it is, or the reason why it is
//! none. What stands in the source reads as the JSON that it becomes, so there is one way to write a number.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Lit, LitStr};

use crate::lang::words::quoted;
use crate::lang::{Reason, json};

/// A string, a number, `true` or `false`.
pub(crate) fn to_json(literal: &Lit) -> Result<String, Reason> {
    let wrong = |help: String| {
        let written = literal.to_token_stream().to_string();
        Err(Reason::new(format!("{} is not JSON", quoted(&written)), help))
    };
    match literal {
        Lit::Str(text) => check_suffix(text).map(|()| json::string(&text.value())),
        Lit::Bool(value) => Ok(value.value.to_string()),
        Lit::Int(number) => json::check_number(number.to_string(), number.base10_digits()),
        Lit::Float(number) => json::check_number(number.to_string(), number.base10_digits()),
        Lit::Char(letter) => wrong(format!("write {}", quoted(&json::string(&letter.value().to_string())))),
        _ => wrong("strings stand in plain quotes, as in `\"text\"`".to_owned()),
    }
}

/// A number that is longer than any that has a meaning, wherever it stands in the tokens: 128 bits are 39 digits, and
/// a hundred give room to zeros.
pub(crate) fn overlong_number(tokens: TokenStream) -> Option<Literal> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Literal(literal) => is_overlong(&literal).then_some(literal),
        TokenTree::Group(group) => overlong_number(group.stream()),
        TokenTree::Ident(_) | TokenTree::Punct(_) => None,
    })
}

/// Whether it is such a number.
pub(crate) fn is_overlong(literal: &Literal) -> bool {
    const LONGEST: usize = 200;
    let text = literal.to_string();
    text.len() > LONGEST && text.starts_with(|first: char| first.is_ascii_digit())
}

pub(crate) fn no_number_is_that_long() -> Reason {
    Reason::new("this number is longer than any that a program can hold", "write a string, or a shorter one")
}

/// What stands behind a `-`.
pub(crate) fn negative_to_json(literal: &Lit) -> Result<String, Reason> {
    match literal {
        Lit::Int(_) | Lit::Float(_) => to_json(literal).map(|number| format!("-{number}")),
        _ => Err(no_number()),
    }
}

pub(crate) fn no_number() -> Reason {
    Reason::new("no number stands behind this `-`", "write one, as in `-1`")
}

/// Rust lexes `"text"suffix`, for macros to make something of it.
pub(crate) fn check_suffix(text: &LitStr) -> Result<(), Reason> {
    match text.suffix() {
        "" => Ok(()),
        suffix => Err(Reason::new(format!("a string has no suffix like `{suffix}`"), "leave it out")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Result<String, Reason> {
        to_json(&syn::parse_str(written).unwrap())
    }

    #[test]
    fn what_json_knows_too_is_taken_as_written() {
        for written in ["5", "0.5", "1e3", "true", "false", r#""text""#, r#""\"ü\"""#] {
            assert_eq!(read(written).as_deref(), Ok(written));
        }
        assert_eq!(read(r#"r"\ü""#).as_deref(), Ok(r#""\\ü""#));
        assert_eq!(negative_to_json(&syn::parse_str("1.5").unwrap()).as_deref(), Ok("-1.5"));
    }

    #[test]
    fn what_json_writes_in_another_way_is_offered_so() {
        for (written, right) in [
            ("1.", "1.0"),
            ("1_000", "1000"),
            ("0x10", "16"),
            ("5u8", "5"),
            ("'c'", r#""c""#),
            ("'\"'", r#""\"""#),
        ] {
            assert_eq!(read(written).unwrap_err().help, format!("write `{right}`"), "{written}");
        }
    }

    #[test]
    fn what_json_lacks_is_refused() {
        for written in ["b'b'", "b\"bytes\"", "c\"c\"", "1e999", "\"text\"suffix", "-1"] {
            assert!(read(written).is_err(), "{written}");
        }
        assert_eq!(negative_to_json(&syn::parse_str("\"1\"").unwrap()), Err(no_number()));
    }
}
