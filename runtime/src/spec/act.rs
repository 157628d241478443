//! Who must do something about an error.

/// Who must do something before a request can succeed that failed with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "book", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Act {
    /// Whoever calls: the request is at fault.
    Caller,
    /// Whoever runs the service, or owns the account.
    Operator,
    /// Nobody: it passes.
    Nobody,
}

impl Act {
    /// The word for it in a declaration and in a body.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Operator => "operator",
            Self::Nobody => "nobody",
        }
    }
}
