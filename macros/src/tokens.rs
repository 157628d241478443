//! Takes tokens as rustc hands them over; gives what both macros ask of them.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

/// What `macro_rules!` hands on as a fragment (`$text:literal`) stands in a group without delimiters: here those groups
/// are opened, and what is in them stands beside the rest.
pub(crate) fn without_invisible_groups(tokens: TokenStream) -> Vec<TokenTree> {
    fn open(tokens: TokenStream, opened: &mut Vec<TokenTree>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                    open(group.stream(), opened);
                }
                token => opened.push(token),
            }
        }
    }
    let mut opened = Vec::new();
    open(tokens, &mut opened);
    opened
}

pub(crate) fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// A word of the user's as if the macro had written it where it stands. It means the same; but a variant or a field that is
/// deprecated warns those who use it, not the impls of its own type: of what is written by a derive, rustc does not say it.
pub(crate) fn as_ours(ident: &Ident) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(ident.span().resolved_at(Span::call_site()));
    ident
}
