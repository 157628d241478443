//! What an error says of itself to operators. Takes a value, of whose type nothing is known; gives the name of the type,
//! what its `Display` says, and its causes, as far as there are these. A text that fails costs its own part.

use std::any::type_name;
use std::error::Error;
use std::fmt::{self, Display};

use crate::bounded::{LONGEST_TEXT, MOST_CAUSES, Shown, shown};
use crate::guard::guarded;
use crate::one_line::one_line;

/// What an error can tell operators, as far as its type implements it.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "holds trait objects, and only expansions name it")]
pub struct Logged<'a> {
    #[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "only an event tells it"))]
    type_name: Option<&'static str>,
    words: Words<'a>,
}

#[derive(Clone, Copy)]
enum Words<'a> {
    /// Its `Display` and its causes.
    Error(&'a (dyn Error + 'a)),
    /// Its `Display`.
    Display(&'a dyn Display),
    /// What it said before it was dropped.
    #[cfg(feature = "tower")]
    Said(&'a Said),
    Nothing,
}

/// What was said by something that is gone: a text and those of its causes, each on one line.
#[cfg(feature = "tower")]
#[derive(Debug)]
pub(crate) struct Said {
    message: String,
    causes: Vec<String>,
}

#[cfg(feature = "tower")]
impl Said {
    /// What this error says, and what its causes do.
    pub(crate) fn by(error: &(dyn Error + 'static)) -> Self {
        let logged = Logged::error(error);
        Self { message: logged.message().unwrap_or_default(), causes: logged.causes() }
    }

    /// This text alone.
    pub(crate) fn text(text: &str) -> Self {
        Self { message: one_line(text).into_owned(), causes: Vec::new() }
    }
}

/// Finds out what a type implements: method lookup takes the inherent method where the type is an `Error`, then
/// that of [`LoggedByDisplay`], then that of [`LoggedByNothing`].
#[derive(Debug)]
pub struct Probe<'a, T: ?Sized>(pub &'a T);

impl<'a, T: Error> Probe<'a, T> {
    #[must_use]
    pub fn __errorbook_logged(&self) -> Logged<'a> {
        Logged { type_name: Some(type_name::<T>()), ..Logged::error(self.0) }
    }
}

pub trait LoggedByDisplay<'a> {
    fn __errorbook_logged(&self) -> Logged<'a>;
}

impl<'a, T: Display> LoggedByDisplay<'a> for Probe<'a, T> {
    fn __errorbook_logged(&self) -> Logged<'a> {
        Logged { type_name: Some(type_name::<T>()), ..Logged::display(self.0) }
    }
}

pub trait LoggedByNothing<'a> {
    fn __errorbook_logged(&self) -> Logged<'a>;
}

impl<'a, T> LoggedByNothing<'a> for &Probe<'a, T> {
    fn __errorbook_logged(&self) -> Logged<'a> {
        Logged { type_name: Some(type_name::<T>()), ..Logged::NOTHING }
    }
}

impl<'a> Logged<'a> {
    /// Nobody knows anything of it.
    pub(crate) const NOTHING: Self = Self { type_name: None, words: Words::Nothing };

    /// What this error says. Its type's name is not to be had any more.
    pub(crate) fn error(error: &'a (dyn Error + 'a)) -> Self {
        Self { words: Words::Error(error), ..Self::NOTHING }
    }

    /// What this says.
    pub(crate) fn display(value: &'a dyn Display) -> Self {
        Self { words: Words::Display(value), ..Self::NOTHING }
    }

    /// What this was.
    #[cfg(feature = "tower")]
    pub(crate) fn said(said: &'a Said) -> Self {
        Self { words: Words::Said(said), ..Self::NOTHING }
    }

    /// The name of its type in Rust, where that is known.
    #[cfg(feature = "tracing")]
    pub(crate) fn type_name(self) -> Option<&'static str> {
        self.type_name
    }

    /// What its `Display` says, on one line; `None` where it has none.
    pub(crate) fn message(self) -> Option<String> {
        match self.words {
            Words::Error(error) => Some(rendered(error)),
            Words::Display(value) => Some(rendered(value)),
            #[cfg(feature = "tower")]
            Words::Said(said) => Some(said.message.clone()),
            Words::Nothing => None,
        }
    }

    /// What each of the causes says, the nearest first, each on one line.
    pub(crate) fn causes(self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut error = match self.words {
            Words::Error(error) => error,
            #[cfg(feature = "tower")]
            Words::Said(said) => return said.causes.clone(),
            Words::Display(_) | Words::Nothing => return causes,
        };
        while causes.len() < MOST_CAUSES {
            match guarded(|| error.source()) {
                Ok(Some(cause)) => {
                    causes.push(rendered(cause));
                    error = cause;
                }
                Ok(None) => return causes,
                Err(_) => {
                    causes.push("(its `source` panicked)".to_owned());
                    return causes;
                }
            }
        }
        causes.push("(and perhaps more)".to_owned());
        causes
    }
}

/// The `Display`, or nothing.
impl Display for Logged<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message().unwrap_or_default())
    }
}

/// On one line, as some of it may be a caller's.
fn rendered(value: impl Display) -> String {
    match guarded(|| shown(&value, LONGEST_TEXT)) {
        Ok(Shown::Whole(text)) => one_line(&text).into_owned(),
        Ok(Shown::Cut(text)) => one_line(&text).into_owned() + "…",
        Ok(Shown::Failed) => "(its `Display` failed)".to_owned(),
        Err(_) => "(its `Display` panicked)".to_owned(),
    }
}
