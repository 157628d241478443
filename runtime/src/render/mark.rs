//! The mark that a response bears of the error that it was made from.

use crate::spec::ErrorSpec;

/// In the extensions of a response that was made from an [`ApiError`](crate::ApiError): what was declared of the error.
/// Middleware reads from it that this answer needs no envelope any more, and which error it is.
///
/// It is there with the feature `tower`, since it costs each response allocations.
///
/// ```
/// use errorbook::{Answered, ApiError};
///
/// #[derive(ApiError)]
/// #[api(status = 410, message = "This run has expired.")]
/// struct Gone;
///
/// let response = Gone.to_response();
/// # #[cfg(feature = "tower")]
/// assert_eq!(response.extensions().get::<Answered>().unwrap().spec().code(), "gone");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Answered {
    spec: &'static ErrorSpec,
}

impl Answered {
    pub(super) const fn by(spec: &'static ErrorSpec) -> Self {
        Self { spec }
    }

    /// What was declared of the error.
    #[must_use]
    pub const fn spec(&self) -> &'static ErrorSpec {
        self.spec
    }
}
