//! The table of keys: what each is called, who reads it in which place and how it is written. Takes a word; gives its
//! key, or why it is none there. Lookups, messages and hints take it from here, so that each key is spelled once.

use super::unknown::{self, Meant};
use crate::lang::Reason;

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
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Enum => "an enum",
            Self::Struct => "a struct",
            Self::Variant => "a variant",
            Self::Field => "a field",
        }
    }
}

/// The keys of one error: on a variant, or on a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKey {
    Status,
    Code,
    Retry,
    Message,
    Title,
    Description,
    Remedy,
    Act,
    ExampleRequest,
    Section,
    Docs,
    Header,
    Meta,
    Omit,
    Log,
    Transparent,
    Decode,
}

/// The keys of all errors of a type: on an enum, or on a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContainerKey {
    Status,
    Retry,
    Header,
    Meta,
    Log,
    Section,
    Docs,
    Envelope,
    RenameAll,
    RenameAllDetails,
    Backoff,
    SharedCodes,
    CatalogTitle,
    Decode,
    Codes,
    Skip,
    Bound,
    Crate,
}

/// The keys of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldKey {
    Detail,
    Details,
    Null,
    With,
    RetryAfter,
    Header,
    Public,
    Example,
    Transparent,
    Decode,
}

/// The keys of a struct, which is container and error at once. What both know is there its one error's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StructKey {
    Error(ErrorKey),
    Container(ContainerKey),
}

/// A key as it is read in one place.
pub(crate) trait PlaceKey: Copy + PartialEq {
    const PLACE: Place;

    /// The key that this row is in that place.
    fn of(row: &Key) -> Option<Self>;
}

impl PlaceKey for ErrorKey {
    const PLACE: Place = Place::Variant;

    fn of(row: &Key) -> Option<Self> {
        row.read_as.error
    }
}

impl PlaceKey for ContainerKey {
    const PLACE: Place = Place::Enum;

    fn of(row: &Key) -> Option<Self> {
        row.read_as.container
    }
}

impl PlaceKey for FieldKey {
    const PLACE: Place = Place::Field;

    fn of(row: &Key) -> Option<Self> {
        row.read_as.field
    }
}

impl PlaceKey for StructKey {
    const PLACE: Place = Place::Struct;

    fn of(row: &Key) -> Option<Self> {
        // What a struct says of its one error, it says of all.
        let error = row.read_as.error.filter(|key| *key != ErrorKey::Decode).map(Self::Error);
        error.or(row.read_as.container.map(Self::Container))
    }
}

/// A row of the table: a key of `#[api(…)]`.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    read_as: ReadAs,
    /// How it is written, for messages.
    form: &'static str,
    /// What it is about and what to do, for the message when it stands in the wrong place.
    elsewhere: (&'static str, &'static str),
}

/// Who reads a key. Each of them matches over all keys of its own, so that no row goes unread.
struct ReadAs {
    error: Option<ErrorKey>,
    container: Option<ContainerKey>,
    field: Option<FieldKey>,
}

const fn error(key: ErrorKey) -> ReadAs {
    ReadAs { error: Some(key), container: None, field: None }
}

const fn container(key: ContainerKey) -> ReadAs {
    ReadAs { error: None, container: Some(key), field: None }
}

const fn field(key: FieldKey) -> ReadAs {
    ReadAs { error: None, container: None, field: Some(key) }
}

/// On an error, or on its type for all of its errors.
const fn either(error: ErrorKey, container: ContainerKey) -> ReadAs {
    ReadAs { error: Some(error), container: Some(container), field: None }
}

const HEADER: ReadAs =
    ReadAs { field: Some(FieldKey::Header), ..either(ErrorKey::Header, ContainerKey::Header) };
const TRANSPARENT: ReadAs = ReadAs { field: Some(FieldKey::Transparent), ..error(ErrorKey::Transparent) };

/// On a type it says that its errors are rebuilt, on an error that this one is not, on a field from what.
const DECODE: ReadAs =
    ReadAs { field: Some(FieldKey::Decode), ..either(ErrorKey::Decode, ContainerKey::Decode) };

const ONE_ERROR: &str = "belongs to one error, so it stands on a variant";
const ALL_ERRORS: &str = "is one for all errors of a type, so it stands on the enum";

