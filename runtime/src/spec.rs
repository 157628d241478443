//! What was declared, as constants: one [`ErrorSpec`] for each error, made by the derive, read by the
//! writer, the catalogue, the documentation and the client.

use http::StatusCode;

use crate::retry::RetryRule;
pub(crate) use crate::status::reason_phrase;

/// A constant text in both forms in which it is needed: as it was written, and escaped for the inside of a
/// JSON string. The macro escapes it, so that no program does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    plain: &'static str,
    json: &'static str,
}

impl Text {
    /// A text that JSON writes as it is.
    #[must_use]
    pub const fn plain(text: &'static str) -> Self {
        Self { plain: text, json: text }
    }

    /// A text, and the same text escaped.
    #[must_use]
    pub const fn escaped(plain: &'static str, json: &'static str) -> Self {
        Self { plain, json }
    }

    pub(crate) const fn as_str(&self) -> &'static str {
        self.plain
    }

    pub(crate) const fn as_json(&self) -> &'static str {
        self.json
    }
}

/// Where an error's message comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageSource {
    /// A template with `{field}` places, as written in `message = "…"`; without places it is the message.
    Template(&'static str),
    /// The type's `Display`. Where `#[error("…")]` tells what that says, here is its text.
    Display(Option<&'static str>),
    /// The reason phrase of the status (RFC 9110 section 15), like `Internal Server Error`.
    ReasonPhrase,
}

/// What the text in [`ErrorSpec::message`] is.
#[derive(Debug, Clone, Copy)]
#[doc(hidden)]
pub enum MessageKind {
    /// The message itself.
    Constant,
    /// The expansion shows fields in it.
    Template,
    /// The text of `#[error("…")]`, where there is one; the expansion calls `Display`.
    Display,
    /// Nothing: the reason phrase is the message.
    ReasonPhrase,
}

/// What a row has of which nothing is declared but the message: a constant's path costs rustc less than anything that
/// is put together in the row.
#[doc(hidden)]
pub mod row {
    use super::MoreSpec;

    pub const CONSTANT: &MoreSpec = &MoreSpec::CONSTANT;
    pub const TEMPLATE: &MoreSpec = &MoreSpec::TEMPLATE;
    pub const DISPLAY: &MoreSpec = &MoreSpec::DISPLAY;
    pub const REASON_PHRASE: &MoreSpec = &MoreSpec::REASON_PHRASE;
}

/// The level at which an error is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not at all.
    Off,
    /// The most urgent.
    Error,
    /// Something that an operator should know.
    Warn,
    /// Something worth noting.
    Info,
    /// For those who look for the cause of something.
    Debug,
    /// Everything.
    Trace,
}

/// A field of an error that has a role, a description or an example.
#[derive(Debug, Clone, Copy)]
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
        details: false,
        retry_after: false,
        headers: &[],
        description: "",
        example: None,
    };

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

    /// Whether it is all of `details`.
    #[must_use]
    pub const fn is_details(&self) -> bool {
        self.details
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

    /// The field's doc comment.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.description
    }

    /// The sample value, as JSON.
    #[must_use]
    pub const fn example(&self) -> Option<&'static str> {
        self.example
    }
}

/// All that was declared of one error: a variant, or a struct that is one error.
///
/// The methods are named after the keys of `#[api(…)]`.
///
/// ```
/// use errorbook::ApiError;
///
/// /// The month's credits are used up.
/// #[derive(ApiError)]
/// #[api(status = 402, code = "insufficient_credits", message = "Out of credits.", remedy = "Top up.")]
/// struct InsufficientCredits;
///
/// let spec = InsufficientCredits.spec();
/// assert_eq!(spec.code(), "insufficient_credits");
/// assert_eq!(spec.status().unwrap().as_u16(), 402);
/// assert_eq!(spec.title(), "Insufficient credits");
/// assert_eq!(spec.description(), "The month's credits are used up.");
/// assert_eq!(spec.remedy(), "Top up.");
/// ```
#[derive(Debug)]
pub struct ErrorSpec {
    // Public for the expansions alone, which fill them in a static; users have the methods. What most errors
    // have stands in the row itself, as each further field costs rustc time in every row.
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub code: &'static str,
    /// 0: `status = none`.
    #[doc(hidden)]
    pub status: u16,
    #[doc(hidden)]
    pub title: &'static str,
    #[doc(hidden)]
    pub message: &'static str,
    #[doc(hidden)]
    pub more: &'static MoreSpec,
}

/// What the message is, and what is declared of fewer errors.
#[derive(Debug)]
#[doc(hidden)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and only expansions set them")]
pub struct MoreSpec {
    pub kind: MessageKind,
    /// The title escaped for JSON, where that differs.
    pub title_json: Option<&'static str>,
    /// Likewise a constant message.
    pub message_json: Option<&'static str>,
    /// `None`: what the status says.
    pub retry: Option<RetryRule>,
    /// `None`: what the status says.
    pub log: Option<Level>,
    pub description: &'static str,
    pub remedy: &'static str,
    pub section: &'static str,
    pub docs: Option<Text>,
    pub headers: &'static [(&'static str, &'static str)],
    pub meta: &'static [(&'static str, Text)],
    pub omits_code: bool,
    pub deprecated: Option<&'static str>,
    pub fields: &'static [FieldSpec],
    /// Which parts of the response come from the value's fields, so that the others need not be asked for.
    pub has_details: bool,
    pub has_header_fields: bool,
    pub has_wait: bool,
}

