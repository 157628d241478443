//! The texts of one error: message, headers and constants. Takes an error; reports what they show that is not there, or
//! that callers may not see.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Member;

use super::{MANY, fields_help};
use crate::attrs::either::{Header, MetaValue, Status};
use crate::attrs::values::Spanned;
use crate::attrs::variant::Message;
use crate::errors::Errors;
use crate::lang::template::{FieldRef, Template};
use crate::lang::{Reason, constant, link, words};
use crate::model::{Field, Input, Variant};

pub(super) fn check(input: &Input<'_>, variant: &Variant<'_>, errors: &mut Errors) {
    if let Some(Spanned { value: Message::Template(template, _), tokens }) = &variant.attrs.message {
        check_causes("message", template, tokens, variant, errors);
    }
    for header in &variant.attrs.headers {
        check_header(header, variant, errors);
    }
    check_public(variant, errors);
    check_status_in_texts(input, variant, errors);
    check_omitted_code(variant, errors);
}

/// What a variant may say itself where another error answers.
pub(super) fn check_holder(variant: &Variant<'_>, errors: &mut Errors) {
    if let Some(Spanned { value: Message::Template(template, _), tokens }) = &variant.attrs.message {
        check_causes("message", template, tokens, variant, errors);
    }
    check_public(variant, errors);
}

/// A header shows only what is there.
fn check_header(header: &Header, variant: &Variant<'_>, errors: &mut Errors) {
    let Spanned { value, tokens } = &header.value;
    for field in missing_fields(value, variant) {
        let reason = match shown(&field) {
            Some(shown) => Reason::new(
                format!("the header shows `{{{shown}}}`, but `{}` has no such field", variant.name()),
                fields_help(variant, Some(&shown)),
            ),
            None => Reason::new("the header shows `{}`, which names no field", fields_help(variant, None)),
        };
        errors.at(tokens, &reason);
    }
    check_causes("header", value, tokens, variant, errors);
}

/// A header of the type shows only what each of its errors has.
pub(super) fn check_headers_of_type(input: &Input<'_>, errors: &mut Errors) {
    for header in &input.attrs.headers {
        let Spanned { value, tokens } = &header.value;
        let is_sent = |variant: &&Variant<'_>| variant.sends_of_type(header);
        let senders: Vec<&Variant<'_>> = input.own().filter(is_sent).collect();
        let without = senders.iter().filter(|variant| !missing_fields(value, variant).is_empty());
        let without: Vec<String> = without.map(|variant| variant.name()).collect();
        if let Some(field) =
            senders.iter().find_map(|variant| missing_fields(value, variant).into_iter().next())
        {
            let shown = shown(&field).unwrap_or_default();
            let reason = if shown == constant::STATUS {
                no_status(&words::shortened(&without, MANY))
            } else {
                Reason::new(
                    format!(
                        "the header shows `{{{shown}}}`, which is no field of {}",
                        words::shortened(&without, MANY)
                    ),
                    "put the header on the variants that have the field, or give those without it a header of the same name",
                )
            };
            errors.at(tokens, &reason);
        } else if let Some(variant) = senders.iter().find(|variant| causes(value, variant).next().is_some()) {
            check_causes("header", value, tokens, variant, errors);
        }
    }
}

/// The places that are no field's and stand for nothing else.
fn missing_fields(template: &Template, variant: &Variant<'_>) -> Vec<FieldRef> {
    let is_constant = |field: &FieldRef| match field {
        FieldRef::Named(name) => name == constant::CODE || name == constant::STATUS && variant.status() > 0,
        FieldRef::Index(_) | FieldRef::Next => false,
    };
    let mut seen = HashSet::new();
    let is_missing = |field: &FieldRef| variant.field(field).is_none() && !is_constant(field);
    template.fields().filter(is_missing).filter(|field| seen.insert(field.clone())).collect()
}

fn shown(field: &FieldRef) -> Option<String> {
    match field {
        FieldRef::Named(name) => Some(name.clone()),
        FieldRef::Index(index) => Some(index.to_string()),
        FieldRef::Next => None,
    }
}

