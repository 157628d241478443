//! Takes a declaration that is understood; reports what breaks the rules that need two facts: an error without a status, a
//! code used twice, `detail` beside `details`. What a single value must look like was checked where it was read; what
//! only constants can tell (codes of other types, the members of an envelope) is checked by the expansion.

mod arguments;
mod code_enum;
mod codes;
mod decode;
mod texts;
mod transparent;

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Member;

use crate::attrs::either::Status;
use crate::attrs::foreign::ErrorText;
use crate::attrs::keys::{ContainerKey, ErrorKey, FieldKey, PlaceKey};
use crate::attrs::variant::Message;
use crate::errors::Errors;
use crate::lang::Reason;
use crate::lang::retry::Wait;
use crate::lang::template::{FieldRef, Template};
use crate::lang::words::{did_you_mean, list, nearest, shortened};
use crate::model::{Field, Input, Variant};

/// So many mistakes of one kind are told of together, at the type.
const MANY: usize = 3;

pub(crate) fn check(input: &Input<'_>, errors: &mut Errors) {
    check_statuses(input, errors);
    for variant in &input.variants {
        if variant.is_transparent() {
            transparent::check(variant, errors);
            check_message(variant, errors);
        } else {
            check_details(variant, errors);
            check_forms(variant, errors);
            check_count_of_fields(variant, errors);
            check_waits(variant, errors);
            check_message_without_status(input, variant, errors);
            check_retry(variant, errors);
            check_message(variant, errors);
            check_leak(input, variant, errors);
            check_omitted_code(input, variant, errors);
            texts::check(input, variant, errors);
        }
    }
    check_retry_of_type(input, errors);
    texts::check_headers_of_type(input, errors);
    codes::check(input, errors);
    decode::check(input, errors);
    code_enum::check(input, errors);
    check_bound(input, errors);
}

/// A bound says of a type's parameters what its impls need: without any it says nothing.
fn check_bound(input: &Input<'_>, errors: &mut Errors) {
    if let Some(first) = input.attrs.bound.first()
        && input.generics.type_params().next().is_none()
    {
        let reason = Reason::new(
            format!("`{}` has no type parameter that a `bound` could be for", input.ident),
            "take `bound` away",
        )
        .with_note("what a type without parameters lacks, rustc reports where it is needed");
        errors.at(first, &reason);
    }
}

/// Each error has a status: without one it could not answer.
fn check_statuses(input: &Input<'_>, errors: &mut Errors) {
    const HELP: &str = "add `#[api(status = …)]`, with the status `none` if it never answers a request";
    // `transparant` is reported already.
    let is_told = |variant: &Variant<'_>| {
        is_meant(input, variant, ErrorKey::Status)
            || is_meant(input, variant, ErrorKey::Transparent)
            || variant.fields.iter().any(|field| field.attrs.attempted.is_given(FieldKey::Transparent))
            || input.attrs.attempted.is_given(ContainerKey::Status)
    };
    let lacks = |variant: &&Variant<'_>| variant.attrs.status.is_none() && !is_told(variant);
    let lacking: Vec<&Variant<'_>> = input.own().filter(lacks).collect();
    if lacking.len() >= MANY && lacking.len() == input.own().count() {
        let names: Vec<String> = lacking.iter().map(|variant| variant.name()).collect();
        let wrong = format!("no error of `{}` has a status: {}", input.ident, shortened(&names, MANY));
        errors.at(input.ident, &Reason::new(wrong, format!("to each, {HELP}")));
        return;
    }
    for variant in lacking {
        errors.at(variant.ident, &Reason::new(format!("`{}` has no status", variant.name()), HELP));
    }
}

/// An error inside a resource has no status whose reason phrase could stand in for a message.
fn check_message_without_status(input: &Input<'_>, variant: &Variant<'_>, errors: &mut Errors) {
    if let Some(status) = &variant.attrs.status
        && status.value == Status::None
        && !is_meant(input, variant, ErrorKey::Message)
    {
        let reason = Reason::new(
            format!("`{}` has neither a status nor a message", variant.name()),
            "add `message = \"…\"`",
        )
        .with_note("with `status = none` there is no reason phrase that could be the message");
        errors.at(&status.tokens, &reason);
    }
}

/// Whether an error has this key, well written or not, in its own place or in one where it cannot stand. That
/// was reported where it was read; what is missing because of it is not a second mistake.
fn is_meant(input: &Input<'_>, variant: &Variant<'_>, key: impl PlaceKey) -> bool {
    variant.attrs.attempted.has(key)
        || input.attrs.attempted.means(key)
        || variant.fields.iter().any(|field| field.attrs.attempted.means(key))
}

