//! The one look at a value: which row of the tables it is, and its fields, all handed over in one call. Takes the
//! variants; gives the method `__errorbook_look`, in pieces where the enum is huge.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::{AtType, call_at_type, call_between, ends, expand_held, pattern, text};
use crate::bounds;
use crate::lang::template::Piece;
use crate::model::{Field, Input, MessageForm, Variant};
use crate::tokens::as_ours;

/// How many arms one function has at most: the borrow check of a function grows faster than its `match`. Measured on
/// 1,000 variants: from 64 to 256 makes no difference; from about 400 on the borrow check dominates.
const ARMS: usize = 128;

/// The method, and the functions that its `match` falls through to.
pub(super) struct Look {
    pub(super) method: TokenStream,
    pub(super) chunks: Option<TokenStream>,
}

// enum StoryError { NotFound, TooPoor { need: u64, have: u64 }, #[api(transparent)] Auth(AuthError) }    becomes
//     fn __errorbook_look(&self, __look: &mut __p::Look<'_>) {
//         __look.at(&__SPECS, &__BODIES);
//         let __row = match self {
//             Self::NotFound { .. } => 0,
//             Self::TooPoor { need: __field_need, have: __field_have, .. } =>
//                 return __look.two(1, __field_need, __field_have),
//             Self::Auth { 0: __field_0, .. } =>
//                 return __p::ApiError::__errorbook_look((__p::held::<AuthError>().erased)(__field_0), __look),
//         };
//         __look.none(__row)
//     }
pub(super) fn expand(input: &Input<'_>) -> Look {
    let mut rows = 0usize..;
    let first_by_display = input
        .variants
        .iter()
        .find(|variant| matches!(variant.says(), Some(MessageForm::Display)))
        .map(|first| first.ident);
    let arms: Vec<Arm> = input
        .variants
        .iter()
        .map(|variant| match variant.held() {
            Some(field) => expand_held_arm(variant, field, first_by_display),
            None => expand_arm(variant, rows.next().unwrap_or_default(), first_by_display),
        })
        .collect();
    let tables = (rows.start > 0).then(|| quote!(__look.at(&__SPECS, &__BODIES);));
    let pieces: Vec<&[Arm]> = arms.chunks(ARMS).collect();
    let name = |index: usize| format_ident!("__look_{index}");
    let mut bodies = pieces.iter().enumerate().map(|(index, arms)| {
        let next = (index + 1 < pieces.len()).then(|| name(index + 1));
        // In pieces no `match` is complete by itself, though nothing is left for the last one.
        expand_match(arms, next.as_ref(), index > 0)
    });
    let first = bodies.next().unwrap_or_else(|| quote!(match *self {}));
    let method = quote!(fn __errorbook_look(&self, __look: &mut __p::Look<'_>) { #tables #first });
    let rest: Vec<TokenStream> = bodies.collect();
    if rest.is_empty() {
        return Look { method, chunks: None };
    }
    let names: Vec<Ident> = (1..pieces.len()).map(name).collect();
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let (where_clause, ident) = (bounds::where_clause(input), as_ours(input.ident));
    let chunks = quote! {
        trait __Chunks {
            #(fn #names(&self, __look: &mut __p::Look<'_>);)*
        }

        #[automatically_derived]
        impl #impl_generics __Chunks for #ident #ty_generics #where_clause {
            #(fn #names(&self, __look: &mut __p::Look<'_>) { #rest })*
        }
    };
    Look { method, chunks: Some(chunks) }
}

/// What the `match` has for one variant.
struct Arm {
    tokens: TokenStream,
    /// Whether it gives a row that has no fields, and else does all itself.
    is_row: bool,
}

// an enum of 600 variants    becomes    match self { …128 arms… _ => return self.__look_1(__look) }, and so on
fn expand_match(arms: &[Arm], next: Option<&Ident>, is_piece: bool) -> TokenStream {
    let tokens: TokenStream = arms.iter().map(|arm| arm.tokens.clone()).collect();
    let gives_rows = arms.iter().any(|arm| arm.is_row);
    let rest = match next {
        Some(next) => Some(quote!(_ => return self.#next(__look),)),
        None if is_piece && gives_rows => Some(quote!(_ => return,)),
        None if is_piece => Some(quote!(_ => {})),
        None => None,
    };
    if gives_rows {
        quote!(let __row = match self { #tokens #rest }; __look.none(__row))
    } else {
        quote!(match self { #tokens #rest })
    }
}

// #[api(transparent)] Auth(AuthError)    becomes
//     Self::Auth { 0: __field_0, .. } =>
//         return __p::ApiError::__errorbook_look((__p::held::<AuthError>().erased)(__field_0), __look),
// #[api(message = "At {at}: {error}")] Step { at: u64, #[api(transparent)] error: AuthError }    becomes
//     Self::Step { at: __field_at, error: __field_error, .. } => {
//         let __held = (__p::held::<AuthError>().erased)(__field_error);
//         return __look.in_words(__held, __p::format_args!("At {__value_0}: {__value_1}", …));
//     }
fn expand_held_arm(variant: &Variant<'_>, field: &Field<'_>, first_by_display: Option<&Ident>) -> Arm {
    let (pattern, held) = (pattern(variant, variant.needed_fields()), expand_held(field));
    let tokens = match variant.says() {
        None => quote!(#pattern => return __p::ApiError::__errorbook_look(#held, __look),),
        Some(words) => {
            let words = expand_words(variant, &words, first_by_display);
            quote!(#pattern => { let __held = #held; return __look.in_words(__held, #words); })
        }
    };
    Arm { tokens, is_row: false }
}

fn expand_arm(variant: &Variant<'_>, row: usize, first_by_display: Option<&Ident>) -> Arm {
    let row = Literal::usize_unsuffixed(row);
    let values = expand_values(variant, first_by_display);
    let pattern = pattern(variant, variant.needed_fields());
    let tokens = match &*values {
        [] => {
            return Arm { tokens: quote!(#pattern => #row,), is_row: true };
        }
        [one] => quote!(#pattern => return __look.one(#row, #one),),
        [first, second] => quote!(#pattern => return __look.two(#row, #first, #second),),
        many => quote!(#pattern => return __look.many(#row, &[#(#many),*]),),
    };
    Arm { tokens, is_row: false }
}

/// What a variant says in place of the message of the error that it holds, put together where it is shown.
fn expand_words(
    variant: &Variant<'_>,
    words: &MessageForm<'_>,
    first_by_display: Option<&Ident>,
) -> TokenStream {
    match words {
        MessageForm::Template(template, _) => text::expand(variant, template),
        MessageForm::Display => {
            let display = expand_display(first_by_display);
            quote!(__p::format_args!("{}", #display))
        }
        MessageForm::Constant(constant) => quote!(__p::format_args!(#constant)),
        // Without a message the held error speaks.
        MessageForm::ReasonPhrase => quote!(__p::format_args!("")),
    }
}

/// What is handed over: one for each field in the order of the specs, which is those that have a key and then those that
/// the message shows besides; and one for each place that formats its field, or the `Display` of the whole error; and one
/// for each header whose text shows fields.
fn expand_values(variant: &Variant<'_>, first_by_display: Option<&Ident>) -> Vec<TokenStream> {
    let fields = variant.handed_over().into_iter();
    let mut values: Vec<TokenStream> =
        fields.map(|(field, is_shown)| expand_field(field, is_shown)).collect();
    match variant.message() {
        MessageForm::Template(template, _) => {
            for piece in &template.pieces {
                if let Piece::Field { field, spec } = piece
                    && !spec.is_empty()
                    && let Some(field) = variant.field(field)
                {
                    values.push(text::expand_place(variant, field, spec));
                }
            }
        }
        MessageForm::Display => {
            let display = expand_display(first_by_display);
            values.push(quote!(&__p::ByTraits::NOTHING.shown(#display)));
        }
        MessageForm::ReasonPhrase | MessageForm::Constant(_) => {}
    }
    let varying = variant.headers.iter().map(|header| &header.value.value);
    let varying = varying.filter(|template| template.fields().next().is_some());
    values.extend(varying.map(|template| {
        let text = text::expand(variant, template);
        quote!(&__p::ByTraits::NOTHING.header(__p::Some(&#text)))
    }));
    values
}

fn expand_display(first_by_display: Option<&Ident>) -> TokenStream {
    // Should it be missing, rustc says so once: for it always is the same error at the same place.
    let span = first_by_display.map_or_else(Span::call_site, Ident::span);
    let this = quote_spanned!(span=> Self);
    quote!(__p::display_is_the_message::<#this>(self))
}

// need: u64    becomes    __field_need
// #[api(detail)] org: Org, which the message shows    becomes
//     &__p::ByTraits::NOTHING.shown(__p::displayed::<Org>(__field_org)).json(__p::serialized::<Org>(__field_org))
// #[api(header = "X-Limit")] limit: Option<u64>    becomes
//     &__p::ByTraits::NOTHING.header(__p::Header::<Option<u64>>(__field_limit).__errorbook_value())
// #[api(detail, with = in_hours)] wait: Duration    becomes
//     &__p::ByTraits::NOTHING.json(&__p::made(|| in_hours(__field_wait)))
// #[api(retry_after)] wait: Duration    becomes
//     &__p::ByTraits::NOTHING.wait(__p::waits_as_the_field_says::<Duration>(__field_wait))
fn expand_field(field: &Field<'_>, is_shown: bool) -> TokenStream {
    if (is_shown || field.has_use()) && field.is_handed_over_as_it_is() {
        return AtType(field).into_token_stream();
    }
    let (binding, ty) = (field.binding(), field.ty);
    let mut uses = TokenStream::new();
    if is_shown {
        uses.extend(quote!(.shown(__p::displayed::<#ty>(#binding))));
    }
    if field.is_in_details() {
        uses.extend(match field.function() {
            Some(function) => {
                let call = expand_call(function, &binding);
                let made =
                    call_between(ends(function), |span| quote_spanned!(span=> __p::made), quote!(|| #call));
                quote!(.json(&#made))
            }
            None => quote!(.json(__p::serialized::<#ty>(#binding))),
        });
    }
    if let Some(function) = field.function().filter(|_| field.is_header()) {
        let call = expand_call(function, &binding);
        let (start, end) = ends(function);
        let header = call_between((start, end), |span| quote_spanned!(span=> __p::Header), quote!(&#call));
        let value = quote_spanned!(end.resolved_at(Span::call_site())=> .__errorbook_value());
        uses.extend(
            quote!(.header(__p::Some(&__p::made_header(|__out| __p::write_header(#header #value, __out))))),
        );
    } else if field.is_header() {
        // rustc's error about a missing `Display` shall stand at the type that lacks it.
        let header =
            call_at_type(field, |span| quote_spanned!(span=> __p::Header::<#ty>), binding.to_token_stream());
        let value = quote_spanned!(ends(field.ty).1.resolved_at(Span::call_site())=> .__errorbook_value());
        uses.extend(quote!(.header(#header #value)));
    }
    if field.is_wait() {
        uses.extend(quote!(.wait(__p::waits_as_the_field_says::<#ty>(#binding))));
    }
    quote!(&__p::ByTraits::NOTHING #uses)
}

/// What rustc says of the function's parameter or of what it gives is shown at the function.
// #[api(detail, with = in_hours)] wait: Duration    becomes    in_hours(__field_wait)
fn expand_call(function: &syn::Path, binding: &Ident) -> TokenStream {
    let (start, end) = ends(function);
    let at = |span: Span| span.resolved_at(Span::call_site());
    let (borrow, deref) = (syn::Token![&](at(start)), syn::Token![*](at(start)));
    let mut argument = binding.clone();
    argument.set_span(at(end));
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#borrow #deref #argument));
    arguments.set_span(end);
    quote!(#function #arguments)
}
