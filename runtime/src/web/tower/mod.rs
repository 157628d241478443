//! The `tower` feature: [`ErrorLayer`], one layer for the whole service. It gives each request its id and its
//! [ambient context](crate::context), and puts every error response into the service's envelope, whoever made it: a
//! handler, the framework, another layer, a panic.
#![doc = include_str!("../../../docs/service.md")]

mod body;
mod error;
mod future;
mod read;
mod service;

use std::sync::Arc;

use http::{HeaderName, StatusCode, response};
use tower::Layer;

use crate::api_error::{ApiError, Catalogued};
use crate::envelope::Envelope;
use crate::service::Settings;
use crate::spec::Catalog;

pub use crate::service::LeaveAsIs;
pub use body::ResponseBody;
pub use future::ResponseFuture;
pub use service::ErrorService;

/// Puts every 4xx and 5xx of a service into its envelope, and gives each request an id.
///
/// ```
/// use axum::{Router, routing::get};
/// use errorbook::tower::ErrorLayer;
///
/// let app: Router = Router::new()
///     .route("/", get(|| async { "hello" }))
///     .layer(ErrorLayer::new().envelope(&errorbook::envelope::FLAT));
/// ```
///
/// # What it does to a response
///
/// | response | what becomes of it |
/// |---|---|
/// | made from an `ApiError` | nothing, but for the request id in its header; a status that was put over it [is taken back](crate::tower#what-is-put-over-an-errors-answer) |
/// | another 4xx or 5xx | status and headers stay (`Allow`, `WWW-Authenticate`, `Retry-After`, cookies, CORS …); the body becomes the envelope, with a code by status, and [what spoke of the old body](crate::tower#what-stays-of-a-foreign-response) goes |
/// | none, because the service panicked | 500 in the envelope; what the panic says reaches no caller |
/// | none, because `tower`'s time-out or load shedding stepped in | 504 or 503 in the envelope |
/// | to a `HEAD` request | as to a `GET`, without the body (RFC 9110 section 9.3.2) |
/// | to a gRPC request, with [`grpc`](Self::grpc) | `grpc-status` and `grpc-message`, as gRPC answers without a message; never JSON |
/// | with [`LeaveAsIs`] in its extensions | nothing, but for the request id in its header |
/// | 1xx, 2xx, 3xx, an upgrade | nothing, but for the request id in its header; its body is passed on unread |
///
/// The request id is in the header of every response, in place of any that the service has put there. The envelope has
/// the same; where one was set by hand, the header has that too.
///
/// Within another such layer a request keeps the id of the outer one, unless it brings one itself, and the values that
/// were added to the outer one's context.
///
/// # What goes inside
///
/// Whatever may fail: layers that are put around this one answer by themselves. `tower`'s time-out and load shedding
/// fail with errors that axum would have the service handle; inside this layer they are answered.
///
/// ```
/// use std::time::Duration;
///
/// use axum::{Router, routing::get};
/// use errorbook::tower::ErrorLayer;
/// use tower::ServiceBuilder;
/// use tower::limit::GlobalConcurrencyLimitLayer;
///
/// let stack = ServiceBuilder::new()
///     .layer(ErrorLayer::new())
///     .load_shed()
///     // axum puts layers around a route anew for each connection. This one counts for all of them together.
///     .layer(GlobalConcurrencyLimitLayer::new(64))
///     .timeout(Duration::from_secs(10));
/// let app: Router = Router::new().route("/", get(|| async { "hello" })).layer(stack);
/// ```
///
/// # The request id in logs
///
/// With the feature `tracing`, the layer records the id as `request_id` in the span that is current when the service is
/// called, if that has such a field: put a layer that opens one, like `tower-http`'s `TraceLayer`, around this one, with
/// `request_id = tracing::field::Empty` among its span's fields. The events of errors carry the id in any case.
///
/// # The code by status
///
/// The reason phrase in snake case: `not_found`, `method_not_allowed`, `payload_too_large` for a 413,
/// `unprocessable_entity` for a 422, `internal_error` for a 500; a status without a name is a `client_error` or a
/// `server_error`. [`map`](Self::map) puts an error of your own in place of a status, [`map_others`](Self::map_others) in
/// place of all.
#[derive(Debug, Clone)]
pub struct ErrorLayer {
    settings: Arc<Settings>,
}

impl Default for ErrorLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl ErrorLayer {
    /// The layer with what most services need: request ids in `x-request-id`, a code by status.
    #[must_use]
    pub fn new() -> Self {
        Self { settings: Arc::new(Settings::default()) }
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        let settings = Arc::make_mut(&mut self.settings);
        settings.forget_catalog();
        change(settings);
        self
    }

