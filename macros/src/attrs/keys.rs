//! The table of keys: what each is called, where it may stand and how it is written. Lookups, messages and
//! hints take it from here, so that each key is spelled once.

use crate::lang::Reason;
use crate::lang::words::{did_you_mean, list, nearest};

/// Where an `#[api(…)]` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Enum,
    /// A struct is container and error at once.
    Struct,
    Variant,
    Field,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Enum => "an enum",
            Self::Struct => "a struct",
            Self::Variant => "a variant",
            Self::Field => "a field",
        }
    }
}

/// Each key of `#[api(…)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Status,
    Code,
    Retry,
    Message,
    Title,
    Description,
    Remedy,
    Section,
    Docs,
    Header,
    Meta,
    Omit,
    Log,
    Transparent,
    Detail,
    Details,
    RetryAfter,
    Example,
    Envelope,
    RenameAll,
    Backoff,
    SharedCodes,
    CatalogTitle,
    Skip,
    Crate,
}

struct Row {
    key: Key,
    name: &'static str,
    places: &'static [Place],
    /// How it is written, for messages.
    form: &'static str,
    /// What it is about and what to do, for the message when it stands in the wrong place.
    elsewhere: (&'static str, &'static str),
}

const ERROR: &[Place] = &[Place::Variant, Place::Struct];
const CONTAINER: &[Place] = &[Place::Enum, Place::Struct];
const BOTH: &[Place] = &[Place::Enum, Place::Struct, Place::Variant];
const FIELD: &[Place] = &[Place::Field];
const HEADER: &[Place] = &[Place::Variant, Place::Struct, Place::Field];

const ON_ERROR: &str = "move it to the variant";
const ON_CONTAINER: &str = "move it to the enum";
const ON_FIELD: &str = "move it to the field";

const fn row(
    key: Key,
    name: &'static str,
    places: &'static [Place],
    form: &'static str,
    about: &'static str,
    help: &'static str,
) -> Row {
    Row { key, name, places, form, elsewhere: (about, help) }
}

#[rustfmt::skip]
const KEYS: &[Row] = &[
    row(Key::Status, "status", ERROR, "status = 404", "belongs to one error, so it stands on a variant", ON_ERROR),
    row(Key::Code, "code", ERROR, "code = \"not_found\"", "belongs to one error, so it stands on a variant", ON_ERROR),
    row(Key::Retry, "retry", ERROR, "retry = \"backoff\"", "belongs to one error, so it stands on a variant", ON_ERROR),
    row(Key::Message, "message", ERROR, "message = \"…\"", "belongs to one error, so it stands on a variant", ON_ERROR),
    row(Key::Title, "title", ERROR, "title = \"…\"", "belongs to one error, so it stands on a variant", "move it to the variant; the heading of the whole catalogue is `catalog_title`"),
    row(Key::Description, "description", ERROR, "description = \"…\"", "belongs to one error, so it stands on a variant", "move it to the variant, or write a doc comment here"),
    row(Key::Remedy, "remedy", ERROR, "remedy = \"…\"", "belongs to one error, so it stands on a variant", ON_ERROR),
    row(Key::Section, "section", BOTH, "section = \"…\"", "is about whole errors, so it stands on a variant or the enum", ON_ERROR),
    row(Key::Docs, "docs", BOTH, "docs = \"https://…\"", "is about whole errors, so it stands on a variant or the enum", ON_ERROR),
    row(Key::Header, "header", HEADER, "header(\"X-Name\", \"value\")", "belongs to one error, so it stands on a variant or a field", ON_ERROR),
    row(Key::Meta, "meta", ERROR, "meta(name = \"value\")", "belongs to one error, so it stands on a variant", ON_ERROR),
    row(Key::Omit, "omit", ERROR, "omit(code)", "belongs to one error, so it stands on a variant", ON_ERROR),
    row(Key::Log, "log", ERROR, "log = \"warn\"", "belongs to one error, so it stands on a variant", ON_ERROR),
    row(Key::Transparent, "transparent", ERROR, "transparent", "is about a variant with one field, so it stands on the variant", ON_ERROR),
    row(Key::Detail, "detail", FIELD, "detail = \"name\"", "says which field is a member of `details`, so it stands on a field", ON_FIELD),
    row(Key::Details, "details", FIELD, "details", "says which field is all of `details`, so it stands on a field", ON_FIELD),
    row(Key::RetryAfter, "retry_after", FIELD, "retry_after", "says which field holds the wait, so it stands on a field", "move it to the field, or write `retry = \"after 30s\"` here"),
    row(Key::Example, "example", FIELD, "example = 10", "is a sample value of a field, so it stands on a field", ON_FIELD),
    row(Key::Envelope, "envelope", CONTAINER, "envelope = errorbook::envelope::NESTED", "is one for all errors of a type, so it stands on the enum", ON_CONTAINER),
    row(Key::RenameAll, "rename_all", CONTAINER, "rename_all = \"snake_case\"", "is one for all errors of a type, so it stands on the enum", "move it to the enum, or write a `code` here"),
    row(Key::Backoff, "backoff", CONTAINER, "backoff = \"1s 2s 4s 8s\"", "is one for all errors of a type, so it stands on the enum", "move it to the enum, or write `retry = \"backoff 1s 2s\"` here"),
    row(Key::SharedCodes, "shared_codes", CONTAINER, "shared_codes(\"internal_error\")", "is one for all errors of a type, so it stands on the enum", ON_CONTAINER),
    row(Key::CatalogTitle, "catalog_title", CONTAINER, "catalog_title = \"…\"", "is one for all errors of a type, so it stands on the enum", "move it to the enum; the summary of one error is its `title`"),
    row(Key::Skip, "skip", CONTAINER, "skip(axum)", "is one for all errors of a type, so it stands on the enum", ON_CONTAINER),
    row(Key::Crate, "crate", CONTAINER, "crate = ::errorbook", "is one for all errors of a type, so it stands on the enum", ON_CONTAINER),
];

