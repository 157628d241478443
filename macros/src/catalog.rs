//! `catalog!`: some errors of some types, for whoever cannot answer with all of them. Takes paths; gives a constant
//! `Catalog`. Whether a type has an error of that name is a constant's to tell.

use std::collections::HashSet;

use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;

use crate::errors::Errors;
use crate::lang::Reason;
use crate::lang::words::quoted;
use crate::literal::{no_number_is_that_long, overlong_number};
use crate::runtime_path::RuntimePath;
use crate::tokens::{is_punct, without_invisible_groups};

/// Errors of one type.
struct Selected {
    ty: syn::Type,
    /// `None`: all of them, with those that the type holds.
    variant: Option<Ident>,
}

pub(crate) fn catalog(tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let mut reader = Reader { errors: &mut errors, runtime: None, ty: None, selected: Vec::new() };
    // syn's reading of a number takes as long as its length squared.
    let tokens = match overlong_number(tokens.clone()) {
        Some(number) => {
            reader.errors.at(number, &no_number_is_that_long());
            TokenStream::new()
        }
        None => tokens,
    };
    let parts = at_commas(tokens);
    for (index, part) in parts.into_iter().enumerate() {
        reader.part(&part, index == 0);
    }
    let Reader { runtime, selected, .. } = reader;
    if selected.is_empty() && errors.is_empty() {
        let reason = Reason::new("this catalogue is empty", format!("it looks like {EXAMPLE}"));
        errors.at_span(Span::call_site(), &reason);
    }
    check_twice(&selected, &mut errors);
    let import = RuntimePath(runtime.as_ref()).import();
    match errors.finish() {
        Ok(()) => expand(&import, &selected),
        Err(mistakes) => quote!({ #import #mistakes &__p::Catalog::NOTHING }),
    }
}

const EXAMPLE: &str = "`catalog!(StoryError: NotFound, RateLimited, BillingError::*)`";

// catalog!(StoryError: NotFound, BillingError::*)    becomes
//     {
//         use ::errorbook::__private as __p;
//         const __SELECTED: &__p::Catalog = &__p::Catalog {
//             nested: &[
//                 (0, __p::Nested::At(&__p::select(<StoryError as __p::Catalogued>::CATALOG, "StoryError", "NotFound"))),
//                 (0, __p::held::<BillingError>().catalog),
//             ],
//             ..__p::selection(<StoryError as __p::Catalogued>::CATALOG)
//         };
//         __SELECTED
//     }
fn expand(import: &TokenStream, selected: &[Selected]) -> TokenStream {
    let nested = selected.iter().map(|Selected { ty, variant }| {
        match variant {
            None => quote!((0, __p::held::<#ty>().catalog)),
            Some(variant) => {
                let (of, name) = (written(&ty.to_token_stream()), variant.unraw().to_string());
                // What is wrong with the name is told at the name.
                let span = variant.span().resolved_at(Span::call_site());
                let select =
                    quote_spanned!(span=> __p::select(<#ty as __p::Catalogued>::CATALOG, #of, #name));
                quote!((0, __p::Nested::At(&#select)))
            }
        }
    });
    let first = selected.iter().take(1).map(|selected| &selected.ty);
    quote! {
        {
            #import
            const __SELECTED: &__p::Catalog = &__p::Catalog {
                nested: &[#(#nested),*],
                ..__p::selection(#(<#first as __p::Catalogued>::CATALOG)*)
            };
            __SELECTED
        }
    }
}

struct Reader<'e> {
    errors: &'e mut Errors,
    runtime: Option<syn::Path>,
    /// The type before a colon, whose variants follow.
    ty: Option<syn::Type>,
    selected: Vec<Selected>,
}

impl Reader<'_> {
    fn part(&mut self, part: &[TokenTree], is_first: bool) {
        let tokens = |part: &[TokenTree]| part.iter().cloned().collect::<TokenStream>();
        if let [TokenTree::Ident(word), equals, path @ ..] = part
            && is_first
            && word == "crate"
            && is_punct(equals, '=')
        {
            match RuntimePath::parse(tokens(path)) {
                Some(path) => self.runtime = Some(path),
                None => self.wrong(part, "this is no path to `errorbook`", "write `crate = ::path`"),
            }
            return;
        }
        let Some(colon) = single_colon(part) else { return self.errors_of(part) };
        match syn::parse2::<syn::Type>(tokens(&part[..colon])) {
            Ok(ty) => {
                self.ty = Some(ty);
                self.errors_of(&part[colon + 1..]);
            }
            Err(_) => {
                self.wrong(part, "no type stands before this colon", format!("it looks like {EXAMPLE}"));
            }
        }
    }

    /// `NotFound`, `StoryError`, `StoryError::NotFound` or `StoryError::*`.
    fn errors_of(&mut self, part: &[TokenTree]) {
        let help = || format!("it looks like {EXAMPLE}");
        let ty = |part: &[TokenTree]| syn::parse2::<syn::Type>(part.iter().cloned().collect()).ok();
        let (ty, variant) = match part {
            [] => return self.wrong(part, "nothing stands before this comma", "leave it out"),
            [star] if is_punct(star, '*') => (self.ty.clone(), None),
            [before @ .., first, second, star] if is_punct(star, '*') && is_path_sign(first, second) => {
                (ty(before), None)
            }
            [TokenTree::Ident(variant)] if self.ty.is_some() => (self.ty.clone(), Some(variant.clone())),
            [before @ .., first, second, TokenTree::Ident(variant)]
                if is_path_sign(first, second) && !before.is_empty() =>
            {
                (ty(before), Some(variant.clone()))
            }
            whole => (ty(whole), None),
        };
        match ty {
            Some(ty) => self.selected.push(Selected { ty, variant }),
            None => self.wrong(part, "this names no error", help()),
        }
    }

    fn wrong(&mut self, part: &[TokenTree], wrong: &str, help: impl Into<String>) {
        let reason = Reason::new(wrong, help);
        if part.is_empty() {
            self.errors.at_span(Span::call_site(), &reason);
        } else {
            self.errors.at(part.iter().cloned().collect::<TokenStream>(), &reason);
        }
    }
}

/// An error that stands in it twice was meant to be another.
fn check_twice(selected: &[Selected], errors: &mut Errors) {
    let mut seen = HashSet::new();
    for second in selected {
        let variant = second.variant.as_ref().map(|variant| variant.unraw().to_string());
        if !seen.insert((written(&second.ty.to_token_stream()), variant)) {
            let tokens = match &second.variant {
                Some(variant) => variant.to_token_stream(),
                None => second.ty.to_token_stream(),
            };
            let wrong = format!("{} stands here twice", quoted(&written(&tokens)));
            errors.at(tokens, &Reason::new(wrong, "keep one of them"));
        }
    }
}

/// Tokens as they are written where no space stands between them.
fn written(tokens: &TokenStream) -> String {
    tokens.clone().into_iter().map(|token| token.to_string()).collect()
}

/// The two signs of `::`.
fn is_path_sign(first: &TokenTree, second: &TokenTree) -> bool {
    is_punct(first, ':') && is_punct(second, ':')
}

/// The place of a colon that is none of a `::`.
fn single_colon(part: &[TokenTree]) -> Option<usize> {
    let mut index = 0;
    while let Some(token) = part.get(index) {
        if let TokenTree::Punct(sign) = token
            && sign.as_char() == ':'
        {
            if sign.spacing() == Spacing::Joint && part.get(index + 1).is_some_and(|next| is_punct(next, ':'))
            {
                index += 2;
                continue;
            }
            return Some(index);
        }
        index += 1;
    }
    None
}

/// What stands between the commas, but those between the arguments of a type.
fn at_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let (mut parts, mut depth) = (vec![Vec::new()], 0usize);
    for token in without_invisible_groups(tokens) {
        if is_punct(&token, ',') && depth == 0 {
            parts.push(Vec::new());
            continue;
        }
        if is_punct(&token, '<') {
            depth += 1;
        } else if is_punct(&token, '>') {
            depth = depth.saturating_sub(1);
        }
        if let Some(part) = parts.last_mut() {
            part.push(token);
        }
    }
    if parts.last().is_some_and(Vec::is_empty) {
        parts.pop();
    }
    parts
}