    /// The service's envelope: for errors whose type declares none, and for those that no type declares.
    #[must_use]
    pub fn envelope(self, envelope: &'static Envelope) -> Self {
        self.with(|settings| settings.envelope = Some(envelope))
    }

    /// The header in which a request may bring its id and a response tells it; `x-request-id` unless set here.
    ///
    /// An id is taken over if it has 1 to 128 characters, all of them ASCII letters, digits or `-_.:/+=@~`; else
    /// one is made: `req_` and a UUID of version 7. What stands further in finds it in the
    /// [context](crate::context::Context::request_id). It takes the place of an id that is not taken over; to a
    /// request that brought none no header is added, unless [`set_request_header`](Self::set_request_header) asks
    /// for it.
    #[must_use]
    pub fn request_id_header(self, name: HeaderName) -> Self {
        self.with(|settings| settings.request_id_header = name)
    }

    /// Whether an id that was made is put into the request's header too; `false` unless set here. For handlers and
    /// layers further in that read the header, or hand it on to another service: `tower-http`'s request id layers,
    /// for instance, would else make an id of their own.
    ///
    /// ```
    /// use errorbook::tower::ErrorLayer;
    ///
    /// let layer = ErrorLayer::new().set_request_header(true);
    /// ```
    #[must_use]
    pub fn set_request_header(self, is_set: bool) -> Self {
        self.with(|settings| settings.sets_request_header = is_set)
    }

    /// Answers with this error wherever a response of this status was not made from an `ApiError`, in the
    /// framework's own 404 for instance. The status is then the error's own.
    ///
    /// ```
    /// use errorbook::{ApiError, tower::ErrorLayer};
    /// use http::StatusCode;
    ///
    /// #[derive(ApiError)]
    /// enum StoryError {
    ///     #[api(status = 404, code = "no_such_route", message = "There is nothing here.")]
    ///     NoSuchRoute,
    /// }
    ///
    /// let layer = ErrorLayer::new().map(StatusCode::NOT_FOUND, StoryError::NoSuchRoute);
    /// ```
    #[must_use]
    pub fn map(self, status: StatusCode, error: impl ApiError + Send + Sync + 'static) -> Self {
        self.with(|settings| settings.map(status, error))
    }

