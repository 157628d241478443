//! Takes a declaration; gives the `where` clause of its impls: which type needs which trait, because of which use or as
//! `bound` says. Only types that name a type parameter are bounded: what a concrete type lacks, rustc reports at the field.

use std::collections::HashSet;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Type;

use crate::lang::template::{Piece, Template, spec_trait};
use crate::model::decode::Source;
use crate::model::types::option_argument;
use crate::model::{Field, Input, MessageForm, Variant};
use crate::tokens::as_ours;

/// The `where` clause of the impls: the type's own, and the bounds that the uses of fields ask for.
// struct E<T> { #[api(detail)] limit: T }    becomes    where T: ::serde::Serialize
pub(crate) fn where_clause(input: &Input<'_>) -> TokenStream {
    let written = input.generics.where_clause.as_ref();
    let mut bounds = Bounds { input, found: Vec::new(), texts: HashSet::new() };
    if input.generics.type_params().next().is_some() {
        for variant in &input.variants {
            bounds.of_variant(variant);
        }
        // Whether it is an `Error` or has a `Display` may hang on its parameters: without the bound nobody could tell
        // here, and its log would have no words.
        if input.variants.iter().any(|variant| variant.error_text.is_some()) {
            bounds.of_the_type(&quote!(__p::Error));
        } else if input.derives_display {
            bounds.of_the_type(&quote!(__p::Display));
        }
        for predicate in &input.attrs.bound {
            bounds.push(bounds.without_self(predicate.to_token_stream()));
        }
    }
    if written.is_none() && bounds.found.is_empty() {
        return TokenStream::new();
    }
    let predicates = written.iter().flat_map(|clause| clause.predicates.iter());
    let found = bounds.found.iter();
    quote!(where #(#predicates,)* #(#found,)*)
}

struct Bounds<'i> {
    input: &'i Input<'i>,
    /// In source order.
    found: Vec<TokenStream>,
    /// Their texts, so that none is added twice.
    texts: HashSet<String>,
}

impl Bounds<'_> {
    fn of_variant(&mut self, variant: &Variant<'_>) {
        if let Some(held) = variant.held() {
            // What holds itself would wait for itself.
            if !self.input.is_recursive(held.ty) {
                self.add(held.ty, &quote!(__p::Catalogued));
            }
        }
        for field in &variant.fields {
            self.of_field(field);
        }
        if self.input.rebuilds(variant) {
            self.of_rebuilding(variant);
        }
        for header in &variant.headers {
            self.of_template(variant, &header.value.value);
        }
        match variant.says() {
            Some(MessageForm::Display) => {
                self.of_the_type(&quote!(__p::Display));
            }
            Some(MessageForm::Template(template, _)) => self.of_template(variant, template),
            Some(MessageForm::ReasonPhrase | MessageForm::Constant(_)) | None => {}
        }
    }

    /// What a client reads of the details into fields. What a function makes of them, rustc says at the function.
    fn of_rebuilding(&mut self, variant: &Variant<'_>) {
        for field in variant.other_fields().filter(|field| field.reader().is_none()) {
            if matches!(field.source(), Ok(Source::Member(_) | Source::Whole)) {
                self.add(field.ty, &quote!(__p::DeserializeOwned));
            }
        }
    }

    /// The fields that a message or the text of a header shows.
    fn of_template(&mut self, variant: &Variant<'_>, template: &Template) {
        for piece in &template.pieces {
            let Piece::Field { field, spec } = piece else { continue };
            // Of a held error the message is shown, which each has.
            if let Some(field) = variant.field(field).filter(|field| !variant.is_held(field)) {
                let shown_by = quote::format_ident!("{}", spec_trait(spec));
                self.add(field.ty, &quote!(__p::fmt::#shown_by));
            }
        }
    }

    fn of_field(&mut self, field: &Field<'_>) {
        // What a function takes and gives, rustc says at the function.
        let is_as_it_is = field.function().is_none();
        if field.is_in_details() && is_as_it_is {
            self.add(field.ty, &quote!(__p::Serialize));
        }
        if field.is_wait() {
            self.add(field.ty, &quote!(__p::Wait));
        }
        if field.is_header() && is_as_it_is {
            self.add(option_argument(field.ty).unwrap_or(field.ty), &quote!(__p::Display));
        }
    }

    /// Not of `Self`, as an integration may have an impl for the type in a box.
    fn of_the_type(&mut self, bound: &TokenStream) {
        let (_, ty_generics, _) = self.input.generics.split_for_impl();
        let ident = as_ours(self.input.ident);
        self.push(quote!(#ident #ty_generics: #bound));
    }

    /// These tokens with the type in place of `Self`, as an integration may have an impl for the type in a box.
    fn without_self(&self, tokens: TokenStream) -> TokenStream {
        let replaced = tokens.into_iter().map(|token| match token {
            TokenTree::Ident(word) if word == "Self" => {
                let (_, ty_generics, _) = self.input.generics.split_for_impl();
                let ident = self.input.ident;
                quote!(#ident #ty_generics)
            }
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), self.without_self(group.stream()));
                replaced.set_span(group.span());
                replaced.to_token_stream()
            }
            token => token.into(),
        });
        replaced.collect()
    }

    fn add(&mut self, ty: &Type, bound: &TokenStream) {
        if self.input.is_generic(ty.to_token_stream()) {
            self.push(quote!(#ty: #bound));
        }
    }

    fn push(&mut self, predicate: TokenStream) {
        if self.texts.insert(predicate.to_string()) {
            self.found.push(predicate);
        }
    }
}
