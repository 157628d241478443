//! Services that misbehave in every way that they can. Whatever they do, the layer answers, nothing of it unwinds
//! through, and no request waits for what has no end.

use std::cell::Cell;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::{Ready, pending, poll_fn, ready};
use std::panic::panic_any;
use std::pin::Pin;
use std::task::{Context as Polling, Poll};
use std::time::Duration;

use bytes::Bytes;
use errorbook::ApiError;
use errorbook::tower::{ErrorLayer, ResponseBody};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, Full};
use serde_json::Value;
use tower::{BoxError, Layer, Service, ServiceExt, service_fn};

use super::SECRET;

/// Panics when it is dropped, with one more of its kind.
#[derive(Debug, Clone)]
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic_any(Self);
    }
}

/// What a hostile error panics in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum In {
    Into,
    Display,
    Source,
    Drop,
    /// In all that it can, but for what would keep it from coming so far.
    DisplaySourceAndDrop,
    /// It has itself for a cause.
    Circle,
    /// It says 100 MB.
    Length,
}

const EVERYWHERE: [In; 7] =
    [In::Into, In::Display, In::Source, In::Drop, In::DisplaySourceAndDrop, In::Circle, In::Length];

#[derive(Debug)]
struct Hostile(In);

/// What the layer makes of it.
#[derive(Debug)]
struct Made(In);

impl From<Hostile> for BoxError {
    fn from(hostile: Hostile) -> Self {
        assert_ne!(hostile.0, In::Into, "{SECRET}");
        Box::new(Made(hostile.0))
    }
}

impl fmt::Display for Made {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        assert!(!matches!(self.0, In::Display | In::DisplaySourceAndDrop), "{SECRET}");
        if self.0 == In::Length {
            for _ in 0..100 {
                formatter.write_str(&"x".repeat(1 << 20))?;
            }
        }
        formatter.write_str(SECRET)
    }
}

impl Error for Made {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        assert!(!matches!(self.0, In::Source | In::DisplaySourceAndDrop), "{SECRET}");
        if self.0 == In::Circle { Some(self) } else { None }
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        assert!(!matches!(self.0, In::Drop | In::DisplaySourceAndDrop), "{SECRET}");
    }
}

fn request() -> Request<Full<Bytes>> {
    Request::new(Full::default())
}

fn plain(status: u16) -> http::response::Builder {
    Response::builder().status(status).header("content-type", "text/plain")
}

/// Asks the layer around this service, which must be quick about it.
async fn ask<S, B, E>(layer: &ErrorLayer, service: S) -> Response<ResponseBody<B>>
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>, Error = E>,
    E: Into<BoxError>,
    B: Body<Data = Bytes>,
{
    let answer = layer.layer(service).oneshot(request());
    tokio::time::timeout(Duration::from_secs(20), answer).await.expect("there is an answer").unwrap()
}

async fn json<B: Body<Error: fmt::Debug>>(response: Response<B>) -> Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

/// The status is this one's, the body is the envelope of this code, and nothing is told that must not be.
async fn check<B: Body<Error: fmt::Debug>>(
    response: Response<B>,
    status: u16,
    code: &str,
    what: impl fmt::Debug,
) {
    assert_eq!(response.status().as_u16(), status, "{what:?}");
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let body = json(response).await;
    assert_eq!(
        (&body["error"]["code"], &body["error"]["request_id"]),
        (&code.into(), &id.into()),
        "{what:?}"
    );
    assert!(!body.to_string().contains("hunter2"), "{what:?}");
}

/// Fails so, or panics with a bomb, when it is asked whether it is ready.
struct NotReady(Option<In>);

impl Service<Request<Full<Bytes>>> for NotReady {
    type Response = Response<Full<Bytes>>;
    type Error = Hostile;
    type Future = Ready<Result<Self::Response, Hostile>>;

    fn poll_ready(&mut self, _: &mut Polling<'_>) -> Poll<Result<(), Hostile>> {
        let Some(how) = self.0 else { panic_any(Bomb) };
        Poll::Ready(Err(Hostile(how)))
    }

