//! The contract of a service's errors, owned: what every document is made of. It serializes as JSON, in a form that has a
//! version, so that other programs and other services read it too.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ContractBuilder, Entry};

/// The form of the JSON that this version writes, and the newest that it reads.
const FORMAT: u32 = 1;

#[doc = include_str!("../../docs/contract-json.md")]
pub const CONTRACT_SCHEMA: &str = include_str!("../../schema/contract-1.json");

/// All that is declared of a service's errors.
///
/// Made by [`Contract::builder`] from catalogues, or by [`Contract::from_json`] from what another service wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contract {
    /// The form of this JSON: 1.
    pub errorbook: u32,
    /// The name of the API.
    pub title: String,
    /// The API's own version, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The introduction, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The response header that tells the request id, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id_header: Option<String>,
    /// Whether further codes may come.
    #[serde(default)]
    pub codes: Codes,
    /// What the bodies look like: that of all errors, or of most; and those that some have instead.
    pub bodies: Vec<Body>,
    /// Texts of the service's own, each for a place on the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<PageSection>,
    /// Every error, in the order of declaration; those that the service's middleware answers come last.
    pub errors: Vec<Entry>,
    /// The codes that may stand for several errors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_codes: Vec<String>,
    /// The codes that were, and are no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<Retired>,
}

/// Whether codes may be added without a warning to those who call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Codes {
    /// They may: a client must get along with a code that it does not know.
    #[default]
    Open,
    /// They may not: a new code breaks clients.
    Closed,
}

/// The form of the bodies in one envelope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Body {
    /// `application/json`, say.
    pub media_type: String,
    /// Its slots, in their order.
    pub members: Vec<Member>,
    /// The JSON Schema (draft 2020-12).
    pub schema: Value,
}

/// A value of a body that an error or a request fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Member {
    /// Where it stands: a JSON pointer. Of details that are spread, the object whose members they become.
    pub pointer: String,
    /// What fills it: the slot as it is written in `envelope!`, like `code`, `context.run_id` or `..details`.
    pub slot: String,
    /// Whether every body has it.
    pub required: bool,
    /// Whether it may be there and `null`.
    pub nullable: bool,
}

/// A text of the service's own on its error page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PageSection {
    /// Where it stands: `introduction`, `statuses`, `retrying`, `reporting`; any other name is a part of its own behind
    /// those.
    pub place: String,
    /// Its heading; none where it belongs under one of the page's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// In Markdown.
    pub markdown: String,
}

/// A code that the service no longer answers with, and which stands for nothing else ever after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Retired {
    /// The code.
    pub code: String,
    /// The status that it had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// When it went, as `2026-11-26`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The code that stands in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// Why it went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Contract {
    /// Begins the contract of the API of this name.
    pub fn builder(title: impl Into<String>) -> ContractBuilder {
        ContractBuilder::new(title.into())
    }

    /// The first error with this code.
    #[must_use]
    pub fn error(&self, code: &str) -> Option<&Entry> {
        self.errors.iter().find(|error| error.code == code)
    }

    /// As JSON, indented, with a line break at its end.
    ///
    /// ```
    /// use errorbook::book::Contract;
    ///
    /// let json = Contract::builder("Story API").build().to_json();
    /// assert!(json.starts_with("{\n  \"errorbook\": 1,\n  \"title\": \"Story API\","));
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        // There is nothing in it that JSON has not: no map with other keys than texts, no `Serialize` of users.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// Reads what [`to_json`](Self::to_json) wrote, in this version or an earlier one. Members that are not known are left
    /// out.
    ///
    /// # Errors
    ///
    /// The text is no such JSON, or of a newer form than this version knows; an error has a body that is not in it.
    pub fn from_json(json: &str) -> Result<Self, ContractError> {
        #[derive(Deserialize)]
        struct Form {
            errorbook: u32,
        }

        let form: Form = serde_json::from_str(json).map_err(|error| ContractError(Wrong::Json(error)))?;
        if form.errorbook > FORMAT {
            return Err(ContractError(Wrong::Newer(form.errorbook)));
        }
        let contract: Self = serde_json::from_str(json).map_err(|error| ContractError(Wrong::Json(error)))?;
        match contract.errors.iter().find(|error| error.body >= contract.bodies.len()) {
            Some(error) => Err(ContractError(Wrong::Body(error.code.clone(), error.body))),
            None => Ok(contract),
        }
    }

    pub(super) fn empty(title: String) -> Self {
        Self {
            errorbook: FORMAT,
            title,
            version: None,
            description: None,
            request_id_header: None,
            codes: Codes::Open,
            bodies: Vec::new(),
            sections: Vec::new(),
            errors: Vec::new(),
            shared_codes: Vec::new(),
            retired: Vec::new(),
        }
    }
}

/// Why a text is no contract.
#[derive(Debug)]
pub struct ContractError(Wrong);

#[derive(Debug)]
enum Wrong {
    Json(serde_json::Error),
    Newer(u32),
    /// The error with this code has the body of this number.
    Body(String, usize),
}

impl fmt::Display for ContractError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Wrong::Json(error) => write!(out, "this is not the JSON of an errorbook contract: {error}"),
            Wrong::Body(code, body) => {
                write!(
                    out,
                    "this contract has no body {body}, and `{code}` is written in it; bodies count from 0"
                )
            }
            Wrong::Newer(form) => write!(
                out,
                "this contract has form {form}, and this errorbook reads up to form {FORMAT}; use a newer errorbook"
            ),
        }
    }
}

impl std::error::Error for ContractError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Wrong::Json(error) => Some(error),
            Wrong::Newer(_) | Wrong::Body(..) => None,
        }
    }
}
