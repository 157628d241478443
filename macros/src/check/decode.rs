//! The rules of `decode`. Takes a declaration whose errors are to be rebuilt from what was sent; reports what is not sent
//! and so cannot be, and what would be read by nobody.

use crate::attrs::keys::{ContainerKey, ErrorKey, FieldKey};
use crate::errors::Errors;
use crate::lang::Reason;
use crate::model::decode::Obstacle;
use crate::model::{Field, Input, Variant};

pub(super) fn check(input: &Input<'_>, errors: &mut Errors) {
    let is_meant = input.attempted(ContainerKey::Decode);
    for variant in &input.variants {
        // Beside a field that answers no key has a place, which is told there.
        for field in variant.fields.iter().filter(|_| !variant.is_transparent()) {
            check_reader(field, is_meant, input.kind(), errors);
        }
        if let Some(word) = variant.attrs.not_decoded.as_ref().filter(|_| !is_meant) {
            errors.at(word, &nothing_is_rebuilt(input.kind()));
        }
        if input.is_decoded() && variant.may_be_rebuilt() && !variant.attrs.attempted.means(ErrorKey::Decode)
        {
            check_fields(variant, errors);
        }
    }
}

/// What stands in the declaration and does nothing misleads whoever reads it.
fn nothing_is_rebuilt(kind: &str) -> Reason {
    Reason::new(
        "no error of this type is rebuilt from its response, so nothing is to say of it here",
        format!("put `#[api(decode)]` on the {kind}, or take this away"),
    )
}

/// A function that reads a field of the details needs one that is sent.
fn check_reader(field: &Field<'_>, is_meant: bool, kind: &str, errors: &mut Errors) {
    let Some((key, _)) = &field.attrs.decode else { return };
    let has = |key: FieldKey| field.attrs.attempted.has(key);
    if !is_meant {
        errors.at(key, &nothing_is_rebuilt(kind));
    } else if !has(FieldKey::Detail) && !has(FieldKey::Details) {
        let name = field.name();
        let detail = if let syn::Member::Named(_) = field.member { "detail" } else { "detail = \"…\"" };
        let reason = Reason::new(
            format!("`decode` makes a field of what the details hold of it, and `{name}` is not among them"),
            format!("add `{detail}`, or take it away"),
        );
        errors.at(key, &reason);
    }
}

/// Each field has a value, or the error cannot be rebuilt. A cause is never sent, so that an error which holds one is
/// known by its spec alone, as everybody sees; of others its author may have thought that callers have them.
fn check_fields(variant: &Variant<'_>, errors: &mut Errors) {
    let found = |field| Some((field, Field::source(field).err()?));
    let obstacles: Vec<(&Field<'_>, Obstacle)> = variant.other_fields().filter_map(found).collect();
    if obstacles.iter().any(|(_, obstacle)| *obstacle == Obstacle::Cause) {
        return;
    }
    // What was meant by a key that cannot be read is not known.
    let is_clear = |field: &Field<'_>| {
        ![FieldKey::Detail, FieldKey::Details, FieldKey::RetryAfter]
            .into_iter()
            .any(|key| field.attrs.attempted.has(key) && !(field.is_in_details() || field.is_wait()))
    };
    for (field, obstacle) in obstacles.into_iter().filter(|(field, _)| is_clear(field)) {
        errors.at(field.ty, &reason(variant, field, obstacle));
    }
}

fn reason(variant: &Variant<'_>, field: &Field<'_>, obstacle: Obstacle) -> Reason {
    let of_tuple = if let syn::Member::Unnamed(_) = field.member { "field " } else { "" };
    let field_name = format!("{of_tuple}`{}`", field.name());
    let leave_out =
        if variant.is_enum { "write `decode = false` on the variant" } else { "take `decode` away" };
    let detail = if of_tuple.is_empty() { "`detail`" } else { "`detail` and its name there" };
    let (why, help) = match obstacle {
        Obstacle::NotSent if variant.is_transparent() => {
            ("is not sent".to_owned(), format!("make it an `Option`, which is `None` then, or {leave_out}"))
        }
        Obstacle::NotSent | Obstacle::Header | Obstacle::Cause => (
            if obstacle == Obstacle::Header { "is sent as a header alone" } else { "is not sent" }.to_owned(),
            format!("mark it with {detail}, make it an `Option`, which is `None` then, or {leave_out}"),
        ),
        Obstacle::Form => (
            format!("is sent as what `{}` makes of it", field.function_text().unwrap_or_default()),
            format!(
                "name a function that makes the field of that again, as in `decode = Duration::from_millis`, or {leave_out}"
            ),
        ),
        Obstacle::Reference => (
            "borrows what is gone when the response is read".to_owned(),
            format!("make it a type that owns its value, like `String` or `Cow`, or {leave_out}"),
        ),
    };
    Reason::new(format!("clients cannot rebuild `{}`: {field_name} {why}", variant.name()), help)
        .with_note("with `decode`, each field comes from the details or from `Retry-After`")
}
