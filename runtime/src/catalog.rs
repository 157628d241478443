//! The catalogue of a type: its errors and those of the types that it holds transparently.

use crate::spec::ErrorSpec;

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
    title: &'static str,
    description: &'static str,
    specs: &'static [ErrorSpec],
    /// The catalogues of the types held transparently, each with the number of own errors before it.
    nested: &'static [(usize, &'static Catalog)],
}

impl Catalog {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        title: &'static str,
        description: &'static str,
        specs: &'static [ErrorSpec],
        nested: &'static [(usize, &'static Catalog)],
    ) -> Self {
        Self { title, description, specs, nested }
    }

    /// The heading: `catalog_title`, or the type's name in words.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// The introduction: the type's doc comment.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.description
    }

    pub(crate) const fn specs(&self) -> &'static [ErrorSpec] {
        self.specs
    }

    pub(crate) const fn nested(&self) -> &'static [(usize, &'static Catalog)] {
        self.nested
    }

    /// Every error once, in the order of declaration. A type that is held in two places stands where it
    /// comes first.
    pub fn entries(&self) -> impl Iterator<Item = &'static ErrorSpec> + use<> {
        let mut found = Vec::new();
        self.collect_into(&mut found, &mut Vec::new());
        found.into_iter()
    }

    fn collect_into(&self, found: &mut Vec<&'static ErrorSpec>, seen: &mut Vec<&'static [ErrorSpec]>) {
        // A type's table of specs is a static, so its address tells the type; only an empty one has none.
        if !self.specs.is_empty() {
            if seen.iter().any(|known| std::ptr::eq(*known, self.specs)) {
                return;
            }
            seen.push(self.specs);
        }
        let mut done = 0;
        for &(before, catalog) in self.nested {
            found.extend(self.specs.get(done..before).unwrap_or_default());
            catalog.collect_into(found, seen);
            done = before;
        }
        found.extend(self.specs.get(done..).unwrap_or_default());
    }
}
