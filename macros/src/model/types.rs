//! What a type's looks tell: takes the type as it was written; gives what is in it. Each guess names what it takes wrongly
//! and what it misses.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::Type;

/// `T` in a type that is written as `Option<T>`, whatever path leads there.
pub(crate) fn option_argument(ty: &Type) -> Option<&Type> {
    only_argument(ty, "Option")
}

/// `T` in `Pointer<T>`, whatever path leads to `Pointer`.
pub(crate) fn only_argument<'t>(ty: &'t Type, pointer: &str) -> Option<&'t Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == pointer)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(argument)) if arguments.args.len() == 1 => Some(argument),
        _ => None,
    }
}

/// The type itself, without the parentheses around it and the invisible ones that `macro_rules!` puts there.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(inner) => bare(&inner.elem),
        Type::Paren(inner) => bare(&inner.elem),
        other => other,
    }
}

/// Whether a word, or a lifetime without its quote, is among the tokens.
pub(super) fn mentions(tokens: TokenStream, is_meant: &dyn Fn(&Ident, bool) -> bool) -> bool {
    let mut is_behind_quote = false;
    tokens.into_iter().any(|token| {
        let found = match &token {
            TokenTree::Group(group) => mentions(group.stream(), is_meant),
            TokenTree::Ident(word) => is_meant(word, is_behind_quote),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        is_behind_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        found
    })
}

/// Printed tokens without the spaces that nobody writes: `Option < & 'a str >` becomes `Option<&'a str>`.
pub(crate) fn tidy(tokens: &str) -> String {
    let mut text = tokens.to_owned();
    for (printed, written) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" ::", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" <", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
        (" ;", ";"),
    ] {
        text = text.replace(printed, written);
    }
    text
}
