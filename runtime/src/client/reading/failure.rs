//! An error response as it was read back: what is known of it, whatever came.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::de::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::kept::Kept;
use super::text::Text;
use crate::api_error::Catalogued;
use crate::client::{Outcome, Reader, Told};
use crate::codes::Coded;
use crate::envelope::Envelope;
use crate::spec::ErrorSpec;

/// What is known of a response that is an error of a service whose errors are `E`.
///
/// Whatever came, there is a `Failure` of it: status and waits stand in its head; code, message, id and details in its body,
/// as far as it has them; what was declared of them in `E`. Its `Display` is one line for a log. What a caller reads is
/// [`message`](Self::message), or what your own service says.
///
/// [`Reader`] has the settings.
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::client::Failure;
///
/// #[derive(ApiError)]
/// #[api(status = 402, code = "insufficient_credits", message = "Need {need} more credits.")]
/// struct InsufficientCredits {
///     #[api(detail)]
///     need: u64,
/// }
///
/// // What the service sent.
/// let response = InsufficientCredits { need: 10 }.to_response();
///
/// let failure = Failure::<InsufficientCredits>::read(&response);
/// assert_eq!(failure.status(), http::StatusCode::PAYMENT_REQUIRED);
/// assert_eq!(failure.code(), Some("insufficient_credits"));
/// assert_eq!(failure.message(), Some("Need 10 more credits."));
/// assert_eq!(failure.details().unwrap().get(), r#"{"need":10}"#);
/// assert_eq!(failure.specs()[0].title(), "Insufficient credits");
/// assert_eq!(failure.to_string(), "402 insufficient_credits: Need 10 more credits.");
/// ```
pub struct Failure<E>(pub(super) Box<Known<E>>);

/// In one place on the heap, so that a `Result` with a failure is small.
pub(super) struct Known<E> {
    pub(super) status: StatusCode,
    pub(super) told: Told,
    pub(super) error: Option<E>,
    pub(super) specs: &'static [&'static ErrorSpec],
    pub(super) flaw: Option<Flaw>,
    pub(super) contradicts: bool,
    pub(super) code: Text,
    pub(super) message: Text,
    pub(super) request_id: Text,
    pub(super) details: Kept,
    /// By which the body was read.
    pub(super) envelope: &'static Envelope,
    /// As much of it as was read, as UTF-8.
    pub(super) body: Bytes,
}

/// In which way a body was none of the service's errors, or not a whole one. It is said of the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Flaw {
    /// It is longer than the reader's limit, so that its end was not read.
    TooLarge,
    /// It is not UTF-8, as JSON is (RFC 8259 section 8.1). What is not was read as U+FFFD.
    NotUtf8,
    /// It is empty, or white space.
    Empty,
    /// More objects and arrays stand in one another than the reader's limit.
    TooDeep,
    /// It ends in the middle of its JSON.
    Cut,
    /// It is not JSON, or not JSON alone: a page of a proxy, a text.
    NotJson,
    /// It is JSON, but not in the service's envelope: a member that is always there is missing or of another kind.
    OtherShape,
}

impl<E> Failure<E> {
    pub(super) fn known_mut(&mut self) -> &mut Known<E> {
        &mut self.0
    }

