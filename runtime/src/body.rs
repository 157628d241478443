//! The body of one error, to be completed by hand: what is set here goes before the ambient context.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::Response;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::api_error::ApiError;
use crate::envelope::Envelope;
use crate::json::Members;
use crate::render::{self, Overrides};
use crate::retry::Attempt;

/// An error's body before it is rendered. Made by [`ApiError::body`].
///
/// What is not set here comes from the ambient [context](crate::context), but for the request's id where the error is no
/// answer to that request: an error that is declared with `status = none`, and a body that is serialized into something
/// else, show only an id that was set by hand.
///
/// ```
/// use errorbook::{ApiError, Envelope, envelope};
///
/// const RUNS: Envelope = envelope!({ "error": code, "message": message, "run_id": context.run_id? });
///
/// #[derive(ApiError)]
/// #[api(status = 410, code = "gone", message = "This run has expired.")]
/// struct Gone;
///
/// let body = Gone.body().with_envelope(&RUNS).with_value("run_id", "run_7").to_bytes();
/// assert_eq!(body, r#"{"error":"gone","message":"This run has expired.","run_id":"run_7"}"#);
///
/// // A failed task can carry the same structure inside its own resource.
/// let task = serde_json::json!({ "status": "failed", "error": Gone.body().with_envelope(&RUNS) });
/// assert_eq!(task["error"]["error"], "gone");
/// ```
#[must_use = "it does nothing until it is rendered with `to_bytes`, `to_response` or `Serialize`"]
pub struct Body<'e> {
    error: &'e dyn ApiError,
    overrides: Overrides<'e>,
}

impl<'e> Body<'e> {
    pub(crate) fn new(error: &'e dyn ApiError) -> Self {
        Self { error, overrides: Overrides::default() }
    }

    /// Sets the request id.
    pub fn with_request_id(mut self, id: impl Into<Cow<'e, str>>) -> Self {
        self.overrides.request_id = Some(id.into());
        self
    }

    /// Sets the value of the envelope's `context.NAME`. Of several with one name the last counts.
    pub fn with_value(mut self, name: impl Into<Cow<'e, str>>, value: impl Into<Cow<'e, str>>) -> Self {
        self.overrides.values.push((name.into(), value.into()));
        self
    }

    /// Sets the envelope, whatever the type or the service declares.
    pub fn with_envelope(mut self, envelope: &'static Envelope) -> Self {
        self.overrides.envelope = Some(envelope);
        self
    }

    /// Sends the hints that the SDKs of several large APIs obey, besides `Retry-After`: `retry-after-ms`, the wait in
    /// milliseconds, where there is one; and `x-should-retry`, which is `true` where the [rule](crate::retry::RetryRule)
    /// lets the request of this attempt be sent again, else `false`. Behind `ErrorLayer`,
    /// [`retry_hints`](crate::tower::ErrorLayer::retry_hints) does that for every error.
    ///
    /// ```
    /// use std::time::Duration;
    /// use errorbook::ApiError;
    /// use errorbook::retry::Attempt;
    /// use http::Method;
    ///
    /// #[derive(ApiError)]
    /// #[api(status = 502, message = "The renderer did not answer.", retry = "after, if idempotent")]
    /// struct NoAnswer {
    ///     #[api(retry_after)]
    ///     wait: Duration,
    /// }
    ///
    /// let error = NoAnswer { wait: Duration::from_millis(1500) };
    /// let response = error.body().with_retry_hints(Attempt::first(&Method::POST)).to_response();
    /// assert_eq!(response.headers()["retry-after"], "2");
    /// assert_eq!(response.headers()["retry-after-ms"], "1500");
    /// assert_eq!(response.headers()["x-should-retry"], "false");
    /// ```
    pub fn with_retry_hints(mut self, attempt: Attempt<'e>) -> Self {
        self.overrides.retry_hints = Some(attempt);
        self
    }

