//! The fields that become response headers, and the one that is the wait.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::matching::{Chunks, Matching, expand_writing};
use super::{call_at_type, ends, expand_held, pattern};
use crate::model::{Field, Input, Variant};

// #[api(header = "X-Limit")] limit: Option<u64>    becomes
//     Self::Limited { limit: __field_limit, .. } => { __out.field("X-Limit", __p::Header(__field_limit).__errorbook_value()); }
pub(super) fn expand_headers(input: &Input<'_>) -> (Option<TokenStream>, Chunks) {
    let arms: Vec<TokenStream> = input.variants.iter().filter_map(expand_headers_arm).collect();
    let covered = arms.len();
    expand_writing(input, "headers", &quote!(HeadersWriter), arms, covered)
}

fn expand_headers_arm(variant: &Variant<'_>) -> Option<TokenStream> {
    if let Some(field) = variant.held() {
        let (pattern, held) = (pattern(variant, [field]), expand_held(field));
        return Some(quote!(#pattern => __p::ApiError::__errorbook_headers(#held, __out),));
    }
    if !variant.has_header_fields() {
        return None;
    }
    let fields: Vec<&Field<'_>> =
        variant.fields.iter().filter(|field| !field.attrs.headers.is_empty()).collect();
    let pattern = pattern(variant, fields.iter().copied());
    let calls = fields.iter().flat_map(|field| {
        let (binding, ty) = (field.binding(), field.ty);
        // rustc's error about a missing `Display` shall stand at the type that lacks it.
        let header = call_at_type(
            field,
            |span| quote_spanned!(span=> __p::Header::<#ty>),
            binding.into_token_stream(),
        );
        let value = quote_spanned!(ends(ty).1.resolved_at(Span::call_site())=> .__errorbook_value());
        field.attrs.headers.iter().map(move |name| quote!(__out.field(#name, #header #value);))
    });
    Some(quote!(#pattern => { #(#calls)* }))
}

// #[api(retry_after)] wait: Duration    becomes
//     Self::Limited { wait: __field_wait, .. } => __p::waits_as_the_field_says::<Duration>(__field_wait),
pub(super) fn expand_wait(input: &Input<'_>) -> (Option<TokenStream>, Chunks) {
    let arms: Vec<TokenStream> = input.variants.iter().filter_map(expand_wait_arm).collect();
    if arms.is_empty() {
        return (None, Chunks::new());
    }
    let matching = Matching {
        name: "wait",
        parameters: TokenStream::new(),
        arguments: TokenStream::new(),
        output: quote!(-> __p::Option<__p::Duration>),
        otherwise: quote!(__p::None),
        is_complete: arms.len() == input.variants.len(),
        arms,
        look_up: None,
    };
    let (method, chunks) = matching.expand();
    (Some(method), chunks)
}

fn expand_wait_arm(variant: &Variant<'_>) -> Option<TokenStream> {
    if let Some(field) = variant.held() {
        let (pattern, held) = (pattern(variant, [field]), expand_held(field));
        return Some(quote!(#pattern => __p::ApiError::__errorbook_wait(#held),));
    }
    let field = variant.wait_field()?;
    let (pattern, binding, ty) = (pattern(variant, [field]), field.binding(), field.ty);
    Some(quote!(#pattern => __p::waits_as_the_field_says::<#ty>(#binding),))
}
