//! The catalogue of a type: its errors and those of the types that it holds transparently.

use std::collections::HashSet;
use std::time::Duration;

use crate::envelope::Envelope;
use crate::retry::DEFAULT_BACKOFF;
use crate::spec::{ErrorSpec, MessageSource};

/// Gives the JSON Schema of a type, if the type has one.
#[doc(hidden)]
pub type SchemaOf = fn() -> Option<serde_json::Value>;

/// All errors that a type can answer with, nested types included.
///
/// ```
/// use errorbook::ApiError;
///
/// #[derive(ApiError)]
/// enum StoryError {
///     #[api(status = 404, message = "No such story.")]
///     NotFound,
///     #[api(transparent)]
///     Billing(BillingError),
/// }
///
/// #[derive(ApiError)]
/// enum BillingError {
///     #[api(status = 402, message = "Out of credits.")]
///     InsufficientCredits,
/// }
///
/// let codes: Vec<_> = StoryError::catalog().entries().map(|spec| spec.code()).collect();
/// assert_eq!(codes, ["not_found", "insufficient_credits"]);
/// ```
#[derive(Debug)]
pub struct Catalog {
    // Public for the expansions alone, which fill them in a constant; users have the methods.
    #[doc(hidden)]
    pub type_name: &'static str,
    #[doc(hidden)]
    pub title: &'static str,
    #[doc(hidden)]
    pub description: &'static str,
    #[doc(hidden)]
    pub envelope: Option<&'static Envelope>,
    #[doc(hidden)]
    pub backoff: &'static [Duration],
    #[doc(hidden)]
    pub shared_codes: &'static [&'static str],
    #[doc(hidden)]
    pub specs: &'static [ErrorSpec],
    /// The catalogues of the types held transparently, each with the number of own errors before it.
    #[doc(hidden)]
    pub nested: &'static [(usize, Nested)],
    /// What this type says in place of the messages of each of them; empty where it says nothing.
    #[doc(hidden)]
    pub nested_messages: &'static [Option<MessageSource>],
    /// The file in which the type stands, and the line of each own error; empty without the feature `book`.
    #[doc(hidden)]
    pub places: (&'static str, &'static [u32]),
    /// What tells the JSON Schema of a detail, by the names of error and field; empty without the features `schemars` and
    /// `utoipa`.
    #[doc(hidden)]
    pub schemas: &'static [(&'static str, &'static str, SchemaOf)],
    /// Never set, so that `..Catalog::NOTHING` always has an effect: clippy's `needless_update` looks into expansions.
    #[doc(hidden)]
    pub nothing: (),
}

/// The catalogue of a held type.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Nested {
    At(&'static Catalog),
    /// What expansions have. rustc hashes what a constant leads to by every way that leads there, and in layers each of
    /// which holds all of the next the ways double with each: to a function none leads.
    By(fn() -> &'static Catalog),
}

impl Nested {
    fn catalog(self) -> &'static Catalog {
        match self {
            Self::At(catalog) => catalog,
            Self::By(catalog_of) => catalog_of(),
        }
    }
}

impl Catalog {
    /// The base that the expansions fill up.
    #[doc(hidden)]
    pub const NOTHING: Self = Self {
        type_name: "",
        title: "",
        description: "",
        envelope: None,
        backoff: DEFAULT_BACKOFF,
        shared_codes: &[],
        specs: &[],
        nested: &[],
        nested_messages: &[],
        places: ("", &[]),
        schemas: &[],
        nothing: (),
    };

