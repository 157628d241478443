//! A declaration to tokens: one unnamed constant around everything, in which the tables of what was
//! declared stand beside the impls that read them.
//!
//! ```text
//! const _: () = {
//!     static __SPECS: [ErrorSpec; N] = […];           spec.rs
//!     impl ApiError for StoryError {
//!         fn __errorbook_declared …                   declared.rs   which row is this value?
//!         fn __errorbook_message …                    message.rs    only where a message shows fields
//!         fn __errorbook_details …                    details.rs    likewise
//!         fn __errorbook_headers, …_wait              headers.rs    likewise
//!     }
//!     const _: () = check_held(…);                    checks.rs     what only constants can tell
//! };
//! ```

mod checks;
mod declared;
mod details;
mod fallback;
mod headers;
mod matching;
mod message;
mod spec;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::attrs::container::INTEGRATIONS;
use crate::errors::Errors;
use crate::model::{Field, Input, Variant};
use crate::{bounds, check};

/// `#[derive(ApiError)]`.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    let Some(input) = Input::from_syn(&input, &mut errors) else { return errors.finish() };
    check::check(&input, &mut errors);
    if errors.is_empty() {
        return expand(&input);
    }
    let mut tokens = errors.finish();
    tokens.extend(fallback::expand(&input));
    tokens
}

// enum StoryError { … }    becomes    const _: () = { use ::errorbook::__private as __p; …impls… };
fn expand(input: &Input<'_>) -> TokenStream {
    let import = input.runtime().import();
    let allowed = allowed_lints(input);
    let header_lookup = input.own().any(Variant::has_header_fields).then(|| {
        quote!(
            use __p::AnyHeader as _;
        )
    });
    let tables = spec::expand(input);
    let checks = checks::expand(input);
    let (declared, chunks_of_declared) = declared::expand(input);
    let (message, chunks_of_message) = message::expand(input);
    let (details, chunks_of_details) = details::expand(input);
    let (headers, chunks_of_headers) = headers::expand_headers(input);
    let (wait, chunks_of_wait) = headers::expand_wait(input);
    let chunks = matching::expand_chunks(
        input,
        [chunks_of_declared, chunks_of_message, chunks_of_details, chunks_of_headers, chunks_of_wait],
    );
    let envelope = input.attrs.envelope.is_some().then(|| {
        quote! {
            fn __errorbook_envelope(&self) -> __p::Option<&'static __p::Envelope> {
                __p::Some(__ENVELOPE)
            }
        }
    });
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let where_clause = bounds::where_clause(input);
    let ident = input.ident;
    let catalog = spec::expand_catalog(input);
    let integrations = expand_integrations(input, &where_clause);
    quote! {
        #allowed
        const _: () = {
            #import
            #header_lookup
            #tables
            #checks

            #[automatically_derived]
            impl #impl_generics __p::ApiError for #ident #ty_generics #where_clause {
                #declared

                fn __errorbook_erased(&self) -> &dyn __p::ApiError {
                    self
                }

                #envelope
                #message
                #details
                #headers
                #wait
            }

            #[automatically_derived]
            impl #impl_generics __p::Catalogued for #ident #ty_generics #where_clause {
                #catalog
            }

            #chunks
            #integrations
        };
    }
}

/// The lints that the expansion would draw in the user's crate, each with its reason:
/// naming a deprecated variant or type is the impl's task, and the user is warned where it is used.
fn allowed_lints(input: &Input<'_>) -> Option<TokenStream> {
    let deprecated = input.variants.iter().any(|variant| variant.deprecated.is_some());
    deprecated.then(|| quote!(#[allow(deprecated)]))
}

/// `__p::axum!` is the impl where the feature is on and nothing where it is off: the derive need not know.
// enum StoryError<'a> { … }    becomes    __p::axum! { {<'a>} {StoryError<'a>} {} }
pub(super) fn expand_integrations(input: &Input<'_>, where_clause: &TokenStream) -> TokenStream {
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let ident = input.ident;
    INTEGRATIONS
        .iter()
        .filter(|name| !input.attrs.skip.iter().any(|skipped| skipped == **name))
        .map(|name| {
            let name = quote::format_ident!("{}", name);
            quote!(__p::#name! { { #impl_generics } { #ident #ty_generics } { #where_clause } })
        })
        .collect()
}

/// The pattern that binds these fields of a variant, whatever its form.
// Self::InsufficientCredits { need: __need, have: __have, .. }      Self::Database { 0: __0, .. }
pub(super) fn pattern<'f>(
    variant: &Variant<'_>,
    fields: impl IntoIterator<Item = &'f Field<'f>>,
) -> TokenStream {
    let bindings = fields.into_iter().map(|field| {
        let (member, binding) = (&field.member, field.binding());
        quote!(#member: #binding,)
    });
    let variant = variant.is_enum.then(|| {
        let ident = variant.ident;
        quote!(::#ident)
    });
    quote!(Self #variant { #(#bindings)* .. })
}

/// The error that answers in place of this variant.
// #[api(transparent)] Auth(AuthError)    becomes    __p::held::<AuthError>(__0)
pub(super) fn expand_held(field: &Field<'_>) -> TokenStream {
    let (ty, binding) = (field.ty, field.binding());
    quote!(__p::held::<#ty>(#binding))
}
