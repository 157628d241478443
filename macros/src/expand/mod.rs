//! A declaration to tokens: one unnamed constant around everything, in which the tables of what was
//! declared stand beside the impls that read them.
//!
//! ```text
//! const _: () = {
//!     static __SPECS: [ErrorSpec; N] = […];           spec.rs, retry.rs
//!     impl ApiError for StoryError {
//!         fn __errorbook_look …                       look.rs       which row is this value, and its fields
//!     }
//!     const _: () = check_held(…);                    checks.rs     what only constants can tell
//! };
//! ```

mod checks;
mod code_enum;
mod decode;
pub(crate) mod fallback;
mod look;
mod retry;
mod spec;
mod text;

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};

use crate::bounds;
use crate::model::{Field, Input, Variant};
use crate::tokens::as_ours;

// enum StoryError { … }    becomes    const _: () = { use ::errorbook::__private as __p; …impls… };
pub(crate) fn expand(input: &Input<'_>) -> TokenStream {
    let import = input.runtime().import();
    let allowed = expand_allowed(input);
    let header_lookup = input.own().any(Variant::has_header_fields).then(|| {
        quote!(
            use __p::AnyHeader as _;
        )
    });
    let tables = spec::expand(input);
    let checks = checks::expand(input);
    let look::Look { method: look, chunks } = look::expand(input);
    let envelope = input.envelope().is_some().then(|| {
        quote! {
            fn __errorbook_envelope(&self) -> __p::Option<&'static __p::Envelope> {
                __p::Some(__ENVELOPE)
            }
        }
    });
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let where_clause = bounds::where_clause(input);
    let ident = as_ours(input.ident);
    let catalog = spec::expand_catalog(input);
    let codes = checks::expand_codes(input);
    let (decode, readers) = (decode::expand(input), decode::expand_readers(input));
    let code_enum::CodeEnumTokens { item: code_enum, associated: code_of_type, impls: impls_of_code_enum } =
        code_enum::expand(input, true);
    let integrations = expand_integrations(input, &where_clause);
    quote! {
        #code_enum
        #allowed
        const _: () = {
            #import
            #header_lookup
            #tables
            #checks

            #[automatically_derived]
            impl #impl_generics __p::ApiError for #ident #ty_generics #where_clause {
                #look

                fn __errorbook_erased(&self) -> &dyn __p::ApiError {
                    #readers
                    self
                }

                fn __errorbook_logged(&self) -> __p::Logged<'_> {
                    use __p::{LoggedByDisplay as _, LoggedByNothing as _};
                    (&__p::Probe(self)).__errorbook_logged()
                }

                #envelope
            }

            #[automatically_derived]
            impl #impl_generics __p::Catalogued for #ident #ty_generics #where_clause {
                #code_of_type
                #catalog
                #codes
                #decode
            }

            #chunks
            #impls_of_code_enum
            #integrations
        };
    }
}

