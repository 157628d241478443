//! Attributes of others, as far as they matter here. Takes doc comments, `#[deprecated]` and `thiserror`'s attributes;
//! gives their texts, and what `Display` shows. Whether they are well written is for their owners to say.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Lit, LitStr};

use crate::lang::template::{self, FieldRef};
use crate::literal::is_overlong;
use crate::model::types::{bare, only_argument};
use crate::tokens::{is_punct, without_invisible_groups};

/// The text of the doc comments, its lines joined, without the space behind `///`.
pub(crate) fn doc_comment(attrs: &[Attribute]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        let syn::Meta::NameValue(pair) = &attr.meta else { continue };
        let syn::Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { continue };
        let text = text.value();
        // In a block comment each line may begin with an asterisk.
        let mut written = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let is_block = text.starts_with('\n') && written.all(|line| line.starts_with('*'));
        lines.extend(text.split('\n').map(|line| {
            let line = if is_block { line.trim_start().trim_start_matches('*') } else { line };
            line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()
        }));
    }
    lines.join("\n").trim().to_owned()
}

/// The lints that `#[allow(…)]` and `#[expect(…)]` name.
pub(crate) fn allowed_lints(attrs: &[Attribute]) -> impl Iterator<Item = &TokenStream> {
    let is_meant = |attr: &&Attribute| attr.path().is_ident("allow") || attr.path().is_ident("expect");
    attrs.iter().filter(is_meant).filter_map(|attr| Some(&attr.meta.require_list().ok()?.tokens))
}

/// The note of `#[deprecated]`; empty where it has none.
pub(crate) fn deprecation(attrs: &[Attribute]) -> Option<String> {
    let attr = attrs.iter().find(|attr| attr.path().is_ident("deprecated"))?;
    let mut note = String::new();
    match &attr.meta {
        syn::Meta::NameValue(pair) => {
            if let syn::Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = &pair.value {
                note = text.value();
            }
        }
        // What rustc does not accept there it says itself.
        _ => drop(attr.parse_nested_meta(|meta| {
            let text = meta.value()?.parse::<LitStr>()?.value();
            if meta.path.is_ident("note") {
                note = text;
            }
            Ok(())
        })),
    }
    Some(note)
}

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
            TokenTree::Literal(literal) if !is_overlong(&literal) => {
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
            Self::Format { arguments, .. } => names(arguments.clone(), name)
                .then(|| arguments.clone().into_iter().skip_while(|token| is_punct(token, ',')).collect()),
        }
    }
}

/// Whether a format string shows this field.
fn shown(text: &str, name: &str) -> bool {
    // A text that is not read here may show anything.
    template::parse(text).map_or(true, |template| {
        template.fields().any(|field| match &field {
            FieldRef::Named(named) => is_named(named, name),
            FieldRef::Index(_) | FieldRef::Next => field.name().is_some_and(|shown| shown == name),
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
            TokenTree::Literal(literal) if is_overlong(literal) => false,
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                is_behind_a_dot && text.split('.').next() == Some(name)
                    || syn::parse_str::<LitStr>(&text).is_ok_and(|text| shown(&text.value(), name))
            }
            TokenTree::Punct(_) => false,
        };
        is_behind_a_dot = is_punct(&token, '.');
        found
    })
}

/// Whether a word is the field's name; thiserror's own name of the field `0` is `_0`.
fn is_named(word: &str, name: &str) -> bool {
    // Whatever is made of `self` has all its fields.
    word == name
        || word == "self"
        || name.starts_with(|first: char| first.is_ascii_digit()) && word.strip_prefix('_') == Some(name)
}

/// Whether another derive writes a `Display` by these attributes: `derive_more` and `parse-display` read
/// `#[display("…")]`. Missed: a `Display` that is derived without one.
pub(crate) fn derives_display(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("display"))
}

