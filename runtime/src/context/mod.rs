//! The request that is being served: its id, the service's envelope, and what the application adds. It is
//! ambient, so that an error rendered anywhere beneath finds it without being handed it.

mod ambient;

use std::borrow::Cow;
use std::future::{Future, poll_fn};
use std::pin::pin;

#[cfg(feature = "tower")]
use http::HeaderValue;

#[cfg(all(feature = "tower", feature = "tracing"))]
pub(crate) use ambient::is_ambient;
#[cfg(feature = "tower")]
use ambient::next_number;
pub(crate) use ambient::{
    ambient_envelope, has_request_id, has_value, push_request_id, push_value, request_number,
    with_json_request_id, with_request_id, within,
};
#[cfg(feature = "tower")]
pub(crate) use ambient::{enter, is_by_grpc};
#[cfg(feature = "tracing")]
pub(crate) use ambient::{request_id, values};
use ambient::{swap_current, with_current};

use crate::envelope::Envelope;
use crate::json;
#[cfg(feature = "tracing")]
use crate::observe;

/// What errors that are rendered while a request is served know of that request.
///
/// ```
/// use errorbook::{ApiError, context::Context};
///
/// #[derive(ApiError)]
/// #[api(status = 404, code = "not_found", message = "No such story.")]
/// struct NotFound;
///
/// let response = Context::new().with_request_id("req_01hq").scope(|| NotFound.to_response());
/// assert_eq!(
///     response.body(),
///     r#"{"error":{"code":"not_found","message":"No such story.","request_id":"req_01hq"}}"#,
/// );
/// ```
#[derive(Debug, Clone, Default)]
pub struct Context(Box<Known>);

/// What a context knows. In one place on the heap, as a context changes places with the ambient one around each poll.
#[derive(Debug, Clone, Default)]
struct Known {
    /// Which request it is, if a middleware serves it: unlike its id nobody can choose it, and layers in one another
    /// have the same.
    #[cfg(feature = "tower")]
    number: Option<u64>,
    request_id: Option<RequestId>,
    envelope: Option<&'static Envelope>,
    values: Vec<(Cow<'static, str>, JsonText)>,
    /// Whether errors are told as gRPC has them.
    #[cfg(feature = "tower")]
    is_by_grpc: bool,
}

#[derive(Debug, Clone)]
enum RequestId {
    Text(JsonText),
    /// As it stands in headers, of characters that JSON writes as they are.
    #[cfg(feature = "tower")]
    Value(HeaderValue),
}

impl RequestId {
    fn plain(&self) -> &str {
        match self {
            Self::Text(text) => &text.plain,
            #[cfg(feature = "tower")]
            Self::Value(value) => value.to_str().unwrap_or_default(),
        }
    }

    fn as_json(&self) -> &str {
        match self {
            Self::Text(text) => text.as_json(),
            #[cfg(feature = "tower")]
            Self::Value(_) => self.plain(),
        }
    }
}

/// A text of the request, escaped when it is set rather than each time it is written.
#[derive(Debug, Clone)]
struct JsonText {
    plain: String,
    /// `None` where JSON writes it as it is.
    escaped: Option<String>,
}

impl JsonText {
    fn new(plain: String) -> Self {
        let escaped = json::escape(&plain);
        Self { plain, escaped }
    }

    fn as_json(&self) -> &str {
        self.escaped.as_deref().unwrap_or(&self.plain)
    }
}

impl Context {
    /// A context that knows nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the request's id, for the envelope's `request_id`.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.0.request_id = Some(RequestId::Text(JsonText::new(id.into())));
        self
    }

    /// The context of a request that a middleware serves. Where a layer stands in another it has the ambient one's
    /// values, and the id that a middleware gave it.
    #[cfg(feature = "tower")]
    pub(crate) fn inherited() -> Self {
        let known = with_current(|context| Known {
            number: context.0.number,
            request_id: context.request_id_value().cloned().map(RequestId::Value),
            envelope: None,
            values: context.0.values.clone(),
            is_by_grpc: context.0.is_by_grpc,
        });
        let mut known = known.unwrap_or_default();
        known.number = known.number.or_else(next_number);
        Self(Box::new(known))
    }

    /// Sets an id of which it is known that JSON writes it as it is.
    #[cfg(feature = "tower")]
    pub(crate) fn with_request_id_value(mut self, id: Option<HeaderValue>) -> Self {
        self.0.request_id = id.map(RequestId::Value);
        self
    }

    /// Says that errors are told as gRPC has them, by this middleware or by one around it.
    #[cfg(feature = "tower")]
    pub(crate) fn by_grpc(mut self, is_by_grpc: bool) -> Self {
        self.0.is_by_grpc |= is_by_grpc;
        self
    }

