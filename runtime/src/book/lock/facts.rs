//! What a lock file holds: the facts that clients rely on, an entry a line. Takes a contract, or the text of a file; gives
//! the facts, and the text back.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use super::line::{Conflict, quoted, words};
use crate::book::contract::{Body, Codes, Contract, Retired};
use crate::book::entry::{Entry, Wait, When};

/// The facts of a contract that clients rely on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    pub(super) codes_are_closed: bool,
    pub(super) request_id_header: Option<String>,
    /// By the number of the body.
    pub(super) media_types: BTreeMap<usize, String>,
    /// By the number of the body and the place in it.
    pub(super) members: BTreeMap<(usize, String), Shape>,
    /// By code: what each error that has it looks like; one, unless the code is shared.
    pub(super) codes: BTreeMap<String, Vec<Facts>>,
    pub(super) retired: BTreeMap<String, Retired>,
    /// The breaks that were accepted, as they are written.
    pub(super) accepted: BTreeSet<String>,
}

/// What one error looks like from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::book) struct Facts {
    /// 0: none.
    pub(super) status: u16,
    pub(super) code_is_omitted: bool,
    pub(super) rule: Rule,
    pub(super) details: BTreeMap<String, Shape>,
    /// All of the details, where one field is.
    pub(super) whole: Option<Shape>,
    /// Names in lower case, and whether a response may be without it.
    pub(super) headers: BTreeMap<String, bool>,
    pub(in crate::book) body: usize,
    /// Of the variant, by which a code that was renamed is known again. It is no fact.
    pub(in crate::book) name: String,
}

/// What a value looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// The types of JSON that it may have; empty where nothing is known.
    pub(super) types: BTreeSet<String>,
    pub(super) is_optional: bool,
    pub(super) is_nullable: bool,
}

/// When a client sends the request again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) wait: Wait,
    pub(super) times: u32,
    pub(super) when: When,
}

const HEAD: &str = "\
# The errors that clients rely on, an entry a line, sorted. Kept by a test; see `errorbook::book::lock`.
# Put `errors.lock merge=union` into .gitattributes: branches that add codes then merge by themselves.
";