/// What the user allows in the declaration is allowed where its types and paths stand again. Nothing else is: under a
/// `forbid`, an `allow` of ours would be an error.
// #[allow(deprecated)] enum StoryError { … }    becomes    #[allow(deprecated)] const _: () = { … };
pub(super) fn expand_allowed(input: &Input<'_>) -> TokenStream {
    input.allowed_lints().iter().map(|lints| quote!(#[allow(#lints)])).collect()
}

/// One call for all integrations, whatever their number: which of them there are is the runtime's to know.
// #[api(skip(axum))] enum StoryError<'a> { … }    becomes    __p::integrations! { {<'a>} {StoryError<'a>} {} {axum} }
pub(super) fn expand_integrations(input: &Input<'_>, where_clause: &TokenStream) -> TokenStream {
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let (ident, skipped) = (as_ours(input.ident), input.skipped());
    quote!(
        __p::integrations! { { #impl_generics } { #ident #ty_generics } { #where_clause } { #(#skipped)* } }
    )
}

/// The pattern that binds these fields of a variant, whatever its form.
// Self::InsufficientCredits { need: __field_need, have: __field_have, .. }      Self::Database { 0: __field_0, .. }
pub(super) fn pattern<'f>(
    variant: &Variant<'_>,
    fields: impl IntoIterator<Item = &'f Field<'f>>,
) -> TokenStream {
    let bindings = fields.into_iter().map(|field| {
        let binding = field.binding();
        let member = match &field.member {
            syn::Member::Named(ident) => syn::Member::Named(as_ours(ident)),
            unnamed @ syn::Member::Unnamed(_) => unnamed.clone(),
        };
        quote!(#member: #binding,)
    });
    let path = VariantPath(variant);
    quote!(#path { #(#bindings)* .. })
}

// Self::Database, or Self for a struct
pub(super) struct VariantPath<'v>(pub(super) &'v Variant<'v>);

impl ToTokens for VariantPath<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        <syn::Token![Self]>::default().to_tokens(tokens);
        if self.0.is_enum {
            <syn::Token![::]>::default().to_tokens(tokens);
            as_ours(self.0.ident).to_tokens(tokens);
        }
    }
}

/// The error that answers in place of this variant.
// #[api(transparent)] Auth(AuthError)    becomes    (__p::held::<AuthError>().erased)(__field_0)
pub(super) fn expand_held(field: &Field<'_>) -> TokenStream {
    let (ty, binding) = (field.ty, field.binding());
    quote!((__p::held::<#ty>().erased)(#binding))
}

/// The errors of the type that answers.
// #[api(transparent)] Auth(AuthError)    becomes    __p::held::<AuthError>().catalog
pub(super) fn expand_held_catalog(field: &Field<'_>) -> TokenStream {
    let ty = field.ty;
    quote!(__p::held::<#ty>().catalog)
}

/// A field's local as an argument, which rustc shows where the field's type stands if that does not fit.
// `__field_id`, or `&*__field_id` from the type's first token to its last
pub(super) struct AtType<'f>(pub(super) &'f Field<'f>);

impl ToTokens for AtType<'_> {
    // Token by token, not by `quote!`: each stream that is put into another costs the compiler a call.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self(field) = self;
        let at = |span: Span| span.resolved_at(Span::call_site());
        let mut binding = field.binding();
        match field.ty {
            syn::Type::Path(path) if path.path.get_ident().is_some() => {
                binding
                    .set_span(path.path.get_ident().map_or_else(Span::call_site, |ident| at(ident.span())));
            }
            ty => {
                let (start, end) = ends(ty);
                syn::Token![&](at(start)).to_tokens(tokens);
                syn::Token![*](at(start)).to_tokens(tokens);
                binding.set_span(at(end));
            }
        }
        tokens.append(binding);
    }
}

/// A call that rustc shows where the field's type stands, from its first token to its last.
pub(super) fn call_at_type(
    field: &Field<'_>,
    function: impl FnOnce(Span) -> TokenStream,
    arguments: TokenStream,
) -> TokenStream {
    call_between(ends(field.ty), function, arguments)
}

/// A call that rustc shows from the one place to the other.
pub(super) fn call_between(
    (start, end): (Span, Span),
    function: impl FnOnce(Span) -> TokenStream,
    arguments: TokenStream,
) -> TokenStream {
    let function = function(start);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(end);
    quote!(#function #arguments)
}

/// The first token's place and the last one's: an expression that begins at the one and ends at the other is shown
/// as a whole. The span of both together, which `Spanned::span` would give, is not stable.
pub(super) fn ends(tokens: impl ToTokens) -> (Span, Span) {
    let mut tokens = tokens.into_token_stream().into_iter();
    let start = tokens.next().map_or_else(Span::call_site, |token| token.span());
    (start, tokens.last().map_or(start, |token| token.span()))
}
