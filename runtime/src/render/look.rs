//! How a value is looked at: its type is asked once, names its row of the tables and hands over all its fields. What is
//! made of them is up to who looks.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::fmt;
use std::time::Duration;

use crate::api_error::ApiError;
use crate::envelope::PreparedBodies;
use crate::render::field::{Field, Value};
use crate::spec::ErrorSpec;

/// A row of a type's tables: what was declared, and where bodies of it are kept prepared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared {
    pub spec: &'static ErrorSpec,
    pub bodies: &'static PreparedBodies,
}

/// Who wants to know something of an error.
pub(crate) trait Looker {
    /// `words` are what a type that holds the error says in place of its message.
    ///
    /// `fields` are those of [`ErrorSpec::fields`], in that order, and then one for each place of the message that
    /// formats its field; the `Display` of the error, where that is its message.
    fn see(&mut self, declared: Declared, words: Option<&Words<'_>>, fields: &[&dyn Field]);
}

/// A text that is put together where it is shown.
pub(crate) type Words<'w> = fmt::Arguments<'w>;

/// What the expansion calls.
#[allow(missing_debug_implementations, reason = "it is a trait object and lives for one call")]
pub struct Look<'l> {
    looker: &'l mut dyn Looker,
    specs: &'static [ErrorSpec],
    bodies: &'static [PreparedBodies],
    words: Option<&'l Words<'l>>,
}

impl Look<'_> {
    /// The tables of the type that is looked at from here on.
    pub fn at(&mut self, specs: &'static [ErrorSpec], bodies: &'static [PreparedBodies]) {
        (self.specs, self.bodies) = (specs, bodies);
    }

    // A method for each small number of fields, since a list costs rustc more than arguments; and none of them inlined, as
    // a large enum would have the code of it in each arm.

    #[inline]
    pub fn none(&mut self, row: usize) {
        self.many(row, &[]);
    }

    pub fn one(&mut self, row: usize, field: &dyn Field) {
        self.many(row, &[field]);
    }

    pub fn two(&mut self, row: usize, first: &dyn Field, second: &dyn Field) {
        self.many(row, &[first, second]);
    }

    pub fn many(&mut self, row: usize, fields: &[&dyn Field]) {
        static UNKNOWN: (ErrorSpec, PreparedBodies) = (ErrorSpec::UNKNOWN, PreparedBodies::new());
        let declared = match (self.specs.get(row), self.bodies.get(row)) {
            (Some(spec), Some(bodies)) => Declared { spec, bodies },
            // The macro counts right; were it ever wrong, an answer without words beats a panic.
            _ => Declared { spec: &UNKNOWN.0, bodies: &UNKNOWN.1 },
        };
        self.looker.see(declared, self.words, fields);
    }

    /// The error that answers, in the words of the one that holds it. Those of the outermost count, in which stand those
    /// of the next.
    pub fn in_words(&mut self, held: &dyn ApiError, words: Words<'_>) {
        let words = self.words.unwrap_or(&words);
        held.__errorbook_look(&mut Look { looker: self.looker, specs: &[], bodies: &[], words: Some(words) });
    }

    /// For an error that no type declares.
    pub(crate) fn see(&mut self, declared: Declared, fields: &[&dyn Field]) {
        self.looker.see(declared, self.words, fields);
    }
}

/// Has `looker` look at the error.
#[inline]
pub(crate) fn look(error: &dyn ApiError, looker: &mut dyn Looker) {
    error.__errorbook_look(&mut Look { looker, specs: &[], bodies: &[], words: None });
}

/// What was declared of this error.
pub(crate) fn spec_of(error: &dyn ApiError) -> &'static ErrorSpec {
    struct Spec(&'static ErrorSpec);

    impl Looker for Spec {
        fn see(&mut self, declared: Declared, _words: Option<&Words<'_>>, _fields: &[&dyn Field]) {
            self.0 = declared.spec;
        }
    }

    static UNKNOWN: ErrorSpec = ErrorSpec::UNKNOWN;
    let mut spec = Spec(&UNKNOWN);
    look(error, &mut spec);
    spec.0
}

/// What was declared of this error, and the wait that it holds in its `retry_after` field.
pub(crate) fn spec_and_wait_of(error: &dyn ApiError) -> (&'static ErrorSpec, Option<Duration>) {
    struct Wait(&'static ErrorSpec, Option<Duration>);

    impl Looker for Wait {
        fn see(&mut self, declared: Declared, _words: Option<&Words<'_>>, fields: &[&dyn Field]) {
            let place = declared.spec.more.fields.iter().position(|field| field.retry_after);
            *self =
                Self(declared.spec, place.and_then(|place| fields.get(place)).and_then(|field| wait(*field)));
        }
    }

    static UNKNOWN: ErrorSpec = ErrorSpec::UNKNOWN;
    let mut found = Wait(&UNKNOWN, None);
    look(error, &mut found);
    (found.0, found.1)
}

/// The wait that a field holds.
pub(crate) fn wait(field: &dyn Field) -> Option<Duration> {
    match field.value() {
        Value::ByTraits(traits) => traits.wait,
        Value::Unsigned(_) | Value::Signed(_) | Value::Bool(_) | Value::Text(_) => None,
    }
}