impl Lock {
    /// The facts of this contract, with the tombstones and the accepted breaks of `before`.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        let mut lock = Self {
            codes_are_closed: contract.codes == Codes::Closed,
            request_id_header: contract.request_id_header.as_ref().map(|name| name.to_ascii_lowercase()),
            ..Self::default()
        };
        for (number, body) in contract.bodies.iter().enumerate() {
            lock.media_types.insert(number, body.media_type.clone());
            for member in &body.members {
                let shape = Shape {
                    types: types_at(body, &member.pointer),
                    is_optional: !member.required,
                    is_nullable: member.nullable,
                };
                lock.members.insert((number, format!("{} {}", member.pointer, member.slot)), shape);
            }
        }
        for entry in &contract.errors {
            let all = lock.codes.entry(entry.code.clone()).or_default();
            let facts = Facts::of(entry);
            if !all.iter().any(|known| known.is_same(&facts)) {
                all.push(facts);
            }
        }
        for facts in lock.codes.values_mut() {
            facts.sort_by_cached_key(Facts::to_words);
        }
        lock.retired = contract.retired.iter().map(|gone| (gone.code.clone(), gone.clone())).collect();
        lock
    }

    /// The codes that are no more, for [`ContractBuilder::retired`](crate::book::ContractBuilder::retired).
    pub fn retired(&self) -> impl Iterator<Item = Retired> {
        self.retired.values().cloned()
    }

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
        for ((number, place), shape) in &self.members {
            let (pointer, slot) = place.split_once(' ').unwrap_or((place, ""));
            lines.insert(format!("member {number} {} {slot} {}", quoted(pointer), shape.to_word()));
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
                let place = (number.parse().ok()?, format!("{pointer} {slot}"));
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
    pub(in crate::book) fn of(entry: &Entry) -> Self {
        let details = entry.fields.iter().filter_map(|field| {
            Some((
                field.detail.clone()?,
                Shape::of(&field.schema, field.is_optional && !field.is_nullable, field.is_nullable),
            ))
        });
        let whole = entry.fields.iter().find(|field| field.is_details);
        let headers =
            entry.headers.iter().map(|header| (header.name.to_ascii_lowercase(), header.is_optional));
        Self {
            status: entry.status.unwrap_or_default(),
            code_is_omitted: entry.code_is_omitted,
            rule: Rule { wait: entry.retry.wait.clone(), times: entry.retry.times, when: entry.retry.when },
            details: details.collect(),
            whole: whole.map(|field| Shape::of(&field.schema, field.is_optional, false)),
            headers: headers.collect(),
            body: entry.body,
            name: entry.name.clone(),
        }
    }

    /// Whether a client sees no difference.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        *self == Self { name: self.name.clone(), ..other.clone() }
    }

    /// In what a client could tell one from the other, whatever envelope they stand in.
    pub(in crate::book) fn differences(&self, other: &Self) -> Vec<&'static str> {
        let details = (&self.details, &self.whole) == (&other.details, &other.whole);
        [
            ("status", self.status == other.status),
            ("retry rule", self.rule == other.rule),
            ("details", details),
            ("headers", self.headers == other.headers),
        ]
        .into_iter()
        .filter_map(|(what, is_same)| (!is_same).then_some(what))
        .collect()
    }

    /// Its part of a line; without the name where that is empty.
    pub(in crate::book) fn to_words(&self) -> String {
        let mut text = match self.status {
            0 => "none".to_owned(),
            status => status.to_string(),
        };
        let _ = write!(text, " retry={}", quoted(&self.rule.to_text()));
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
            let _ = write!(text, " header={name}{}", if *is_optional { "?" } else { "" });
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
            rule: Rule { wait: Wait::Never, times: 0, when: When::IfSafe },
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

impl Rule {
    /// As it is written in a declaration.
    pub(super) fn to_text(&self) -> String {
        let waits =
            |waits: &[u64]| waits.iter().map(|wait| format!("{wait}ms")).collect::<Vec<_>>().join(" ");
        let wait = match &self.wait {
            Wait::Never => return "none".to_owned(),
            Wait::Given { schedule_ms } => format!("after, {}", waits(schedule_ms)),
            Wait::Between { least_ms, most_ms } => format!("after {least_ms}ms..{most_ms}ms"),
            Wait::Backoff { schedule_ms } => format!("backoff {}", waits(schedule_ms)),
        };
        let when = match self.when {
            When::Always => "always",
            When::IfIdempotent => "if idempotent",
            When::IfSafe => "if safe",
        };
        format!("{wait}, {} times, {when}", self.times)
    }

    fn from_text(text: &str) -> Option<Self> {
        if text == "none" {
            return Some(Self { wait: Wait::Never, times: 0, when: When::IfSafe });
        }
        let (rest, when) = text.rsplit_once(", ")?;
        let (wait, times) = rest.rsplit_once(", ")?;
        let millis = |wait: &str| wait.strip_suffix("ms")?.parse().ok();
        let schedule = |waits: &str| waits.split(' ').map(millis).collect::<Option<Vec<u64>>>();
        let wait = if let Some(waits) = wait.strip_prefix("after, ") {
            Wait::Given { schedule_ms: schedule(waits)? }
        } else if let Some(waits) = wait.strip_prefix("backoff ") {
            Wait::Backoff { schedule_ms: schedule(waits)? }
        } else {
            let (least, most) = wait.strip_prefix("after ")?.split_once("..")?;
            Wait::Between { least_ms: millis(least)?, most_ms: millis(most)? }
        };
        let when = match when {
            "always" => When::Always,
            "if idempotent" => When::IfIdempotent,
            "if safe" => When::IfSafe,
            _ => return None,
        };
        Some(Self { wait, times: times.strip_suffix(" times")?.parse().ok()?, when })
    }
}

impl Shape {
    fn of(schema: &Value, is_optional: bool, is_nullable: bool) -> Self {
        Self { types: types_of(schema), is_optional, is_nullable }
    }

    /// `string|integer`, with a `?` where it may be missing; `any` where nothing is known.
    fn to_word(&self) -> String {
        let mut types: Vec<&str> = self.types.iter().map(String::as_str).collect();
        if types.is_empty() {
            types.push("any");
        }
        if self.is_nullable {
            types.push("null");
        }
        format!("{}{}", types.join("|"), if self.is_optional { "?" } else { "" })
    }

    fn from_word(word: &str) -> Option<Self> {
        let bare = word.strip_suffix('?');
        let mut types: BTreeSet<String> = bare.unwrap_or(word).split('|').map(str::to_owned).collect();
        let is_nullable = types.remove("null");
        if types.remove("any") && !types.is_empty() {
            return None;
        }
        Some(Self { types, is_optional: bare.is_some(), is_nullable })
    }
}

/// The types that a schema allows, `null` not counted; empty where it allows any.
fn types_of(schema: &Value) -> BTreeSet<String> {
    let types: Vec<&Value> = match &schema["type"] {
        Value::Array(types) => types.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    };
    let types = types.into_iter().filter_map(Value::as_str).filter(|name| *name != "null");
    types.map(str::to_owned).collect()
}

/// What stands at a place of a body.
fn types_at(body: &Body, pointer: &str) -> BTreeSet<String> {
    let mut schema = &body.schema;
    for token in pointer.split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        schema = match schema.get("properties").and_then(|members| members.get(&name)) {
            Some(member) => member,
            None => schema.get("items").unwrap_or(&Value::Null),
        };
    }
    types_of(schema)
}