    /// The JSON text. One allocation; none where nothing in it varies.
    ///
    /// Like an answer it shows the id of the request that is being served. What becomes part of something else is
    /// serialized, and does not.
    #[must_use]
    pub fn to_bytes(&self) -> Bytes {
        render::body(self.error, &self.overrides)
    }

    /// The body as a server-sent event ([HTML Living Standard, section
    /// 9.2](https://html.spec.whatwg.org/multipage/server-sent-events.html#server-sent-events)): its name is `error`, its data
    /// the JSON text. For an error that ends a stream whose head was sent long ago; [record](ApiError::record) it, as no
    /// response tells operators of it.
    ///
    /// The status is not in it, unless the envelope shows one.
    ///
    /// ```
    /// use errorbook::ApiError;
    ///
    /// #[derive(ApiError)]
    /// #[api(status = 503, code = "overloaded", message = "Try again in a moment.")]
    /// struct Overloaded;
    ///
    /// assert_eq!(
    ///     Overloaded.body().to_sse_event(),
    ///     concat!(
    ///         "event: error\n",
    ///         r#"data: {"error":{"code":"overloaded","message":"Try again in a moment."}}"#,
    ///         "\n\n",
    ///     ),
    /// );
    /// ```
    #[must_use]
    pub fn to_sse_event(&self) -> Bytes {
        render::sse::event(&self.to_bytes()).into()
    }

    /// The whole response, of which operators learn nothing; see [`ApiError::to_response`].
    #[must_use]
    pub fn to_response(&self) -> Response<Bytes> {
        render::response(self.error, &self.overrides)
    }

    /// Answers a request with it: the response, of which operators learn; see [`ApiError::respond`].
    #[must_use = "it is the answer to a request"]
    pub fn respond(&self) -> Response<Bytes> {
        render::respond(self.error, &self.overrides, None)
    }
}

/// The JSON text.
impl fmt::Display for Body<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&String::from_utf8_lossy(&self.to_bytes()))
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Body").field(&String::from_utf8_lossy(&self.to_bytes())).finish()
    }
}

/// The same members in the same order as in the JSON text, in whatever format the serializer writes: what it gives as JSON
/// has the same value as the text. A number with a fraction or an exponent, or of more than 64 bits, is the nearest `f64`.
///
/// Of request ids it shows only one that was [set by hand](Body::with_request_id). The ambient one is that of the request
/// which reads the failure, when it is shown as part of something else.
///
/// # Errors
///
/// Those of the serializer: a body always can be read, as what no reader takes is not in it.
impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // What never answers by itself is told as a part of something else.
        #[cfg(feature = "coverage")]
        if !self.error.spec().answers() {
            crate::coverage::record(self.error.spec());
        }
        let body = render::body(self.error, &self.overrides.of_a_part());
        let text: &RawValue = serde_json::from_slice(&body).map_err(S::Error::custom)?;
        Written(text).serialize(serializer)
    }
}

/// A JSON text that serializes as what it says.
struct Written<'a>(&'a RawValue);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.get();
        match text.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text).map_err(S::Error::custom)?;
                serializer.collect_map(members.iter().map(|(name, value)| (name, Written(value))))
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(S::Error::custom)?;
                serializer.collect_seq(items.into_iter().map(Written))
            }
            Some(b'-' | b'0'..=b'9') => number(text, serializer),
            _ => {
                let scalar: serde_json::Value = serde_json::from_str(text).map_err(S::Error::custom)?;
                scalar.serialize(serializer)
            }
        }
    }
}

/// An integer of up to 64 bits as the narrowest type that has it, any other number as the nearest `f64`: an integer of 128
/// bits is more than most formats take, and than what readers of JSON hold.
fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse::<u64>() {
        serializer.serialize_u64(value)
    } else if text != "-0"
        && let Ok(value) = text.parse::<i64>()
    {
        serializer.serialize_i64(value)
    } else {
        serializer.serialize_f64(text.parse().map_err(S::Error::custom)?)
    }
}