    /// The status of the response. Where there was none, that which the body tells, else that of the code, else 500.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The code, known or not. `None`: the body has none, which is so too of an error that omits its own.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.get(&self.0.body)
    }

    /// The code as a variant of the enum that [`codes`](macro@crate::ApiError#codes) makes, known or not.
    ///
    /// ```
    /// use errorbook::ApiError;
    /// use errorbook::client::Failure;
    ///
    /// #[derive(ApiError)]
    /// #[api(codes = StoryCode)]
    /// enum StoryError {
    ///     #[api(status = 404, message = "No such story.")]
    ///     NotFound,
    /// }
    ///
    /// let failure = Failure::<StoryError>::read(&StoryError::NotFound.to_response());
    /// assert_eq!(failure.typed_code(), Some(StoryCode::NotFound));
    /// ```
    #[must_use]
    pub fn typed_code(&self) -> Option<E::Code>
    where
        E: Coded,
    {
        self.code().map(E::Code::from)
    }

    /// The message, as the service wrote it for end users.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.message.get(&self.0.body)
    }

    /// The request's id: that of the body, else of the header `x-request-id` or another that the
    /// [reader](Reader::with_request_id_header) was told.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.get(&self.0.body)
    }

    /// The details, as JSON: the value that the envelope has; where they are spread, an object or a list of what was, among
    /// it what a newer service added; where they are gone through by a `for`, the field errors.
    ///
    /// `None` where the body was cut, too long or too deep, and nobody knows whether they are whole.
    #[must_use]
    pub fn details(&self) -> Option<&RawValue> {
        self.0.details.get(self.0.envelope, &self.0.body)
    }

    /// The wait that was told, in `Retry-After` (RFC 9110 section 10.2.3), in `retry-after-ms` or in the body: the longest of
    /// these. Whether the request may be sent again at all, the [rule](Told::rule) says.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.told.wait()
    }

    /// What was declared of the error: of the one that was [made](Self::error), else of all that have its code. Where the body
    /// shows none, of those of the status that [omit](macro@crate::ApiError#omitcode) theirs. Empty where the code is unknown,
    /// which is how it looks when the service is newer than its client.
    #[must_use]
    pub fn specs(&self) -> &'static [&'static ErrorSpec] {
        self.0.specs
    }

    /// The error itself, where its type says [`decode`](macro@crate::ApiError#decode) and it can be made of code, details and
    /// wait alone. It is made of a body that is whole; of one in another shape too, if these are there, and where the status
    /// contradicts the code. Where the envelope shows no details, an error with a field of them is not made, be it an `Option`.
    ///
    /// ```
    /// use errorbook::ApiError;
    /// use errorbook::client::Failure;
    ///
    /// #[derive(Debug, PartialEq, ApiError)]
    /// #[api(decode, status = 402, message = "Need {need} more credits.")]
    /// struct InsufficientCredits {
    ///     #[api(detail)]
    ///     need: u64,
    /// }
    ///
    /// let failure = Failure::read(&InsufficientCredits { need: 10 }.to_response());
    /// assert_eq!(failure.error(), Some(&InsufficientCredits { need: 10 }));
    /// assert_eq!(failure.into_error().unwrap(), InsufficientCredits { need: 10 });
    /// ```
    #[must_use]
    pub fn error(&self) -> Option<&E> {
        self.0.error.as_ref()
    }

    /// The error itself.
    ///
    /// # Errors
    ///
    /// This failure, unchanged, where there is no [`error`](Self::error).
    pub fn into_error(mut self) -> Result<E, Self> {
        self.0.error.take().ok_or(self)
    }

    /// What a decision about a retry needs: the rule, and what the response told.
    ///
    /// The rule is that of the code; where the code is unknown or missing, that of the status; where several errors have the
    /// code, one that repeats nothing that a rule of theirs does not. Where the status
    /// [contradicts](Self::contradicts_status) the code, it is made of both likewise: the smaller number of retries, fewer of
    /// the requests, and the wait that begins later.
    #[must_use]
    pub fn told(&self) -> Told {
        self.0.told
    }

    /// How the body was odd; `None` where it was as the envelope says.
    #[must_use]
    pub fn flaw(&self) -> Option<Flaw> {
        self.0.flaw
    }

    /// Whether no error of this code has the status of the response, as when a proxy changes it. Both are kept.
    #[must_use]
    pub fn contradicts_status(&self) -> bool {
        self.0.contradicts
    }

    /// The body, as much of it as was read.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }
}

impl<E: Catalogued> Failure<E> {
    /// Reads a response that is an error, whatever its status: [`Reader::read`], with the settings of [`Reader::new`].
    #[must_use]
    pub fn read(response: &Response<impl AsRef<[u8]>>) -> Self {
        Reader::new().read(response)
    }

    /// Reads an error that stands in something else: [`Reader::read_json`].
    #[must_use]
    pub fn from_json(json: impl AsRef<[u8]>) -> Self {
        Reader::new().read_json(json)
    }

    /// Reads an error that was sent as a server-sent event: [`Reader::read_sse_event`].
    ///
    /// ```
    /// use errorbook::ApiError;
    /// use errorbook::client::Failure;
    ///
    /// #[derive(ApiError)]
    /// #[api(status = 503, code = "overloaded", message = "Try again in a moment.")]
    /// struct Overloaded;
    ///
    /// let event = Overloaded.body().to_sse_event();
    /// let failure = Failure::<Overloaded>::from_sse_event(&event).expect("it is one of an error");
    /// assert_eq!(failure.status(), http::StatusCode::SERVICE_UNAVAILABLE);
    /// assert!(Failure::<Overloaded>::from_sse_event("data: {\"text\":\"Once upon\"}\n\n").is_none());
    /// ```
    #[must_use]
    pub fn from_sse_event(event: impl AsRef<[u8]>) -> Option<Self> {
        Reader::new().read_sse_event(event)
    }
}

/// An error inside something else, by [`from_json`](Failure::from_json): whatever stands there, it is read. It is JSON that is
/// read, by `serde_json`; in a type that is `untagged`, or beside a `flatten`, there is no longer any, and it is an error.
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::client::Failure;
///
/// #[derive(ApiError)]
/// #[api(status = none, code = "render_failed", message = "The story could not be rendered.")]
/// struct RenderFailed;
///
/// #[derive(serde::Deserialize)]
/// struct Job {
///     id: String,
///     failure: Option<Failure<RenderFailed>>,
/// }
///
/// let text = serde_json::json!({ "id": "job_7", "failure": RenderFailed.body() }).to_string();
/// let job: Job = serde_json::from_str(&text)?;
/// assert_eq!(job.failure.unwrap().code(), Some("render_failed"));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de, E: Catalogued> Deserialize<'de> for Failure<E> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(json).map(|json| Self::from_json(json.get()))
    }
}

impl<E> From<&Failure<E>> for Told {
    fn from(failure: &Failure<E>) -> Self {
        failure.told()
    }
}

impl<E> From<&Failure<E>> for Outcome {
    fn from(failure: &Failure<E>) -> Self {
        failure.told().into()
    }
}
