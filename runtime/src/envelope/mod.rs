//! What the bodies of errors look like: JSON with slots, as constants that [`envelope!`](crate::envelope!) makes, and
//! four that many services share. An envelope tells its media type and its JSON Schema; what stands in a slot is the
//! error's and the request's to say.

pub(crate) mod layout;
mod media_type;
pub(crate) mod prepare;
mod provided;
mod schema;
mod slots;

use std::fmt;

use http::HeaderValue;

#[doc(hidden)]
pub use prepare::PreparedBodies;
pub use provided::{FLAT, JSON_API, NESTED, PROBLEM};
pub use slots::EnvelopeSlot;

/// The JSON body of a service's errors, with slots. Written with [`envelope!`](crate::envelope!), and best kept in
/// a constant:
///
/// ```
/// use errorbook::{ApiError, Envelope, envelope};
///
/// const RUNS: Envelope = envelope!({
///     "error": code, "message": message, "run_id": context.run_id?, "details": details?
/// });
///
/// #[derive(ApiError)]
/// #[api(envelope = RUNS, status = 402, code = "insufficient_credits", message = "Out of credits.")]
/// struct OutOfCredits {
///     #[api(detail)]
///     need: u64,
/// }
///
/// let body = OutOfCredits { need: 10 }.body().to_bytes();
/// assert_eq!(
///     body,
///     r#"{"error":"insufficient_credits","message":"Out of credits.","details":{"need":10}}"#,
/// );
/// ```
pub struct Envelope {
    media_type: &'static str,
    /// Makes the header's value. As a value it would have a destructor, and `&ENVELOPE` of a constant would not
    /// be `&'static`.
    content_type: fn() -> HeaderValue,
    shape: Node,
    /// The shape's outermost parts, by whose place the constant is known.
    parts: &'static [Part],
    uses_request: bool,
    /// The members that the media type defines, where the body is an object.
    reserved: &'static [&'static str],
}

impl Envelope {
    /// The media type, parameters included, as it was declared: `application/json` unless it says otherwise.
    #[must_use]
    pub const fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// The value of the `Content-Type` header.
    #[must_use]
    pub fn content_type(&self) -> HeaderValue {
        (self.content_type)()
    }

    /// The JSON Schema (draft 2020-12) of the bodies.
    ///
    /// A member with a `?` is not required. One without may be `null` where its slot has no value, save the code,
    /// which an error can only leave out where the envelope has a `?` behind it. Objects have the members that
    /// stand in the envelope and no others, unless details are spread over them. The items of a `for` are told as those of
    /// field errors or, where it has an `else`, as either.
    ///
    /// ```
    /// use errorbook::envelope;
    ///
    /// let schema = envelope!({ "code": code, "request_id": request_id? }).schema();
    /// assert_eq!(schema["type"], "object");
    /// assert_eq!(schema["required"], serde_json::json!(["code"]));
    /// assert_eq!(schema["properties"]["request_id"]["type"], "string");
    /// ```
    #[must_use]
    pub fn schema(&self) -> serde_json::Value {
        schema::of_body(&self.shape)
    }

    /// What stands where.
    pub(crate) const fn shape(&self) -> &Node {
        &self.shape
    }

    /// Whether the body shows anything of the request: its id, or what the application adds.
    pub(crate) const fn uses_request(&self) -> bool {
        self.uses_request
    }

    /// Whether such a slot stands in the body. Details that are spread or gone through count as a slot.
    pub(crate) fn shows(&self, is_meant: impl Fn(Slot) -> bool) -> bool {
        fn shows(node: &Node, is_meant: &impl Fn(Slot) -> bool) -> bool {
            match node {
                Node::Slot(slot) => is_meant(*slot),
                Node::Spread => is_meant(Slot::Details),
                Node::Each(items) => {
                    is_meant(Slot::Details) || items.iter().any(|item| shows(&item.node, is_meant))
                }
                Node::Object(_) | Node::Array(_) | Node::Literal(_) => {
                    node.parts().iter().any(|part| shows(&part.node, is_meant))
                }
            }
        }
        shows(&self.shape, &is_meant)
    }

