//! The rules of variants in which another error answers. Takes such a variant; reports where it is not clear which field
//! answers, and what would never be sent.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use crate::attrs::keys::{ErrorKey, FieldKey, PlaceKey};
use crate::attrs::variant::Message;
use crate::errors::Errors;
use crate::lang::Reason;
use crate::lang::template::{Piece, spec_trait};
use crate::model::types::{bare, only_argument};
use crate::model::{Field, Variant};

/// Where another type answers, everything is that type's own, save the words around its message.
pub(super) fn check(variant: &Variant<'_>, errors: &mut Errors) {
    let field = match (&variant.attrs.transparent, variant.transparent_field()) {
        (Some(transparent), None) => the_only_field(variant, transparent, errors),
        (on_variant, Some(field)) => {
            check_one_answers(variant, on_variant.as_ref(), errors);
            Some(field)
        }
        (None, None) => None,
    };
    check_beside(variant, errors);
    check_shown_message(variant, errors);
    super::texts::check_holder(variant, errors);
    let Some(field) = field else { return };
    // What a `dyn ApiError` answers is not known before the program runs: neither page nor client could tell.
    if let Some(tokens) = of_dyn(field.ty) {
        let reason = Reason::new(
            "`transparent` needs a type that is known, and this is a trait object",
            "hold the error type itself, or declare a `status` here instead",
        )
        .with_note("the catalogue, the documentation and the client must know which codes there are");
        errors.at(tokens, &reason);
    }
}

/// On a variant `transparent` does not say which field is meant, so there is one.
fn the_only_field<'v>(
    variant: &'v Variant<'v>,
    transparent: &Ident,
    errors: &mut Errors,
) -> Option<&'v Field<'v>> {
    if let [field] = variant.fields.as_slice() {
        return Some(field);
    }
    let (count, help) = match variant.fields.len() {
        0 => ("none".to_owned(), "hold the error that answers, or declare a `status` here instead"),
        count => (
            count.to_string(),
            "move `transparent` to the field that answers, or declare a `status` here instead",
        ),
    };
    let reason = Reason::new(
        format!("`transparent` needs exactly one field, and `{}` has {count}", variant.name()),
        help,
    );
    errors.at(transparent, &reason);
    None
}

/// One error answers.
fn check_one_answers(variant: &Variant<'_>, on_variant: Option<&Ident>, errors: &mut Errors) {
    let mut answering = variant.fields.iter().filter_map(|field| field.attrs.transparent.as_ref());
    let Some(first) = answering.next() else { return };
    if let Some(on_variant) = on_variant {
        let reason = Reason::new(
            "`transparent` stands on a field of this variant already",
            "keep that one: it says which field answers",
        );
        errors.at(on_variant, &reason);
    }
    for second in answering {
        errors.first_was_here(first, "this field answers already");
        errors.at(second, &Reason::new("two fields would answer for one error", "keep one of them"));
    }
}

/// What is declared beside the field that answers would never be sent.
fn check_beside(variant: &Variant<'_>, errors: &mut Errors) {
    let field_speaks = variant.transparent_field().is_none();
    for at in variant.attrs.attempted.keys() {
        // On a struct stand keys of the container too, and those have their place.
        let has_place = |key: &ErrorKey| matches!(key, ErrorKey::Transparent | ErrorKey::Decode);
        let Some(key) = ErrorKey::of(at.key).filter(|key| !has_place(key)) else { continue };
        let name = at.key.name;
        let help = match key {
            ErrorKey::Message if !field_speaks => continue,
            ErrorKey::Message if variant.fields.len() == 1 => {
                "move `transparent` to the field: there a `message` may stand beside it, in which the field is the \
                 held error's message"
            }
            _ => "take one of them away: with `transparent` the field answers, and everything is its own",
        };
        errors.at(&at.ident, &Reason::new(format!("`{name}` has no place beside `transparent`"), help));
    }
    for field in &variant.fields {
        let is_other = !variant.is_held(field);
        for at in field.attrs.attempted.keys() {
            if at.key.is(FieldKey::Transparent) || is_other && at.key.is(FieldKey::Public) {
                continue;
            }
            let name = at.key.name;
            let help = if is_other {
                "take it away: the held error answers, and this field can only be shown in the `message`"
            } else {
                "take one of them away: with `transparent` the field answers, and everything is its own"
            };
            errors.at(&at.ident, &Reason::new(format!("`{name}` has no place beside `transparent`"), help));
        }
    }
}

/// The message of a held error is a text, and is formatted as one.
fn check_shown_message(variant: &Variant<'_>, errors: &mut Errors) {
    let Some(message) = &variant.attrs.message else { return };
    let Message::Template(template, _) = &message.value else { return };
    for piece in &template.pieces {
        let Piece::Field { field, spec } = piece else { continue };
        let Some(field) = variant.field(field).filter(|field| variant.is_held(field)) else { continue };
        if !["Display", "Debug"].contains(&spec_trait(spec)) {
            let name = field.name();
            let reason = Reason::new(
                format!("the message shows `{{{name}:{spec}}}`, but what `{name}` says is a text"),
                format!("write `{{{name}}}`"),
            )
            .with_note("of an error that is held transparently, its message is shown");
            errors.at(&message.tokens, &reason);
        }
    }
}

/// `dyn ApiError + Send` in `Box<dyn ApiError + Send>`: behind the pointers through which an error is one.
fn of_dyn(ty: &syn::Type) -> Option<TokenStream> {
    match bare(ty) {
        syn::Type::TraitObject(object) => Some(object.to_token_stream()),
        syn::Type::Reference(reference) => of_dyn(&reference.elem),
        ty => ["Box", "Arc"].iter().find_map(|pointer| of_dyn(only_argument(ty, pointer)?)),
    }
}
