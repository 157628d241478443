//! What is declared of one field of an error.

/// A field of an error that has a role, a description or an example, or that the message shows.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is what one key says")]
pub struct FieldSpec {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub ty: &'static str,
    #[doc(hidden)]
    pub optional: bool,
    #[doc(hidden)]
    pub detail: Option<&'static str>,
    #[doc(hidden)]
    pub null: bool,
    #[doc(hidden)]
    pub with: Option<&'static str>,
    #[doc(hidden)]
    pub details: bool,
    #[doc(hidden)]
    pub retry_after: bool,
    #[doc(hidden)]
    pub headers: &'static [&'static str],
    #[doc(hidden)]
    pub description: &'static str,
    #[doc(hidden)]
    pub example: Option<&'static str>,
}

impl FieldSpec {
    /// A field that has no role: the base that the expansions fill up.
    #[doc(hidden)]
    pub const PLAIN: Self = Self {
        name: "",
        ty: "",
        optional: false,
        detail: None,
        null: false,
        with: None,
        details: false,
        retry_after: false,
        headers: &[],
        description: "",
        example: None,
    };

    /// A field of which nothing is known but that the message shows it.
    pub(super) fn shown(name: &'static str, ty: &'static str) -> Self {
        // As the macro tells it by a type's looks.
        let path = ty.split('<').next().unwrap_or(ty);
        let optional = path.len() < ty.len() && path.rsplit("::").next() == Some("Option");
        Self { name, ty, optional, ..Self::PLAIN }
    }

    /// The field's name, or its index in a tuple.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The field's type, as it was written.
    #[must_use]
    pub const fn ty(&self) -> &'static str {
        self.ty
    }

    /// Whether the type looks like an `Option`. An alias of one is missed; a type of one's own that is
    /// called `Option` is taken for one.
    #[must_use]
    pub const fn is_optional(&self) -> bool {
        self.optional
    }

    /// The name under which it is a member of `details`, if it is one.
    #[must_use]
    pub const fn detail(&self) -> Option<&'static str> {
        self.detail
    }

    /// Whether that member is always there: `null` where it has no value (`detail, null`). Without it a member without a
    /// value is left out.
    #[must_use]
    pub const fn keeps_null(&self) -> bool {
        self.null
    }

    /// The function that gives the field's form in `details` and in headers (`with = path`), as it was written. Where
    /// there is one, [`ty`](Self::ty) is not the type of what is sent.
    #[must_use]
    pub const fn with(&self) -> Option<&'static str> {
        self.with
    }

    /// Whether it is all of `details`.
    #[must_use]
    pub const fn is_details(&self) -> bool {
        self.details
    }

    pub(crate) fn is_in_details(&self) -> bool {
        self.details || self.detail.is_some()
    }

    /// Whether it holds the wait that `Retry-After` tells.
    #[must_use]
    pub const fn is_retry_after(&self) -> bool {
        self.retry_after
    }

    /// The response headers whose value it is, names as they were written.
    #[must_use]
    pub const fn headers(&self) -> &'static [&'static str] {
        self.headers
    }

    /// The field's doc comment, if it has one.
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        if self.description.is_empty() { None } else { Some(self.description) }
    }

    /// The sample value, as JSON.
    #[must_use]
    pub const fn example(&self) -> Option<&'static str> {
        self.example
    }
}