/// The causes that a template shows.
fn causes<'v>(template: &Template, variant: &'v Variant<'_>) -> impl Iterator<Item = &'v Field<'v>> {
    let named: Vec<FieldRef> = template.fields().collect();
    variant.fields.iter().filter(move |field| {
        // Of a held error the message is shown.
        field.is_internal()
            && !variant.is_held(field)
            && named
                .iter()
                .any(|named| variant.field(named).is_some_and(|shown| shown.member == field.member))
    })
}

/// What a cause says is for operators, whatever the status: paths, hosts, statements of a database.
fn check_causes(
    what: &str,
    template: &Template,
    tokens: &TokenStream,
    variant: &Variant<'_>,
    errors: &mut Errors,
) {
    for cause in causes(template, variant) {
        let field = if let Member::Unnamed(_) = cause.member { "field " } else { "" };
        let name = cause.name();
        let reason = Reason::new(
            format!("callers would read what {field}`{name}` says, and that is for operators"),
            format!("take `{{{name}}}` out of the {what}, or put `#[api(public)]` on the field if callers may read it"),
        )
        .with_note("a cause says what the service is made of: hosts, paths, statements; operators read it in the event");
        errors.at(tokens, &reason);
    }
}

/// What to do where the `Display` of an error would show this cause.
pub(super) fn help_for_cause(cause: &Field<'_>) -> String {
    format!(
        "write a `message` that says it without `{{{}}}`; or, if callers may read it, put `#[api(public)]` on the field",
        cause.name()
    )
}

/// A word that allows what needs no allowing leads readers to look for a cause.
fn check_public(variant: &Variant<'_>, errors: &mut Errors) {
    for field in variant.fields.iter().filter(|field| field.attrs.is_public && !field.is_cause) {
        let name = field.name();
        for at in field.attrs.attempted.keys().iter().filter(|at| at.key.name == "public") {
            let reason = Reason::new(
                format!("`{name}` is no cause, so a message may show it as it is"),
                "take `public` away: it stands on a `#[source]`, a `#[from]`, a field called `source` or a `dyn Error`",
            );
            errors.at(&at.ident, &reason);
        }
    }
}

/// `{status}` is the number of a status that is there.
fn check_status_in_texts(input: &Input<'_>, variant: &Variant<'_>, errors: &mut Errors) {
    if !variant.attrs.status.as_ref().is_some_and(|status| status.value == Status::None) {
        return;
    }
    let attrs = &variant.attrs;
    let of_meta = variant.meta.iter().filter_map(|meta| match &meta.value {
        MetaValue::Text(text) => Some(text),
        MetaValue::Json(_) => None,
    });
    let own = [&attrs.title, &attrs.description, &attrs.remedy].into_iter().flatten();
    let texts = own.chain(attrs.section.as_ref().or(input.attrs.section.as_ref())).chain(of_meta);
    let texts =
        texts.filter(|text| constant::shows(&text.value, constant::STATUS)).map(|text| text.tokens.clone());
    let docs = variant.docs(input).filter(|docs| link::shows_status(&docs.value()));
    for tokens in texts.chain(docs.map(ToTokens::to_token_stream)) {
        errors.at(tokens, &no_status(&words::quoted(&variant.name())));
    }
}

fn no_status(whose: &str) -> Reason {
    let wrong = format!("`{{status}}` stands for the status, and there is none on {whose}");
    Reason::new(wrong, "take it out, or give the error a status")
}

/// What is kept off the wire stands in none of the texts that callers may read.
fn check_omitted_code(variant: &Variant<'_>, errors: &mut Errors) {
    if variant.omitted_code().is_none() {
        return;
    }
    let of_meta = variant.meta.iter().filter_map(|meta| match &meta.value {
        MetaValue::Text(text) if constant::shows(&text.value, constant::CODE) => Some(&text.tokens),
        MetaValue::Text(_) | MetaValue::Json(_) => None,
    });
    // What may stand in a body.
    let texts = [&variant.attrs.title, &variant.attrs.remedy].into_iter().flatten();
    let texts = texts.filter(|text| constant::shows(&text.value, constant::CODE)).map(|text| &text.tokens);
    for tokens in variant.code_shown.iter().chain(texts).chain(of_meta) {
        let wrong = format!("`{}` omits its code, and this text shows it", variant.name());
        errors.at(tokens, &Reason::new(wrong, "take `{code}` out, or `omit(code)` away"));
    }
}