/// `after` needs something to wait for, and a wait that nobody looks at is a mistake.
fn check_retry(variant: &Variant<'_>, errors: &mut Errors) {
    let Some(rule) = &variant.attrs.retry else { return };
    let field = variant.wait_field();
    match (&rule.value.wait, field) {
        (Wait::After, None) => {
            let is_reported = |field: &Field<'_>| {
                field.attrs.attempted.has(FieldKey::RetryAfter)
                    || field.attrs.attempted.means(ErrorKey::Retry)
            };
            if variant.attrs.attempted.means(FieldKey::RetryAfter) || variant.fields.iter().any(is_reported) {
                return;
            }
            let reason = Reason::new(
                "this retry rule has nothing to wait for",
                "write how long, as in `after 30s`, or mark a `Duration` field with `retry_after`",
            );
            errors.at(&rule.tokens, &reason);
        }
        (Wait::Backoff(_), Some(field)) => {
            let reason = Reason::new(
                format!("a `backoff` rule waits by its schedule and never looks at `{}`", field.name()),
                "write `after`, which backs off where the field says nothing, or take `retry_after` away",
            );
            errors.at(&rule.tokens, &reason);
        }
        _ => {}
    }
}

/// A rule of the type that waits as a field says is of use only where there is such a field.
fn check_retry_of_type(input: &Input<'_>, errors: &mut Errors) {
    let Some(rule) = input.attrs.retry.as_ref().filter(|rule| matches!(rule.value.wait, Wait::After)) else {
        return;
    };
    let is_without = |variant: &&Variant<'_>| {
        variant.wait_field().is_none()
            && !variant.attrs.attempted.has(ErrorKey::Retry)
            && !is_meant(input, variant, FieldKey::RetryAfter)
    };
    let without: Vec<String> = input.own().filter(is_without).map(Variant::name).collect();
    if without.is_empty() {
        return;
    }
    let reason = Reason::new(
        format!("this retry rule has nothing to wait for in {}", shortened(&without, MANY)),
        "write how long, as in `after 30s`, or give each variant without a `retry_after` field a `retry` of its own",
    );
    errors.at(&rule.tokens, &reason);
}

/// Of as many unknown names in one place the nearest known one is sought, which takes a look at all of those.
const MOST_UNKNOWN: usize = 20;

/// A message shows only what is there.
fn check_message(variant: &Variant<'_>, errors: &mut Errors) {
    arguments::check(variant, errors);
    let Some(message) = &variant.attrs.message else { return };
    let Message::Template(template, _) = &message.value else { return };
    // What is meant by its places is told with the arguments.
    if !variant.attrs.attempted.arguments().is_empty() {
        return;
    }
    // Of a great many the first ones tell what is wrong.
    for field in unknown_fields(template, variant).into_iter().take(MOST_UNKNOWN) {
        errors.at(&message.tokens, &texts::no_field("message", &field, variant));
    }
}

/// Without an envelope of its own the type answers in whatever the service has, where the code may be required.
fn check_omitted_code(input: &Input<'_>, variant: &Variant<'_>, errors: &mut Errors) {
    if let Some(omitted) = &variant.attrs.omits_code
        && !input.attempted(ContainerKey::Envelope)
        && !is_meant(input, variant, ContainerKey::Envelope)
    {
        let reason = Reason::new(
            "`omit(code)` needs an envelope that can do without the code",
            "put `envelope = …` on the type, with `code?` in that envelope",
        )
        .with_note("the default envelope always shows a code");
        errors.at(omitted, &reason);
    }
}

fn unknown_fields(template: &Template, variant: &Variant<'_>) -> Vec<FieldRef> {
    let mut seen = HashSet::new();
    template.fields().filter(|field| variant.field(field).is_none() && seen.insert(field.clone())).collect()
}

fn fields_help(variant: &Variant<'_>, wanted: Option<&str>) -> String {
    let names: Vec<String> = variant.fields.iter().map(Field::name).collect();
    let near = wanted.and_then(|wanted| nearest(wanted, names.iter().map(String::as_str)));
    did_you_mean(near.map(|near| format!("{{{near}}}")), || match &*names {
        [] => "it has no fields; a brace that is meant as one is written twice: `{{`".to_owned(),
        [one] if wanted.is_none() => format!("write `{{{one}}}`"),
        [one] => format!("its field is `{one}`"),
        several => format!("its fields are {}", list(several)),
    })
}

/// What a cause says is for operators: a 4xx whose `Display` shows it would show it to the world.
fn check_leak(input: &Input<'_>, variant: &Variant<'_>, errors: &mut Errors) {
    if !variant.is_client_error() || is_meant(input, variant, ErrorKey::Message) {
        return;
    }
    let Some(text) = &variant.error_text else { return };
    let mut causes = variant.fields.iter().filter(|field| field.is_internal());
    let shown = match text {
        ErrorText::Transparent(tokens) | ErrorText::Function(tokens) => {
            causes.next().map(|cause| (cause, tokens.clone()))
        }
        ErrorText::Format { .. } => causes.find_map(|cause| Some((cause, text.place_of(&cause.name())?))),
    };
    let Some((cause, tokens)) = shown else { return };
    let field = if let Member::Unnamed(_) = cause.member { "field " } else { "" };
    let (would, note) = if let ErrorText::Function(_) = text {
        (
            "could",
            "the function is given every field, and callers of a 4xx without a `message` read what it writes",
        )
    } else {
        ("would", "without a `message`, callers of a 4xx read the type's `Display`")
    };
    let reason = Reason::new(
        format!("callers {would} read what {field}`{}` says, and that is for operators", cause.name()),
        texts::help_for_cause(cause),
    )
    .with_note(note);
    errors.at(tokens, &reason);
}