    /// As [`map`](Self::map), with the response's status and headers at hand.
    #[must_use]
    pub fn map_with<E: Catalogued + 'static>(
        self,
        status: StatusCode,
        make: impl Fn(&response::Parts) -> E + Send + Sync + 'static,
    ) -> Self {
        self.with(|settings| settings.map_with(status, make))
    }

    /// As [`map_with`](Self::map_with), for every status that is not mapped by itself: so that all that the service
    /// answers follows its own conventions. The status is then the error's own, as anywhere: what has a status of its own
    /// in the contract has a variant.
    ///
    /// A panic, a time-out and load shedding come with their status too: 500, 504 and 503.
    ///
    /// ```
    /// use errorbook::{ApiError, Envelope, envelope, tower::ErrorLayer};
    /// use http::StatusCode;
    ///
    /// // Each error has a `type`.
    /// const TYPED: Envelope = envelope!({ "type": meta.r#type, "code": code, "message": message });
    ///
    /// /// What the service answers where no handler of it does.
    /// #[derive(ApiError)]
    /// #[api(rename_all = "SCREAMING_SNAKE_CASE")]
    /// enum Unhandled {
    ///     #[api(status = 404, message = "There is nothing here.", meta(r#type = "invalid_request"))]
    ///     NoSuchRoute,
    ///     #[api(status = 503, message = "Too busy.", meta(r#type = "overloaded"))]
    ///     Busy,
    ///     #[api(status = 400, message = "The request is not valid.", meta(r#type = "invalid_request"))]
    ///     BadRequest,
    ///     #[api(status = 500, meta(r#type = "api_error"))]
    ///     Internal,
    /// }
    ///
    /// impl From<StatusCode> for Unhandled {
    ///     fn from(status: StatusCode) -> Self {
    ///         match status {
    ///             StatusCode::NOT_FOUND => Self::NoSuchRoute,
    ///             StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
    ///             status if status.is_client_error() => Self::BadRequest,
    ///             _ => Self::Internal,
    ///         }
    ///     }
    /// }
    ///
    /// let layer = ErrorLayer::new().envelope(&TYPED).map_others(|parts| Unhandled::from(parts.status));
    /// let codes: Vec<_> = layer.catalog().entries().map(|spec| spec.code()).collect();
    /// assert_eq!(codes, ["NO_SUCH_ROUTE", "BUSY", "BAD_REQUEST", "INTERNAL"]);
    /// ```
    #[must_use]
    pub fn map_others<E: Catalogued + 'static>(
        self,
        make: impl Fn(&response::Parts) -> E + Send + Sync + 'static,
    ) -> Self {
        self.with(|settings| settings.map_others(make))
    }

    /// All that the layer answers by itself, for documentation and clients: the errors that were mapped, of
    /// [`map_with`](Self::map_with) and [`map_others`](Self::map_others) all those of the type; and without `map_others` a
    /// code for each other status that has a name.
    ///
    /// A status without one, like 418, is sent as it is, with the code `client_error` or `server_error`. As each of the two
    /// stands for many statuses, they are in no catalogue: map the statuses that your service does send.
    ///
    /// The catalogue is made once for a layer and stays for as long as the program runs.
    ///
    /// ```
    /// use errorbook::tower::ErrorLayer;
    ///
    /// let layer = ErrorLayer::new();
    /// let not_found = layer.catalog().get("not_found").next().unwrap();
    /// assert_eq!(not_found.status().unwrap(), 404);
    /// ```
    #[must_use]
    pub fn catalog(&self) -> &'static Catalog {
        self.settings.catalog()
    }

    /// Whether errors bear the hints that the SDKs of several large APIs obey; `false` unless set here. For gRPC there are
    /// none.
    ///
    /// | header | value |
    /// |---|---|
    /// | `retry-after-ms` | the wait of `Retry-After` in milliseconds, not rounded to seconds |
    /// | `x-should-retry` | whether the error's [rule](crate::retry::RetryRule) lets this very request be sent again: `true` or `false` |
    ///
    /// A rule that says `if idempotent` or `if safe` is held against the request's method and its `Idempotency-Key` header: a
    /// `POST` without one is told `false`. How often a request is sent again is for its client to count, whose first attempt
    /// this is to the layer. What was set by hand ([`Body::with_retry_hints`](crate::Body::with_retry_hints)) stays, and so
    /// does a `false` that the service itself has sent with a response which is put into the envelope.
    ///
    /// ```
    /// use errorbook::tower::ErrorLayer;
    ///
    /// let layer = ErrorLayer::new().retry_hints(true);
    /// ```
    #[must_use]
    pub fn retry_hints(self, are_sent: bool) -> Self {
        self.with(|settings| settings.sends_retry_hints = are_sent)
    }

    /// Keeps extensions of this type where a response is put into the envelope: for middleware around the layer that reads
    /// them. Else the answer has none but its own: servers read some, and hyper's `ReasonPhrase`, which its client keeps of
    /// an upstream's answer, would be sent to the caller.
    ///
    /// ```
    /// use errorbook::tower::ErrorLayer;
    ///
    /// /// For the access log.
    /// #[derive(Clone)]
    /// struct Tenant(String);
    ///
    /// let layer = ErrorLayer::new().keep_extension::<Tenant>();
    /// ```
    #[must_use]
    pub fn keep_extension<T: Clone + Send + Sync + 'static>(self) -> Self {
        self.with(Settings::keep_extension::<T>)
    }

    /// Answers gRPC as gRPC has it, beside what is asked by HTTP. Without it a request of gRPC is one like any other.
    ///
    /// | request: a `POST` with | answer, with status 200 and no body |
    /// |---|---|
    /// | `content-type: application/grpc`, `application/grpc+…`, over HTTP/2 | headers `grpc-status` and `grpc-message`, as `application/grpc` |
    /// | `application/grpc-web`, `application/grpc-web-text`, `…+proto`, over any HTTP | the same, in the request's media type |
    /// | `application/grpc` over HTTP/1.1, any other media type | the status and the envelope |
    ///
    /// `grpc-status` follows from the status, `grpc-message` is the error's message, of which at most 1 KiB goes as
    /// it is encoded: clients commonly refuse more than 8 KiB of headers together. A message that varies from value
    /// to value goes along where the response was made in the request's [context](crate::context), and is left out
    /// where not.
    ///
    /// A caller chooses by a header how such a service answers: it is for services that do speak gRPC, whose logs and
    /// limits do not go by the HTTP status alone.
    ///
    /// ```
    /// use errorbook::tower::ErrorLayer;
    ///
    /// let layer = ErrorLayer::new().grpc();
    /// ```
    #[must_use]
    pub fn grpc(self) -> Self {
        self.with(|settings| settings.grpc = true)
    }

    /// Keeps the text of a 4xx, if its status is not mapped and it is `text/plain`, whatever the parameters, and at most `limit` bytes long as the
    /// message. For services whose own 4xx texts are meant for callers: a framework's may quote what it was given. The
    /// text of a 5xx is never kept. The response waits for the text, as its caller would.
    #[must_use]
    pub fn keep_client_error_text(self, limit: usize) -> Self {
        self.with(|settings| settings.kept_text = limit)
    }
}

impl<S> Layer<S> for ErrorLayer {
    type Service = ErrorService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ErrorService::new(inner, Arc::clone(&self.settings))
    }
}
