//! `#[derive(ApiError)]`, a stage a line. Takes the declaration's tokens; gives the impls or, where there are mistakes,
//! all of them beside impls that never run.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, DeriveInput, Generics};

use crate::errors::Errors;
use crate::expand::fallback;
use crate::lang::Reason;
use crate::model::Input;
use crate::{check, expand};

pub(crate) fn derive(tokens: TokenStream) -> TokenStream {
    let syntax = match syn::parse2(tokens.clone()) {
        Ok(syntax) => syntax,
        Err(error) => return unreadable(error, tokens),
    };
    let mut errors = Errors::new();
    let input = Input::from_syn(&syntax, &mut errors);
    check::check(&input, &mut errors);
    match errors.finish() {
        Ok(()) => expand::expand(&input),
        Err(mistakes) => beside_mistakes(mistakes, &input),
    }
}

/// What stands beside the mistakes keeps the code of callers from adding errors of its own.
fn beside_mistakes(mut mistakes: TokenStream, input: &Input<'_>) -> TokenStream {
    mistakes.extend(fallback::expand(input));
    mistakes
}

/// What is not even syntax to syn.
fn unreadable(error: syn::Error, tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    // syn's words about an expression that it cannot read are for authors of macros.
    if error.to_string().starts_with("unsupported expression") {
        let reason = Reason::new(
            "`#[derive(ApiError)]` cannot read this expression",
            "give its value a name, as in `const LENGTH: usize = …;`, and write the name here",
        );
        errors.at_span(error.span(), &reason);
    } else {
        errors.syntax(error);
    }
    let mistakes = errors.finish().err().unwrap_or_default();
    let Some(head) = head(tokens) else { return mistakes };
    // What else is wrong with it is reported once it can be read.
    let mut later = Errors::new();
    let input = Input::from_syn(&head, &mut later);
    drop(later.finish());
    beside_mistakes(mistakes, &input)
}

/// What stands before the body of a type whose body cannot be read, as an enum without variants.
fn head(tokens: TokenStream) -> Option<DeriveInput> {
    let read = |input: ParseStream<'_>| {
        let (attrs, vis) = (input.call(Attribute::parse_outer)?, input.parse()?);
        // `enum`, `struct` or `union`
        input.parse::<TokenTree>()?;
        let ident = input.parse()?;
        let mut generics: Generics = input.parse()?;
        generics.where_clause = input.parse()?;
        input.parse::<TokenStream>()?;
        let data = syn::DataEnum {
            enum_token: <syn::Token![enum]>::default(),
            brace_token: syn::token::Brace::default(),
            variants: syn::punctuated::Punctuated::new(),
        };
        Ok(DeriveInput { attrs, vis, ident, generics, data: syn::Data::Enum(data) })
    };
    read.parse2(tokens).ok()
}
