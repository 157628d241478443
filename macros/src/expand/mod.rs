//! A declaration to tokens: one unnamed constant around everything, in which the tables of what was
//! declared stand beside the impls that read them.
//!
//! ```text
//! const _: () = {
//!     static __SPECS: [ErrorSpec; N] = […];           spec.rs, retry.rs
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
mod retry;
mod spec;

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::DeriveInput;

use crate::attrs::container::INTEGRATIONS;
use crate::errors::Errors;
use crate::lang::Reason;
use crate::model::{Field, Input, Variant, bare};
use crate::{bounds, check};

/// `#[derive(ApiError)]`.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let syntax: DeriveInput = match syn::parse2(input.clone()) {
        Ok(syntax) => syntax,
        Err(error) => {
            tell_unreadable(error, &mut errors);
            let head = fallback::head(input);
            // What else is wrong with it is told once it can be read.
            let input = head.as_ref().map(|head| Input::from_syn(head, &mut Errors::new()));
            return with_fallback(errors, input.as_ref());
        }
    };
    let input = Input::from_syn(&syntax, &mut errors);
    check::check(&input, &mut errors);
    if errors.is_empty() { expand(&input) } else { with_fallback(errors, Some(&input)) }
}

/// What is not even syntax to syn. Its words about an expression that it cannot read are for authors of macros.
fn tell_unreadable(error: syn::Error, errors: &mut Errors) {
    if error.to_string().starts_with("unsupported expression") {
        let reason = Reason::new(
            "`#[derive(ApiError)]` cannot read this expression",
            "give its value a name, as in `const LENGTH: usize = …;`, and write the name here",
        );
        errors.at_span(error.span(), &reason);
    } else {
        errors.syntax(error);
    }
}

fn with_fallback(errors: Errors, input: Option<&Input<'_>>) -> TokenStream {
    let mut tokens = errors.finish();
    tokens.extend(input.map(fallback::expand));
    tokens
}

// enum StoryError { … }    becomes    const _: () = { use ::errorbook::__private as __p; …impls… };
fn expand(input: &Input<'_>) -> TokenStream {
    let import = input.runtime().import();
    let allowed = allowed_lints();
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

                fn __errorbook_logged(&self) -> __p::Logged<'_> {
                    use __p::{LoggedByDisplay as _, LoggedByNothing as _};
                    (&__p::Probe(self)).__errorbook_logged()
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

/// The lints that the expansion would draw in the user's crate: it names variants and types as the user wrote them,
/// who is told there if one is deprecated or has a longer path than it needs.
fn allowed_lints() -> TokenStream {
    quote!(#[allow(deprecated, unused_qualifications)])
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
// Self::InsufficientCredits { need: __field_need, have: __field_have, .. }      Self::Database { 0: __field_0, .. }
pub(super) fn pattern<'f>(
    variant: &Variant<'_>,
    fields: impl IntoIterator<Item = &'f Field<'f>>,
) -> TokenStream {
    let bindings = fields.into_iter().map(|field| {
        let (member, binding) = (&field.member, field.binding());
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
            self.0.ident.to_tokens(tokens);
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
    let (start, end) = ends(field.ty);
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

/// Whether the type looks like an integer, which the runtime writes without going by a trait of the type's.
/// Taken wrongly: a type of the user's own that is called `u64`, which rustc then refuses; `self::u64` helps.
/// Missed: an alias of `u64`, which goes the long way to the same text.
pub(super) fn is_integer(ty: &syn::Type) -> bool {
    const INTEGERS: [&str; 12] =
        ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];
    let syn::Type::Path(path) = bare(ty) else { return false };
    path.path.get_ident().is_some_and(|ident| INTEGERS.iter().any(|name| ident == name))
}
