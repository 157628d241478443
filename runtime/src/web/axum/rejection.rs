//! What an extractor could not make sense of, as an error like any other: axum's rejections in, one `ApiError` out.

use std::error::Error;
use std::fmt;

use ::axum::extract::path::ErrorKind;
use ::axum::extract::rejection::{
    BytesRejection, FailedToBufferBody, JsonRejection, PathRejection, QueryRejection,
};
use axum_core::BoxError;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::axum::place;
use crate::axum::wording::{described, expectation, field_error, named_field, of_text, without_position};
use crate::bounded::chain;
use crate::field_errors::{FieldError, FieldErrors, pointer};
use crate::one_line::OneLine;

/// Why [`Json`](super::Json), [`Query`](super::Query) or [`Path`](super::Path) rejected a request, alone or in a `Valid`.
///
/// It answers in the envelope of the ambient [context](crate::context), like every type that declares none. Build
/// [`InvalidRequest`](Self::InvalidRequest) yourself (there is a `From<FieldErrors>`) to answer what a validation found
/// as what could not be read at all.
#[derive(Debug, crate::ApiError)]
#[api(crate = crate, section = "Requests")]
#[non_exhaustive]
pub enum Rejection {
    /// The request body is not JSON.
    #[api(status = 400, message = "The request body is not valid JSON: {problem}.")]
    #[non_exhaustive]
    InvalidJson {
        /// What is wrong with the syntax, with line and column.
        problem: String,
    },

    /// The request body ended before its end, or could not be decoded.
    #[api(status = 400, message = "The request body could not be read.")]
    UnreadableBody(BoxError),

    /// The request body is larger than the service takes.
    #[api(status = 413, message = "The request body is too large.")]
    PayloadTooLarge,

    /// The request has no `Content-Type`, or another than that of JSON.
    #[api(
        status = 415,
        message = "Send the request body as JSON, with the header `Content-Type: application/json`.",
        header("Accept", "application/json")
    )]
    UnsupportedMediaType,

    /// The request body is JSON, but fields are missing or have the wrong form; or a validation does not let pass what
    /// was read.
    #[api(status = 422, message = "The request does not have the expected form.")]
    InvalidRequest {
        /// What is wrong with each field.
        #[api(details)]
        fields: FieldErrors,
    },

    /// Query parameters are missing or have the wrong form.
    #[api(status = 400, message = "The query parameters do not have the expected form.")]
    InvalidQuery {
        /// What is wrong with each parameter.
        #[api(details)]
        fields: FieldErrors,
    },

    /// A parameter in the path has the wrong form.
    #[api(status = 400, message = "The path does not have the expected form.")]
    InvalidPath {
        /// What is wrong with each parameter.
        #[api(details)]
        fields: FieldErrors,
    },

    /// The service is at fault: its route does not have what its handler asks for, or the value that it answers with
    /// cannot be JSON.
    #[api(status = 500, code = "internal_error")]
    Internal(BoxError),
}

/// For operators, on one line: line breaks and other control characters, which a caller may have chosen, are escaped.
impl fmt::Display for Rejection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidJson { problem } => write!(out, "invalid JSON: {}", OneLine(problem)),
            Self::UnreadableBody(cause) => write!(out, "unreadable body: {}", OneLine(cause)),
            Self::PayloadTooLarge => out.write_str("payload too large"),
            Self::UnsupportedMediaType => out.write_str("unsupported media type"),
            Self::InvalidRequest { fields } => write!(out, "invalid request: {fields}"),
            Self::InvalidQuery { fields } => write!(out, "invalid query: {fields}"),
            Self::InvalidPath { fields } => write!(out, "invalid path: {fields}"),
            Self::Internal(cause) => write!(out, "internal error: {}", OneLine(cause)),
        }
    }
}

impl Error for Rejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::UnreadableBody(cause) | Self::Internal(cause) => Some(&**cause),
            _ => None,
        }
    }
}

/// As [`InvalidRequest`](Rejection::InvalidRequest).
impl From<FieldErrors> for Rejection {
    fn from(fields: FieldErrors) -> Self {
        Self::InvalidRequest { fields }
    }
}

impl From<BytesRejection> for Rejection {
    fn from(rejection: BytesRejection) -> Self {
        match rejection {
            BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
                Self::PayloadTooLarge
            }
            rejection if rejection.status().is_server_error() => Self::Internal(rejection.into()),
            rejection => Self::UnreadableBody(rejection.into()),
        }
    }
}

