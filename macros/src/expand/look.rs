//! The one look at a value: which row of the tables it is, and its fields, all handed over in one call. Takes the
//! variants; gives the method `__errorbook_look`, in pieces where the enum is huge.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::{AtType, call_at_type, ends, expand_held, pattern};
use crate::bounds;
use crate::lang::template::{FieldRef, Piece, Template, rename_spec_fields, spec_fields, spec_trait};
use crate::model::{Field, Input, MessageForm, Variant};

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
        .own()
        .find(|variant| matches!(variant.message(), MessageForm::Display))
        .map(|first| first.ident);
    let arms: Vec<Arm> = input
        .variants
        .iter()
        .map(|variant| match variant.held() {
            Some(field) => expand_held_arm(variant, field),
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
    let (where_clause, ident) = (bounds::where_clause(input), input.ident);
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

fn expand_held_arm(variant: &Variant<'_>, field: &Field<'_>) -> Arm {
    let (pattern, held) = (pattern(variant, [field]), expand_held(field));
    let tokens = quote!(#pattern => return __p::ApiError::__errorbook_look(#held, __look),);
    Arm { tokens, is_row: false }
}

fn expand_arm(variant: &Variant<'_>, row: usize, first_by_display: Option<&Ident>) -> Arm {
    let row = Literal::usize_unsuffixed(row);
    let values = expand_values(variant, first_by_display);
    let pattern = pattern(variant, bound_fields(variant));
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

/// The fields that the arm needs, each once.
fn bound_fields<'v>(variant: &'v Variant<'_>) -> Vec<&'v Field<'v>> {
    let named = match variant.message() {
        MessageForm::Template(template, _) => template.fields().collect(),
        _ => Vec::new(),
    };
    let is_named = |field: &Field<'_>| {
        named.iter().filter_map(|name| variant.field(name)).any(|shown| shown.member == field.member)
    };
    variant.fields.iter().filter(|field| field.has_use() || field.is_in_header || is_named(field)).collect()
}

/// What is handed over: one for each field in the order of the specs, which is those that have a key and then those that
/// the message shows besides; and one for each place that formats its field, or the `Display` of the whole error; and one
/// for each header whose text shows fields.
fn expand_values(variant: &Variant<'_>, first_by_display: Option<&Ident>) -> Vec<TokenStream> {
    let shown = variant.shown_as_they_are();
    let is_shown = |field: &Field<'_>| shown.iter().any(|shown| shown.member == field.member);
    let fields = variant.keyed_fields().chain(variant.fields_shown_besides());
    let mut values: Vec<TokenStream> = fields.map(|field| expand_field(field, is_shown(field))).collect();
    match variant.message() {
        MessageForm::Template(template, _) => {
            for piece in &template.pieces {
                if let Piece::Field { field, spec } = piece
                    && !spec.is_empty()
                    && let Some(field) = variant.field(field)
                {
                    values.push(expand_formatted(variant, field, spec));
                }
            }
        }
        MessageForm::Display => {
            // Should it be missing, rustc says so once: for it always is the same error at the same place.
            let span = first_by_display.map_or_else(Span::call_site, Ident::span);
            let this = quote_spanned!(span=> Self);
            values.push(quote!(&__p::ByTraits::NOTHING.shown(__p::display_is_the_message::<#this>(self))));
        }
        MessageForm::ReasonPhrase | MessageForm::Constant(_) => {}
    }
    let varying = variant.headers.iter().map(|header| &header.value.value);
    let varying = varying.filter(|template| template.fields().next().is_some());
    values.extend(varying.map(|template| expand_header(variant, template)));
    values
}

// header("X-Run", "{org}/{run:>8}")    becomes
//     &__p::ByTraits::NOTHING.header(__p::Some(&__p::format_args!(
//         "{__0}/{__1:>8}", __0 = __p::formatted::Display::<Org>(__field_org), __1 = …)))
fn expand_header(variant: &Variant<'_>, template: &Template) -> TokenStream {
    let mut format = String::new();
    let mut arguments = TokenStream::new();
    let mut counts = Vec::new();
    for (index, piece) in template.pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Piece::Field { field, spec } => {
                let Some(field) = variant.field(field) else { continue };
                let (argument, value) = (format_ident!("__{index}"), expand_by_format(field, spec));
                counts.extend(spec_fields(spec));
                let spec = rename_spec_fields(spec, argument_name);
                format.extend(["{", &argument.to_string(), ":", &spec, "}"]);
                arguments.extend(quote!(, #argument = #value));
            }
        }
    }
    arguments.extend(expand_counts(variant, counts));
    quote!(&__p::ByTraits::NOTHING.header(__p::Some(&__p::format_args!(#format #arguments))))
}

// need: u64    becomes    __field_need
// #[api(detail)] org: Org, which the message shows    becomes
//     &__p::ByTraits::NOTHING.shown(__p::displayed::<Org>(__field_org)).json(__p::serialized::<Org>(__field_org))
// #[api(header = "X-Limit")] limit: Option<u64>    becomes
//     &__p::ByTraits::NOTHING.header(__p::Header::<Option<u64>>(__field_limit).__errorbook_value())
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
        uses.extend(quote!(.json(__p::serialized::<#ty>(#binding))));
    }
    if field.is_header() {
        // rustc's error about a missing `Display` shall stand at the type that lacks it.
        let header =
            call_at_type(field, |span| quote_spanned!(span=> __p::Header::<#ty>), binding.to_token_stream());
        let value = quote_spanned!(ends(ty).1.resolved_at(Span::call_site())=> .__errorbook_value());
        uses.extend(quote!(.header(#header #value)));
    }
    if field.is_wait() {
        uses.extend(quote!(.wait(__p::waits_as_the_field_says::<#ty>(#binding))));
    }
    quote!(&__p::ByTraits::NOTHING #uses)
}

// {ratio:.digits$}    becomes
//     &__p::ByTraits::NOTHING.shown(&__p::format_args!("{__value:.__count_digits$}", __value = …, __count_digits = …))
fn expand_formatted(variant: &Variant<'_>, field: &Field<'_>, spec: &str) -> TokenStream {
    // Widths and precisions that name fields become arguments.
    let format = Literal::string(&format!("{{__value:{}}}", rename_spec_fields(spec, argument_name)));
    let value = expand_by_format(field, spec);
    let counts = expand_counts(variant, spec_fields(spec));
    quote!(&__p::ByTraits::NOTHING.shown(&__p::format_args!(#format, __value = #value #counts)))
}

/// The field, by the trait that its format asks for.
fn expand_by_format(field: &Field<'_>, spec: &str) -> TokenStream {
    let (binding, ty) = (field.binding(), field.ty);
    let formatted = format_ident!("{}", spec_trait(spec));
    quote!(__p::formatted::#formatted::<#ty>(#binding))
}

/// The fields that are widths and precisions, each once.
fn expand_counts(variant: &Variant<'_>, counts: Vec<FieldRef>) -> TokenStream {
    let mut known: Vec<FieldRef> = Vec::new();
    let mut arguments = TokenStream::new();
    for name in counts {
        let Some(argument) = variant.field(&name).filter(|_| !known.contains(&name)) else { continue };
        let (name_of, binding, ty) =
            (format_ident!("{}", argument_name(&argument.name())), argument.binding(), argument.ty);
        arguments.extend(quote!(, #name_of = __p::counts_as_the_field_says::<#ty>(#binding)));
        known.push(name);
    }
    arguments
}

/// `0$` cannot be the name of an argument, `__count_0$` can.
fn argument_name(field: &str) -> String {
    format!("__count_{field}")
}
