//! A failure in words, for whoever reads a log: on one line, whatever the service sent.

use std::error::Error;
use std::fmt::{self, Debug, Display};

use serde_json::value::RawValue;

use crate::client::{Failure, Flaw};
use crate::one_line::OneLine;

/// How much is shown of a body that says nothing else, in characters.
const MOST_SHOWN: usize = 80;
/// How much is shown of any text that came, likewise.
const LONGEST: usize = 500;

/// `429 rate_limit_exceeded: Slow down. (request req_01hq, retry after 30s)`
impl<E> Display for Failure<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.status().as_str())?;
        match (self.code(), self.status().canonical_reason()) {
            (Some(code), _) => write!(out, " {}", OneLine(Shortened(code, LONGEST)))?,
            (None, Some(reason)) => write!(out, " {reason}")?,
            (None, None) => {}
        }
        match (self.message(), self.flaw()) {
            (Some(message), _) => write!(out, ": {}", OneLine(Shortened(message, LONGEST)))?,
            (None, Some(flaw)) => {
                write!(out, ": {flaw}")?;
                let text = String::from_utf8_lossy(self.body());
                if !text.trim().is_empty() {
                    write!(out, ", and begins with `{}`", OneLine(Shortened(text.trim(), MOST_SHOWN)))?;
                }
            }
            (None, None) => {}
        }
        let mut separator = " (";
        let mut aside = |out: &mut fmt::Formatter<'_>, what: fmt::Arguments<'_>| {
            write!(out, "{separator}{what}")?;
            separator = ", ";
            Ok(())
        };
        if let Some(id) = self.request_id() {
            aside(out, format_args!("request {}", OneLine(Shortened(id, LONGEST))))?;
        }
        if let Some(wait) = self.retry_after() {
            aside(out, format_args!("retry after {wait:?}"))?;
        }
        if self.contradicts_status() {
            aside(out, format_args!("the code has another status"))?;
        }
        if separator == ", " { out.write_str(")") } else { Ok(()) }
    }
}

/// What is known of it; of the error itself only whether there is one, so that its type need not be `Debug`.
impl<E> Debug for Failure<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Failure")
            .field("status", &self.status())
            .field("code", &self.code())
            .field("message", &self.message())
            .field("request_id", &self.request_id())
            .field("details", &self.details().map(RawValue::get))
            .field("told", &self.told())
            .field("specs", &self.specs().iter().map(|spec| spec.name()).collect::<Vec<_>>())
            .field("has_error", &self.error().is_some())
            .field("flaw", &self.flaw())
            .field("contradicts_status", &self.contradicts_status())
            .finish_non_exhaustive()
    }
}

impl<E> Error for Failure<E> {}

/// `the body is not JSON`
impl Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::TooLarge => "the body is longer than is read",
            Self::NotUtf8 => "the body is not UTF-8",
            Self::Empty => "the body is empty",
            Self::NotJson => "the body is not JSON",
            Self::Cut => "the body ends too early",
            Self::TooDeep => "the body is nested too deeply",
            Self::OtherShape => "the body is not in the envelope",
        })
    }
}

/// As many characters of a text, and a sign that there are more.
struct Shortened<'t>(&'t str, usize);

impl Display for Shortened<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(self.1) {
            Some((end, _)) => write!(out, "{}…", self.0.get(..end).unwrap_or_default()),
            None => out.write_str(self.0),
        }
    }
}