    fn call(&mut self, _: Request<Full<Bytes>>) -> Self::Future {
        panic!("called without being ready")
    }
}

#[tokio::test]
async fn an_error_that_panics_however_it_is_asked_is_answered() {
    let layer = ErrorLayer::new();
    for how in EVERYWHERE {
        check(ask(&layer, NotReady(Some(how))).await, 500, "internal_error", how).await;
        let fails = service_fn(move |_| ready(Err::<Response<Full<Bytes>>, _>(Hostile(how))));
        check(ask(&layer, fails).await, 500, "internal_error", how).await;
    }
}

#[tokio::test]
async fn an_error_that_nobody_asked_for_is_dropped_in_peace() {
    for how in EVERYWHERE {
        let mut service = ErrorLayer::new().layer(NotReady(Some(how)));
        poll_fn(|polling| service.poll_ready(polling)).await.unwrap();
        drop(service);
    }
}

#[tokio::test]
async fn a_panic_whose_payload_panics_when_it_is_dropped_is_answered() {
    let layer = ErrorLayer::new();
    check(ask(&layer, NotReady(None)).await, 500, "internal_error", "ready").await;
    let in_call = service_fn(|_| -> Ready<Result<Response<Full<Bytes>>, Infallible>> { panic_any(Bomb) });
    check(ask(&layer, in_call).await, 500, "internal_error", "call").await;
    let polled = service_fn(async |_| -> Result<Response<Full<Bytes>>, Infallible> { panic_any(Bomb) });
    check(ask(&layer, polled).await, 500, "internal_error", "poll").await;
    let layer = layer.map_with(StatusCode::NOT_FOUND, |_| -> super::ServiceError { panic_any(Bomb) });
    let unmapped =
        service_fn(|_| ready(Ok::<_, Infallible>(plain(404).body(Full::<Bytes>::default()).unwrap())));
    check(ask(&layer, unmapped).await, 500, "internal_error", "map").await;
}

/// Has a request that panics when it is dropped, and whether the service drops it.
#[tokio::test]
async fn a_request_that_panics_when_it_is_dropped_is_answered() {
    struct Body(Cell<bool>);

    impl Drop for Body {
        fn drop(&mut self) {
            if !self.0.replace(true) {
                panic_any(Bomb);
            }
        }
    }

    struct Fails;

    impl Service<Request<Body>> for Fails {
        type Response = Response<Full<Bytes>>;
        type Error = BoxError;
        type Future = Ready<Result<Self::Response, BoxError>>;

        fn poll_ready(&mut self, _: &mut Polling<'_>) -> Poll<Result<(), BoxError>> {
            Poll::Ready(Err(SECRET.into()))
        }

        fn call(&mut self, _: Request<Body>) -> Self::Future {
            panic!("called without being ready")
        }
    }

    let response =
        ErrorLayer::new().layer(Fails).oneshot(Request::new(Body(Cell::new(false)))).await.unwrap();
    check(response, 500, "internal_error", "not ready").await;
    let drops = service_fn(|request| {
        drop(request);
        ready(Ok::<_, Infallible>(Response::new(Full::<Bytes>::default())))
    });
    let response =
        ErrorLayer::new().layer(drops).oneshot(Request::new(Body(Cell::new(false)))).await.unwrap();
    check(response, 500, "internal_error", "call").await;
}

/// A future that panics when it is dropped, ended or not.
struct Dropped {
    ends_with: Option<u16>,
    _bomb: Bomb,
}

impl Future for Dropped {
    type Output = Result<Response<Full<Bytes>>, Infallible>;

    fn poll(self: Pin<&mut Self>, _: &mut Polling<'_>) -> Poll<Self::Output> {
        match self.ends_with {
            Some(status) => Poll::Ready(Ok(plain(status).body(Full::from("text")).unwrap())),
            None => Poll::Pending,
        }
    }
}

