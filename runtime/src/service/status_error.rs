//! The error that stands for a status alone, for foreign errors like a framework's own 404. Takes a status, and a text
//! for callers where there is one; gives an `ApiError` of the code and the message that follow from it.

use std::sync::OnceLock;

use http::StatusCode;

use crate::api_error::ApiError;
use crate::envelope::PreparedBodies;
use crate::render::field::ByTraits;
use crate::render::look::{Declared, Look};
use crate::spec::{ErrorSpec, row};
use crate::status;

/// What stands for one status: with the reason phrase as the message, and with a message of its own.
struct Row {
    by_phrase: Declared,
    by_text: Declared,
}

impl Row {
    fn of(status: StatusCode) -> &'static Self {
        static ROWS: [OnceLock<Box<Row>>; 200] = [const { OnceLock::new() }; 200];
        static NO_ERROR: OnceLock<Box<Row>> = OnceLock::new();
        let row = usize::from(status.as_u16()).checked_sub(400).and_then(|index| ROWS.get(index));
        row.unwrap_or(&NO_ERROR).get_or_init(|| Box::new(Self::new(status)))
    }

    fn new(status: StatusCode) -> Self {
        // There are a few hundred statuses at the most, each made once.
        let kept = |spec| -> &'static ErrorSpec { Box::leak(Box::new(spec)) };
        let declared = |spec| Declared { spec, bodies: Box::leak(Box::new(PreparedBodies::new())) };
        let by_phrase = table().iter().find(|spec| spec.status == status.as_u16());
        Self {
            by_phrase: declared(by_phrase.unwrap_or_else(|| kept(spec(status)))),
            by_text: declared(kept(ErrorSpec { more: row::DISPLAY, ..spec(status) })),
        }
    }
}

/// What is declared of each status that has a name, in their order.
pub(super) fn table() -> &'static [ErrorSpec] {
    static TABLE: OnceLock<Vec<ErrorSpec>> = OnceLock::new();
    TABLE.get_or_init(|| status::named().map(spec).collect())
}

/// What is declared of a status by itself.
fn spec(status: StatusCode) -> ErrorSpec {
    ErrorSpec {
        name: "",
        code: status::code(status),
        status: status.as_u16(),
        title: status::reason_phrase(status),
        message: "",
        more: row::REASON_PHRASE,
    }
}

/// An error of which nothing is known but its status, and perhaps a text for callers.
pub(super) struct StatusError {
    pub(super) status: StatusCode,
    pub(super) text: Option<String>,
}

impl ApiError for StatusError {
    fn __errorbook_look(&self, look: &mut Look<'_>) {
        let row = Row::of(self.status);
        match &self.text {
            Some(text) => look.see(row.by_text, &[&ByTraits::NOTHING.shown(text)]),
            None => look.see(row.by_phrase, &[]),
        }
    }

    fn __errorbook_erased(&self) -> &dyn ApiError {
        self
    }
}
