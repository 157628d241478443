//! One error of a contract, owned. Takes an `ErrorSpec`; gives what documents say of it, with an example of its response.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::retry::{Retry, Wait};
use super::source::Source;
use super::types;
use crate::ApiError;
use crate::envelope::Envelope;
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

/// Whether the responses of an error tell in `Retry-After` how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RetryAfter {
    /// All of them do.
    Always,
    /// Those for which the wait is known.
    Sometimes,
    /// The rule goes by the header, and the error has no wait of its own: it is for the server around it to send.
    FromElsewhere,
    /// None does.
    Never,
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

    /// Whether its responses have `Retry-After`.
    pub(super) fn retry_after(&self) -> RetryAfter {
        let field = self.fields.iter().find(|field| field.is_retry_after);
        match (&self.retry.wait, field) {
            (Wait::Between { .. }, _) => RetryAfter::Always,
            (_, Some(field)) if !field.is_optional => RetryAfter::Always,
            (_, Some(_)) => RetryAfter::Sometimes,
            (Wait::Given { .. }, None) => RetryAfter::FromElsewhere,
            (_, None) => RetryAfter::Never,
        }
    }

    /// The headers that it sends, `Retry-After` among them, in lower case, each with whether a response may be without it. Of
    /// two that have one name, one that is always there is enough.
    pub(super) fn header_names(&self) -> BTreeMap<String, bool> {
        let mut all: BTreeMap<String, bool> = BTreeMap::new();
        let own = self.headers.iter().map(|header| (header.name.to_ascii_lowercase(), header.is_optional));
        let wait = match self.retry_after() {
            RetryAfter::Always => Some(("retry-after".to_owned(), false)),
            RetryAfter::Sometimes => Some(("retry-after".to_owned(), true)),
            RetryAfter::FromElsewhere | RetryAfter::Never => None,
        };
        for (name, may_lack) in own.chain(wait) {
            *all.entry(name).or_insert(true) &= may_lack;
        }
        all
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
    /// Whether each body has it, where it is a detail. One of whose type nothing is known is not promised: it may be `null`,
    /// which is left out.
    pub(super) fn is_always_there(&self) -> bool {
        let is_known = self.schema.as_object().is_some_and(|keywords| !keywords.is_empty());
        self.is_nullable || is_known && !self.is_optional
    }

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

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(is: &bool) -> bool {
    !is
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}
