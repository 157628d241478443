//! The messages that show fields. Constant ones stand in the table of specs.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Type;

use super::matching::{Chunks, expand_writing};
use super::{AtType, VariantPath, expand_held, is_integer, pattern};
use crate::lang::template::{FieldRef, Piece, Template, rename_spec_fields, spec_fields, spec_trait};
use crate::model::{Field, Input, MessageForm, Variant, bare};

// message = "need {need}, have {have}."    becomes
//     Self::TooPoor { need: __field_need, have: __field_have, .. } =>
//         __out.shown_displayed(__field_need, __field_have),
pub(super) fn expand(input: &Input<'_>) -> (Option<TokenStream>, Chunks) {
    let mut arms: Vec<TokenStream> = input.variants.iter().filter_map(expand_arm).collect();
    let shown_by_display: Vec<&Variant<'_>> =
        input.own().filter(|variant| matches!(variant.message(), MessageForm::Display)).collect();
    let covered = arms.len() + shown_by_display.len();
    arms.extend(expand_display(&shown_by_display));
    expand_writing(input, "message", &quote!(MessageWriter), arms, covered)
}

/// One arm for all errors whose message is the type's `Display`: should that be missing, rustc says it once, at the
/// first of them.
// Self::NotFound { .. } | Self::Taken { .. } => __out.display(__p::display_is_the_message::<Self>(self)),
fn expand_display(variants: &[&Variant<'_>]) -> Option<TokenStream> {
    let first = variants.first()?;
    let patterns = variants.iter().map(|variant| pattern(variant, []));
    let this = quote_spanned!(first.ident.span()=> Self);
    Some(quote!(#(#patterns)|* => __out.display(__p::display_is_the_message::<#this>(self)),))
}

fn expand_arm(variant: &Variant<'_>) -> Option<TokenStream> {
    if let Some(field) = variant.held() {
        let (pattern, held) = (pattern(variant, [field]), expand_held(field));
        return Some(quote!(#pattern => __p::ApiError::__errorbook_message(#held, __out),));
    }
    match variant.message() {
        // Without places there is nothing to hand over.
        MessageForm::Template(template, _) => {
            template.fields().next().is_some().then(|| expand_template(variant, template))
        }
        MessageForm::Display | MessageForm::ReasonPhrase | MessageForm::Constant(_) => None,
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

/// The runtime has the texts from the table of specs: what it asks for is the field in each place.
fn expand_template<'v>(variant: &'v Variant<'v>, template: &'v Template) -> TokenStream {
    let place = |piece: &'v Piece| match piece {
        Piece::Text(_) => None,
        Piece::Field { field, spec } => Some((variant.field(field)?, spec.as_str())),
    };
    let places: Vec<(&Field<'_>, &str)> = template.pieces.iter().filter_map(place).collect();
    let bound = shown_fields(variant, template);
    let (path, members) = (VariantPath(variant), bound.iter().map(|field| &field.member));
    let bindings = bound.iter().map(|field| field.binding());
    if places.len() <= 2 && places.iter().all(|(_, spec)| spec.is_empty()) {
        let how: Vec<&str> = places
            .iter()
            .map(|(field, _)| if is_shown_directly(field.ty) { "shown" } else { "displayed" })
            .collect();
        let (method, values) =
            (format_ident!("{}", how.join("_")), places.iter().map(|(field, _)| AtType(field)));
        return quote!(#path { #(#members: #bindings,)* .. } => __out.#method(#(#values),*),);
    }
    let values = places.iter().map(|(field, spec)| expand_field(variant, field, spec));
    quote!(#path { #(#members: #bindings,)* .. } => __out.many(&[#(#values),*]),)
}

fn expand_field(variant: &Variant<'_>, field: &Field<'_>, spec: &str) -> TokenStream {
    let (binding, ty) = (field.binding(), field.ty);
    if spec.is_empty() {
        return if is_shown_directly(ty) {
            AtType(field).into_token_stream()
        } else {
            quote!(&__p::by_display::<#ty>(#binding))
        };
    }
    // Widths and precisions that name fields become arguments.
    let format = Literal::string(&format!("{{__value:{}}}", rename_spec_fields(spec, argument_name)));
    let mut counts = spec_fields(spec);
    counts.dedup();
    let arguments = counts.into_iter().filter_map(|name| variant.field(&name)).map(|argument| {
        let (name, binding) = (format_ident!("{}", argument_name(&argument.name())), argument.binding());
        let ty = argument.ty;
        quote!(, #name = __p::counts_as_the_field_says::<#ty>(#binding))
    });
    let formatted = format_ident!("{}", spec_trait(spec));
    let value = quote!(__p::formatted::#formatted::<#ty>(#binding));
    quote!(&__p::ByDisplay(&__p::format_args!(#format, __value = #value #(#arguments)*)))
}

/// Whether the runtime writes it without going by `Display`: an integer, or `&str`.
fn is_shown_directly(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(reference) => {
            reference.mutability.is_none()
                && matches!(bare(&reference.elem), Type::Path(path) if path.path.is_ident("str"))
        }
        _ => is_integer(ty),
    }
}

/// `0$` cannot be the name of an argument, `__count_0$` can.
fn argument_name(field: &str) -> String {
    format!("__count_{field}")
}