impl MoreSpec {
    pub const CONSTANT: Self = Self::nothing(MessageKind::Constant);
    pub const TEMPLATE: Self = Self::nothing(MessageKind::Template);
    pub const DISPLAY: Self = Self::nothing(MessageKind::Display);
    pub const REASON_PHRASE: Self = Self::nothing(MessageKind::ReasonPhrase);

    /// Nothing but the message.
    const fn nothing(kind: MessageKind) -> Self {
        Self {
            kind,
            title_json: None,
            message_json: None,
            retry: None,
            log: None,
            description: "",
            remedy: "",
            section: "",
            docs: None,
            headers: &[],
            meta: &[],
            omits_code: false,
            deprecated: None,
            fields: &[],
            has_details: false,
            has_header_fields: false,
            has_wait: false,
        }
    }
}

impl ErrorSpec {
    /// What stands in for a row that is not there.
    pub(crate) const UNKNOWN: Self =
        Self { name: "", code: "", status: 0, title: "", message: "", more: row::REASON_PHRASE };

    /// The name of the variant or struct.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The stable machine-readable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The status; `None` for an error that never answers a request (`status = none`).
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.status).ok()
    }

    /// The status of a response: that of [`status`](Self::status), or 500 where there is none.
    pub(crate) fn response_status(&self) -> StatusCode {
        self.status().unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The short constant summary.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// The title, escaped for JSON.
    pub(crate) fn title_json(&self) -> &'static str {
        self.more.title_json.unwrap_or(self.title)
    }

    /// Where the message comes from.
    #[must_use]
    pub const fn message(&self) -> MessageSource {
        match self.more.kind {
            MessageKind::Constant | MessageKind::Template => MessageSource::Template(self.message),
            MessageKind::Display if self.message.is_empty() => MessageSource::Display(None),
            MessageKind::Display => MessageSource::Display(Some(self.message)),
            MessageKind::ReasonPhrase => MessageSource::ReasonPhrase,
        }
    }

    /// The retry rule.
    #[must_use]
    pub fn retry(&self) -> RetryRule {
        self.more.retry.unwrap_or_else(|| RetryRule::of_status(self.status))
    }

    /// The level at which it is logged.
    #[must_use]
    pub fn log(&self) -> Level {
        let of_status = if (400..500).contains(&self.status) { Level::Debug } else { Level::Error };
        self.more.log.unwrap_or(of_status)
    }

    /// When it happens. Empty where nothing was written.
    #[must_use]
    pub fn description(&self) -> &'static str {
        self.more.description
    }

    /// What the caller can do. Empty where nothing was written.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        self.more.remedy
    }

    /// The heading under which the documentation shows it. Empty where there is none.
    #[must_use]
    pub fn section(&self) -> &'static str {
        self.more.section
    }

    /// The link for this code.
    #[must_use]
    pub fn docs(&self) -> Option<&'static str> {
        self.more.docs.map(|link| link.as_str())
    }

    /// The constant response headers, names as they were written, in the order of declaration.
    #[must_use]
    pub fn headers(&self) -> &'static [(&'static str, &'static str)] {
        self.more.headers
    }

    /// The constant of this name from `meta(…)`.
    #[must_use]
    pub fn meta(&self, name: &str) -> Option<&'static str> {
        self.meta_text(name).map(|text| text.as_str())
    }

    /// The names in `meta(…)`, in the order of declaration.
    #[must_use]
    pub fn meta_names(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.more.meta.iter().map(|(name, _)| *name)
    }

    /// Whether two values of this error may have different messages.
    pub(crate) const fn message_varies(&self) -> bool {
        matches!(self.more.kind, MessageKind::Template | MessageKind::Display)
    }

    /// The message, if it is the same for every value.
    #[cfg(feature = "tower")]
    pub(crate) fn constant_message(&self) -> Option<&'static str> {
        match self.more.kind {
            MessageKind::Constant => Some(self.message),
            MessageKind::ReasonPhrase => Some(reason_phrase(self.response_status())),
            MessageKind::Template | MessageKind::Display => None,
        }
    }

    pub(crate) fn meta_text(&self, name: &str) -> Option<Text> {
        self.more.meta.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// Whether the code is kept off the wire (`omit(code)`).
    #[must_use]
    pub fn omits_code(&self) -> bool {
        self.more.omits_code
    }

    /// The note of `#[deprecated]` (empty where it has none), if the error is deprecated.
    #[must_use]
    pub fn deprecated(&self) -> Option<&'static str> {
        self.more.deprecated
    }

    /// The fields that have a role, a description or an example.
    #[must_use]
    pub fn fields(&self) -> &'static [FieldSpec] {
        self.more.fields
    }
}