/// Whether the field is the error's cause: `#[source]`, `#[from]`, its name, or a type that can be any error.
pub(crate) fn is_cause(field: &syn::Field) -> bool {
    field.ident.as_ref().is_some_and(|ident| ident.unraw() == "source")
        || field.attrs.iter().any(|attr| attr.path().is_ident("source") || attr.path().is_ident("from"))
        || is_any_error(&field.ty)
}

/// Whether the type looks like one behind which any error may be: `Box<dyn Error + Send>`, `anyhow::Error`. Taken wrongly:
/// a trait of the user's own that is called `Error`; missed: an alias other than `BoxError`.
fn is_any_error(ty: &syn::Type) -> bool {
    match bare(ty) {
        syn::Type::TraitObject(object) => object.bounds.iter().any(|bound| {
            let syn::TypeParamBound::Trait(bound) = bound else { return false };
            bound.path.segments.last().is_some_and(|last| last.ident == "Error")
        }),
        syn::Type::Reference(reference) => is_any_error(&reference.elem),
        syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "BoxError") => {
            true
        }
        syn::Type::Path(path) => {
            let names: Vec<String> =
                path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            matches!(&*names, [.., krate, name] if matches!((&**krate, &**name), ("anyhow", "Error") | ("eyre", "Report")))
                || ["Box", "Arc", "Option"]
                    .iter()
                    .any(|pointer| only_argument(ty, pointer).is_some_and(is_any_error))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[track_caller]
    fn place(attr: &Attribute, field: &str) -> Option<String> {
        let text = ErrorText::from_syn(std::slice::from_ref(attr)).unwrap();
        text.place_of(field).map(|tokens| tokens.to_string())
    }

    #[test]
    fn the_text_shows_fields_by_name_and_by_index() {
        let attr = parse_quote!(#[error("{source}, {0}, {_1}, {wide:>width$}, {{no}}")]);
        for shown in ["source", "0", "1", "wide", "width"] {
            assert!(place(&attr, shown).unwrap().starts_with('"'), "{shown}");
        }
        for hidden in ["no", "2", "sourc"] {
            assert_eq!(place(&attr, hidden), None, "{hidden}");
        }
    }

    #[test]
    fn the_arguments_show_fields_wherever_they_stand() {
        let attr = parse_quote!(#[error("{} {a}", .0.kind(), a = f(&[.source, .r#type]) + 2, format!("{x}"), format!(r#"{y:?}"#))]);
        for shown in ["0", "source", "type", "x", "y"] {
            assert!(place(&attr, shown).unwrap().starts_with(". 0"), "{shown}");
        }
        // A number is no field.
        assert_eq!(place(&attr, "2"), None);
    }

    #[test]
    fn transparent_and_functions_show_everything() {
        assert_eq!(place(&parse_quote!(#[error(transparent)]), "0").as_deref(), Some("transparent"));
        assert_eq!(place(&parse_quote!(#[error(fmt = show)]), "0").as_deref(), Some("fmt = show"));
    }

    #[test]
    fn what_thiserror_would_refuse_is_left_to_it() {
        for attr in [parse_quote!(#[error]), parse_quote!(#[error()]), parse_quote!(#[error(5)])] {
            assert!(ErrorText::from_syn(&[attr]).is_none());
        }
    }

    #[test]
    fn a_cause_is_marked_or_named() {
        let causes: syn::FieldsNamed = parse_quote!({ source: A, r#source: A, #[source] a: A, #[from] b: A, #[backtrace] c: A, sources: A });
        let found: Vec<bool> = causes.named.iter().map(is_cause).collect();
        assert_eq!(found, [true, true, true, true, false, false]);
        let causes: syn::FieldsNamed = parse_quote!({
            a: Box<dyn Error + Send + Sync>, b: &'static (dyn std::error::Error), c: Option<Arc<dyn core::error::Error>>,
            d: anyhow::Error, e: tower::BoxError, f: Box<dyn Display>, g: io::Error, h: String
        });
        let found: Vec<bool> = causes.named.iter().map(is_cause).collect();
        assert_eq!(found, [true, true, true, true, true, false, false, false]);
    }
}
