//! The enum of a type's codes, as `codes = StoryCode` asks for it: the names of its variants. They come from the codes, as
//! those are the contract; what the variants of the type itself are called is nobody's who calls the service.

use std::collections::HashSet;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

use super::types::mentions;
use super::{Field, Input, Variant};
use crate::lang::case::Case;

/// An enum of codes.
pub(crate) struct CodeEnum<'i> {
    pub(crate) ident: &'i Ident,
    /// Each code once, with the row of the first error that has it.
    pub(crate) own: Vec<(Ident, usize, &'i Variant<'i>)>,
    /// The types that are held, each with the variant of its codes.
    pub(crate) held: Vec<(Ident, &'i Field<'i>)>,
    /// The variant of the codes that are unknown.
    pub(crate) unknown: Ident,
}

impl Input<'_> {
    pub(crate) fn code_enum(&self) -> Option<CodeEnum<'_>> {
        let ident = self.attrs.codes.as_ref()?;
        let (mut names, mut codes) = (Names::default(), HashSet::new());
        let first_of_each = self.own().enumerate().filter(|(_, variant)| codes.insert(&*variant.code));
        let first_of_each: Vec<_> = first_of_each.collect();
        // Those that codes give come first, so that no other takes one of them.
        let given: Vec<Option<String>> = first_of_each
            .iter()
            .map(|(_, variant)| Case::variant_of(&variant.code).filter(|name| names.reserve(name)))
            .collect();
        let own = first_of_each.into_iter().zip(given).map(|((row, variant), given)| {
            let span = variant.ident.span();
            let name = given.map_or_else(|| names.take(&variant.name(), span), |name| ident_of(&name, span));
            (name, row, variant)
        });
        let own = own.collect();
        let held = self.variants.iter().filter_map(|variant| Some((variant, variant.held()?)));
        let held = held
            .filter(|(_, field)| !self.is_recursive(field.ty))
            .map(|(variant, field)| {
                let name = if variant.is_enum { variant.name() } else { "Held".to_owned() };
                let name = if names.is_free(&name) { name } else { format!("{name}Codes") };
                (names.take(&name, variant.ident.span()), field)
            })
            .collect();
        let unknown = ["Unknown", "UnknownCode", "Other"].into_iter().find(|name| names.is_free(name));
        let unknown = names.take(unknown.unwrap_or("Unknown"), Span::call_site());
        Some(CodeEnum { ident, own, held, unknown })
    }

    /// The type as an item outside the impls names it, with `'static` for its lifetimes. `None` where it has a parameter,
    /// for which such an item has nothing.
    pub(crate) fn outside(&self, field: &Field<'_>) -> Option<TokenStream> {
        let tokens = with_static_lifetimes(field.ty.to_token_stream());
        let is_parameter = |word: &Ident, is_lifetime: bool| {
            !is_lifetime
                && (self.generics.type_params().any(|param| param.ident == *word)
                    || self.generics.const_params().any(|param| param.ident == *word))
        };
        (!mentions(tokens.clone(), &is_parameter)).then_some(tokens)
    }
}

/// The names that are taken.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    fn is_free(&self, name: &str) -> bool {
        !self.0.contains(name)
    }

    /// Whether it was free, and is taken now.
    fn reserve(&mut self, name: &str) -> bool {
        self.0.insert(name.to_owned())
    }

    /// The name, or with a number behind it.
    fn take(&mut self, name: &str, span: Span) -> Ident {
        let mut taken = name.to_owned();
        let mut number = 2;
        while !self.reserve(&taken) {
            taken = format!("{name}{number}");
            number += 1;
        }
        ident_of(&taken, span)
    }
}

/// A variant may be called `r#type`.
fn ident_of(name: &str, span: Span) -> Ident {
    let span = span.resolved_at(Span::call_site());
    match syn::parse_str::<Ident>(name) {
        Ok(_) => Ident::new(name, span),
        Err(_) => Ident::new_raw(name, span),
    }
}

// AuthError<'a>    becomes    AuthError<'static>
fn with_static_lifetimes(tokens: TokenStream) -> TokenStream {
    let mut is_behind_quote = false;
    let replaced = tokens.into_iter().map(|token| {
        let was_behind_quote = is_behind_quote;
        is_behind_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        match token {
            TokenTree::Ident(name) if was_behind_quote => Ident::new("static", name.span()).into(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), with_static_lifetimes(group.stream()));
                inner.set_span(group.span());
                inner.into()
            }
            token => token,
        }
    });
    replaced.collect()
}
