//! The impl that stands in when there are mistakes. It never runs, as nothing with a `compile_error!` in it
//! does; it is there so that code which uses the type adds no errors of its own to ours.

use proc_macro2::TokenStream;
use quote::quote;

use super::code_enum::{self, CodeEnumTokens};
use crate::model::Input;
use crate::tokens::as_ours;

// enum StoryError { /* a mistake */ }    becomes    impl ApiError for StoryError { … loop {} … }
pub(crate) fn expand(input: &Input<'_>) -> TokenStream {
    let import = input.runtime().import();
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let where_clause = quote!(#where_clause);
    let ident = as_ours(input.ident);
    let integrations = super::expand_integrations(input, &where_clause);
    let allowed = super::expand_allowed(input);
    let CodeEnumTokens { item: code_enum, associated: code_of_type, impls: impls_of_code_enum } =
        code_enum::expand(input, false);
    quote! {
        #code_enum
        #allowed
        const _: () = {
            #import

            #[automatically_derived]
            impl #impl_generics __p::ApiError for #ident #ty_generics #where_clause {
                fn __errorbook_look(&self, _: &mut __p::Look<'_>) {}

                fn __errorbook_erased(&self) -> &dyn __p::ApiError {
                    self
                }
            }

            #[automatically_derived]
            impl #impl_generics __p::Catalogued for #ident #ty_generics #where_clause {
                #code_of_type
                const CATALOG: &'static __p::Catalog = &__p::Catalog::NOTHING;
                const CODES: &'static __p::Codes = &__p::Codes::new(&[], &[]);
            }

            #impls_of_code_enum
            #integrations
        };
    }
}
