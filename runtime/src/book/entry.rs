//! One error of a contract, owned. Takes an `ErrorSpec`; gives what documents say of it, with an example of its response.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::types;
use crate::ApiError;
use crate::envelope::Envelope;
use crate::retry::{RetryRule, RetryWait, RetryWhen};
use crate::spec::{Act, ErrorSpec, FieldSpec, MessagePiece, MessageSource};

/// An error of a [`Contract`](super::Contract).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// The stable machine-readable code.
    pub code: String,
    /// Whether the code is kept off the wire.
    #[serde(default, skip_serializing_if = "is_false")]
    pub code_is_omitted: bool,
    /// The status; none for an error that never answers a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The name of the variant or struct.
    pub name: String,
    /// The type that declares it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub type_name: String,
    /// Who answers with it.
    #[serde(default)]
    pub origin: Origin,
    /// The short summary.
    pub title: String,
    /// When it happens, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What to do about it, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Who must do something.
    pub act: Act,
    /// The heading under which it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The link for this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// When to send the request again.
    pub retry: Retry,
    /// What end users read.
    pub message: Message,
    /// The fields that callers meet: in the message, the details or a header, in the order of declaration. What is for
    /// operators alone is not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// The headers besides `Content-Type` and `Retry-After`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// The constants of `meta(…)`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub meta: Map<String, Value>,
    /// Set where it is deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecation>,
    /// A request that provokes it, like `POST /v1/stories`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example_request: Option<String>,
    /// A response, as the service writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Example>,
    /// Which of the contract's bodies it has.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub body: usize,
    /// The titles of the services that answer with it, in a contract that was [merged](super::Contract::merge) of several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// Where it is declared. It is nobody's business outside, so the JSON is without it.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// Who answers with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// The service's own code.
    #[default]
    Service,
    /// The middleware around it: unknown routes, panics, time-outs.
    Middleware,
}

/// When a client sends the request again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Retry {
    /// The rule, as it is written in a declaration, with what was left out filled in.
    pub rule: String,
    /// The rule in English, as whole sentences.
    pub sentence: String,
    /// How long to wait.
    pub wait: Wait,
    /// How many retries there may be, the first attempt not counted.
    pub times: u32,
    /// Which requests may be repeated.
    pub when: When,
}

/// How long a client waits; all waits in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum Wait {
    /// The request is never repeated.
    Never,
    /// As long as `Retry-After` says; where it says nothing, by this schedule.
    Given {
        /// The waits, one after the other.
        schedule_ms: Vec<u64>,
    },
    /// Somewhere between the two.
    Between {
        /// The least.
        least_ms: u64,
        /// The most.
        most_ms: u64,
    },
    /// By this schedule.
    Backoff {
        /// The waits, one after the other.
        schedule_ms: Vec<u64>,
    },
}

/// Which requests may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum When {
    /// All of them.
    Always,
    /// Those with an idempotent method or an `Idempotency-Key`.
    IfIdempotent,
    /// Those with a safe method.
    IfSafe,
}

/// What end users read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Message {
    /// Whether its text is known: not where a `Display` that was written by hand makes it.
    pub is_known: bool,
    /// Texts, and the fields between them.
    pub pieces: Vec<Piece>,
}

/// A piece of a text that varies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// What readers see as it is.
    Text(String),
    /// The name of a field that stands there.
    Field(String),
}

/// A field of an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each is a role of its own, as in the specs")]
pub struct Field {
    /// Its name, or its index.
    pub name: String,
    /// Its type in Rust.
    pub ty: String,
    /// The JSON Schema of its value, as far as its type tells.
    pub schema: Value,
    /// What it means, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The name under which it is a member of the details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Whether it is all of the details.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_details: bool,
    /// Whether it may be missing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_optional: bool,
    /// Whether it is there as `null` where it has no value.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_nullable: bool,
    /// Whether it holds the wait that `Retry-After` tells.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_retry_after: bool,
    /// Whether the message shows it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_shown: bool,
    /// A sample value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
}

/// A header of an error's response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value: texts, and the fields between them.
    pub value: Vec<Piece>,
    /// Whether a response may be without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_optional: bool,
}

/// What is said of an error that is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Deprecation {
    /// The note; empty where there is none.
    pub note: String,
    /// The code to use instead: the first that the note names in backticks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
}

/// A response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Example {
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: String,
}

/// Where an error is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// The file, as rustc was given it.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

/// What examples are made with, besides the spec.
pub(super) struct Samples<'s> {
    pub(super) envelope: &'static Envelope,
    pub(super) request_id: &'s str,
    pub(super) request_id_header: Option<&'s str>,
    pub(super) values: &'s [(String, String)],
}

