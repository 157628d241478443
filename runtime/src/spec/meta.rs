//! A constant that belongs to an error: the value of a name in `meta(…)`.

use std::fmt::{self, Display};

use serde::ser::{Serialize, Serializer};

/// A constant of an error, as `meta(…)` declares it: any literal of JSON.
///
/// ```
/// use errorbook::{ApiError, envelope, Envelope};
///
/// const NUMBERED: Envelope = envelope!({ "number": meta.number, "fatal": meta.fatal, "message": message });
///
/// #[derive(ApiError)]
/// #[api(envelope = NUMBERED, status = 409, message = "Already there.", meta(number = 10003, fatal = true))]
/// struct Duplicate;
///
/// let spec = Duplicate.spec();
/// assert_eq!(spec.meta("number").and_then(|number| number.as_u64()), Some(10003));
/// assert_eq!(Duplicate.to_response().body(), r#"{"number":10003,"fatal":true,"message":"Already there."}"#);
/// ```
///
/// It serializes as the literal, and prints as it: a string without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetaValue {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, in the digits that were written.
    Number(&'static str),
    /// A text.
    Text(&'static str),
}

impl MetaValue {
    /// The text, if it is one.
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Number(_) => None,
        }
    }

    /// `true` or `false`, if it is one of them.
    #[must_use]
    pub const fn as_bool(self) -> Option<bool> {
        match self {
            Self::Bool(is) => Some(is),
            Self::Null | Self::Number(_) | Self::Text(_) => None,
        }
    }

    /// The number, if it is a whole one that a `u64` holds.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        self.number()?.parse().ok()
    }

    /// The number, if it is a whole one that an `i64` holds.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        self.number()?.parse().ok()
    }

    /// The number, to the precision of an `f64`.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        self.number()?.parse().ok()
    }

    const fn number(self) -> Option<&'static str> {
        match self {
            Self::Number(digits) => Some(digits),
            Self::Null | Self::Bool(_) | Self::Text(_) => None,
        }
    }
}

impl Display for MetaValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.pad("null"),
            Self::Bool(is) => Display::fmt(is, out),
            Self::Number(text) | Self::Text(text) => out.pad(text),
        }
    }
}

impl PartialEq<str> for MetaValue {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for MetaValue {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl Serialize for MetaValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(is) => serializer.serialize_bool(is),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(_) => match (self.as_u64(), self.as_i64()) {
                (Some(number), _) => serializer.serialize_u64(number),
                (None, Some(number)) => serializer.serialize_i64(number),
                (None, None) => serializer.serialize_f64(self.as_f64().unwrap_or_default()),
            },
        }
    }
}