/// The body is gone, so a member that is missing or given twice has the pointer of the object around it. Where a
/// `Deserialize` of your own goes on after an error, that error's place is taken for the next one's;
/// [`Json`](super::Json) is never wrong.
impl From<JsonRejection> for Rejection {
    fn from(rejection: JsonRejection) -> Self {
        match rejection {
            JsonRejection::JsonDataError(error) => Self::InvalidRequest { fields: json_field(&error).into() },
            JsonRejection::JsonSyntaxError(error) => Self::InvalidJson { problem: syntax_problem(&error) },
            JsonRejection::MissingJsonContentType(_) => Self::UnsupportedMediaType,
            JsonRejection::BytesRejection(rejection) => rejection.into(),
            // axum may add some.
            rejection if rejection.status().is_server_error() => Self::Internal(rejection.into()),
            _ => Self::InvalidRequest { fields: FieldErrors::new() },
        }
    }
}

/// The range of a number is known to [`Query`](super::Query) alone.
impl From<QueryRejection> for Rejection {
    fn from(rejection: QueryRejection) -> Self {
        if rejection.status().is_server_error() {
            return Self::Internal(rejection.into());
        }
        let fields = match cause::<QueryError>(&rejection) {
            Some(error) => {
                let message = error.inner().to_string();
                let mut field = field_error(error.path(), of_text(&message));
                if let (true, Some(name)) = (field.pointer.is_empty(), named_field(&message)) {
                    // Parameters are members of one object; there is no other.
                    field.pointer = pointer([name]).into();
                }
                field.into()
            }
            None => FieldErrors::new(),
        };
        Self::InvalidQuery { fields }
    }
}

/// A parameter of a tuple has its index for a name here; [`Path`](super::Path) gives it that of the route.
impl From<PathRejection> for Rejection {
    fn from(rejection: PathRejection) -> Self {
        Self::from_path(rejection, |_| None)
    }
}

impl Rejection {
    /// `serde_json` files some values that do not fit their type under wrong syntax: a number where the name of a variant
    /// is due, say. Whether the text is JSON is a question that it answers rightly.
    pub(super) fn from_json<T: DeserializeOwned>(error: &serde_json::Error, body: &[u8]) -> Self {
        if error.is_data() || serde_json::from_slice::<&RawValue>(body).is_ok() {
            let field = place::in_body::<T>(body);
            Self::from(FieldErrors::from(
                field.unwrap_or_else(|| described(String::new(), &without_position(error))),
            ))
        } else {
            Self::InvalidJson { problem: error.to_string() }
        }
    }

    /// What the caller is to mend is told by `explained`, if it can tell it better.
    pub(super) fn from_path(
        rejection: PathRejection,
        explained: impl FnOnce(&ErrorKind) -> Option<FieldError>,
    ) -> Self {
        let PathRejection::FailedToDeserializePathParams(error) = rejection else {
            return Self::Internal(rejection.into());
        };
        if error.status().is_server_error() {
            return Self::Internal(error.into());
        }
        let at = |name: &str| pointer([name]);
        let unreadable = |at: String, expected: &'static str| {
            let message = format!("invalid value, expected {}", expectation(expected));
            FieldError::new(at, "invalid_value", message)
        };
        let field = explained(error.kind()).unwrap_or_else(|| match error.kind() {
            ErrorKind::ParseErrorAtKey { key, expected_type, .. } => unreadable(at(key), expected_type),
            ErrorKind::ParseErrorAtIndex { index, expected_type, .. } => {
                unreadable(at(&index.to_string()), expected_type)
            }
            ErrorKind::ParseError { expected_type, .. } => unreadable(String::new(), expected_type),
            ErrorKind::InvalidUtf8InPathParam { key } => {
                FieldError::new(at(key), "invalid_value", "percent-encodes what is not UTF-8")
            }
            ErrorKind::DeserializeError { key, message, .. } => described(at(key), message),
            ErrorKind::Message(message) => {
                described(named_field(message).map_or_else(String::new, at), message)
            }
            // axum may add some.
            _ => FieldError::new("", "invalid_value", "invalid value"),
        });
        Self::InvalidPath { fields: field.into() }
    }
}

/// What axum wraps, at whatever depth.
type JsonError = serde_path_to_error::Error<serde_json::Error>;
type QueryError = serde_path_to_error::Error<serde::de::value::Error>;

fn json_field(rejection: &(dyn Error + 'static)) -> FieldError {
    match cause::<JsonError>(rejection) {
        Some(error) => field_error(error.path(), &without_position(error.inner())),
        // axum wraps that one; were it ever another, the answer still is one.
        None => FieldError::new("", "invalid_value", "invalid value"),
    }
}

fn syntax_problem(rejection: &(dyn Error + 'static)) -> String {
    // What follows the value is found without a path.
    let error = match cause::<JsonError>(rejection) {
        Some(error) => Some(error.inner()),
        None => cause::<serde_json::Error>(rejection),
    };
    // A fixed text for each mistake; nothing of what was sent.
    error.map_or_else(|| "it cannot be parsed".to_owned(), ToString::to_string)
}

/// The first error of this type among an error and its causes.
fn cause<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    chain(Some(error)).find_map(|error| error.downcast_ref())
}
