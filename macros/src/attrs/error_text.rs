//! What `thiserror`'s attributes say, as far as they decide what `Display` shows: `#[error(…)]` on the
//! error, `#[source]` and `#[from]` on its fields. Whether they are well written is thiserror's to say.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, LitStr};

use crate::lang::template::{self, FieldRef};

/// An `#[error(…)]`.
pub(crate) enum ErrorText {
    /// `#[error(transparent)]`: it shows what its cause shows.
    Transparent(TokenStream),
    /// `#[error(fmt = path)]`: a function is handed all fields, and shows what it likes.
    Function(TokenStream),
    /// `#[error("…", arguments)]`.
    Format { text: LitStr, arguments: TokenStream },
}

impl ErrorText {
    pub(crate) fn from_syn(attrs: &[Attribute]) -> Option<Self> {
        let attr = attrs.iter().find(|attr| attr.path().is_ident("error"))?;
        let syn::Meta::List(list) = &attr.meta else { return None };
        let mut tokens = without_invisible_groups(list.tokens.clone()).into_iter();
        match tokens.next()? {
            TokenTree::Ident(word) if word == "transparent" => Some(Self::Transparent(list.tokens.clone())),
            TokenTree::Ident(word) if word == "fmt" => Some(Self::Function(list.tokens.clone())),
            TokenTree::Literal(literal) => {
                let text = syn::parse2(TokenTree::Literal(literal).into()).ok()?;
                Some(Self::Format { text, arguments: tokens.collect() })
            }
            _ => None,
        }
    }

    /// Where it shows this field: in the text, by name or by index, or somewhere in the arguments.
    pub(crate) fn place_of(&self, name: &str) -> Option<TokenStream> {
        match self {
            Self::Transparent(tokens) | Self::Function(tokens) => Some(tokens.clone()),
            Self::Format { text, .. } if shown(&text.value(), name) => Some(text.to_token_stream()),
            Self::Format { arguments, .. } => names(arguments.clone(), name).then(|| {
                let is_comma =
                    |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
                arguments.clone().into_iter().skip_while(is_comma).collect()
            }),
        }
    }
}

/// What `macro_rules!` hands on as a fragment (`$text:literal`) stands in a group without delimiters.
fn without_invisible_groups(tokens: TokenStream) -> TokenStream {
    let unwrapped = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            without_invisible_groups(group.stream())
        }
        token => token.into(),
    };
    tokens.into_iter().flat_map(unwrapped).collect()
}

/// Whether a format string shows this field.
fn shown(text: &str, name: &str) -> bool {
    template::parse(text).is_ok_and(|template| {
        template.fields().any(|field| match field {
            FieldRef::Named(named) => is_named(&named, name),
            FieldRef::Index(index) => index.to_string() == name,
            FieldRef::Next => false,
        })
    })
}

/// Whether the field stands anywhere in the tokens: `source.kind()`, `.0`, `format!("{source}")`.
fn names(tokens: TokenStream, name: &str) -> bool {
    let mut is_behind_a_dot = false;
    tokens.into_iter().any(|token| {
        let found = match &token {
            TokenTree::Group(group) => names(group.stream(), name),
            TokenTree::Ident(ident) => is_named(&ident.unraw().to_string(), name),
            // `.0.1` is lexed as a dot and the number `0.1`.
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                is_behind_a_dot && text.split('.').next() == Some(name)
                    || text.starts_with('"')
                        && syn::parse_str::<LitStr>(&text).is_ok_and(|text| shown(&text.value(), name))
            }
            TokenTree::Punct(_) => false,
        };
        is_behind_a_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        found
    })
}

/// Whether a word is the field's name; thiserror's own name of the field `0` is `_0`.
fn is_named(word: &str, name: &str) -> bool {
    word == name
        || name.starts_with(|first: char| first.is_ascii_digit()) && word.strip_prefix('_') == Some(name)
}

/// Whether the field is the error's cause: `#[source]`, `#[from]`, or its name.
pub(crate) fn is_cause(field: &syn::Field) -> bool {
    field.ident.as_ref().is_some_and(|ident| ident.unraw() == "source")
        || field.attrs.iter().any(|attr| attr.path().is_ident("source") || attr.path().is_ident("from"))
}
