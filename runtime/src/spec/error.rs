//! What is declared of one error: a row of the table that the derive makes, and how it is asked.

use http::StatusCode;

use super::message::{Pieces, shown_fields, types_and_template};
use super::{Act, FieldSpec, HeaderSpec, Level, MessageKind, MessagePiece, MessageSource, MetaValue};
use crate::retry::RetryRule;
use crate::retry::written::WrittenRule;
use crate::status::reason_phrase;

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
/// assert_eq!(spec.description(), Some("The month's credits are used up."));
/// assert_eq!(spec.remedy(), Some("Top up."));
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
pub struct MoreSpec {
    pub kind: MessageKind,
    pub retry: WrittenRule,
    /// `None`: what the status says.
    pub log: Option<Level>,
    pub description: &'static str,
    pub remedy: &'static str,
    /// `None`: what status and rule say.
    pub act: Option<Act>,
    pub example_request: &'static str,
    pub section: &'static str,
    pub docs: Option<&'static str>,
    pub headers: &'static [HeaderSpec],
    pub meta: &'static [(&'static str, MetaValue)],
    pub omits_code: bool,
    pub deprecated: Option<&'static str>,
    pub fields: &'static [FieldSpec],
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
            retry: WrittenRule::NOTHING,
            log: None,
            description: "",
            remedy: "",
            act: None,
            example_request: "",
            section: "",
            docs: None,
            headers: &[],
            meta: &[],
            omits_code: false,
            deprecated: None,
            fields: &[],
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

    /// Whether it answers requests: it has a status.
    pub(crate) const fn answers(&self) -> bool {
        self.status != 0
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

    /// Where the message comes from.
    #[must_use]
    pub fn message(&self) -> MessageSource {
        match self.more.kind {
            MessageKind::Constant => MessageSource::Template(self.message),
            MessageKind::Template => MessageSource::Template(types_and_template(self.message).1),
            MessageKind::Display if self.message.is_empty() => MessageSource::Display(None),
            MessageKind::Display => MessageSource::Display(Some(self.message)),
            MessageKind::ReasonPhrase => MessageSource::ReasonPhrase,
        }
    }

    /// The message in pieces: texts, and the fields between them, so that a template can be shown or filled. For a
    /// message by `Display` those of its `#[error("…")]`, none where that is not known.
    ///
    /// ```
    /// use errorbook::ApiError;
    /// use errorbook::spec::MessagePiece::{Field, Text};
    ///
    /// #[derive(ApiError)]
    /// #[api(status = 402, message = "Need {need:>4}.")]
    /// struct OutOfCredits {
    ///     need: u64,
    /// }
    ///
    /// let pieces: Vec<_> = OutOfCredits { need: 10 }.spec().message_pieces().collect();
    /// assert_eq!(pieces, [Text("Need "), Field { name: "need", format: ">4" }, Text(".")]);
    /// ```
    pub fn message_pieces(&self) -> impl Iterator<Item = MessagePiece> + use<> {
        let (constant, template) = match (self.more.kind, self.message()) {
            (MessageKind::Constant, _) => (self.message, ""),
            (_, MessageSource::Template(text) | MessageSource::Display(Some(text))) => ("", text),
            (_, MessageSource::Display(None)) => ("", ""),
            (_, MessageSource::ReasonPhrase) => (reason_phrase(self.response_status()), ""),
        };
        let constant = (!constant.is_empty()).then_some(MessagePiece::Text(constant));
        constant.into_iter().chain(Pieces(template))
    }

    /// The retry rule.
    #[must_use]
    pub fn retry(&self) -> RetryRule {
        self.more.retry.resolve(self.status, self.more.fields.iter().any(|field| field.retry_after))
    }

    /// Whether `retry = "…"` stands on the error itself. Where it does not, [`retry`](Self::retry) follows from the
    /// status, a `retry_after` field and the type's `backoff`.
    #[must_use]
    pub fn retry_is_written(&self) -> bool {
        self.more.retry.is_written()
    }

    /// The level at which it is logged.
    #[must_use]
    pub fn log(&self) -> Level {
        let of_status = if (400..500).contains(&self.status) { Level::Debug } else { Level::Error };
        self.more.log.unwrap_or(of_status)
    }

    /// When it happens, if that was written.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        Some(self.more.description).filter(|text| !text.is_empty())
    }

    /// What the caller can do, if that was written.
    #[must_use]
    pub fn remedy(&self) -> Option<&'static str> {
        Some(self.more.remedy).filter(|text| !text.is_empty())
    }

    /// Who must do something before the request can succeed. Left out: nobody, where it may be sent again as it is, as
    /// it passes by itself; else the caller of a 4xx and the operator of a 5xx.
    ///
    /// ```
    /// use errorbook::{ApiError, spec::Act};
    ///
    /// #[derive(ApiError)]
    /// enum StoryError {
    ///     #[api(status = 404, message = "No such story.")]
    ///     NotFound,
    ///     #[api(status = 503, message = "Busy.")]
    ///     Busy,
    ///     #[api(status = 403, message = "Your plan has no API.", act = "operator")]
    ///     NotOnPlan,
    /// }
    /// let actors = [StoryError::NotFound, StoryError::Busy, StoryError::NotOnPlan].map(|error| error.spec().act());
    /// assert_eq!(actors, [Act::Caller, Act::Nobody, Act::Operator]);
    /// ```
    #[must_use]
    pub fn act(&self) -> Act {
        self.more.act.unwrap_or_else(|| match self.status {
            _ if self.retry().is_retryable() => Act::Nobody,
            500.. => Act::Operator,
            _ => Act::Caller,
        })
    }

    /// A request that provokes it, if one was written: `example_request = "POST /v1/stories"`.
    #[must_use]
    pub fn example_request(&self) -> Option<&'static str> {
        Some(self.more.example_request).filter(|text| !text.is_empty())
    }

    /// The heading under which the documentation shows it, if there is one.
    #[must_use]
    pub fn section(&self) -> Option<&'static str> {
        Some(self.more.section).filter(|text| !text.is_empty())
    }

    /// The link for this code.
    #[must_use]
    pub fn docs(&self) -> Option<&'static str> {
        self.more.docs
    }

    /// The response headers with a value of their own, in the order of declaration, the type's first. Those whose value
    /// is a field's are told by [`fields`](Self::fields).
    #[must_use]
    pub fn headers(&self) -> &'static [HeaderSpec] {
        self.more.headers
    }

    /// The constant of this name from `meta(…)`.
    #[must_use]
    pub fn meta(&self, name: &str) -> Option<MetaValue> {
        self.more.meta.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// The names in `meta(…)`, in the order of declaration.
    #[must_use]
    pub fn meta_names(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.more.meta.iter().map(|(name, _)| *name)
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

    /// The fields that have a role, a description or an example, in the order of declaration, and behind them those
    /// that the message shows besides.
    pub fn fields(&self) -> impl Iterator<Item = FieldSpec> + use<> {
        let shown = match self.more.kind {
            MessageKind::Template => Some(shown_fields(self.message, self.more.fields)),
            MessageKind::Constant | MessageKind::Display | MessageKind::ReasonPhrase => None,
        };
        self.more.fields.iter().copied().chain(shown.into_iter().flatten())
    }
}
