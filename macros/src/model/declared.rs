//! What was declared, as expanding asks for it: the values of keys with their defaults, without the attributes in which
//! they stood.

use std::time::Duration;

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::{LitStr, Path};

use super::{Field, Input, Variant};
use crate::lang::retry::Rule;

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
    pub(crate) fn remedy(&self) -> Option<&LitStr> {
        self.attrs.remedy.as_ref()
    }

    /// The heading, its own or the type's.
    pub(crate) fn section<'v>(&'v self, input: &'v Input<'_>) -> Option<&'v LitStr> {
        self.attrs.section.as_ref().or(input.attrs.section.as_ref())
    }

    /// The link, its own or the type's.
    pub(crate) fn docs<'v>(&'v self, input: &'v Input<'_>) -> Option<&'v LitStr> {
        self.attrs.docs.as_ref().or(input.attrs.docs.as_ref())
    }

    /// The retry rule, if one was written.
    pub(crate) fn rule(&self) -> Option<&Rule> {
        self.attrs.retry.as_ref().map(|rule| &rule.value)
    }

    /// The name of the `Level` constant, if a level was written.
    pub(crate) fn level(&self) -> Option<&'static str> {
        self.attrs.log
    }

    /// The constant headers.
    pub(crate) fn headers(&self) -> &[(LitStr, LitStr)] {
        &self.attrs.headers
    }

    /// The constants of the error, with their names.
    pub(crate) fn meta(&self) -> impl ExactSizeIterator<Item = (String, String)> {
        self.attrs.meta.iter().map(|(name, value)| (name.unraw().to_string(), value.value()))
    }

    /// The word `code` in `omit(code)`.
    pub(crate) fn omitted_code(&self) -> Option<&Ident> {
        self.attrs.omits_code.as_ref()
    }
}

impl Field<'_> {
    pub(crate) fn is_in_details(&self) -> bool {
        self.attrs.detail.is_some() || self.is_whole()
    }

    /// Where its name as a detail stands, or else the key.
    pub(crate) fn detail_span(&self) -> Option<Span> {
        let (key, name) = self.attrs.detail.as_ref()?;
        Some(name.as_ref().map_or(key.span(), LitStr::span))
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
