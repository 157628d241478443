//! The `tracing` feature: what operators read of an answered error.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use errorbook::ApiError;
use errorbook::context::Context;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber, span};

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("reading the story")]
    #[api(status = 500, code = "internal_error")]
    Storage(#[source] Chained),

    #[error("no story has the id {0}")]
    #[api(status = 404)]
    NotFound(u32),

    #[error("too loud")]
    #[api(status = 503, log = "off")]
    Silent,

    #[error("odd")]
    #[api(status = 400, log = "warn")]
    Odd,

    #[error(transparent)]
    #[api(transparent)]
    Held(#[from] Plain),
}

#[derive(Debug, thiserror::Error)]
#[error("disk seven")]
struct Chained(#[source] std::io::Error);

/// No `Error`, only a `Display`.
#[derive(Debug, thiserror::Error, ApiError)]
#[error("plain text")]
#[api(status = 409)]
struct Plain;

/// Neither `Error` nor `Display`.
#[derive(ApiError)]
#[api(status = 410, message = "Gone.")]
struct Bare;

pub(crate) type Fields = BTreeMap<&'static str, String>;

/// Keeps the events of this thread.
#[derive(Clone, Default)]
pub(crate) struct Events(Arc<Mutex<Vec<(Level, Fields)>>>);

impl Events {
    pub(crate) fn heard(&self) -> Vec<(Level, Fields)> {
        self.0.lock().unwrap().clone()
    }
}

impl Subscriber for Events {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        // What is said of the process is said once, to whichever test comes first.
        if event.metadata().target() == "errorbook::context" {
            return;
        }
        let mut fields = Texts(Fields::new());
        event.record(&mut fields);
        assert_eq!(event.metadata().target(), "errorbook");
        self.0.lock().unwrap().push((*event.metadata().level(), fields.0));
    }
}

struct Texts(Fields);

impl Visit for Texts {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

pub(crate) fn events_of(answer: impl FnOnce()) -> Vec<(Level, Fields)> {
    let events = Events::default();
    tracing::subscriber::with_default(events.clone(), answer);
    events.heard()
}

pub(crate) fn one_event_of(error: &dyn ApiError) -> (Level, Fields) {
    let mut events = events_of(|| drop(error.respond()));
    assert_eq!(events.len(), 1, "{events:?}");
    events.remove(0)
}

#[test]
fn a_response_is_one_event_with_the_whole_chain_of_causes() {
    let error = StoryError::Storage(Chained(std::io::Error::other("sector 9")));
    let (level, fields) = one_event_of(&error);
    assert_eq!(level, Level::ERROR);
    assert_eq!(fields["error.type"], "internal_error");
    assert_eq!(fields["http.response.status_code"], "500");
    assert_eq!(fields["exception.message"], "reading the story");
    assert_eq!(fields["error.causes"], "disk seven: sector 9");
    assert_eq!(fields["message"], "Storage");
    assert!(!fields.contains_key("request_id"));
}

#[test]
fn the_level_is_the_declared_one_or_follows_from_the_status() {
    assert_eq!(one_event_of(&StoryError::NotFound(7)).0, Level::DEBUG);
    assert_eq!(one_event_of(&StoryError::Odd).0, Level::WARN);
    assert!(events_of(|| drop(StoryError::Silent.respond())).is_empty());
}

#[test]
fn the_request_id_is_the_ambient_one_unless_set_by_hand() {
    let events = events_of(|| {
        Context::new().with_request_id("req_ambient").scope(|| {
            drop(StoryError::NotFound(1).respond());
            drop(StoryError::NotFound(1).body().with_request_id("req_by_hand").respond());
        });
    });
    let ids: Vec<_> = events.iter().map(|(_, fields)| fields["request_id"].as_str()).collect();
    assert_eq!(ids, ["req_ambient", "req_by_hand"]);
}

#[test]
fn the_values_of_the_context_are_in_one_field() {
    let events = events_of(|| {
        let context = Context::new().with_value("tenant", "acme").with_value("run_id", "run \"7\"\n");
        context.scope(|| {
            StoryError::Odd.record();
            drop(StoryError::Odd.body().with_value("tenant", "by hand").respond());
        });
        StoryError::Odd.record();
    });
    let told: Vec<Option<serde_json::Value>> = events
        .iter()
        .map(|(_, fields)| Some(serde_json::from_str(fields.get("context")?).expect("it is JSON")))
        .collect();
    let values = |tenant| Some(serde_json::json!({ "tenant": tenant, "run_id": "run \"7\"\n" }));
    assert_eq!(told, [values("acme"), values("by hand"), None]);
}

#[test]
fn the_type_of_an_error_is_told_by_its_name_in_rust() {
    let here = |name| format!("{}::{name}", module_path!());
    assert_eq!(one_event_of(&StoryError::Odd).1["exception.type"], here("StoryError"));
    assert_eq!(one_event_of(&Box::new(Plain)).1["exception.type"], here("Plain"));
    assert_eq!(one_event_of(&Bare).1["exception.type"], here("Bare"));
    let report = errorbook::Report::from(Bare);
    assert_eq!(one_event_of(report.as_error()).1["exception.type"], here("Bare"));
}

/// A caller's words, in the middle of what operators read.
const FORGED: &str = "x\nERROR errorbook: forged\r\u{1b}[2K\u{202e}";

#[test]
fn what_a_caller_chose_stays_on_the_line() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("no story {name}")]
    #[api(status = 404, message = "No such story.")]
    struct Unknown {
        name: &'static str,
        source: Said,
    }

    #[derive(Debug, thiserror::Error)]
    #[error("unknown: {0}")]
    struct Said(&'static str);

    let error = Unknown { name: FORGED, source: Said(FORGED) };
    let events = events_of(|| {
        let context = Context::new().with_request_id(FORGED).with_value("tenant", FORGED);
        context.with_value(FORGED, "y").scope(|| drop(error.respond()));
    });
    for (name, text) in &events[0].1 {
        let is_clean = |char: char| !char.is_control() && char != '\u{202e}';
        assert!(text.chars().all(is_clean), "{name}: {text:?}");
    }
    assert!(events[0].1["exception.message"].contains("x\\nERROR errorbook: forged\\r\\u{1b}[2K\\u{202e}"));
    let report = errorbook::Report::from(error);
    assert_eq!(report.to_string().lines().count(), 1);
    assert_eq!(format!("{report:#}").lines().count(), 1);
    // The error, a blank line, the heading, one cause.
    assert_eq!(format!("{report:?}").lines().count(), 4);
}

#[test]
fn a_body_that_is_only_rendered_is_no_event() {
    let events = events_of(|| {
        let error = StoryError::NotFound(1);
        drop(error.body().to_bytes());
        drop(serde_json::to_string(&error.body()));
        drop(error.message().into_owned());
    });
    assert!(events.is_empty(), "{events:?}");
}

#[test]
fn an_error_of_another_type_is_told_by_the_one_that_holds_it() {
    let (_, fields) = one_event_of(&StoryError::Held(Plain));
    assert_eq!(fields["error.type"], "plain");
    assert_eq!(fields["exception.message"], "plain text");
}

#[test]
fn a_type_that_is_no_error_tells_what_it_has() {
    let (_, fields) = one_event_of(&Bare);
    assert_eq!(fields["error.type"], "bare");
    assert!(!fields.contains_key("exception.message") && !fields.contains_key("error.causes"), "{fields:?}");
}

#[test]
fn boxes_and_references_are_told_as_what_they_hold() {
    let boxed: Box<dyn ApiError> = Box::new(StoryError::Odd);
    assert_eq!(one_event_of(&boxed).1["exception.message"], "odd");
}

/// Keeps what is recorded in its one span.
#[cfg(feature = "tower")]
#[derive(Clone, Default)]
struct OneSpan(Arc<Mutex<(Option<&'static Metadata<'static>>, Fields)>>);

#[cfg(feature = "tower")]
impl Subscriber for OneSpan {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        self.0.lock().unwrap().0 = Some(attributes.metadata());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut fields = Texts(Fields::new());
        values.record(&mut fields);
        self.0.lock().unwrap().1.extend(fields.0);
    }

    fn current_span(&self) -> tracing_core::span::Current {
        let metadata = self.0.lock().unwrap().0;
        metadata.map_or_else(tracing_core::span::Current::none, |metadata| {
            tracing_core::span::Current::new(span::Id::from_u64(1), metadata)
        })
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
    fn event(&self, _: &Event<'_>) {}
}

#[cfg(feature = "tower")]
#[test]
fn the_layer_records_the_request_id_in_the_span_around_it() {
    use tower::{Layer, Service};

    let spans = OneSpan::default();
    tracing::subscriber::with_default(spans.clone(), || {
        let inner = tower::service_fn(async |_: http::Request<String>| {
            Ok::<_, std::convert::Infallible>(http::Response::new(String::new()))
        });
        let mut service = errorbook::tower::ErrorLayer::new().layer(inner);
        let request = http::Request::builder().header("x-request-id", "req_7").body(String::new()).unwrap();
        let span = tracing::info_span!("request", request_id = tracing::field::Empty);
        span.in_scope(|| drop(service.call(request)));
    });
    assert_eq!(spans.0.lock().unwrap().1["request_id"], "req_7");
}

#[test]
fn an_error_of_a_generic_type_is_logged_with_all_that_it_says() {
    #[derive(Debug, thiserror::Error, ApiError)]
    enum Failure<T, E> {
        #[error("no {0} here")]
        #[api(status = 500)]
        Missing(T),
        #[error("storage is down")]
        #[api(status = 500)]
        Storage(#[source] E),
    }

    type Any = Failure<u8, std::io::Error>;
    let (_, fields) = one_event_of(&Any::Missing(7));
    assert_eq!(fields["exception.message"], "no 7 here");
    let (_, fields) = one_event_of(&Any::Storage(std::io::Error::other("sector 9")));
    assert_eq!((&*fields["exception.message"], &*fields["error.causes"]), ("storage is down", "sector 9"));
}

#[test]
fn a_generic_type_whose_own_impls_have_bounds_is_logged_with_all_that_it_says() {
    #[derive(Debug, ApiError)]
    #[api(bound = "Self: std::error::Error, T: Clone")]
    enum Failure<T, E> {
        #[api(status = 500)]
        Missing(T),
        #[api(status = 500)]
        Storage(E),
    }

    impl<T: fmt::Display, E> fmt::Display for Failure<T, E> {
        fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self {
                Self::Missing(what) => write!(out, "no {what} here"),
                Self::Storage(_) => out.write_str("storage is down"),
            }
        }
    }

    impl<T: fmt::Debug + fmt::Display, E: std::error::Error + 'static> std::error::Error for Failure<T, E> {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            match self {
                Self::Missing(_) => None,
                Self::Storage(cause) => Some(cause),
            }
        }
    }

    type Any = Failure<u8, std::io::Error>;
    let (_, fields) = one_event_of(&Any::Missing(7));
    assert_eq!(fields["exception.message"], "no 7 here");
    let (_, fields) = one_event_of(&Any::Storage(std::io::Error::other("sector 9")));
    assert_eq!((&*fields["exception.message"], &*fields["error.causes"]), ("storage is down", "sector 9"));
    assert!(fields["exception.type"].ends_with("Failure<u8, std::io::error::Error>"), "{fields:?}");
}