const WHOLE_ERRORS: &str = "is about whole errors, so it stands on a variant or the enum";

const ON_ERROR: &str = "move it to the variant";
const ON_CONTAINER: &str = "move it to the enum";
const ON_FIELD: &str = "move it to the field";

const fn row(
    name: &'static str,
    read_as: ReadAs,
    form: &'static str,
    about: &'static str,
    help: &'static str,
) -> Key {
    Key { name, read_as, form, elsewhere: (about, help) }
}

#[rustfmt::skip]
pub(crate) const KEYS: &[Key] = &[
    row("status", either(ErrorKey::Status, ContainerKey::Status), "status = 404", WHOLE_ERRORS, ON_ERROR),
    row("code", error(ErrorKey::Code), "code = \"not_found\"", ONE_ERROR, ON_ERROR),
    row("retry", either(ErrorKey::Retry, ContainerKey::Retry), "retry = \"backoff\"", WHOLE_ERRORS, ON_ERROR),
    row("message", error(ErrorKey::Message), "message = \"…\"", ONE_ERROR, ON_ERROR),
    row("title", error(ErrorKey::Title), "title = \"…\"", ONE_ERROR, "move it to the variant; the heading of the whole catalogue is `catalog_title`"),
    row("description", error(ErrorKey::Description), "description = \"…\"", ONE_ERROR, "move it to the variant, or write a doc comment here"),
    row("remedy", error(ErrorKey::Remedy), "remedy = \"…\"", ONE_ERROR, ON_ERROR),
    row("act", error(ErrorKey::Act), "act = \"caller\"", ONE_ERROR, ON_ERROR),
    row("example_request", error(ErrorKey::ExampleRequest), "example_request = \"POST /v1/stories\"", ONE_ERROR, ON_ERROR),
    row("section", either(ErrorKey::Section, ContainerKey::Section), "section = \"…\"", WHOLE_ERRORS, ON_ERROR),
    row("docs", either(ErrorKey::Docs, ContainerKey::Docs), "docs = \"https://…\"", WHOLE_ERRORS, ON_ERROR),
    row("header", HEADER, "header(\"X-Name\", \"value\")", WHOLE_ERRORS, ON_ERROR),
    row("meta", either(ErrorKey::Meta, ContainerKey::Meta), "meta(name = \"value\")", WHOLE_ERRORS, ON_ERROR),
    row("omit", error(ErrorKey::Omit), "omit(code)", ONE_ERROR, ON_ERROR),
    row("log", either(ErrorKey::Log, ContainerKey::Log), "log = \"warn\"", WHOLE_ERRORS, ON_ERROR),
    row("transparent", TRANSPARENT, "transparent", "says which field answers, so it stands on a variant with one field, or on the field", ON_ERROR),
    row("detail", field(FieldKey::Detail), "detail = \"name\"", "says which field is a member of `details`, so it stands on a field", "move it to the field; the text that callers read is the `message`"),
    row("details", field(FieldKey::Details), "details", "says which field is all of `details`, so it stands on a field", "move it to the field; constants of your own stand in `meta(…)`"),
    row("null", field(FieldKey::Null), "null", "is about one `detail`, so it stands on a field", ON_FIELD),
    row("with", field(FieldKey::With), "with = ToString::to_string", "gives the form of one field, so it stands on a field", ON_FIELD),
    row("retry_after", field(FieldKey::RetryAfter), "retry_after", "says which field holds the wait, so it stands on a field", "move it to the field; a wait that is always the same is written like `retry = \"after 30s\"`"),
    row("public", field(FieldKey::Public), "public", "says which cause callers may read of, so it stands on a field", ON_FIELD),
    row("example", field(FieldKey::Example), "example = 10", "is a sample value of a field, so it stands on a field", ON_FIELD),
    row("envelope", container(ContainerKey::Envelope), "envelope = errorbook::envelope::NESTED", ALL_ERRORS, ON_CONTAINER),
    row("rename_all", container(ContainerKey::RenameAll), "rename_all = \"snake_case\"", ALL_ERRORS, "move it to the enum; a `code` of its own stands here"),
    row("rename_all_details", container(ContainerKey::RenameAllDetails), "rename_all_details = \"camelCase\"", ALL_ERRORS, "move it to the enum; a name of its own is written on the field, as in `detail = \"storyId\"`"),
    row("backoff", container(ContainerKey::Backoff), "backoff = \"1s 2s 4s 8s\"", ALL_ERRORS, "move it to the enum; one error's own schedule is written like `retry = \"backoff 1s 2s\"`"),
    row("shared_codes", container(ContainerKey::SharedCodes), "shared_codes(\"internal_error\")", ALL_ERRORS, ON_CONTAINER),
    row("catalog_title", container(ContainerKey::CatalogTitle), "catalog_title = \"…\"", ALL_ERRORS, "move it to the enum; the summary of one error is its `title`"),
    row("decode", DECODE, "decode", WHOLE_ERRORS, ON_CONTAINER),
    row("codes", container(ContainerKey::Codes), "codes = StoryCode", ALL_ERRORS, "move it to the enum; the code of one error is its `code`"),
    row("skip", container(ContainerKey::Skip), "skip(axum)", ALL_ERRORS, ON_CONTAINER),
    row("bound", container(ContainerKey::Bound), "bound = \"T: std::fmt::Display\"", ALL_ERRORS, ON_CONTAINER),
    row("crate", container(ContainerKey::Crate), "crate = ::errorbook", ALL_ERRORS, ON_CONTAINER),
];