    /// Whether any details stand in the body. A `for` shows those alone that are field errors.
    #[cfg(feature = "client")]
    pub(crate) fn shows_all_details(&self) -> bool {
        fn shows(node: &Node) -> bool {
            match node {
                Node::Slot(slot) => *slot == Slot::Details,
                Node::Spread => true,
                Node::Each(items) => items.iter().any(|item| shows(&item.node)),
                Node::Object(_) | Node::Array(_) | Node::Literal(_) => {
                    node.parts().iter().any(|part| shows(&part.node))
                }
            }
        }
        shows(&self.shape)
    }

    /// Whether this is the constant `other`. Each use of a constant may have an address of its own, but all share
    /// the parts. Where the compiler has made two of one, they count as different, which costs a second body and
    /// nothing else.
    pub(crate) fn is_same_constant(&self, other: &Self) -> bool {
        // The compiler may let two constants share their parts that differ in what is around them.
        std::ptr::eq(self.parts, other.parts)
            && std::ptr::eq(self.reserved, other.reserved)
            && matches!(self.shape, Node::Array(_)) == matches!(other.shape, Node::Array(_))
    }

    /// The members that the media type defines: details that are spread over the whole body cannot have their names.
    pub(crate) const fn reserved(&self) -> &'static [&'static str] {
        self.reserved
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Envelope").field("media_type", &self.media_type).finish_non_exhaustive()
    }
}

/// What `envelope!` expands to.
#[doc(hidden)]
#[must_use]
pub const fn envelope(media_type: &'static str, content_type: fn() -> HeaderValue, shape: Node) -> Envelope {
    let (parts, uses_request) = (shape.parts(), shows_the_request(&shape));
    let reserved = if let Node::Object(_) = shape { media_type::members(media_type) } else { &[] };
    Envelope { media_type, content_type, shape, parts, uses_request, reserved }
}

/// Stands in for an envelope that has mistakes, so that what uses it adds none.
#[doc(hidden)]
pub const NO_ENVELOPE: Envelope = envelope(
    "application/json",
    || const { HeaderValue::from_static("application/json") },
    Node::Object(&[]),
);

/// Where a value goes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Code,
    Message,
    Title,
    /// The title of a problem that has a type, or the phrase of one that has none.
    ProblemTitle,
    DocsUrl,
    Remedy,
    Act,
    Status,
    StatusString,
    Reason,
    RequestId,
    Context(&'static str),
    Details,
    Retryable,
    RetryAfter,
    RetryAfterMs,
    Meta(&'static str),
    // Of the field error that a `for` has come to.
    FieldPointer,
    FieldFragment,
    FieldCode,
    FieldMessage,
}

/// What the body looks like: for its writing and reading, and for the JSON Schema.
#[doc(hidden)]
#[derive(Debug)]
pub enum Node {
    Object(&'static [Part]),
    Array(&'static [Part]),
    /// JSON text: a string, a number, `true`, `false` or `null`.
    Literal(&'static str),
    Slot(Slot),
    /// `..details`, a part of an object or array and of nothing else.
    Spread,
    /// `for field in details`, a part of an array and of nothing else: what is written for each field error and, where
    /// there is an `else`, what is written for an error that has none.
    Each(&'static [Part]),
}

/// A member of an object, or an item of an array.
#[doc(hidden)]
#[derive(Debug)]
pub struct Part {
    /// The member's name, not escaped. Items of arrays and [`Node::Spread`] have none.
    pub name: &'static str,
    pub node: Node,
    /// A `?` stands behind it.
    pub optional: bool,
}

impl Node {
    /// The members or items, or what is written for each field error or in their place; none of anything else.
    pub(crate) const fn parts(&self) -> &'static [Part] {
        match self {
            Self::Object(parts) | Self::Array(parts) | Self::Each(parts) => parts,
            Self::Literal(_) | Self::Slot(_) | Self::Spread => &[],
        }
    }
}

/// Whether this shows anything of the request.
const fn shows_the_request(node: &Node) -> bool {
    let mut index = 0;
    let parts = node.parts();
    while index < parts.len() {
        if shows_the_request(&parts[index].node) {
            return true;
        }
        index += 1;
    }
    matches!(node, Node::Slot(Slot::RequestId | Slot::Context(_)))
}
