//! What was declared, as expanding asks for it: the values of keys with their defaults, without the attributes in which
//! they stood.

use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::{LitStr, Path};

use super::{Field, Input, Variant};
use crate::attrs::either::{Meta, MetaValue};
use crate::lang::retry::{Rule, Wait};

impl Input<'_> {
    pub(crate) fn envelope(&self) -> Option<&Path> {
        self.attrs.envelope.as_ref()
    }

    /// The type's own schedule.
    pub(crate) fn backoff(&self) -> Option<&[Duration]> {
        self.attrs.backoff.as_ref().map(|schedule| &*schedule.value)
    }

    pub(crate) fn shared_codes(&self) -> &[LitStr] {
        &self.attrs.shared_codes
    }

    /// The integrations that are skipped.
    pub(crate) fn skipped(&self) -> &[Ident] {
        &self.attrs.skip
    }
}

impl Variant<'_> {
    pub(crate) fn remedy(&self) -> Option<String> {
        self.attrs.remedy.as_ref().map(|text| self.constant(text))
    }

    /// The name of the `Act` constant, if one was written.
    pub(crate) fn act(&self) -> Option<&'static str> {
        self.attrs.act
    }

    pub(crate) fn example_request(&self) -> Option<&LitStr> {
        self.attrs.example_request.as_ref()
    }

    /// The heading, its own or the type's.
    pub(crate) fn section(&self, input: &Input<'_>) -> Option<String> {
        let written = self.attrs.section.as_ref().or(input.attrs.section.as_ref());
        written.map(|text| self.constant(text))
    }

    /// The link as it was written, its own or the type's.
    pub(crate) fn docs<'v>(&'v self, input: &'v Input<'_>) -> Option<&'v LitStr> {
        self.attrs.docs.as_ref().or(input.attrs.docs.as_ref())
    }

    /// The retry rule, if one was written: its own or the type's. A field that holds the wait is a word of its own, beside
    /// which a rule of the type that never looks at it does not count.
    pub(crate) fn rule<'v>(&'v self, input: &'v Input<'_>) -> Option<&'v Rule> {
        let has_wait = self.wait_field().is_some();
        let counts = |rule: &&Rule| !has_wait || matches!(rule.wait, Wait::After | Wait::AfterBetween(..));
        let of_type = || input.attrs.retry.as_ref().map(|rule| &rule.value).filter(counts);
        self.attrs.retry.as_ref().map(|rule| &rule.value).or_else(of_type)
    }

    /// The path of the constant as which its status was written.
    pub(crate) fn status_path(&self) -> Option<&TokenStream> {
        let tokens = &self.attrs.status.as_ref()?.tokens;
        // A number, a name and `none` are one token.
        tokens.clone().into_iter().nth(1).is_some().then_some(tokens)
    }

    /// The name of the `Level` constant, if a level was written.
    pub(crate) fn level(&self, input: &Input<'_>) -> Option<&'static str> {
        self.attrs.log.or(input.attrs.log)
    }

    /// What its headers and constants are by its type alone, so that its row needs no copy of them.
    pub(crate) fn has_headers_of_type(&self, input: &Input<'_>) -> bool {
        !input.attrs.headers.is_empty()
            && self.headers.len() == input.attrs.headers.len()
            && self.attrs.headers.is_empty()
            && input.attrs.headers.iter().all(|header| header.value.value.fields().next().is_none())
    }

    pub(crate) fn has_meta_of_type(&self, input: &Input<'_>) -> bool {
        let varies = |meta: &Meta| matches!(&meta.value, MetaValue::Text(text) if text.value.fields().next().is_some());
        !input.attrs.meta.is_empty() && self.attrs.meta.is_empty() && !input.attrs.meta.iter().any(varies)
    }

    /// The constants of the error, with their names.
    pub(crate) fn meta(&self) -> impl Iterator<Item = (String, MetaConstant)> {
        self.meta.iter().map(|meta| {
            let value = match &meta.value {
                MetaValue::Text(text) => MetaConstant::Text(self.constant(text)),
                MetaValue::Json(json) => MetaConstant::Json(json.clone()),
            };
            (meta.name.unraw().to_string(), value)
        })
    }

    /// The word `code` in `omit(code)`.
    pub(crate) fn omitted_code(&self) -> Option<&Ident> {
        self.attrs.omits_code.as_ref()
    }
}

/// A constant of an error, as it stands in its row.
pub(crate) enum MetaConstant {
    Text(String),
    /// A number, `true`, `false` or `null`.
    Json(String),
}

impl Field<'_> {
    /// Whether a message or a header may not show it: what a cause says is for operators.
    pub(crate) fn is_internal(&self) -> bool {
        self.is_cause && !self.attrs.is_public
    }

    pub(crate) fn is_in_details(&self) -> bool {
        self.attrs.detail.is_some() || self.is_whole()
    }

    /// Where its name as a detail stands, or else the key.
    pub(crate) fn detail_span(&self) -> Option<Span> {
        let (key, name) = self.attrs.detail.as_ref()?;
        Some(name.as_ref().map_or(key.span(), LitStr::span))
    }

    /// Whether it stands among the details as `null` where it has no value.
    pub(crate) fn is_null_kept(&self) -> bool {
        self.attrs.null.is_some()
    }

    /// The function that gives its form in the details and in headers.
    pub(crate) fn function(&self) -> Option<&Path> {
        self.attrs.with.as_ref().map(|(_, function)| function)
    }

    /// Whether it is all of the details.
    pub(crate) fn is_whole(&self) -> bool {
        self.attrs.details.is_some()
    }

    pub(crate) fn is_header(&self) -> bool {
        !self.header_names().is_empty()
    }

    /// The headers of which it is the value.
    pub(crate) fn header_names(&self) -> &[LitStr] {
        &self.attrs.headers
    }

    pub(crate) fn is_wait(&self) -> bool {
        self.attrs.retry_after.is_some()
    }

    /// The sample value, as JSON.
    pub(crate) fn example(&self) -> Option<&str> {
        self.attrs.example.as_deref()
    }
}
