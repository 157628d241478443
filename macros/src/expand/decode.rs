//! How a client rebuilds a value from what its response told. Takes the variants; gives the method
//! `__errorbook_rebuild`, which is nothing where the runtime has no client.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::{VariantPath, call_between, ends};
use crate::lang::code;
use crate::model::decode::Source;
use crate::model::{Field, Input, Variant};
use crate::tokens::as_ours;

// enum StoryError { TooPoor { #[api(detail)] need: u64 }, Storage(#[from] io::Error), #[api(transparent)] Auth(AuthError) }
// becomes
//     __p::decode! {
//         fn __errorbook_rebuild(__found: &mut __p::Found<'_, Self>) {
//             match __found.hash() {
//                 1163… => { …TooPoor… }
//                 8203… => __found.unknowable(),
//                 _ => {}
//             }
//             __found.held::<AuthError>(|__held| Self::Auth { 0: __held });
//         }
//     }
pub(super) fn expand(input: &Input<'_>) -> TokenStream {
    if !input.is_decoded() {
        return TokenStream::new();
    }
    let own = expand_own(input);
    let held = input.variants.iter().filter_map(|variant| expand_held(input, variant, variant.held()?));
    quote! {
        __p::decode! {
            fn __errorbook_rebuild(__found: &mut __p::Found<'_, Self>) {
                #own
                #(#held)*
            }
        }
    }
}