#[tokio::test]
async fn a_future_that_panics_when_it_is_dropped_takes_no_answer_along() {
    let ending = |status| service_fn(move |_| Dropped { ends_with: Some(status), _bomb: Bomb });
    assert_eq!(ask(&ErrorLayer::new(), ending(200)).await.status(), 200);
    check(ask(&ErrorLayer::new(), ending(409)).await, 409, "conflict", "ended").await;
    let given_up =
        ErrorLayer::new().layer(service_fn(|_| Dropped { ends_with: None, _bomb: Bomb })).oneshot(request());
    assert!(tokio::time::timeout(Duration::from_millis(5), given_up).await.is_err());
}

/// How a body misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bad {
    PanicsInFrame,
    PanicsInHint,
    PanicsInDrop,
    PanicsInAll,
    /// Frames without a byte, for ever.
    Empty,
    /// Frames with bytes, for ever.
    Endless,
    /// Trailers, for ever.
    Trailers,
    /// Says that it has 5 bytes, and has no end of them.
    SaysLess,
    /// Says that it has more than there can be.
    SaysMore,
    Fails,
    Pends,
}

const ALL_BAD: [Bad; 11] = [
    Bad::PanicsInFrame,
    Bad::PanicsInHint,
    Bad::PanicsInDrop,
    Bad::PanicsInAll,
    Bad::Empty,
    Bad::Endless,
    Bad::Trailers,
    Bad::SaysLess,
    Bad::SaysMore,
    Bad::Fails,
    Bad::Pends,
];

#[derive(Debug)]
struct BadBody(Bad);

impl Drop for BadBody {
    fn drop(&mut self) {
        if matches!(self.0, Bad::PanicsInDrop | Bad::PanicsInAll) {
            panic_any(Bomb);
        }
    }
}

impl Body for BadBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Polling<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(Some(match self.0 {
            Bad::PanicsInFrame | Bad::PanicsInAll => panic_any(Bomb),
            Bad::Empty | Bad::PanicsInHint | Bad::PanicsInDrop => Ok(Frame::data(Bytes::new())),
            Bad::Endless | Bad::SaysLess | Bad::SaysMore => {
                Ok(Frame::data(Bytes::from_static(b"0123456789")))
            }
            Bad::Trailers => Ok(Frame::trailers(HeaderMap::new())),
            Bad::Fails => Err(SECRET.into()),
            Bad::Pends => return Poll::Pending,
        }))
    }

    fn size_hint(&self) -> SizeHint {
        match self.0 {
            Bad::PanicsInHint | Bad::PanicsInAll => panic_any(Bomb),
            Bad::SaysLess => SizeHint::with_exact(5),
            Bad::SaysMore => SizeHint::with_exact(u64::MAX),
            _ => SizeHint::default(),
        }
    }
}

#[tokio::test]
async fn a_body_that_misbehaves_is_replaced_all_the_same() {
    for bad in ALL_BAD {
        for content_type in ["text/plain", "application/json", "image/png"] {
            let response = move || {
                let response = Response::builder().status(409).header("content-type", content_type);
                response.body(BadBody(bad)).unwrap()
            };
            let inner = service_fn(move |_| ready(Ok::<_, Infallible>(response())));
            check(ask(&ErrorLayer::new(), inner).await, 409, "conflict", (bad, content_type)).await;
        }
    }
}

#[tokio::test]
async fn a_text_that_misbehaves_is_not_kept() {
    let layer = ErrorLayer::new().keep_client_error_text(64);
    // One that never comes is waited for, as its caller would.
    for bad in ALL_BAD.into_iter().filter(|bad| *bad != Bad::Pends) {
        let inner = service_fn(move |_| ready(Ok::<_, Infallible>(plain(409).body(BadBody(bad)).unwrap())));
        let response = ask(&layer, inner).await;
        assert_eq!(json(response).await["error"]["message"], "Conflict", "{bad:?}");
    }
}

