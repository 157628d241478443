//! The `validator` feature: its errors, nested as they are, become a flat list of field errors.

use std::fmt::Write;

use ::validator::{ValidationError, ValidationErrors, ValidationErrorsKind};

use crate::field_errors::{FieldError, FieldErrors, push_token};

/// Pointers are made of the names in the report, which are those in the Rust code. The order is that of the names, as
/// validator keeps them in a hash map; items of a list stand in its order, and errors of one field in that of its rules.
///
/// Codes are validator's, or yours. So are messages where there are any; where there is none, it is said in our own
/// words what the rule asks for, without the value that was sent.
impl From<&ValidationErrors> for FieldErrors {
    fn from(errors: &ValidationErrors) -> Self {
        let mut found = Self::new();
        collect(errors, &mut String::new(), &mut found);
        found
    }
}

/// As from a reference.
impl From<ValidationErrors> for FieldErrors {
    fn from(errors: ValidationErrors) -> Self {
        Self::from(&errors)
    }
}

/// Appends all that is wrong with the value at `pointer`.
fn collect(errors: &ValidationErrors, pointer: &mut String, found: &mut FieldErrors) {
    // A raw identifier as serde names it.
    let bare = |name| str::strip_prefix(name, "r#").unwrap_or(name);
    let mut by_name: Vec<_> = errors.errors().iter().map(|(name, kind)| (bare(name), kind)).collect();
    by_name.sort_unstable_by_key(|(name, _)| *name);
    for (name, kind) in by_name {
        // Neither is a field: what is wrong with the struct as a whole, and a list that was validated by itself.
        if matches!(name, "__all__" | "_tmp_validator") {
            collect_kind(kind, pointer, found);
        } else {
            at(pointer, name, |pointer| collect_kind(kind, pointer, found));
        }
    }
}

fn collect_kind(kind: &ValidationErrorsKind, pointer: &mut String, found: &mut FieldErrors) {
    match kind {
        ValidationErrorsKind::Struct(errors) => collect(errors, pointer, found),
        ValidationErrorsKind::List(items) => {
            for (index, errors) in items {
                at(pointer, &index.to_string(), |pointer| collect(errors, pointer, found));
            }
        }
        ValidationErrorsKind::Field(errors) => found.extend(errors.iter().map(|error| {
            let message = error.message.clone().unwrap_or_else(|| message(error).into());
            FieldError::new(pointer.clone(), error.code.clone(), message)
        })),
    }
}

/// Goes one step down, and back.
fn at(pointer: &mut String, token: &str, within: impl FnOnce(&mut String)) {
    let end = pointer.len();
    push_token(pointer, token);
    within(pointer);
    pointer.truncate(end);
}

/// What a rule of validator's own asks for. Its `Display` would show the value, which may be a password.
fn message(error: &ValidationError) -> String {
    match &*error.code {
        "required" | "required_nested" => "is required".to_owned(),
        "email" => "is not an email address".to_owned(),
        "url" => "is not a URL".to_owned(),
        "ip" => "is not an IP address".to_owned(),
        "ipv4" => "is not an IPv4 address".to_owned(),
        "ipv6" => "is not an IPv6 address".to_owned(),
        "credit_card" => "is not the number of a credit card".to_owned(),
        "non_control_character" => "contains control characters".to_owned(),
        "length" => bounds(
            "has the wrong length",
            error,
            &[("equal", "exactly"), ("min", "at least"), ("max", "at most")],
        ),
        "range" => bounds(
            "is out of range",
            error,
            &[
                ("min", "at least"),
                ("exclusive_min", "more than"),
                ("max", "at most"),
                ("exclusive_max", "less than"),
            ],
        ),
        _ => "is not valid".to_owned(),
    }
}

/// `is out of range: must be at least 1 and at most 5`.
fn bounds(what: &str, error: &ValidationError, names: &[(&str, &str)]) -> String {
    let mut text = what.to_owned();
    let mut lead = ": must be ";
    for (name, words) in names {
        if let Some(bound) = error.params.get(*name).filter(|bound| bound.is_number()) {
            // Writing to a `String` does not fail.
            let _ = write!(text, "{lead}{words} {bound}");
            lead = " and ";
        }
    }
    text
}
