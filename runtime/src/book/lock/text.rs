//! The text of a lock file: an entry a line, sorted. Takes the facts; gives the text, and the facts back.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::facts::{Facts, Lock, Rule};
use super::line::{Conflict, quoted, words};
use super::shape::Shape;
use crate::book::contract::Retired;

const HEAD: &str = "\
# The errors that clients rely on, an entry a line, sorted. Kept by a test; see `errorbook::book::lock`.
# Put `errors.lock merge=union` into .gitattributes: branches that add codes then merge by themselves.
";

impl Lock {
    /// The text of the file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines: BTreeSet<String> = self.accepted.clone();
        if self.codes_are_closed {
            lines.insert("codes closed".to_owned());
        }
        if let Some(name) = &self.request_id_header {
            lines.insert(format!("request-id {}", quoted(name)));
        }
        for (number, media_type) in &self.media_types {
            lines.insert(format!("body {number} {}", quoted(media_type)));
        }
        for ((number, pointer, slot), shape) in &self.members {
            let (pointer, slot) = (quoted(pointer), quoted(slot));
            lines.insert(format!("member {number} {pointer} {slot} {}", shape.to_word()));
        }
        for (code, all) in &self.codes {
            let all: Vec<String> = all.iter().map(Facts::to_words).collect();
            lines.insert(format!("code {} {}", quoted(code), all.join(" or ")));
        }
        for gone in self.retired.values() {
            lines.insert(retired_line(gone));
        }
        let mut text = HEAD.to_owned();
        for line in lines {
            text.push_str(&line);
            text.push('\n');
        }
        text
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// A line that is none of these, with its number; or two that say different things of one entry.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut lock = Self::default();
        let mut lines: BTreeMap<String, &str> = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let unreadable = || ParseError::Line(number, line.to_owned());
            let words = words(line).ok_or_else(unreadable)?;
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some(entry) = entry_of(&words) {
                let same = |known: &str| without_name(known) == without_name(line);
                if let Some(known) = lines.insert(entry.clone(), line).filter(|known| !same(known)) {
                    return Err(ParseError::Conflict(Conflict {
                        entry,
                        lines: [known.to_owned(), line.to_owned()],
                    }));
                }
            }
            lock.read(&words, line).ok_or_else(unreadable)?;
        }
        Ok(lock)
    }

    fn read(&mut self, words: &[&str], line: &str) -> Option<()> {
        match words {
            ["codes", "closed"] => self.codes_are_closed = true,
            ["request-id", name] => self.request_id_header = Some((*name).to_owned()),
            ["body", number, media_type] => {
                self.media_types.insert(number.parse().ok()?, (*media_type).to_owned());
            }
            ["member", number, pointer, slot, shape] => {
                let place = (number.parse().ok()?, (*pointer).to_owned(), (*slot).to_owned());
                self.members.insert(place, Shape::from_word(shape)?);
            }
            ["code", code, facts @ ..] => {
                let all: Option<Vec<Facts>> =
                    facts.split(|word| *word == "or").map(Facts::from_words).collect();
                self.codes.insert((*code).to_owned(), all?);
            }
            ["gone", code, facts @ ..] => {
                self.retired.insert((*code).to_owned(), retired_from(code, facts)?);
            }
            ["accepted", ..] => {
                self.accepted.insert(line.to_owned());
            }
            _ => return None,
        }
        Some(())
    }
}

/// What is wrong with the text of a lock file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseError {
    /// This line, of this number, is none that a lock file has.
    Line(usize, String),
    /// Two lines say different things of one entry.
    Conflict(Conflict),
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(number, line) => write!(
                out,
                "line {number} is no line of a lock file:\n    {line}\n  help: take it from the branch that you merge \
                 into, or delete it and let `ERRORBOOK_LOCK=update` write it anew"
            ),
            Self::Conflict(conflict) => conflict.fmt(out),
        }
    }
}

impl std::error::Error for ParseError {}