/// The events of one request through the layer around a service that ends so.
#[cfg(feature = "tower")]
fn events_of_request<F>(layer: &errorbook::tower::ErrorLayer, end: impl Fn() -> F) -> Vec<(Level, Fields)>
where
    F: Future<Output = Result<http::Response<String>, tower::BoxError>>,
{
    use tower::{Layer, Service};

    let mut service = layer.layer(tower::service_fn(|_: http::Request<String>| end()));
    let request = http::Request::builder().header("x-request-id", "req_7").body(String::new()).unwrap();
    events_of(|| {
        let mut response = std::pin::pin!(service.call(request));
        let mut polling = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(response.as_mut().poll(&mut polling).is_ready());
    })
}

/// Panics when it is asked whether it is ready.
#[cfg(feature = "tower")]
struct NotReady;

#[cfg(feature = "tower")]
impl tower::Service<http::Request<String>> for NotReady {
    type Response = http::Response<String>;
    type Error = tower::BoxError;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        panic!("sector {}", 9)
    }

    fn call(&mut self, _: http::Request<String>) -> Self::Future {
        panic!("called without being ready")
    }
}

#[cfg(feature = "tower")]
#[test]
fn a_service_without_an_answer_is_one_event_that_says_why() {
    use errorbook::tower::ErrorLayer;

    async fn panics() -> Result<http::Response<String>, tower::BoxError> {
        panic!("sector {}", 9)
    }
    async fn fails() -> Result<http::Response<String>, tower::BoxError> {
        Err(Chained(std::io::Error::other("sector 9")).into())
    }
    async fn refuses() -> Result<http::Response<String>, tower::BoxError> {
        Ok(http::Response::builder().status(403).body(String::new())?)
    }

    let layer = ErrorLayer::new();
    let mapped = layer.clone().map(http::StatusCode::INTERNAL_SERVER_ERROR, StoryError::Odd);
    let off = layer.clone().map(http::StatusCode::INTERNAL_SERVER_ERROR, StoryError::Silent);
    let told = |events: Vec<(Level, Fields)>, expected: (Level, &str, &str, &str)| {
        assert_eq!(events.len(), 1, "{events:?}");
        let (level, fields) = &events[0];
        let text = |name| fields.get(name).map_or("", |text: &String| text);
        let texts = ["error.type", "exception.message", "error.causes"].map(text);
        assert_eq!((*level, texts), (expected.0, [expected.1, expected.2, expected.3]));
        assert_eq!(fields["request_id"], "req_7");
    };
    let panicked = "the service panicked: sector 9";
    told(events_of_request(&layer, panics), (Level::ERROR, "internal_error", panicked, ""));
    told(events_of_request(&layer, fails), (Level::ERROR, "internal_error", "disk seven", "sector 9"));
    told(events_of_request(&layer, refuses), (Level::DEBUG, "forbidden", "", ""));
    // At the level of what answers, but for a panic, which is never kept quiet.
    told(events_of_request(&mapped, fails), (Level::WARN, "odd", "disk seven", "sector 9"));
    assert!(events_of_request(&off, fails).is_empty());
    told(events_of_request(&off, panics), (Level::ERROR, "silent", panicked, ""));
    // One that comes before the request is none the less.
    let mut service = tower::Layer::layer(&off, NotReady);
    let mut polling = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(tower::Service::poll_ready(&mut service, &mut polling).is_ready());
    let events = events_of(|| {
        let request = http::Request::builder().header("x-request-id", "req_7").body(String::new()).unwrap();
        drop(tower::Service::call(&mut service, request));
    });
    told(events, (Level::ERROR, "silent", panicked, ""));
    // Should the answer panic as well, both are told.
    let broken =
        layer.map_with(http::StatusCode::INTERNAL_SERVER_ERROR, |_| -> StoryError { panic!("twice") });
    let both = "the service panicked: twice (when it was to answer for: the service panicked: sector 9)";
    told(events_of_request(&broken, panics), (Level::ERROR, "internal_error", both, ""));
}

#[test]
fn a_conversion_tells_nobody_and_a_record_has_no_status() {
    assert!(events_of(|| drop(StoryError::Odd.to_response())).is_empty());
    assert!(events_of(|| drop(StoryError::Odd.body().to_response())).is_empty());
    let events = events_of(|| StoryError::Odd.record());
    let [(level, fields)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(*level, Level::WARN);
    assert_eq!(fields["error.type"], StoryError::Odd.code());
    assert!(!fields.contains_key("http.response.status_code"));
}
