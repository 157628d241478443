//! A response header that is declared with a value of its own.

use super::MessagePiece;
use super::message::Pieces;

/// A header of an error's response: `header("WWW-Authenticate", "Bearer")`.
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::spec::MessagePiece::{Field, Text};
///
/// #[derive(ApiError)]
/// #[api(status = 401, message = "No token.", header("WWW-Authenticate", "Bearer realm={realm}"))]
/// struct NoToken {
///     realm: String,
/// }
///
/// let error = NoToken { realm: "stories".into() };
/// assert_eq!(error.to_response().headers()["www-authenticate"], "Bearer realm=stories");
///
/// let header = error.spec().headers()[0];
/// assert_eq!(header.name(), "WWW-Authenticate");
/// assert_eq!(header.constant(), None);
/// let pieces: Vec<_> = header.pieces().collect();
/// assert_eq!(pieces, [Text("Bearer realm="), Field { name: "realm", format: "" }]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderSpec {
    // Public for the expansions alone.
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub value: &'static str,
    /// Whether the value is a template.
    #[doc(hidden)]
    pub varies: bool,
}

impl HeaderSpec {
    /// The name, as it was written.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The value, where it is the same for every value of the error.
    #[must_use]
    pub const fn constant(&self) -> Option<&'static str> {
        if self.varies { None } else { Some(self.value) }
    }

    /// The value in pieces: texts, and the fields between them.
    pub fn pieces(&self) -> impl Iterator<Item = MessagePiece> + use<> {
        let (constant, template) = if self.varies { ("", self.value) } else { (self.value, "") };
        (!constant.is_empty()).then_some(MessagePiece::Text(constant)).into_iter().chain(Pieces(template))
    }
}
