//! Which row of the table a value is. Where another type answers, that type is asked.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::matching::{Chunks, Matching};
use super::{VariantPath, expand_held, pattern};
use crate::model::Input;

// enum StoryError { NotFound, #[api(transparent)] Auth(AuthError) }    becomes
//     __p::Declared::nth(&__SPECS, &__BODIES, match self {
//         Self::NotFound { .. } => 0,
//         Self::Auth { 0: __field_0, .. } =>
//             return __p::ApiError::__errorbook_declared((__p::held::<AuthError>().erased)(__field_0)),
//     })
pub(super) fn expand(input: &Input<'_>) -> (TokenStream, Chunks) {
    let mut rows = 0usize..;
    let arms = input.variants.iter().map(|variant| match variant.held() {
        Some(field) => {
            let (pattern, held) = (pattern(variant, [field]), expand_held(field));
            quote!(#pattern => return __p::ApiError::__errorbook_declared(#held),)
        }
        None => {
            let row = Literal::usize_unsuffixed(rows.next().unwrap_or_default());
            let path = VariantPath(variant);
            quote!(#path { .. } => #row,)
        }
    });
    let arms: Vec<TokenStream> = arms.collect();
    // An enum of nothing but transparent variants has no rows, and its arms are the answers themselves.
    let has_rows = rows.start > 0;
    let matching = Matching {
        name: "declared",
        parameters: TokenStream::new(),
        arguments: TokenStream::new(),
        output: quote!(-> __p::Declared),
        // Never reached: each variant has an arm in one of the pieces.
        otherwise: if has_rows { quote!(__p::usize::MAX) } else { quote!(__p::Declared::nth(&[], &[], 0)) },
        is_complete: true,
        arms,
        look_up: has_rows.then_some(expand_look_up),
    };
    matching.expand()
}

fn expand_look_up(row: &TokenStream) -> TokenStream {
    quote!(__p::Declared::nth(&__SPECS, &__BODIES, #row))
}
