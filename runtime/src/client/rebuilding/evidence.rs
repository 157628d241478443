//! What a response told of an error, lent to what makes the error of it again. Nothing here is checked against a
//! declaration yet: that is the rebuild's.

use std::borrow::Cow;
use std::time::Duration;

use serde_json::value::RawValue;

use crate::field_errors::FieldErrors;

/// What was read of a response, or of an error inside something else, whose code is a known one.
#[doc(hidden)]
#[derive(Debug)]
pub struct Evidence<'a> {
    pub(crate) code: &'a str,
    /// That of the code, by which expansions look it up.
    pub(crate) hash: u64,
    /// As exact as it was told.
    pub(crate) wait: Option<Duration>,
    /// `None`: nobody knows whether it had some.
    pub(crate) details: Option<&'a Details<'a>>,
}

/// The details in the form in which the envelope had them. All that is lent is JSON.
#[doc(hidden)]
#[derive(Debug, Default)]
pub enum Details<'a> {
    #[default]
    Nothing,
    /// As one value.
    Whole(&'a RawValue),
    /// As the members of an object that are none of its envelope's. A list among them may be all of the details: it is
    /// spread as `errors`, or `details` where the envelope has such a member.
    Spread(Vec<(Cow<'a, str>, &'a RawValue)>),
    /// As items of an array. One alone may be all of the details, whatever they are.
    Items(Vec<&'a RawValue>),
    /// As field errors that a `for` went through.
    Fields(FieldErrors),
}