/// As many fields with a key the runtime can tell apart.
const MOST_FIELDS: usize = 100;

/// The runtime keeps in a bit each which details of an error there are, so that there is a most of them.
fn check_count_of_fields(variant: &Variant<'_>, errors: &mut Errors) {
    let count = variant.keyed_fields().count();
    if count > MOST_FIELDS {
        let reason = Reason::new(
            format!("`{}` has {count} fields with a key, and {MOST_FIELDS} are the most", variant.name()),
            "put those that belong together into a type of their own, which is one `detail`",
        );
        errors.at(variant.ident, &reason);
    }
}

/// Details are either members, each with a name of its own, or one whole.
fn check_details(variant: &Variant<'_>, errors: &mut Errors) {
    let mut first_member = None;
    let mut members: HashMap<String, TokenStream> = HashMap::new();
    let mut whole: Option<&Ident> = None;
    for field in &variant.fields {
        if let Some((ident, name)) = &field.attrs.detail {
            let tokens = name.as_ref().map_or_else(|| ident.to_token_stream(), ToTokens::to_token_stream);
            if let (None, Member::Unnamed(_)) = (name, &field.member) {
                let reason =
                    Reason::new("a field without a name needs one in the details", "write `detail = \"…\"`");
                errors.at(ident, &reason);
            } else if let Some(name) = field.detail_name() {
                first_member.get_or_insert(tokens.clone());
                if let Some(first) = members.get(&*name) {
                    errors.first_was_here(first, &format!("`{name}` is first used here"));
                    let reason = Reason::new(
                        format!("two details of `{}` are called `{name}`", variant.name()),
                        "give one of them another name, as in `detail = \"…\"`",
                    );
                    errors.at(&tokens, &reason);
                }
                members.entry(name.into_owned()).or_insert(tokens);
            }
        }
        let Some(details) = &field.attrs.details else { continue };
        if let Some(first) = whole {
            errors.first_was_here(first, "this field is all of the details already");
            let reason = Reason::new("two fields are all of the details", "mark both with `detail` instead");
            errors.at(details, &reason);
        }
        whole = whole.or(Some(details));
    }
    if let (Some(details), Some(member)) = (whole, &first_member) {
        errors.first_was_here(member, "this field is a member of the details");
        let reason = Reason::new(
            "a field that is all of the details leaves no room for a `detail`",
            "mark the fields with `detail`, each a member, or keep `details` alone",
        );
        errors.at(details, &reason);
    }
}

/// `null` and `with` say how something is sent: beside nothing that is sent they would do nothing.
fn check_forms(variant: &Variant<'_>, errors: &mut Errors) {
    for field in &variant.fields {
        let (attrs, name) = (&field.attrs, field.name());
        let has = |key: FieldKey| attrs.attempted.has(key);
        // A field of a tuple has no name that a detail could have.
        let detail = if let Member::Named(_) = field.member { "detail" } else { "detail = \"…\"" };
        if let Some(null) = &attrs.null {
            if attrs.details.is_some() {
                let reason = Reason::new(
                    format!("`null` keeps a member of the details, and `{name}` is all of them"),
                    "take it away: an envelope with `details` in place of `details?` says `null` where there are none",
                );
                errors.at(null, &reason);
            } else if !has(FieldKey::Detail) && !has(FieldKey::Details) {
                let reason = Reason::new(
                    format!("`null` keeps a member of the details, and `{name}` is none"),
                    format!("add `{detail}`, or take it away"),
                );
                errors.at(null, &reason);
            }
        }
        let is_sent = [FieldKey::Detail, FieldKey::Details, FieldKey::Header].into_iter().any(has);
        if let (Some((with, _)), false) = (&attrs.with, is_sent) {
            let reason = Reason::new(
                format!(
                    "`with` gives a field's form in the details or in a header, and `{name}` is in neither"
                ),
                format!("add `{detail}` or `header = \"X-Name\"`, or take it away"),
            )
            .with_note("a message shows the field itself, and `retry_after` takes the wait as it is");
            errors.at(with, &reason);
        }
    }
}

/// There is one `Retry-After`, so there is one field that holds it.
fn check_waits(variant: &Variant<'_>, errors: &mut Errors) {
    let mut waits = variant.fields.iter().filter_map(|field| field.attrs.retry_after.as_ref());
    let Some(first) = waits.next() else { return };
    for second in waits {
        errors.first_was_here(first, "this field holds the wait already");
        let reason =
            Reason::new("two fields hold the wait of one error", "keep `retry_after` on one of them");
        errors.at(second, &reason);
    }
}