/// What a line is about, where there may be one such line.
fn entry_of(words: &[&str]) -> Option<String> {
    match words {
        // What stands in no body may be called as what went.
        ["code", code, facts @ ..]
            if facts.split(|word| *word == "or").all(|facts| facts.contains(&"omitted")) =>
        {
            Some(format!("omitted code {code}"))
        }
        // A code is in use or gone, never both.
        ["code" | "gone", code, ..] => Some(format!("code {code}")),
        ["body", number, ..] => Some(format!("body {number}")),
        ["member", number, pointer, slot, ..] => Some(format!("member {number} {pointer} {slot}")),
        ["request-id", ..] => Some("request-id".to_owned()),
        _ => None,
    }
}

fn without_name(line: &str) -> String {
    line.split(' ').filter(|word| !word.starts_with("name=")).collect::<Vec<_>>().join(" ")
}

fn retired_line(gone: &Retired) -> String {
    let mut line = format!("gone {}", quoted(&gone.code));
    let status = gone.status.map(|status| status.to_string());
    for (name, value) in
        [("status", &status), ("date", &gone.date), ("successor", &gone.successor), ("reason", &gone.reason)]
    {
        if let Some(value) = value {
            // Writing to a `String` does not fail.
            let _ = write!(line, " {name}={}", quoted(value));
        }
    }
    line
}

fn retired_from(code: &str, words: &[&str]) -> Option<Retired> {
    let mut gone = Retired { code: code.to_owned(), status: None, date: None, successor: None, reason: None };
    for word in words {
        let (name, value) = word.split_once('=')?;
        match name {
            "status" => gone.status = Some(value.parse().ok()?),
            "date" => gone.date = Some(value.to_owned()),
            "successor" => gone.successor = Some(value.to_owned()),
            "reason" => gone.reason = Some(value.to_owned()),
            _ => return None,
        }
    }
    Some(gone)
}

impl Facts {
    /// Its part of a line; without the name where that is empty.
    pub(in crate::book) fn to_words(&self) -> String {
        let mut text = match self.status {
            0 => "none".to_owned(),
            status => status.to_string(),
        };
        let _ = write!(text, " retry={}", quoted(&self.rule.to_string()));
        if self.code_is_omitted {
            text.push_str(" omitted");
        }
        if self.body > 0 {
            let _ = write!(text, " body={}", self.body);
        }
        for (name, shape) in &self.details {
            let _ = write!(text, " detail={}", quoted(&format!("{name}:{}", shape.to_word())));
        }
        if let Some(whole) = &self.whole {
            let _ = write!(text, " details={}", quoted(&whole.to_word()));
        }
        for (name, is_optional) in &self.headers {
            let _ =
                write!(text, " header={}", quoted(&format!("{name}{}", if *is_optional { "?" } else { "" })));
        }
        if !self.name.is_empty() {
            let _ = write!(text, " name={}", quoted(&self.name));
        }
        text
    }

    fn from_words(words: &[&str]) -> Option<Self> {
        let (status, words) = words.split_first()?;
        let mut facts = Self {
            status: if *status == "none" { 0 } else { status.parse().ok()? },
            code_is_omitted: false,
            rule: Rule::never(),
            details: BTreeMap::new(),
            whole: None,
            headers: BTreeMap::new(),
            body: 0,
            name: String::new(),
        };
        for word in words {
            if *word == "omitted" {
                facts.code_is_omitted = true;
                continue;
            }
            let (name, value) = word.split_once('=')?;
            match name {
                "retry" => facts.rule = Rule::from_text(value)?,
                "body" => facts.body = value.parse().ok()?,
                "detail" => {
                    let (name, shape) = value.rsplit_once(':')?;
                    facts.details.insert(name.to_owned(), Shape::from_word(shape)?);
                }
                "details" => facts.whole = Some(Shape::from_word(value)?),
                "header" => {
                    let bare = value.strip_suffix('?');
                    facts.headers.insert(bare.unwrap_or(value).to_owned(), bare.is_some());
                }
                "name" => value.clone_into(&mut facts.name),
                _ => return None,
            }
        }
        Some(facts)
    }
}
