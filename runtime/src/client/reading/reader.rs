//! How responses are read: the settings, and the way from a response to a [`Failure`].

use std::fmt::{self, Debug};
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Response, StatusCode};

use super::failure::Failure;
use super::read::{Head, Settings, read};
use super::sse;
use super::text::Text;
use crate::api_error::Catalogued;
use crate::client::Told;
use crate::envelope::Envelope;

/// How much of a body is read unless more is asked for: many times as much as an error has, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// As deep as `serde_json` reads. No error of this crate's has more than 112 levels.
const MAX_DEPTH: usize = 127;

/// Reads the error responses of a service whose errors are `E`: [`Failure::read`], with settings.
///
/// ```
/// use errorbook::client::Reader;
/// use errorbook::envelope::FLAT;
/// use errorbook::ApiError;
///
/// #[derive(ApiError)]
/// #[api(status = 404, code = "not_found", message = "No such story.")]
/// struct NotFound;
///
/// let reader = Reader::<NotFound>::new().with_envelope(&FLAT).with_max_bytes(64 * 1024);
/// let response = http::Response::builder()
///     .status(404)
///     .header("x-request-id", "req_01hq")
///     .body(r#"{"code":"not_found","message":"No such story."}"#);
/// let failure = reader.read(&response?);
/// assert_eq!(failure.code(), Some("not_found"));
/// assert_eq!(failure.request_id(), Some("req_01hq"));
/// # Ok::<(), http::Error>(())
/// ```
pub struct Reader<E> {
    request_id_header: HeaderName,
    settings: Settings,
    of: PhantomData<fn() -> E>,
}

impl<E> Reader<E> {
    /// A reader of bodies of at most 1 MiB and 127 levels, in the envelope that the type declares, else in
    /// [`NESTED`](crate::envelope::NESTED).
    #[must_use]
    pub const fn new() -> Self {
        Self {
            request_id_header: HeaderName::from_static("x-request-id"),
            settings: Settings { envelope: None, max_bytes: MAX_BYTES, max_depth: MAX_DEPTH },
            of: PhantomData,
        }
    }

    /// The service's envelope: for errors whose type declares none, and for what the service's middleware says in it in place
    /// of those that declare one.
    #[must_use]
    pub fn with_envelope(mut self, envelope: &'static Envelope) -> Self {
        self.settings.envelope = Some(envelope);
        self
    }

    /// The header in which the service sends the request's id, where the body has none: `x-request-id` unless it is set.
    #[must_use]
    pub fn with_request_id_header(mut self, name: HeaderName) -> Self {
        self.request_id_header = name;
        self
    }

    /// How much of a body is read, in bytes: 1 MiB unless it is set. Of a longer one, what stands in as many bytes is
    /// known, and no error is made of it.
    #[must_use]
    pub fn with_max_bytes(mut self, max_bytes: usize) -> Self {
        self.settings.max_bytes = max_bytes;
        self
    }

    /// How many objects and arrays may stand in one another in a body: 127 unless it is set, which is what `serde_json`
    /// reads. Of a deeper one, all but the details is known.
    #[must_use]
    pub fn with_max_depth(mut self, max_depth: usize) -> Self {
        self.settings.max_depth = max_depth;
        self
    }

    /// How much of a body is read, in bytes. Who buffers one for [`read_parts`](Self::read_parts) needs one byte more and
    /// no others, so that it shows that there are more.
    #[must_use]
    pub const fn max_bytes(&self) -> usize {
        self.settings.max_bytes
    }
}

impl<E: Catalogued> Reader<E> {
    /// Reads a response that is an error. Its body is copied once; [`read_parts`](Self::read_parts) copies nothing.
    #[must_use]
    pub fn read(&self, response: &Response<impl AsRef<[u8]>>) -> Failure<E> {
        let body = self.copied(response.body().as_ref());
        self.read_parts(response.status(), response.headers(), body)
    }

    /// Reads a response that is an error, of which the body is there as `Bytes`.
    #[must_use]
    pub fn read_parts(&self, status: StatusCode, headers: &HeaderMap, body: Bytes) -> Failure<E> {
        let mut failure = self.read_body(Some(Head { status, told: Told::of_head(status, headers) }), body);
        if let id @ Text::Nowhere = &mut failure.known_mut().request_id
            && let Some(value) = headers.get(&self.request_id_header)
        {
            *id = Text::Header(Box::new(value.clone()));
        }
        failure
    }

    /// Reads an error that stands in something else, as in a failed job's resource: its JSON in the type's envelope.
    ///
    /// Without a response, the status is the one that the body tells, else that of its code, else 500.
    ///
    /// ```
    /// use errorbook::ApiError;
    /// use errorbook::client::Failure;
    /// use serde_json::{json, value::to_raw_value};
    ///
    /// #[derive(ApiError)]
    /// #[api(status = none, code = "render_failed", message = "The story could not be rendered.")]
    /// struct RenderFailed;
    ///
    /// let job = json!({ "id": "job_7", "state": "failed", "failure": RenderFailed.body() });
    /// let failure = Failure::<RenderFailed>::from_json(to_raw_value(&job["failure"])?.get());
    /// assert_eq!(failure.code(), Some("render_failed"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn read_json(&self, json: impl AsRef<[u8]>) -> Failure<E> {
        self.read_body(None, self.copied(json.as_ref()))
    }

    /// Reads an error that was sent as a [server-sent event](crate::Body::to_sse_event). `None`: the event is none of an
    /// error. That it is one, its name `error` says; where it has no name, a known code in the type's envelope does.
    #[must_use]
    pub fn read_sse_event(&self, event: impl AsRef<[u8]>) -> Option<Failure<E>> {
        let event = sse::Event::parse(event.as_ref())?;
        let failure = self.read_json(&event.data);
        let is_error = match &event.name {
            Some(name) => *name == b"error",
            None => failure.flaw().is_none() && !failure.specs().is_empty(),
        };
        is_error.then_some(failure)
    }

    /// One byte too many shows that there are more.
    fn copied(&self, body: &[u8]) -> Bytes {
        let most = self.settings.max_bytes.saturating_add(1);
        Bytes::copy_from_slice(body.get(..most).unwrap_or(body))
    }

    #[inline]
    fn read_body(&self, head: Option<Head>, body: Bytes) -> Failure<E> {
        Failure(read(&self.settings, head, body))
    }
}

impl<E> Default for Reader<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for Reader<E> {
    fn clone(&self) -> Self {
        let Self { request_id_header, settings, of } = self;
        Self { request_id_header: request_id_header.clone(), settings: *settings, of: *of }
    }
}

impl<E> Debug for Reader<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request_id_header, settings: Settings { envelope, max_bytes, max_depth }, of: _ } = self;
        out.debug_struct("Reader")
            .field("envelope", envelope)
            .field("request_id_header", request_id_header)
            .field("max_bytes", max_bytes)
            .field("max_depth", max_depth)
            .finish()
    }
}