/// Lets a time-out run while a text is read, whatever the bound of that.
#[tokio::test]
async fn a_text_without_end_gives_others_their_turn() {
    let layer = ErrorLayer::new().keep_client_error_text(usize::MAX);
    let inner = service_fn(|_| ready(Ok::<_, Infallible>(plain(409).body(BadBody(Bad::Endless)).unwrap())));
    let answer = layer.layer(inner).oneshot(request());
    assert!(tokio::time::timeout(Duration::from_millis(20), answer).await.is_err());
}

#[tokio::test]
async fn a_foreign_response_with_all_the_headers_that_there_can_be_is_answered() {
    let many = |status: u16, with: usize| {
        let mut response = plain(status).body(Full::<Bytes>::from("text")).unwrap();
        let mut number = 0;
        while response.headers().len() < with {
            let name = HeaderName::try_from(format!("x-{number}")).unwrap();
            if response.headers_mut().try_append(name, HeaderValue::from_static("1")).is_err() {
                break;
            }
            number += 1;
        }
        response
    };
    for with in [30_000, usize::MAX] {
        let response =
            ask(&ErrorLayer::new(), service_fn(move |_| ready(Ok::<_, Infallible>(many(403, with))))).await;
        assert_eq!(response.headers()["content-type"], "application/json");
        assert!(response.headers().contains_key("x-0") && response.headers().len() > 10_000);
        check(response, 403, "forbidden", with).await;
    }
    // Where there is no room for it, the id of another is none either.
    let full = service_fn(move |_| {
        let mut response = many(200, 10);
        response.headers_mut().insert("x-request-id", HeaderValue::from_static("upstream"));
        let mut number = 10;
        while let Ok(name) = HeaderName::try_from(format!("x-{number}"))
            && response.headers_mut().try_append(name, HeaderValue::from_static("1")).is_ok()
        {
            number += 1;
        }
        ready(Ok::<_, Infallible>(response))
    });
    let response = ask(&ErrorLayer::new(), full).await;
    assert!(response.headers()["x-request-id"].to_str().unwrap().starts_with("req_"));
}

#[tokio::test]
async fn a_value_in_the_extensions_that_panics_when_it_is_dropped_takes_no_answer_along() {
    /// Panics the first time.
    #[derive(Clone)]
    struct Once(std::sync::Arc<Bomb>);

    let inner = service_fn(|_| {
        let mut response = plain(403).body(Full::<Bytes>::default()).unwrap();
        response.extensions_mut().insert(Once(std::sync::Arc::new(Bomb)));
        ready(Ok::<_, Infallible>(response))
    });
    let mut response = ask(&ErrorLayer::new(), inner).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    // Were it passed on, it would be the server's to drop.
    if let Some(Once(bomb)) = response.extensions_mut().remove() {
        std::mem::forget(bomb);
    }
    check(response, 403, "forbidden", "extensions").await;
}

#[tokio::test]
async fn an_error_of_the_applications_own_that_panics_is_answered() {
    struct Mapped;

    impl Drop for Mapped {
        fn drop(&mut self) {
            panic_any(Bomb);
        }
    }

    impl fmt::Display for Mapped {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic_any(Bomb)
        }
    }

    #[derive(ApiError)]
    #[api(status = 404, code = "mapped", message = "{0}")]
    struct Shown(Mapped);

    let layer = ErrorLayer::new().map_with(StatusCode::NOT_FOUND, |_| Shown(Mapped));
    let inner =
        service_fn(|_| ready(Ok::<_, Infallible>(plain(404).body(Full::<Bytes>::default()).unwrap())));
    check(ask(&layer, inner).await, 500, "internal_error", "mapped").await;
}

