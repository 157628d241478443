//! The messages that show fields. Constant ones stand in the table of specs.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;

use super::matching::{Chunks, Matching};
use super::{expand_held, pattern};
use crate::lang::json;
use crate::lang::template::{FieldRef, Piece, Template, spec_fields};
use crate::model::{Field, Input, MessageForm, Variant};

// message = "need {need}, have {have}."    becomes
//     Self::TooPoor { need: __need, have: __have, .. } => __out.two(
//         "need ", __need, ", have ", __have, ".",
//     ),
pub(super) fn expand(input: &Input<'_>) -> (Option<TokenStream>, Chunks) {
    let arms: Vec<TokenStream> = input.variants.iter().filter_map(expand_arm).collect();
    if arms.is_empty() {
        return (None, Chunks::new());
    }
    let matching = Matching {
        name: "message",
        parameters: quote!(__out: &mut __p::MessageWriter<'_>),
        arguments: quote!(__out),
        output: TokenStream::new(),
        otherwise: quote!({}),
        is_complete: arms.len() == input.variants.len(),
        arms,
        look_up: None,
    };
    let (method, chunks) = matching.expand();
    (Some(method), chunks)
}

fn expand_arm(variant: &Variant<'_>) -> Option<TokenStream> {
    if let Some(field) = variant.held() {
        let (pattern, held) = (pattern(variant, [field]), expand_held(field));
        return Some(quote!(#pattern => __p::ApiError::__errorbook_message(#held, __out),));
    }
    match variant.message() {
        MessageForm::Template(template, _) => {
            let pattern = pattern(variant, shown_fields(variant, template));
            let call = expand_template(variant, template);
            Some(quote!(#pattern => #call,))
        }
        MessageForm::Display => {
            let pattern = pattern(variant, []);
            // rustc's error about a missing `Display` shall stand at the error that needs it.
            let this = quote_spanned!(variant.ident.span()=> Self);
            Some(quote!(#pattern => __out.display(__p::display_is_the_message::<#this>(self)),))
        }
        MessageForm::ReasonPhrase | MessageForm::Constant(_) => None,
    }
}

/// Each field that the template names, once.
fn shown_fields<'v>(variant: &'v Variant<'_>, template: &Template) -> Vec<&'v Field<'v>> {
    let named: Vec<FieldRef> = template.fields().collect();
    let is_named = |field: &&Field<'_>| {
        named.iter().filter_map(|name| variant.field(name)).any(|shown| shown.member == field.member)
    };
    variant.fields.iter().filter(is_named).collect()
}

fn expand_template(variant: &Variant<'_>, template: &Template) -> TokenStream {
    let mut texts = vec![String::new()];
    let mut values = Vec::new();
    for piece in &template.pieces {
        match piece {
            Piece::Text(text) => {
                if let Some(last) = texts.last_mut() {
                    last.push_str(&json::escape(text));
                }
            }
            Piece::Field { field, spec } => {
                values.extend(variant.field(field).map(|field| expand_field(variant, field, spec)));
                texts.push(String::new());
            }
        }
    }
    match (values.as_slice(), texts.as_slice()) {
        ([one], [before, after]) => quote!(__out.one(#before, #one, #after)),
        ([one, two], [before, between, after]) => quote!(__out.two(#before, #one, #between, #two, #after)),
        (values, texts) => {
            let after = texts.last().map(String::as_str).unwrap_or_default();
            quote!(__out.many(&[#((#texts, #values)),*], #after))
        }
    }
}

fn expand_field(variant: &Variant<'_>, field: &Field<'_>, spec: &str) -> TokenStream {
    let (binding, ty) = (field.binding(), field.ty);
    if spec.is_empty() {
        return if is_shown_directly(ty) {
            quote!(#binding)
        } else {
            quote!(&__p::by_display::<#ty>(#binding))
        };
    }
    // Widths and precisions that name fields become arguments of the same names.
    let format = Literal::string(&format!("{{__value:{}}}", spec_with_names(spec)));
    let arguments = spec_fields(spec).into_iter().filter_map(|name| variant.field(&name)).map(|argument| {
        let (name, binding) = (format_ident!("{}", argument_name(&argument.name())), argument.binding());
        quote!(, #name = *#binding)
    });
    quote!(&__p::ByDisplay(&__p::format_args!(#format, __value = #binding #(#arguments)*)))
}

/// Whether the type looks like an integer or `&str`, which the runtime writes without going by `Display`.
/// Taken wrongly: a type of the user's own that is called `u64`, which rustc then refuses; `self::u64` helps.
/// Missed: an alias of `u64`, which goes the long way to the same text.
fn is_shown_directly(ty: &Type) -> bool {
    const INTEGERS: [&str; 12] =
        ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];
    match ty {
        Type::Path(path) => {
            path.path.get_ident().is_some_and(|ident| INTEGERS.iter().any(|name| ident == name))
        }
        Type::Reference(reference) => {
            matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"))
        }
        _ => false,
    }
}

/// `0$` cannot be the name of an argument, `__0$` can.
fn argument_name(field: &str) -> String {
    format!("__{field}")
}

fn spec_with_names(spec: &str) -> String {
    let mut text = spec.to_owned();
    for field in spec_fields(spec) {
        let name = match field {
            FieldRef::Named(name) => name,
            FieldRef::Index(index) => index.to_string(),
            FieldRef::Next => continue,
        };
        text = text.replacen(&format!("{name}$"), &format!("{}$", argument_name(&name)), 1);
    }
    text
}
