//! The table of slots: how each is written, and which variant of the runtime's `Slot` it is. Takes a word; gives its
//! slot, or the reason why it is none.

use crate::lang::Reason;
use crate::lang::words::{did_you_mean, list, nearest, quoted};

/// A kind of slot.
pub(super) struct Kind {
    /// As it is written.
    pub(super) word: &'static str,
    /// The variant of the runtime's `Slot`; of [`FIELD`] each name has one.
    variant: &'static str,
    /// Written with a name behind a dot, as in this example.
    pub(super) example_name: Option<&'static str>,
}

impl Kind {
    /// The slot as it could be written.
    pub(super) fn example(&self) -> String {
        match self.example_name {
            Some(name) => format!("{}.{name}", self.word),
            None => self.word.to_owned(),
        }
    }
}

const fn kind(word: &'static str, variant: &'static str) -> Kind {
    Kind { word, variant, example_name: None }
}

const fn named(word: &'static str, variant: &'static str, example_name: &'static str) -> Kind {
    Kind { example_name: Some(example_name), ..kind(word, variant) }
}

const KINDS: &[Kind] = &[
    kind("code", "Code"),
    kind("message", "Message"),
    kind("title", "Title"),
    kind("problem_title", "ProblemTitle"),
    kind("docs_url", "DocsUrl"),
    kind("remedy", "Remedy"),
    kind("act", "Act"),
    kind("status", "Status"),
    kind("status_string", "StatusString"),
    kind("reason", "Reason"),
    kind("request_id", "RequestId"),
    named("context", "Context", "run_id"),
    kind(DETAILS, "Details"),
    kind("retryable", "Retryable"),
    kind("retry_after", "RetryAfter"),
    kind("retry_after_ms", "RetryAfterMs"),
    named("meta", "Meta", "type"),
    named(FIELD, "", "message"),
];

/// The slot that tells of one field error.
pub(super) const FIELD: &str = "field";

/// The names behind `field.`, which are these alone, and their variants.
const FIELD_PARTS: [(&str, &str); 4] = [
    ("pointer", "FieldPointer"),
    ("fragment", "FieldFragment"),
    ("code", "FieldCode"),
    ("message", "FieldMessage"),
];

/// The one slot that can be spread.
pub(super) const DETAILS: &str = "details";

/// The words of JSON's own constants.
pub(super) const CONSTANTS: [&str; 3] = ["true", "false", "null"];

/// A slot as it was written.
pub(super) struct Slot {
    pub(super) kind: &'static Kind,
    /// The name behind `context.`, `meta.` or `field.`.
    pub(super) name: Option<String>,
}

impl Slot {
    pub(super) fn is(&self, word: &str) -> bool {
        self.kind.word == word
    }

    /// As it stands in the source.
    pub(super) fn written(&self) -> String {
        match &self.name {
            Some(name) => format!("{}.{name}", self.kind.word),
            None => self.kind.word.to_owned(),
        }
    }

    /// The variant of the runtime's `Slot`.
    pub(super) fn variant(&self) -> &'static str {
        let part = FIELD_PARTS.iter().find(|(name, _)| self.is(FIELD) && self.name.as_deref() == Some(name));
        part.map_or(self.kind.variant, |(_, variant)| variant)
    }
}

pub(super) fn find(word: &str) -> Result<&'static Kind, Reason> {
    KINDS.iter().find(|kind| kind.word == word).ok_or_else(|| {
        let near = nearest(word, KINDS.iter().map(|kind| kind.word).chain(CONSTANTS));
        let help = did_you_mean(near, || format!("slots are {}", list_of(|_| true)));
        let reason = Reason::new(format!("unknown slot {}", quoted(word)), help);
        if near.is_some() {
            return reason;
        }
        reason.with_note("all else in a body is JSON, as in `\"text\"`, `5`, `true`, `null`, `[…]`, `{…}`")
    })
}

/// The slot of this kind, with the name that stood behind its dot.
pub(super) fn with_name(kind: &'static Kind, name: Option<String>) -> Result<Slot, Reason> {
    match (kind.example_name, &name) {
        (Some(_), None) => Err(Reason::new(
            format!("`{}` stands here without a name", kind.word),
            format!("say which value is meant, as in `{}`", kind.example()),
        )),
        (None, Some(name)) => {
            let note = format!("names stand in {} only", list_of(|kind| kind.example_name.is_some()));
            let wrong = format!("`{}` has no `.{name}`", kind.word);
            Err(Reason::new(wrong, format!("write `{}`", kind.word)).with_note(note))
        }
        (Some(_), Some(name)) if kind.word == FIELD && !is_field_part(name) => {
            let parts = || FIELD_PARTS.iter().map(|(part, _)| *part);
            let help = did_you_mean(nearest(name, parts()), || {
                let parts = parts().map(|part| format!("{FIELD}.{part}"));
                format!("of a field error there are {}", list(parts))
            });
            Err(Reason::new(format!("`{FIELD}` has no `.{name}`"), help))
        }
        _ => Ok(Slot { kind, name }),
    }
}

fn is_field_part(name: &str) -> bool {
    FIELD_PARTS.iter().any(|(part, _)| *part == name)
}

fn list_of(is_meant: impl Fn(&Kind) -> bool) -> String {
    list(KINDS.iter().filter(|kind| is_meant(kind)).map(written))
}

fn written(kind: &Kind) -> String {
    if kind.example_name.is_some() { format!("{}.NAME", kind.word) } else { kind.word.to_owned() }
}
