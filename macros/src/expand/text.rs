//! A template as `format_args!`: the text of a header, the words of a variant that holds another error, and a single place
//! of a message. It is put together where it is shown, and nowhere else.

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::lang::template::{FieldRef, Piece, Template, rename_spec_fields, spec_fields, spec_trait};
use crate::model::{Field, Variant};

// "{org}/{run:>8}: {error}", where `error` is held    becomes
//     __p::format_args!("{__0:}/{__2:>8}: {__4:}",
//         __0 = __p::formatted::Display::<Org>(__field_org), __2 = …, __4 = __p::MessageOf(__held))
/// A whole text.
pub(super) fn expand(variant: &Variant<'_>, template: &Template) -> TokenStream {
    let mut format = String::new();
    let mut arguments = TokenStream::new();
    let mut counts = Vec::new();
    for (index, piece) in template.pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Piece::Field { field, spec } => {
                let Some(field) = variant.field(field) else { continue };
                let (argument, value) = (format_ident!("__{index}"), expand_by_format(variant, field, spec));
                counts.extend(spec_fields(spec));
                let spec = rename_spec_fields(spec, argument_name);
                format.extend(["{", &argument.to_string(), ":", &spec, "}"]);
                arguments.extend(quote!(, #argument = #value));
            }
        }
    }
    arguments.extend(expand_counts(variant, counts));
    quote!(__p::format_args!(#format #arguments))
}

/// One place of a message that has a format.
// {ratio:.digits$}    becomes
//     &__p::ByTraits::NOTHING.shown(&__p::format_args!("{__value:.__count_digits$}", __value = …, __count_digits = …))
pub(super) fn expand_place(variant: &Variant<'_>, field: &Field<'_>, spec: &str) -> TokenStream {
    // Widths and precisions that name fields become arguments.
    let format = Literal::string(&format!("{{__value:{}}}", rename_spec_fields(spec, argument_name)));
    let value = expand_by_format(variant, field, spec);
    let counts = expand_counts(variant, spec_fields(spec));
    quote!(&__p::ByTraits::NOTHING.shown(&__p::format_args!(#format, __value = #value #counts)))
}

/// The field, by the trait that its format asks for; of a held error its message, whatever that is.
fn expand_by_format(variant: &Variant<'_>, field: &Field<'_>, spec: &str) -> TokenStream {
    if variant.is_held(field) {
        return quote!(__p::MessageOf(__held));
    }
    let (binding, ty) = (field.binding(), field.ty);
    let formatted = format_ident!("{}", spec_trait(spec));
    quote!(__p::formatted::#formatted::<#ty>(#binding))
}

/// The fields that are widths and precisions, each once.
fn expand_counts(variant: &Variant<'_>, counts: Vec<FieldRef>) -> TokenStream {
    let mut known = HashSet::new();
    let mut arguments = TokenStream::new();
    for name in counts {
        let Some(argument) = variant.field(&name).filter(|_| !known.contains(&name)) else { continue };
        let (name_of, binding, ty) =
            (format_ident!("{}", argument_name(&argument.name())), argument.binding(), argument.ty);
        arguments.extend(quote!(, #name_of = __p::counts_as_the_field_says::<#ty>(#binding)));
        known.insert(name);
    }
    arguments
}

/// `0$` cannot be the name of an argument, `__count_0$` can.
pub(super) fn argument_name(field: &str) -> String {
    format!("__count_{field}")
}