/// An arm for each code, in which all errors that have it are tried, and one for those of whose errors none is rebuilt.
fn expand_own(input: &Input<'_>) -> TokenStream {
    let (mut arms, mut unknowable) = (TokenStream::new(), Vec::new());
    for (hash, having) in by_hash(input) {
        let hash = Literal::u64_unsuffixed(hash);
        let (rebuilt, others): (Vec<_>, Vec<_>) =
            having.into_iter().partition(|variant| input.rebuilds(variant));
        if rebuilt.is_empty() {
            unknowable.push(hash);
            continue;
        }
        let tried = rebuilt.into_iter().map(expand_variant);
        // Which it was nobody knows then.
        let perhaps_another = (!others.is_empty()).then(|| quote!(__found.unknowable();));
        arms.extend(quote!(#hash => { #(#tried)* #perhaps_another }));
    }
    if !unknowable.is_empty() {
        arms.extend(quote!(#(#unknowable)|* => __found.unknowable(),));
    }
    if arms.is_empty() {
        return arms;
    }
    quote!(match __found.hash() { #arms _ => {} })
}

/// The errors that have each code, in the order of the declaration. By the hash, since there is an arm for that.
fn by_hash<'i>(input: &'i Input<'_>) -> Vec<(u64, Vec<&'i Variant<'i>>)> {
    let mut found: Vec<(u64, Vec<&Variant<'_>>)> = Vec::new();
    let mut places: HashMap<u64, usize> = HashMap::new();
    for variant in input.own() {
        let hash = code::hash(&variant.code);
        let place = *places.entry(hash).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, having)) => having.push(variant),
            None => found.push((hash, vec![variant])),
        }
    }
    found
}

// NotFound    becomes    if __found.is("not_found") { __found.add(Self::NotFound {}); }
// Limited { #[api(detail)] limit: u32, #[api(retry_after)] wait: Duration }    becomes
//     let (mut __field_limit,) = (__p::None,);
//     if __found.members("limited", &mut [__p::Member("limit", __p::plain::<u32>(&mut __field_limit))]) {
//         if let (__p::Some(__field_limit), __p::Some(__field_wait),) =
//             (__field_limit, __p::waited::<Duration>(__found.wait()),)
//         {
//             __found.add(Self::Limited { limit: __field_limit, wait: __field_wait });
//         }
//     }
// Invalid { #[api(details)] fields: FieldErrors }    becomes the same with
//     if __found.whole("invalid", __p::plain::<FieldErrors>(&mut __field_fields)) { … }
fn expand_variant(variant: &Variant<'_>) -> TokenStream {
    let (code, path) = (&variant.code, VariantPath(variant));
    let (mut read, mut members, mut whole) = (Vec::new(), Vec::new(), None);
    let (mut bindings, mut values) = (Vec::new(), Vec::new());
    for field in &variant.fields {
        let (ty, binding) = (field.ty, field.binding());
        let value = match field.source() {
            Ok(Source::Member(name)) => {
                let place = expand_place(field);
                members.push(quote!(__p::Member(#name, #place)));
                read.push(binding.clone());
                binding.to_token_stream()
            }
            Ok(Source::Whole) => {
                whole = Some(expand_place(field));
                read.push(binding.clone());
                binding.to_token_stream()
            }
            Ok(Source::Wait) => quote!(__p::waited::<#ty>(__found.wait())),
            // Whose fields have obstacles is not rebuilt.
            Ok(Source::NotSent | Source::Phantom) | Err(_) => continue,
        };
        bindings.push(binding);
        values.push(value);
    }
    let condition = match whole {
        Some(place) => quote!(__found.whole(#code, #place)),
        None if members.is_empty() => quote!(__found.is(#code)),
        None => quote!(__found.members(#code, &mut [#(#members),*])),
    };
    let fields = variant.fields.iter().map(expand_field);
    let mut add = quote!(__found.add(#path { #(#fields)* }););
    if !bindings.is_empty() {
        add = quote!(if let (#(__p::Some(#bindings),)*) = (#(#values,)*) { #add });
    }
    let places = (!read.is_empty()).then(|| {
        let nothing = read.iter().map(|_| quote!(__p::None));
        quote!(let (#(mut #read,)*) = (#(#nothing,)*);)
    });
    quote!(#places if #condition { #add })
}

// #[api(detail)] need: u64    becomes    __p::plain::<u64>(&mut __field_need)
// #[api(detail, decode = f)] need: u64    becomes    &mut __p::made_of::<_, u64, _>(f, &mut __field_need)
fn expand_place(field: &Field<'_>) -> TokenStream {
    let (ty, binding) = (field.ty, field.binding());
    match field.reader() {
        // What rustc says of the function, it says there.
        Some(reader) => call_between(
            ends(reader),
            |span| quote_spanned!(span=> &mut __p::made_of::<_, #ty, _>),
            quote!(#reader, &mut #binding),
        ),
        None => quote!(__p::plain::<#ty>(&mut #binding)),
    }
}

// #[api(detail)] need: u64    becomes    need: __field_need,
fn expand_field(field: &Field<'_>) -> TokenStream {
    let binding = field.binding();
    let value = match field.source() {
        Ok(Source::Member(_) | Source::Whole | Source::Wait) => quote!(#binding),
        Ok(Source::Phantom) => quote!(__p::PhantomData),
        Ok(Source::NotSent) | Err(_) => quote!(__p::None),
    };
    let member = member(field);
    quote!(#member: #value,)
}

fn member(field: &Field<'_>) -> syn::Member {
    match &field.member {
        syn::Member::Named(ident) => syn::Member::Named(as_ours(ident)),
        unnamed @ syn::Member::Unnamed(_) => unnamed.clone(),
    }
}

// #[api(transparent)] Auth(AuthError)    becomes    __found.held::<AuthError>(|__held| Self::Auth { 0: __held });
// and with `decode = false`    __found.unknowable_held::<AuthError>();
/// `None`: the type itself, whose errors are in the other arms. How often a value was put into another nobody can tell.
fn expand_held(input: &Input<'_>, variant: &Variant<'_>, held: &Field<'_>) -> Option<TokenStream> {
    if input.is_recursive(held.ty) {
        return None;
    }
    let ty = held.ty;
    if !input.rebuilds(variant) {
        return Some(quote!(__found.unknowable_held::<#ty>();));
    }
    let (path, local) = (VariantPath(variant), format_ident!("__held"));
    let fields = variant.fields.iter().map(|field| {
        if variant.is_held(field) {
            let member = member(field);
            quote!(#member: #local,)
        } else {
            expand_field(field)
        }
    });
    Some(quote!(__found.held::<#ty>(|#local| #path { #(#fields)* });))
}

/// The functions that read fields, so that they are used and checked where the runtime has no client.
// #[api(detail, decode = Duration::from_secs)] wait: Duration    becomes
//     __p::without_client! { __p::reads_as::<_, Duration, _>(Duration::from_secs); }
pub(super) fn expand_readers(input: &Input<'_>) -> Option<TokenStream> {
    let rebuilt = input.variants.iter().filter(|variant| input.rebuilds(variant));
    let readers = rebuilt.flat_map(|variant| &variant.fields).filter_map(|field| {
        let (ty, reader) = (field.ty, field.reader()?);
        let reads = quote_spanned!(ends(reader).0=> __p::reads_as::<_, #ty, _>);
        Some(quote!(#reads(#reader);))
    });
    let readers: TokenStream = readers.collect();
    (!readers.is_empty()).then(|| quote!(__p::without_client! { #readers }))
}
