//! The fields that stand in `details`.

use proc_macro2::TokenStream;
use quote::quote;

use super::matching::{Chunks, expand_writing};
use super::{expand_held, pattern};
use crate::model::{Field, Input, Variant};

// TooPoor { #[api(detail)] need: u64 }    becomes
//     Self::TooPoor { need: __field_need, .. } => __out.members(&[__p::serialized::<u64>(__field_need)]),
pub(super) fn expand(input: &Input<'_>) -> (Option<TokenStream>, Chunks) {
    let arms: Vec<TokenStream> = input.variants.iter().filter_map(expand_arm).collect();
    let covered = arms.len();
    expand_writing(input, "details", &quote!(DetailsWriter), arms, covered)
}

fn expand_arm(variant: &Variant<'_>) -> Option<TokenStream> {
    if let Some(field) = variant.held() {
        let (pattern, held) = (pattern(variant, [field]), expand_held(field));
        return Some(quote!(#pattern => __p::ApiError::__errorbook_details(#held, __out),));
    }
    let fields: Vec<&Field<'_>> = variant
        .fields
        .iter()
        .filter(|field| field.attrs.detail.is_some() || field.attrs.details.is_some())
        .collect();
    if fields.is_empty() {
        return None;
    }
    let pattern = pattern(variant, fields.iter().copied());
    let values: Vec<TokenStream> = fields
        .iter()
        .map(|field| {
            let (binding, ty) = (field.binding(), field.ty);
            quote!(__p::serialized::<#ty>(#binding))
        })
        .collect();
    let is_whole = fields.iter().any(|field| field.attrs.details.is_some());
    Some(match values.as_slice() {
        [whole] if is_whole => quote!(#pattern => __out.whole(#whole),),
        members => quote!(#pattern => __out.members(&[#(#members),*]),),
    })
}