impl Key {
    fn row(self) -> &'static Row {
        // Every key has a row: a unit test looks each up.
        KEYS.iter().find(|row| row.key == self).unwrap_or(&KEYS[0])
    }

    pub(crate) fn name(self) -> &'static str {
        self.row().name
    }

    /// How it is written in this place, as an example.
    pub(crate) fn form(self, place: Place) -> &'static str {
        match (self, place) {
            (Self::Header, Place::Field) => "header = \"X-Name\"",
            _ => self.row().form,
        }
    }

    /// May stand several times in one place; its values add up.
    pub(crate) fn is_repeatable(self) -> bool {
        matches!(self, Self::Header | Self::Meta)
    }

    /// The key of this name, if it may stand in this place; else why not, and which key it was meant to be,
    /// if that can be told.
    pub(crate) fn look_up(name: &str, place: Place) -> Result<Self, (Reason, Option<Self>)> {
        match KEYS.iter().find(|row| row.name == name) {
            None => Err(unknown(name, place)),
            Some(row) if row.places.contains(&place) => Ok(row.key),
            Some(row) => Err((misplaced(row, place), Some(row.key))),
        }
    }
}

fn misplaced(row: &Row, place: Place) -> Reason {
    let (about, help) = match place {
        // Of which type the field is, enum or struct, nobody knows here.
        Place::Field if row.places.contains(&Place::Variant) => {
            ("belongs to a whole error, so it stands on a variant or a struct", "move it there")
        }
        Place::Field => {
            ("is one for all errors of a type, so it stands on the enum or struct", "move it there")
        }
        Place::Enum | Place::Struct | Place::Variant => row.elsewhere,
    };
    Reason::new(format!("`{}` {about}", row.name), help)
}

fn unknown(name: &str, place: Place) -> (Reason, Option<Key>) {
    let here = || KEYS.iter().filter(|row| row.places.contains(&place)).map(|row| row.name);
    let near = nearest(name, here()).or_else(|| nearest(name, KEYS.iter().map(|row| row.name)));
    let help = did_you_mean(near, || format!("the keys of {} are {}", place.name(), list(here())));
    let meant = KEYS.iter().find(|row| near == Some(row.name)).map(|row| row.key);
    (Reason::new(format!("unknown key `{name}`"), help), meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_key_and_back() {
        for row in KEYS {
            assert_eq!(row.key.name(), row.name);
            assert!(row.form.starts_with(row.name), "{}", row.form);
            for place in row.places {
                assert_eq!(Key::look_up(row.name, *place).ok(), Some(row.key));
            }
        }
    }
}