    /// The id that was set as a header's value.
    #[cfg(feature = "tower")]
    pub(crate) fn request_id_value(&self) -> Option<&HeaderValue> {
        match self.0.request_id.as_ref()? {
            RequestId::Value(value) => Some(value),
            RequestId::Text(_) => None,
        }
    }

    /// Takes that out.
    #[cfg(feature = "tower")]
    pub(crate) fn into_request_id_value(self) -> Option<HeaderValue> {
        match self.0.request_id? {
            RequestId::Value(value) => Some(value),
            RequestId::Text(_) => None,
        }
    }

    /// Sets a value for the envelope's `context.NAME`. A value of the same name is replaced.
    #[must_use]
    pub fn with_value(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), JsonText::new(value.into()));
        match self.0.values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.values.push((name, value)),
        }
        self
    }

    /// Sets the envelope of the service, for errors whose type declares none.
    #[must_use]
    pub fn with_envelope(mut self, envelope: &'static Envelope) -> Self {
        self.0.envelope = Some(envelope);
        self
    }

    /// The request's id.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_ref().map(RequestId::plain)
    }

    /// The value of this name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.plain.as_str())
    }

    /// The envelope of the service.
    #[must_use]
    pub fn envelope(&self) -> Option<&'static Envelope> {
        self.0.envelope
    }

    /// The context in which this code runs; `None` outside any scope.
    #[must_use]
    pub fn current() -> Option<Self> {
        with_current(Self::clone)
    }

    /// Runs `f` with this context as the ambient one of this thread, and then puts the former one back, also
    /// when `f` panics.
    pub fn scope<R>(self, f: impl FnOnce() -> R) -> R {
        within(&mut Some(self), f)
    }

    /// Runs `future` with this context as the ambient one: around each of its polls, so that it is right however
    /// many futures take turns on a thread. What is [added](Self::add_value) meanwhile stays with the future.
    ///
    /// ```
    /// # tokio_test();
    /// # fn tokio_test() {
    /// use errorbook::context::Context;
    ///
    /// let request = Context::new().with_request_id("req_01hq").scope_future(async {
    ///     assert_eq!(Context::current().unwrap().request_id(), Some("req_01hq"));
    /// });
    /// # let mut request = std::pin::pin!(request);
    /// # let mut polling = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(std::future::Future::poll(request.as_mut(), &mut polling).is_ready());
    /// # }
    /// ```
    pub async fn scope_future<F: Future>(self, future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Some(self);
        poll_fn(|polling| within(&mut context, || future.as_mut().poll(polling))).await
    }

    /// Adds a value for `context.NAME` to the ambient context, for all errors of this request that are rendered
    /// from here on. A value of the same name is replaced.
    ///
    /// `false`: there is no ambient context, and the value is lost. The first time that this happens in a process, an
    /// event at `warn` says so (feature `tracing`, target `errorbook::context`).
    ///
    /// ```
    /// use errorbook::context::Context;
    ///
    /// assert!(!Context::add_value("run_id", "run_7"));
    /// Context::new().scope(|| {
    ///     assert!(Context::add_value("run_id", "run_7"));
    ///     assert_eq!(Context::current().unwrap().value("run_id"), Some("run_7"));
    /// });
    /// ```
    pub fn add_value(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> bool {
        let (name, value) = (name.into(), value.into());
        let mut context = None;
        swap_current(&mut context);
        let Some(known) = context else {
            #[cfg(feature = "tracing")]
            observe::value_is_lost(&name);
            return false;
        };
        swap_current(&mut Some(known.with_value(name, value)));
        true
    }

    fn json_request_id(&self) -> Option<&str> {
        self.0.request_id.as_ref().map(RequestId::as_json)
    }

    fn json_value(&self, name: &str) -> Option<&str> {
        self.0.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_json())
    }
}

/// Runs `future` in the context in which this is called, wherever the future is polled: for tasks that a
/// handler spawns. Outside any context it changes nothing.
///
/// A body that streams needs no such thing behind the `tower` layer: it is read in its request's context.
///
/// A response that a task renders without this is still its error's, but knows neither the request's id nor the
/// service's envelope.
///
/// ```no_run
/// use errorbook::context::carry;
///
/// # async fn handler() {
/// tokio::spawn(carry(async {
///     // Errors rendered here show the request's id.
/// }));
/// # }
/// ```
pub fn carry<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let context = Context::current();
    async {
        match context {
            Some(context) => context.scope_future(future).await,
            None => future.await,
        }
    }
}