    /// The name of the type, without its parameters.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// The heading: `catalog_title`, or the type's name in words.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// The introduction: the enum's doc comment, if it has one.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        Some(self.description).filter(|text| !text.is_empty())
    }

    /// The envelope that `#[api(envelope = …)]` names. Without one the type answers in whatever its service has.
    #[must_use]
    pub const fn envelope(&self) -> Option<&'static Envelope> {
        self.envelope
    }

    /// The waits of a retry rule that is `backoff` alone: those of `#[api(backoff = "…")]`, else
    /// [`DEFAULT_BACKOFF`].
    #[must_use]
    pub const fn backoff(&self) -> &'static [Duration] {
        self.backoff
    }

    /// The codes that may stand for several errors of this type: `shared_codes(…)`.
    #[must_use]
    pub const fn shared_codes(&self) -> &'static [&'static str] {
        self.shared_codes
    }

    /// The catalogues of the types that this one holds transparently, in the order of declaration.
    pub fn nested(&self) -> impl Iterator<Item = &'static Catalog> + use<> {
        self.nested.iter().map(|(_, nested)| nested.catalog())
    }

    /// The catalogues of the types that this one holds transparently, as [`nested`](Self::nested), each with the message
    /// that this type declares in the place of theirs, if it does.
    ///
    /// ```
    /// use errorbook::ApiError;
    /// use errorbook::spec::MessageSource;
    ///
    /// #[derive(ApiError)]
    /// enum IndexError {
    ///     #[api(message = "Index `{index}`: {error}")]
    ///     Index {
    ///         index: String,
    ///         #[api(transparent)]
    ///         error: TaskError,
    ///     },
    /// }
    ///
    /// #[derive(ApiError)]
    /// #[api(status = 404, message = "No such task.")]
    /// struct TaskError;
    ///
    /// let (held, message) = IndexError::catalog().nested_messages().next().unwrap();
    /// assert_eq!(held.type_name(), "TaskError");
    /// assert_eq!(message, Some(MessageSource::Template("Index `{index}`: {error}")));
    /// ```
    pub fn nested_messages(&self) -> impl Iterator<Item = (&'static Catalog, Option<MessageSource>)> + use<> {
        let messages = self.nested_messages.iter().copied().chain(std::iter::repeat(None));
        self.nested().zip(messages)
    }

    /// The errors with this code: several where it is shared, none where it is unknown.
    ///
    /// ```
    /// use errorbook::ApiError;
    ///
    /// #[derive(ApiError)]
    /// enum StoryError {
    ///     #[api(status = 404, message = "No such story.")]
    ///     NotFound,
    /// }
    ///
    /// let found: Vec<_> = StoryError::catalog().get("not_found").map(|spec| spec.name()).collect();
    /// assert_eq!(found, ["NotFound"]);
    /// assert_eq!(StoryError::catalog().get("gone").count(), 0);
    /// ```
    pub fn get(&self, code: &str) -> impl Iterator<Item = &'static ErrorSpec> {
        self.entries().filter(move |spec| spec.code() == code)
    }

    /// Every error once, in the order of declaration. A type that is held in two places stands where it
    /// comes first.
    pub fn entries(&self) -> impl Iterator<Item = &'static ErrorSpec> + use<> {
        let mut entries = Entries::default();
        entries.collect(self);
        entries.found.into_iter()
    }
}

/// The errors found so far, and where they were found.
#[derive(Default)]
struct Entries {
    found: Vec<&'static ErrorSpec>,
    /// The catalogues that were looked through, so that in layers each of which holds all of the next it is once each.
    catalogs: HashSet<*const Catalog>,
    /// The errors by their rows: a type's table is a static, so an address tells the error. One type with several arguments
    /// has several catalogues and one table, and a selection has some rows of a table.
    rows: HashSet<*const ErrorSpec>,
}

impl Entries {
    fn collect(&mut self, catalog: &Catalog) {
        if !self.catalogs.insert(catalog) {
            return;
        }
        let mut done = 0;
        for &(before, nested) in catalog.nested {
            self.add(catalog.specs.get(done..before).unwrap_or_default());
            self.collect(nested.catalog());
            done = before;
        }
        self.add(catalog.specs.get(done..).unwrap_or_default());
    }

    fn add(&mut self, specs: &'static [ErrorSpec]) {
        let Self { found, rows, .. } = self;
        found.extend(specs.iter().filter(|spec| rows.insert(std::ptr::from_ref(*spec))));
    }
}
