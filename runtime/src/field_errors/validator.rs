//! The `validator` feature: what [validator](::validator) found becomes [`FieldErrors`].

use std::fmt::Write;

use ::validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};
use serde::de::DeserializeOwned;

use crate::field_errors::names::{Finding, Findings, Step};
use crate::field_errors::{FieldErrors, shortened};

/// Validates a value that was read from a request.
///
/// As `value.validate()`, and its report as [`FieldErrors`] whose pointers are those of the request: a field is named as
/// serde names it, where its name there is the name in Rust or the same in another case (`rename_all`). validator
/// counts the entries of a map and does not tell their keys, and the items of a set have no place that a caller knows:
/// what is wrong within has the pointer of the map, or the set.
///
/// # Errors
///
/// All that is wrong with the value.
///
/// ```
/// use std::collections::HashMap;
/// use validator::Validate;
///
/// #[derive(serde::Deserialize, Validate)]
/// #[serde(rename_all = "camelCase")]
/// struct Order {
///     #[validate(length(min = 1))]
///     street_name: String,
///     #[validate(nested)]
///     prices: HashMap<String, Price>,
/// }
///
/// #[derive(serde::Deserialize, Validate)]
/// struct Price {
///     #[validate(range(min = 1))]
///     cents: u32,
/// }
///
/// let order: Order = serde_json::from_str(r#"{"streetName":"","prices":{"basic":{"cents":0}}}"#)?;
/// let fields = errorbook::validator::check(&order).unwrap_err();
/// let pointers: Vec<_> = fields.iter().map(|field| &*field.pointer).collect();
/// assert_eq!(pointers, ["/prices", "/streetName"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check<T: Validate + DeserializeOwned>(value: &T) -> Result<(), FieldErrors> {
    value.validate().map_err(|report| findings(&report).into_json_of::<T>())
}

/// Pointers are made of the names in the report, which are those in the Rust code. The order is that of the names, as
/// validator keeps them in a hash map; items of a list stand in its order, and errors of one field in that of its rules.
///
/// A report does not tell a map from a list: for both it has numbers. They are taken for the places in a list. Of a map
/// they are places in no order that a caller knows; [`check`] asks the type and leaves them out.
///
/// Codes are validator's, or yours. So are messages where there are any; where there is none, it is said in our own
/// words what the rule asks for, without the value that was sent.
impl From<&ValidationErrors> for FieldErrors {
    fn from(errors: &ValidationErrors) -> Self {
        findings(errors).into_reported()
    }
}

/// As from a reference.
impl From<ValidationErrors> for FieldErrors {
    fn from(errors: ValidationErrors) -> Self {
        Self::from(&errors)
    }
}

/// The report as a list, in a fixed order.
pub(crate) fn findings(errors: &ValidationErrors) -> Findings {
    // validator counts the entries of a map.
    let mut found = Findings { counts_maps: true, ..Findings::default() };
    collect(errors, &mut Vec::new(), &mut found);
    found
}

/// Appends all that is wrong with the value to which the steps lead.
fn collect(errors: &ValidationErrors, steps: &mut Vec<Step>, found: &mut Findings) {
    // A raw identifier as serde names it.
    let bare = |name| str::strip_prefix(name, "r#").unwrap_or(name);
    let mut by_name: Vec<_> = errors.errors().iter().map(|(name, kind)| (bare(name), kind)).collect();
    by_name.sort_unstable_by_key(|(name, _)| *name);
    for (name, kind) in by_name {
        // Neither is a field: what is wrong with the struct as a whole, and a list that was validated by itself.
        if matches!(name, "__all__" | "_tmp_validator") {
            collect_kind(kind, steps, found);
        } else {
            at(steps, Step::Name(name.to_owned()), |steps| collect_kind(kind, steps, found));
        }
    }
}

fn collect_kind(kind: &ValidationErrorsKind, steps: &mut Vec<Step>, found: &mut Findings) {
    match kind {
        ValidationErrorsKind::Struct(errors) => collect(errors, steps, found),
        ValidationErrorsKind::List(items) => {
            for (index, errors) in items {
                at(steps, Step::Index(*index), |steps| collect(errors, steps, found));
            }
        }
        ValidationErrorsKind::Field(errors) => {
            for error in errors {
                if found.list.len() >= FieldErrors::MOST {
                    found.more = found.more.saturating_add(1);
                    continue;
                }
                let message =
                    error.message.as_deref().map_or_else(|| message(error), |own| shortened(own.into()));
                found.list.push(Finding { steps: steps.clone(), code: error.code.clone(), message });
            }
        }
    }
}

/// Goes one step down, and back.
fn at(steps: &mut Vec<Step>, step: Step, within: impl FnOnce(&mut Vec<Step>)) {
    steps.push(step);
    within(steps);
    steps.pop();
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
