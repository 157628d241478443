//! What only constants can tell: items that rustc evaluates while it checks the user's crate, each at the
//! tokens of the user's that are at fault.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::call_at_type;
use crate::lang::{code, link};
use crate::model::{Field, Input, Variant};

// #[api(transparent)] Auth(AuthError)    becomes
//     const __OWN: &__p::Codes = &__p::Codes::new(&__SPECS, &[], &[]);
//     const __HELD: [(&__p::str, &__p::Codes); 1] = [("AuthError", __p::held::<AuthError>().codes)];
//     const __MERGED: &__p::Merged<{ __p::count_codes(__OWN, &__HELD) }, 1> = &__p::merge(__OWN, &__HELD, &[]);
//     const _: () = __p::check_held("StoryError", &__HELD, __MERGED, 0, __p::None);
pub(super) fn expand(input: &Input<'_>) -> TokenStream {
    let mut checks = expand_statuses(input);
    let held: Vec<&Field<'_>> = merged(input).collect();
    if !held.is_empty() {
        checks.extend(expand_merged(input, &held));
        checks
            .extend(held.iter().enumerate().map(|(index, field)| expand_check_of_held(input, field, index)));
    }
    if input.envelope().is_some() {
        checks.extend(input.own().map(|variant| expand_checks_of_own(input, variant)));
    }
    checks
}

/// The constants by which statuses are written. The macro took their names for what they are; here rustc does, and sees
/// that the user's import of them is used.
// #[api(status = StatusCode::NOT_FOUND)]    becomes    const _: &[__p::StatusCode] = &[StatusCode::NOT_FOUND];
fn expand_statuses(input: &Input<'_>) -> TokenStream {
    let mut paths = input.own().filter_map(Variant::status_path).peekable();
    if paths.peek().is_none() {
        return TokenStream::new();
    }
    quote!(const _: &[__p::StatusCode] = &[#(#paths),*];)
}

/// What the types that hold this one are checked against.
// enum StoryError { NotFound, #[api(transparent)] Other(T) }    becomes
//     const CODES: &'static __p::Codes =
//         &__p::Codes::new(&__SPECS, &[0x10b8d943b6c98b15], &[__p::held::<T>().codes]);
// or, if it holds a type whatever its parameters are,
//     const CODES: &'static __p::Codes = &__p::Codes::of_merged(__MERGED, &[__p::held::<T>().codes]);
pub(super) fn expand_codes(input: &Input<'_>) -> TokenStream {
    let unmerged = held(input).filter(|field| !input.is_constant(field.ty)).map(expand_codes_of_held);
    let unmerged = quote!(&[#(#unmerged),*]);
    let codes = match merged(input).next() {
        Some(_) => quote!(of_merged(__MERGED, #unmerged)),
        None => expand_own_codes(input, &unmerged),
    };
    quote!(const CODES: &'static __p::Codes = &__p::Codes::#codes;)
}

/// To hash them here takes rustc less than to do it in a constant.
fn expand_own_codes(input: &Input<'_>, unmerged: &TokenStream) -> TokenStream {
    let hashes = input.own().map(|variant| Literal::u64_unsuffixed(code::hash(&variant.code)));
    quote!(new(&__SPECS, &[#(#hashes),*], #unmerged))
}

/// The held types, without the type itself, whose errors are in its own rows.
fn held<'i>(input: &'i Input<'_>) -> impl Iterator<Item = &'i Field<'i>> {
    input.held().filter(|field| !input.is_recursive(field.ty))
}

/// Those of which an item can speak, which does not know the type's parameters.
fn merged<'i>(input: &'i Input<'_>) -> impl Iterator<Item = &'i Field<'i>> {
    held(input).filter(|field| input.is_constant(field.ty))
}

fn expand_codes_of_held(field: &Field<'_>) -> TokenStream {
    let ty = field.ty;
    quote!(__p::held::<#ty>().codes)
}

fn expand_merged(input: &Input<'_>, held: &[&Field<'_>]) -> TokenStream {
    let count = Literal::usize_unsuffixed(held.len());
    let held = held.iter().map(|field| {
        let (name, codes) = (field.type_text(), expand_codes_of_held(field));
        quote!((#name, #codes))
    });
    let (own, shared) = (expand_own_codes(input, &quote!(&[])), input.shared_codes());
    quote! {
        const __OWN: &__p::Codes = &__p::Codes::#own;
        const __HELD: [(&__p::str, &__p::Codes); #count] = [#(#held),*];
        const __MERGED: &__p::Merged<{ __p::count_codes(__OWN, &__HELD) }, #count> =
            &__p::merge(__OWN, &__HELD, &[#(#shared),*]);
    }
}

// #[api(transparent)] Auth(AuthError), the first    becomes
//     const _: () = __p::check_held("StoryError", &__HELD, __MERGED, 0, __p::None);
fn expand_check_of_held(input: &Input<'_>, field: &Field<'_>, index: usize) -> TokenStream {
    let (name, index) = (input.ident.to_string(), Literal::usize_unsuffixed(index));
    let envelope = match input.envelope() {
        Some(_) => quote!(__p::Some(__ENVELOPE)),
        None => quote!(__p::None),
    };
    let check = call_at_type(
        field,
        |span| quote_spanned!(span=> __p::check_held),
        quote!(#name, &__HELD, __MERGED, #index, #envelope),
    );
    quote!(const _: () = #check;)
}

// #[api(omit(code))]    becomes    const _: () = __p::check_omitted_code(__ENVELOPE, "…");
// #[api(detail)] need: u64    becomes    const _: () = __p::check_spread(__ENVELOPE, "need", "…");
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
