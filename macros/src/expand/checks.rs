//! What only constants can tell: items that rustc evaluates while it checks the user's crate, each at the
//! tokens of the user's that are at fault.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::{call_at_type, ends};
use crate::lang::{code, link, words};
use crate::model::types::tidy;
use crate::model::{Field, Input, Variant};

// #[api(transparent)] Auth(AuthError)    becomes
//     const __OWN: &__p::Codes = &__p::Codes::new(&__SPECS, &[]);
//     const __HELD: [(&__p::str, &__p::Codes); 1] = [("AuthError", __p::held::<AuthError>().codes)];
//     const __MERGED: &__p::Merged<{ __p::count_codes(__OWN, &__HELD) }, 1> = &__p::merge(__OWN, &__HELD);
//     const _: () = __p::check_held("StoryError", &__HELD, __MERGED, 0, __p::None);
pub(super) fn expand(input: &Input<'_>) -> TokenStream {
    let mut checks = expand_statuses(input);
    let held: Vec<&Field<'_>> = merged(input).collect();
    if !held.is_empty() {
        checks.extend(expand_merged(input, &held));
        checks
            .extend(held.iter().enumerate().map(|(index, field)| expand_check_of_held(input, field, index)));
    }
    if let Some(envelope) = input.envelope() {
        checks.extend(expand_checks_of_slots(input, envelope));
        checks.extend(input.own().map(|variant| expand_checks_of_own(input, variant)));
    }
    checks.extend(expand_checks_of_shared(input));
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
// enum StoryError { NotFound }    becomes
//     const CODES: &'static __p::Codes = &__p::Codes::new(&__SPECS, &[0x10b8d943b6c98b15]);
// if it holds a type whatever its parameters are,
//     const CODES: &'static __p::Codes = &__p::Codes::of_merged(__MERGED);
// and if it holds others,
//     const LISTS: &'static [&'static __p::Codes] = &[&__p::Codes::new(&__SPECS, &[…]), __p::held::<T>().codes];
//     const CODES: &'static __p::Codes = &__p::Codes::of_flat(<Self as __p::Catalogued>::FLAT);
pub(super) fn expand_codes(input: &Input<'_>) -> TokenStream {
    let own = match merged(input).next() {
        Some(_) => quote!(of_merged(__MERGED)),
        None => expand_own_codes(input),
    };
    let mut unmerged =
        held(input).filter(|field| !input.is_constant(field.ty)).map(expand_codes_of_held).peekable();
    if unmerged.peek().is_none() {
        return quote!(const CODES: &'static __p::Codes = &__p::Codes::#own;);
    }
    quote! {
        const LISTS: &'static [&'static __p::Codes] = &[&__p::Codes::#own, #(#unmerged),*];
        const CODES: &'static __p::Codes = &__p::Codes::of_flat(<Self as __p::Catalogued>::FLAT);
    }
}

/// To hash them here takes rustc less than to do it in a constant.
fn expand_own_codes(input: &Input<'_>) -> TokenStream {
    let hashes = input.own().map(|variant| Literal::u64_unsuffixed(code::hash(&variant.code)));
    quote!(new(&__SPECS, &[#(#hashes),*]))
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
    let own = expand_own_codes(input);
    quote! {
        const __OWN: &__p::Codes = &__p::Codes::#own;
        const __HELD: [(&__p::str, &__p::Codes); #count] = [#(#held),*];
        const __MERGED: &__p::Merged<{ __p::count_codes(__OWN, &__HELD) }, #count> =
            &__p::merge(__OWN, &__HELD);
    }
}

// #[api(transparent)] Auth(AuthError), the first    becomes
//     const _: () = __p::check_held("StoryError", &__HELD, __MERGED, 0, __p::None);
fn expand_check_of_held(input: &Input<'_>, field: &Field<'_>, index: usize) -> TokenStream {
    let (name, index) = (input.ident.to_string(), Literal::usize_unsuffixed(index));
    let envelope = match input.envelope() {
        Some(path) => {
            let name = path_text(path);
            quote!(__p::Some((#name, __ENVELOPE)))
        }
        None => quote!(__p::None),
    };
    let check = call_at_type(
        field,
        |span| quote_spanned!(span=> __p::check_held),
        quote!(#name, &__HELD, __MERGED, #index, #envelope),
    );
    quote!(const _: () = #check;)
}

/// Of as many errors that share a mistake the names are told.
const NAMED: usize = 5;

/// The envelope's name as it was written.
fn path_text(path: &syn::Path) -> String {
    tidy(&path.to_token_stream().to_string())
}

// enum StoryError { Gone, Taken, … }    becomes
//     const _: () = __p::check_filled(("STORY", __ENVELOPE), &__SPECS[0], "`Taken` and 3 more");
/// Errors that have the same to fill an envelope with are checked as one, at the first: a contract in which all 116 lack
/// a member has one thing to mend, and rustc one constant to look at.
fn expand_checks_of_slots(input: &Input<'_>, envelope: &syn::Path) -> TokenStream {
    let mut alike: Vec<Vec<(usize, &Variant<'_>)>> = Vec::new();
    let mut known: HashMap<Fillings, usize> = HashMap::new();
    for (row, variant) in input.own().enumerate() {
        let group = *known.entry(fillings(input, variant)).or_insert(alike.len());
        if group == alike.len() {
            alike.push(Vec::new());
        }
        alike[group].push((row, variant));
    }
    let name = path_text(envelope);
    let check = |group: &Vec<(usize, &Variant<'_>)>| {
        let (first, others) = group.split_first()?;
        let &(row, variant) = first;
        let others: Vec<String> = others.iter().map(|(_, variant)| variant.name()).collect();
        let (row, others) = (Literal::usize_unsuffixed(row), words::shortened(&others, NAMED));
        Some(quote_spanned! {variant.ident.span()=>
            const _: () = __p::check_filled((#name, __ENVELOPE), &__SPECS[#row], #others);
        })
    };
    alike.iter().filter_map(check).collect()
}

/// What of an error decides which slots it can fill: the names of its constants, and whether it has a status, a link, a
/// remedy, details and its code.
type Fillings = (Vec<String>, [bool; 5]);

fn fillings(input: &Input<'_>, variant: &Variant<'_>) -> Fillings {
    let mut meta: Vec<String> = variant.meta().map(|(name, _)| name).collect();
    meta.sort_unstable();
    let has_details = variant.fields.iter().any(Field::is_in_details);
    let shows_code = variant.omitted_code().is_none();
    let has_remedy = variant.remedy().is_some();
    (meta, [variant.status() != 0, variant.docs(input).is_some(), has_remedy, has_details, shows_code])
}

// #[api(status = 500, code = "internal_error")] Storage, #[api(status = 500, code = "internal_error")] Render    becomes
//     const _: () = __p::check_shared_code(&__SPECS[0], &__SPECS[1]);
fn expand_checks_of_shared(input: &Input<'_>) -> TokenStream {
    let mut checks = TokenStream::new();
    if input.shared_codes().is_empty() {
        return checks;
    }
    let mut seen: HashMap<&str, Literal> = HashMap::new();
    for (row, variant) in input.own().enumerate() {
        let row = Literal::usize_unsuffixed(row);
        let Some(first) = seen.get(variant.code.as_str()) else {
            seen.insert(&variant.code, row);
            continue;
        };
        let span = ends(variant.code_tokens()).0;
        checks.extend(quote_spanned! {span=>
            const _: () = __p::check_shared_code(&__SPECS[#first], &__SPECS[#row]);
        });
    }
    checks
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
