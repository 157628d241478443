//! The error itself, from what a body told. Takes the evidence; gives the one value of the type that answers so, or none.
//! The expansions of `#[api(decode)]` call what is here; how a body is read is for `reader` to say, and how its details
//! become fields for `members`.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::ops::Deref;
use std::time::Duration;

use super::evidence::Evidence;
use super::members::{Member, Place, read_members, read_whole};
use crate::api_error::Catalogued;
use crate::render::field::Wait;

/// The one error of the type, held types included, whose response tells this; `None` where there is none, where it is
/// known by its spec alone, and where several fit.
pub(crate) fn rebuild<E: Catalogued>(evidence: &Evidence<'_>) -> Option<E> {
    match Found::of(evidence).state {
        State::One(error) => Some(error),
        State::Nothing | State::Several => None,
    }
}

/// The errors of a type that were found to answer so.
#[allow(missing_debug_implementations, reason = "it lives for one call")]
pub struct Found<'w, E> {
    evidence: &'w Evidence<'w>,
    state: State<E>,
}

enum State<E> {
    Nothing,
    One(E),
    /// More than one, or one that cannot be rebuilt: which it was nobody knows.
    Several,
}

impl<'w, E> Found<'w, E> {
    fn of(evidence: &'w Evidence<'w>) -> Self
    where
        E: Catalogued,
    {
        let mut found = Self { evidence, state: State::Nothing };
        E::__errorbook_rebuild(&mut found);
        found
    }

    /// The hash of the code.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.evidence.hash
    }

    /// The wait that the response told.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        self.evidence.wait
    }

    /// Whether this is the code.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.evidence.code == code
    }

    /// Whether this is the code, and the details hold all of these.
    pub fn members(&self, code: &str, members: &mut [Member<'_>]) -> bool {
        self.is(code) && self.evidence.details.is_some_and(|details| read_members(details, members))
    }

    /// Whether this is the code, and the details are such a value.
    pub fn whole(&self, code: &str, place: &mut dyn Place) -> bool {
        self.is(code) && self.evidence.details.is_some_and(|details| read_whole(details, place))
    }

    /// One that answers so.
    pub fn add(&mut self, error: E) {
        self.state = match self.state {
            State::Nothing => State::One(error),
            State::One(_) | State::Several => State::Several,
        };
    }

    /// The errors of a type that is held.
    pub fn held<H: Catalogued>(&mut self, make: impl FnOnce(H) -> E) {
        match Found::of(self.evidence).state {
            State::Nothing => {}
            State::One(held) => self.add(make(held)),
            State::Several => self.state = State::Several,
        }
    }

    /// An error that has this code and cannot be rebuilt.
    pub fn unknowable(&mut self) {
        self.state = State::Several;
    }

    /// A type that is held and cannot be rebuilt.
    pub fn unknowable_held<H: Catalogued>(&mut self) {
        if H::CODES.contains(self.evidence.hash) {
            self.unknowable();
        }
    }

    /// What a pointer to an error finds.
    pub(crate) fn behind_pointer(&mut self)
    where
        E: Deref<Target: Catalogued> + From<E::Target>,
    {
        self.held::<E::Target>(E::from);
    }
}

/// The wait of a response, where the field that holds it can have that.
#[must_use]
pub fn waited<T: Wait>(wait: Option<Duration>) -> Option<T> {
    T::of_response(wait)
}

/// What a type has of `#[api(decode)]`.
// __p::decode! { fn __errorbook_rebuild(…) { … } }    becomes    that function
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_decode {
    ($($function:tt)*) => { $($function)* };
}