/// Nothing but an error is the layer's, whatever it looks like.
#[tokio::test]
async fn what_is_no_error_is_passed_on_in_any_form() {
    for status in [100, 101, 103, 200, 204, 205, 304, 399] {
        for method in [Method::GET, Method::HEAD, Method::CONNECT, Method::OPTIONS] {
            let trailers =
                HeaderMap::from_iter([(HeaderName::from_static("x-trailer"), HeaderValue::from(7))]);
            let inner = service_fn(move |_| {
                let body = Full::<Bytes>::from("body").with_trailers(ready(Some(Ok(trailers.clone()))));
                ready(Ok::<_, Infallible>(plain(status).header("content-length", "9").body(body).unwrap()))
            });
            let mut asked = request();
            *asked.method_mut() = method.clone();
            let response = ErrorLayer::new().grpc().layer(inner).oneshot(asked).await.unwrap();
            assert_eq!((response.status().as_u16(), response.headers().len()), (status, 3), "{method}");
            assert_eq!(response.headers()["content-length"], "9");
            let body = response.into_body().collect().await.unwrap();
            assert_eq!(body.trailers().unwrap()["x-trailer"], "7");
            assert_eq!(body.to_bytes(), "body");
        }
    }
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_answered_as_its_class() {
    for (status, code) in [(418, "client_error"), (499, "client_error"), (599, "server_error")] {
        let inner = service_fn(move |_| {
            ready(Ok::<_, Infallible>(plain(status).body(Full::<Bytes>::default()).unwrap()))
        });
        check(ask(&ErrorLayer::new(), inner).await, status, code, status).await;
    }
    // HTTP ends at 599.
    let inner =
        service_fn(|_| ready(Ok::<_, Infallible>(plain(999).body(Full::<Bytes>::from("text")).unwrap())));
    assert_eq!(ask(&ErrorLayer::new(), inner).await.status(), 999);
}

#[tokio::test]
async fn a_future_that_is_asked_on_and_on_does_not_answer_twice() {
    let mut answer =
        ErrorLayer::new().layer(service_fn(|_| pending::<Result<Response<Full<Bytes>>, Infallible>>()));
    let mut answer = Box::pin(answer.call(request()));
    for _ in 0..3 {
        assert!(poll_fn(|polling| Poll::Ready(answer.as_mut().poll(polling).is_pending())).await);
    }
    let mut ended =
        ErrorLayer::new().layer(service_fn(|_| ready(Err::<Response<Full<Bytes>>, BoxError>(SECRET.into()))));
    let mut ended = Box::pin(ended.call(request()));
    assert!(poll_fn(|polling| Poll::Ready(ended.as_mut().poll(polling).is_ready())).await);
    assert!(poll_fn(|polling| Poll::Ready(ended.as_mut().poll(polling).is_pending())).await);
}

#[cfg(feature = "tracing")]
#[tokio::test]
async fn a_subscriber_that_panics_takes_no_answer_along() {
    use tracing::{Event, Metadata, Subscriber, span};

    struct Panics;

    impl Subscriber for Panics {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target() == "errorbook"
        }

        fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
            span::Id::from_u64(1)
        }

        fn record(&self, _: &span::Id, _: &span::Record<'_>) {
            panic_any(Bomb)
        }

        fn event(&self, _: &Event<'_>) {
            panic_any(Bomb)
        }

        fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
        fn enter(&self, _: &span::Id) {}
        fn exit(&self, _: &span::Id) {}
    }

    let _default = tracing::subscriber::set_default(Panics);
    let declared =
        service_fn(|_| ready(Ok::<_, Infallible>(super::ServiceError::NotFound.respond().map(Full::new))));
    check(ask(&ErrorLayer::new(), declared).await, 404, "story_not_found", "declared").await;
    let put_over = service_fn(|_| {
        let mut response = super::ServiceError::NotFound.respond().map(Full::new);
        *response.status_mut() = StatusCode::OK;
        ready(Ok::<_, Infallible>(response))
    });
    check(ask(&ErrorLayer::new(), put_over).await, 404, "story_not_found", "put over").await;
    let foreign =
        service_fn(|_| ready(Ok::<_, Infallible>(plain(403).body(Full::<Bytes>::default()).unwrap())));
    check(ask(&ErrorLayer::new(), foreign).await, 403, "forbidden", "foreign").await;
    let panics = service_fn(|_| -> Ready<Result<Response<Full<Bytes>>, Infallible>> { panic_any(Bomb) });
    check(ask(&ErrorLayer::new(), panics).await, 500, "internal_error", "panic").await;
}
