//! The texts of one error: message, headers and constants. Takes an error; reports what they show that is not there, or
//! that callers may not see.

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Member;

use super::{MANY, fields_help};
use crate::attrs::either::{Header, MetaValue, Status};
use crate::attrs::values::Spanned;
use crate::attrs::variant::Message;
use crate::errors::Errors;
use crate::lang::template::{FieldRef, Piece, Template, spec_fields};
use crate::lang::{Reason, constant, link, words};
use crate::model::{Field, Input, Variant};

pub(super) fn check(input: &Input<'_>, variant: &Variant<'_>, errors: &mut Errors) {
    if let Some(Spanned { value: Message::Template(template, _), tokens }) = &variant.attrs.message {
        check_causes("message", template, tokens, variant, errors);
    }
    for header in &variant.attrs.headers {
        check_header(header, variant, errors);
    }
    check_header_fields(variant, errors);
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
        errors.at(tokens, &no_field("header", &field, variant));
    }
    check_causes("header", value, tokens, variant, errors);
}

/// What is wrong with a place that is no field's; `what` the text is.
pub(super) fn no_field(what: &str, field: &FieldRef, variant: &Variant<'_>) -> Reason {
    let Some(shown) = field.name() else {
        return Reason::new(
            format!("the {what} shows `{{}}`, which names no field"),
            fields_help(variant, None),
        );
    };
    // What another answers for has its own.
    if !variant.is_transparent() && is_constant(field, variant) {
        return formatted_constant(what, &shown);
    }
    Reason::new(
        format!("the {what} shows `{{{shown}}}`, but `{}` has no such field", variant.name()),
        fields_help(variant, Some(&shown)),
    )
}

/// The code and the status are put in when the macro runs, before there is anything to format.
fn formatted_constant(what: &str, name: &str) -> Reason {
    Reason::new(
        format!("`{name}` stands in a {what} as it is, without a format, and is no width"),
        format!("leave the format out, as in `{{{name}}}`; a width is a number or a field"),
    )
}

/// A cause that is itself the value of a header is shown as one in a text is. What a function makes of it, the user chose.
fn check_header_fields(variant: &Variant<'_>, errors: &mut Errors) {
    let causes = variant.fields.iter().filter(|field| field.is_internal() && field.function().is_none());
    for cause in causes {
        for header in &cause.attrs.headers {
            let reason = Reason::new(
                format!("callers would read what `{}` says, and that is for operators", cause.name()),
                "take the `header` away, or add `public` to it if callers may read it",
            );
            errors.at(header, &reason.with_note(OF_CAUSES));
        }
    }
}

const OF_CAUSES: &str =
    "a cause says what the service is made of: hosts, paths, statements; operators read it in the event";

/// A header of the type shows only what each of its errors has.
pub(super) fn check_headers_of_type(input: &Input<'_>, errors: &mut Errors) {
    for header in &input.attrs.headers {
        let Spanned { value, tokens } = &header.value;
        let senders: Vec<&Variant<'_>> =
            input.own().filter(|variant| variant.sends_of_type(header)).collect();
        // Each place that some of them cannot fill, in the order in which the first of them would show it.
        let mut missing: Vec<(FieldRef, Vec<&Variant<'_>>)> = Vec::new();
        let mut known: HashMap<FieldRef, usize> = HashMap::new();
        for variant in &senders {
            for field in missing_fields(value, variant) {
                let index = *known.entry(field.clone()).or_insert(missing.len());
                if index == missing.len() {
                    missing.push((field, Vec::new()));
                }
                missing[index].1.push(variant);
            }
        }
        for (field, without) in &missing {
            errors.at(tokens, &no_field_of_type(field, without));
        }
        if missing.is_empty()
            && let Some(variant) = senders.iter().find(|variant| causes(value, variant).next().is_some())
        {
            check_causes("header", value, tokens, variant, errors);
        }
    }
}

/// What is wrong with a place in a header of the type, which is no field of these errors.
fn no_field_of_type(field: &FieldRef, without: &[&Variant<'_>]) -> Reason {
    let names: Vec<String> = without.iter().map(|variant| variant.name()).collect();
    let names = words::shortened(&names, MANY);
    let shown = field.name().unwrap_or_default();
    if without.iter().any(|variant| is_constant(field, variant)) {
        return formatted_constant("header", &shown);
    }
    if shown == constant::STATUS {
        return no_status(&names);
    }
    Reason::new(
        format!("the header shows `{{{shown}}}`, which is no field of {names}"),
        "put the header on the variants that have the field, or give those without it a header of the same name",
    )
}

/// The places that are no field's and stand for nothing else.
fn missing_fields(template: &Template, variant: &Variant<'_>) -> Vec<FieldRef> {
    let (mut seen, mut missing) = (HashSet::new(), Vec::new());
    for piece in &template.pieces {
        let Piece::Field { field, spec } = piece else { continue };
        let is_filled = spec.is_empty() && is_constant(field, variant);
        let shown = (!is_filled).then(|| field.clone());
        for field in shown.into_iter().chain(spec_fields(spec)) {
            if variant.field(&field).is_none() && seen.insert(field.clone()) {
                missing.push(field);
            }
        }
    }
    missing
}

/// Whether this is `code` or `status`, and the error has one.
fn is_constant(field: &FieldRef, variant: &Variant<'_>) -> bool {
    match field {
        FieldRef::Named(name) => name == constant::CODE || name == constant::STATUS && variant.status() > 0,
        FieldRef::Index(_) | FieldRef::Next => false,
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
        .with_note(OF_CAUSES);
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
