//! The small languages that stand in attribute values, a file each. Take a text; give its value, or the reason why it has
//! none. Nothing here knows syn or spans: the caller puts the reason at the place where the text stood.

pub(crate) mod case;
pub(crate) mod code;
pub(crate) mod constant;
pub(crate) mod header;
pub(crate) mod http_token;
pub(crate) mod json;
pub(crate) mod link;
pub(crate) mod media_type;
pub(crate) mod retry;
pub(crate) mod status;
pub(crate) mod template;
pub(crate) mod words;

/// Why a text does not parse: what is wrong, what to write instead, and why where that is not plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) wrong: String,
    pub(crate) help: String,
    pub(crate) note: Option<String>,
}

impl Reason {
    pub(crate) fn new(wrong: impl Into<String>, help: impl Into<String>) -> Self {
        Self { wrong: wrong.into(), help: help.into(), note: None }
    }

    pub(crate) fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}