impl Key {
    pub(crate) fn is(&self, key: impl PlaceKey) -> bool {
        PlaceKey::of(self) == Some(key)
    }

    /// How it is written in this place, as an example.
    pub(crate) fn form(&self, place: Place) -> &'static str {
        match place {
            Place::Field if self.is(FieldKey::Header) => "header = \"X-Name\"",
            Place::Enum if self.is(ContainerKey::Status) => "status = none",
            Place::Variant if self.is(ErrorKey::Decode) => "decode = false",
            Place::Field if self.is(FieldKey::Decode) => "decode = Duration::from_millis",
            _ => self.form,
        }
    }

    /// May stand several times in one place; its values add up.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.is(ErrorKey::Header) || self.is(ErrorKey::Meta)
    }

    /// The key of this name, if it may stand in this place; else why not, and as what it was meant. `is_given` says
    /// whether a key stands there besides.
    pub(crate) fn look_up<K: PlaceKey>(
        name: &str,
        is_given: impl Fn(&str) -> bool,
    ) -> Result<(&'static Self, K), (Reason, Meant)> {
        let Some(row) = KEYS.iter().find(|row| row.name == name) else {
            return Err(unknown::look_up::<K>(name, is_given));
        };
        match K::of(row) {
            Some(key) => Ok((row, key)),
            None => Err((misplaced(row, K::PLACE), Meant::Key(row))),
        }
    }
}

pub(super) fn misplaced(row: &Key, place: Place) -> Reason {
    let (about, help) = match place {
        Place::Field if row.is(ContainerKey::Skip) => (
            ALL_ERRORS,
            "leave it out: callers see only what has `detail`, `details` or `header`, or stands in the message",
        ),
        // Of which type the field is, enum or struct, nobody knows here.
        Place::Field if row.read_as.error.is_some() => {
            ("belongs to a whole error, so it stands on a variant or a struct", "move it there")
        }
        Place::Field => {
            ("is one for all errors of a type, so it stands on the enum or struct", "move it there")
        }
        Place::Enum | Place::Struct | Place::Variant => row.elsewhere,
    };
    Reason::new(format!("`{}` {about}", row.name), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_up<K: PlaceKey>(row: &Key) {
        let found = Key::look_up::<K>(row.name, |_| false).ok().map(|(row, key)| (row.name, key));
        assert!(found == K::of(row).map(|key| (row.name, key)), "{}", row.name);
    }

    #[test]
    fn every_name_leads_to_its_key_where_it_may_stand() {
        for row in KEYS {
            assert!(row.form.starts_with(row.name), "{}", row.form);
            look_up::<ErrorKey>(row);
            look_up::<ContainerKey>(row);
            look_up::<StructKey>(row);
            look_up::<FieldKey>(row);
        }
    }
}
