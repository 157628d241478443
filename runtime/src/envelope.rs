//! What the bodies of errors look like: JSON with slots, as constants that [`envelope!`](crate::envelope!) makes, and
//! four that many services share. An envelope tells its media type and its JSON Schema; what stands in a slot is the
//! error's and the request's to say.

// The shape tells readers and the schema what stands where; the steps tell the writer, in `write`, which goes
// through them once for each body.
pub(crate) mod prepare;
mod provided;
mod schema;
pub(crate) mod template;
pub(crate) mod write;

use std::fmt;

use http::HeaderValue;

#[doc(hidden)]
pub use prepare::PreparedBodies;
pub use provided::{FLAT, JSON_API, NESTED, PROBLEM};

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
    steps: &'static [Step],
    uses_request: bool,
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
    /// stand in the envelope and no others, unless details are spread over them.
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

    /// How the body is written.
    pub(crate) const fn steps(&self) -> &'static [Step] {
        self.steps
    }

    /// Whether the body shows anything of the request: its id, or what the application adds.
    pub(crate) const fn uses_request(&self) -> bool {
        self.uses_request
    }

    /// Whether this is the constant `other`. Each use of a constant may have an address of its own, but all share
    /// the steps. Where the compiler has made two of one, they count as different, which costs a second body and
    /// nothing else.
    pub(crate) fn is_same_constant(&self, other: &Self) -> bool {
        std::ptr::eq(self.steps, other.steps)
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
pub const fn envelope(
    media_type: &'static str,
    content_type: fn() -> HeaderValue,
    shape: Node,
    steps: &'static [Step],
) -> Envelope {
    Envelope { media_type, content_type, shape, steps, uses_request: show_the_request(steps) }
}

/// Stands in for an envelope that has mistakes, so that what uses it adds none.
#[doc(hidden)]
pub const NO_ENVELOPE: Envelope = envelope(
    "application/json",
    || const { HeaderValue::from_static("application/json") },
    Node::Object(&[]),
    &[],
);

/// Where a value goes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Code,
    Message,
    Title,
    DocsUrl,
    Status,
    StatusString,
    Reason,
    RequestId,
    Context(&'static str),
    Details,
    Retryable,
    RetryAfter,
    Meta(&'static str),
}

/// What the body looks like: for the JSON Schema, and for reading it back.
#[doc(hidden)]
#[derive(Debug)]
pub enum Node {
    Object(&'static [Part]),
    Array(&'static [Part]),
    /// JSON text: a string, a number, `true`, `false` or `null`.
    Literal(&'static str),
    Slot(Slot),
    /// `..details`, a part of an object and of nothing else.
    Spread,
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

/// How the body is written: one pass over constant text and slots.
#[doc(hidden)]
#[derive(Debug)]
pub enum Step {
    /// Constant JSON text. The macro joins neighbours, so that two never stand side by side.
    Text(&'static str),
    /// The slot's JSON value, a string with its quotes; `null` where there is none.
    Value(Slot),
    /// The escaped characters of a slot that always has a string: message, title, reason. The quotes are part of
    /// the texts around it.
    Bare(Slot),
    /// A comma, unless nothing stands before it in the object or array. It is there only where the macro could
    /// not know.
    Comma,
    /// A comma if needed, `lead` (`"request_id":`, or nothing in an array), the value; left out where the slot has
    /// none.
    Optional { lead: &'static str, slot: Slot },
    /// A comma if needed, `lead` (`"meta":{`, `{` or `[`), steps, of which the last closes the bracket; left out
    /// where no slot in it, however deep, had a value. Constants do not count as values.
    Group { lead: &'static str, steps: &'static [Step] },
    /// The members of the details, each behind a comma if needed, except those named like a fixed member.
    Spread { fixed: &'static [&'static str] },
}

/// Whether these steps show anything of the request.
const fn show_the_request(steps: &[Step]) -> bool {
    let mut index = 0;
    while index < steps.len() {
        let shows = match &steps[index] {
            Step::Value(slot) | Step::Bare(slot) | Step::Optional { slot, .. } => {
                matches!(slot, Slot::RequestId | Slot::Context(_))
            }
            Step::Group { steps, .. } => show_the_request(steps),
            Step::Text(_) | Step::Comma | Step::Spread { .. } => false,
        };
        if shows {
            return true;
        }
        index += 1;
    }
    false
}
