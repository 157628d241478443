//! What only constants can tell: items that rustc evaluates while it checks the user's crate, each at the
//! tokens of the user's that are at fault.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{call_at_type, expand_held_catalog};
use crate::lang::link;
use crate::model::{Field, Input, Variant};

// #[api(transparent)] Auth(AuthError)    becomes
//     const _: () =
//         __p::check_held(("StoryError", &__SPECS), &[], ("AuthError", __p::held::<AuthError>().catalog), &[], …);
pub(super) fn expand(input: &Input<'_>) -> TokenStream {
    let mut checks = TokenStream::new();
    let mut before: Vec<TokenStream> = Vec::new();
    for field in input.held().filter(|field| input.is_constant(field.ty) && !input.is_recursive(field.ty)) {
        let held = expand_held(field);
        checks.extend(expand_check_of_held(input, field, &held, &before));
        before.push(held);
    }
    if input.envelope().is_some() {
        checks.extend(input.own().map(|variant| expand_checks_of_own(input, variant)));
    }
    checks
}

fn expand_held(field: &Field<'_>) -> TokenStream {
    let (name, catalog) = (field.type_text(), expand_held_catalog(field));
    quote!((#name, #catalog))
}

fn expand_check_of_held(
    input: &Input<'_>,
    field: &Field<'_>,
    held: &TokenStream,
    before: &[TokenStream],
) -> TokenStream {
    let name = input.ident.to_string();
    let shared = input.shared_codes();
    let envelope = match input.envelope() {
        Some(_) => quote!(__p::Some(__ENVELOPE)),
        None => quote!(__p::None),
    };
    let check = call_at_type(
        field,
        |span| quote_spanned!(span=> __p::check_held),
        quote!((#name, &__SPECS), &[#(#before),*], #held, &[#(#shared),*], #envelope),
    );
    // Many types with many codes are many pairs to compare.
    quote!(#[allow(long_running_const_eval)] const _: () = #check;)
}

fn expand_checks_of_own(input: &Input<'_>, variant: &Variant<'_>) -> TokenStream {
    let mut checks = TokenStream::new();
    if let Some(omitted) = variant.omitted_code() {
        let message = format!(
            "`{}` omits its code, but its envelope always shows one\n  help: write `code?` in the envelope",
            variant.name(),
        );
        checks.extend(quote_spanned! {omitted.span()=>
            const _: () = __p::check_omitted_code(__ENVELOPE, #message);
        });
        if variant.docs(input).is_some_and(|docs| docs.value().contains(link::CODE)) {
            let message = format!(
                "`{}` omits its code, but its envelope shows its link, in which the code stands\n  \
                 help: give the error a `docs` of its own, without `{}`",
                variant.name(),
                link::CODE,
            );
            checks.extend(quote_spanned! {omitted.span()=>
                const _: () = __p::check_omitted_link(__ENVELOPE, #message);
            });
        }
    }
    for field in &variant.fields {
        let (Some(name), Some(span)) = (field.detail_name(), field.detail_span()) else { continue };
        let message = format!(
            "the detail `{name}` would stand beside the envelope's own member of that name\n  \
             help: give it another name, as in `detail = \"…\"`, or write `details` instead of `..details` in the envelope",
        );
        checks.extend(quote_spanned! {span=>
            const _: () = __p::check_spread(__ENVELOPE, #name, #message);
        });
    }
    checks
}