impl Entry {
    pub(super) fn new(
        spec: &'static ErrorSpec,
        type_name: &str,
        origin: Origin,
        body: usize,
        source: Option<Source>,
        samples: &Samples<'_>,
    ) -> Self {
        let rule = spec.retry();
        let shown: Vec<&str> = spec.message_pieces().filter_map(field_of).collect();
        let fields: Vec<FieldSpec> = spec.fields().collect();
        let mut headers: Vec<Header> = spec.headers().iter().map(Header::new).collect();
        for field in &fields {
            headers.extend(field.headers().iter().map(|name| Header {
                name: (*name).to_owned(),
                value: vec![Piece::Field(field.name().to_owned())],
                is_optional: field.is_optional(),
            }));
        }
        let in_header =
            |name: &str| headers.iter().any(|header| header.value.contains(&Piece::Field(name.to_owned())));
        let fields: Vec<Field> = fields
            .iter()
            .map(|field| Field::new(field, shown.contains(&field.name())))
            .filter(|field| {
                field.is_shown
                    || field.detail.is_some()
                    || field.is_details
                    || field.is_retry_after
                    || in_header(&field.name)
            })
            .collect();
        let meta = spec
            .meta_names()
            .filter_map(|name| Some((name.to_owned(), serde_json::to_value(spec.meta(name)?).ok()?)));
        let is_known = !matches!(spec.message(), MessageSource::Display(None));
        Self {
            code: spec.code().to_owned(),
            code_is_omitted: spec.omits_code(),
            status: spec.status().map(|status| status.as_u16()),
            name: spec.name().to_owned(),
            type_name: type_name.to_owned(),
            origin,
            title: spec.title().to_owned(),
            description: spec.description().map(str::to_owned),
            remedy: spec.remedy().map(str::to_owned),
            act: spec.act(),
            section: spec.section().map(str::to_owned),
            docs: spec.docs().map(str::to_owned),
            retry: Retry::new(&rule),
            message: Message { is_known, pieces: spec.message_pieces().map(Piece::from).collect() },
            fields,
            headers,
            meta: meta.collect(),
            deprecated: spec.deprecated().map(|note| Deprecation { note: note.to_owned(), successor: None }),
            example_request: spec.example_request().map(str::to_owned),
            example: Some(example(spec, samples)),
            body,
            services: Vec::new(),
            source,
        }
    }
}

fn example(spec: &'static ErrorSpec, samples: &Samples<'_>) -> Example {
    let error = spec.to_example();
    let mut body = error.body().with_envelope(samples.envelope).with_request_id(samples.request_id);
    for (name, value) in samples.values {
        body = body.with_value(name.as_str(), value.as_str());
    }
    let response = body.to_response();
    let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    let mut headers: Vec<_> = response.headers().iter().filter_map(header).collect();
    headers.extend(samples.request_id_header.map(|name| (name.to_owned(), samples.request_id.to_owned())));
    Example { headers, body: String::from_utf8_lossy(response.body()).into_owned() }
}

fn field_of(piece: MessagePiece) -> Option<&'static str> {
    match piece {
        MessagePiece::Field { name, .. } => Some(name),
        MessagePiece::Text(_) => None,
    }
}

impl From<MessagePiece> for Piece {
    fn from(piece: MessagePiece) -> Self {
        match piece {
            MessagePiece::Text(text) => Self::Text(text.to_owned()),
            MessagePiece::Field { name, .. } => Self::Field(name.to_owned()),
        }
    }
}

impl Header {
    fn new(header: &crate::spec::HeaderSpec) -> Self {
        Self {
            name: header.name().to_owned(),
            value: header.pieces().map(Piece::from).collect(),
            is_optional: false,
        }
    }
}

impl Field {
    fn new(field: &FieldSpec, is_shown: bool) -> Self {
        Self {
            name: field.name().to_owned(),
            ty: field.ty().to_owned(),
            // What a function gives has a type of its own, which is written nowhere.
            schema: if field.with().is_some() { Value::from(Map::new()) } else { types::schema(field.ty()) },
            description: field.description().map(str::to_owned),
            detail: field.detail().map(str::to_owned),
            is_details: field.is_details(),
            is_optional: field.is_optional(),
            is_nullable: field.keeps_null(),
            is_retry_after: field.is_retry_after(),
            is_shown,
            example: field.example().and_then(|json| serde_json::from_str(json).ok()),
        }
    }
}

impl Retry {
    fn new(rule: &RetryRule) -> Self {
        let (wait, written) = match rule.wait() {
            RetryWait::Given(schedule) => {
                (Wait::Given { schedule_ms: all_millis(schedule) }, "after".to_owned())
            }
            RetryWait::Between(least, most) => {
                let range = if least == most {
                    format!("after {}", written(least))
                } else {
                    format!("after {}..{}", written(least), written(most))
                };
                (Wait::Between { least_ms: millis(least), most_ms: millis(most) }, range)
            }
            RetryWait::Backoff(schedule) => {
                let waits: Vec<String> = schedule.iter().map(|wait| written(*wait)).collect();
                (Wait::Backoff { schedule_ms: all_millis(schedule) }, format!("backoff {}", waits.join(" ")))
            }
            RetryWait::Never => (Wait::Never, "none".to_owned()),
        };
        let (when, condition) = match rule.when() {
            RetryWhen::Always => (When::Always, "always"),
            RetryWhen::IfIdempotent => (When::IfIdempotent, "if idempotent"),
            RetryWhen::IfSafe => (When::IfSafe, "if safe"),
        };
        let written = match (rule.is_retryable(), rule.times()) {
            (false, _) => "none".to_owned(),
            (true, 1) => format!("{written}, once, {condition}"),
            (true, times) => format!("{written}, {times} times, {condition}"),
        };
        Self { rule: written, sentence: rule.to_string(), wait, times: rule.times(), when }
    }
}

/// As it is written in a rule.
fn written(wait: Duration) -> String {
    match millis(wait) {
        ms if ms % 60_000 == 0 && ms > 60_000 => format!("{}m", ms / 60_000),
        ms if ms % 1000 == 0 => format!("{}s", ms / 1000),
        ms => format!("{ms}ms"),
    }
}

fn all_millis(schedule: &[Duration]) -> Vec<u64> {
    schedule.iter().map(|wait| millis(*wait)).collect()
}

fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(is: &bool) -> bool {
    !is
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}
