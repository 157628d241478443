//! One axum service, with the layer and without: its routes, the requests, and a call that goes through all of its
//! stack and reads the answer, without a socket. Measuring is left to `bin/service.rs`.

use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::response::Parts;
use axum::http::{Request, Response, StatusCode};
use axum::routing::get;
use errorbook::ApiError;
use errorbook::tower::{ErrorLayer, ErrorService};
use tower::{Layer, Service};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, code = "not_found", message = "No story has this id.")]
    NotFound,
    #[api(
        status = 402,
        code = "insufficient_credits",
        message = "Insufficient credits: need {need}, have {have} remaining."
    )]
    InsufficientCredits {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
    },
}

/// What is around the routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// Nothing.
    Nothing,
    /// A layer that does nothing: what axum itself takes for any layer.
    Identity,
    /// errorbook's, by `Router::layer`.
    ErrorLayer,
    /// errorbook's, around the whole router, so that axum needs no boxes for it.
    ErrorLayerOutside,
    /// tower-http's layers that make an id, tell it in the answer and catch panics. They leave errors as they are.
    TowerHttp,
}

impl Around {
    /// Whether the answer has an id in its header.
    #[must_use]
    pub fn tells_id(self) -> bool {
        !matches!(self, Self::Nothing | Self::Identity)
    }
}

/// A service that can be asked.
#[derive(Debug)]
pub enum App {
    /// A router, with whatever layers it has.
    Router(Router),
    /// A router within the layer.
    Wrapped(ErrorService<Router>),
}

/// One way to answer.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// How the tables call it.
    pub name: &'static str,
    /// The route.
    pub path: &'static str,
    /// What is around the route.
    pub around: Around,
    /// Whether the request brings its id.
    pub brings_id: bool,
    /// The status of the answer.
    pub status: u16,
}

const fn call(name: &'static str, path: &'static str, around: Around, status: u16) -> Call {
    Call { name, path, around, brings_id: false, status }
}

use Around::{ErrorLayer as Layered, ErrorLayerOutside as Outside, Identity, Nothing, TowerHttp};

/// The error paths. The others are measured against the first one.
pub const ERRORS: &[Call] = &[
    call("a plain `StatusCode`, without the layer", "/plain", Nothing, 404),
    call("**a declared error, with the layer**", "/declared", Layered, 404),
    Call { brings_id: true, ..call("the same, with an id in the request", "/declared", Layered, 404) },
    call("the same, with the layer around the whole router", "/declared", Outside, 404),
    call("a declared error with figures, with the layer", "/figures", Layered, 402),
    call("a plain `StatusCode`, with a layer that does nothing", "/plain", Identity, 404),
    call("a declared error, without the layer", "/declared", Nothing, 404),
    call("a plain `StatusCode`, with the layer", "/plain", Layered, 404),
    call("a plain `StatusCode`, with tower-http's layers", "/plain", TowerHttp, 404),
];

/// The success paths. The others are measured against the first one.
pub const SUCCESSES: &[Call] = &[
    call("without the layer", "/fine", Nothing, 200),
    call("**with the layer, which makes an id**", "/fine", Layered, 200),
    call("with the layer around the whole router", "/fine", Outside, 200),
    call("with a layer that does nothing", "/fine", Identity, 200),
    call("with tower-http's layers, which make an id", "/fine", TowerHttp, 200),
    Call { brings_id: true, ..call("without the layer, with an id in the request", "/fine", Nothing, 200) },
    Call { brings_id: true, ..call("with the layer, with an id in the request", "/fine", Layered, 200) },
];

/// The service.
#[must_use]
pub fn service(around: Around) -> App {
    let router = router(around);
    match around {
        Around::ErrorLayerOutside => App::Wrapped(ErrorLayer::new().layer(router)),
        _ => App::Router(router),
    }
}

/// The router with what `Router::layer` puts around its routes.
pub fn router(around: Around) -> Router {
    let routes = Router::new()
        .route("/fine", get(async || "A story."))
        .route("/plain", get(async || StatusCode::NOT_FOUND))
        .route("/declared", get(async || Err::<(), _>(StoryError::NotFound)))
        .route("/figures", get(async || Err::<(), _>(StoryError::InsufficientCredits { need: 10, have: 3 })));
    let routes = match around {
        Around::Nothing | Around::ErrorLayerOutside => routes,
        Around::Identity => routes.layer(tower::layer::util::Identity::new()),
        Around::ErrorLayer => routes.layer(ErrorLayer::new()),
        // One layer of three, so that axum makes its boxes for it once.
        Around::TowerHttp => routes.layer((
            SetRequestIdLayer::x_request_id(MakeRequestUuid),
            PropagateRequestIdLayer::x_request_id(),
            CatchPanicLayer::new(),
        )),
    };
    // As `axum::serve` does: else the layers are put around a handler anew at each request.
    routes.with_state(())
}

/// A request with the headers that a small client sends.
///
/// # Panics
///
/// Never: all parts are constant.
#[must_use]
pub fn request(call: &Call) -> Request<Body> {
    let request = Request::get(call.path)
        .header("host", "story.example")
        .header("user-agent", "bench/1.0")
        .header("accept", "*/*")
        .header("authorization", "Bearer sk_demo");
    let request = if call.brings_id { request.header("x-request-id", "req_01hq3vk2c9") } else { request };
    request.body(Body::empty()).expect("the request is one")
}

/// Sends a request through the service, as hyper does for each: a clone of the service answers it, and the body is
/// read to its end.
///
/// # Panics
///
/// If anything is pending: no route waits.
pub fn respond(app: &App, request: Request<Body>) -> Parts {
    match app {
        App::Router(router) => respond_by(router.clone(), request),
        App::Wrapped(service) => respond_by(service.clone(), request),
    }
}

fn respond_by<S, B>(mut service: S, request: Request<Body>) -> Parts
where
    S: Service<Request<Body>, Response = Response<B>, Error = Infallible>,
    B: HttpBody<Data = Bytes> + Unpin,
{
    let mut polling = Context::from_waker(Waker::noop());
    assert!(matches!(service.poll_ready(&mut polling), Poll::Ready(Ok(()))));
    let answered = pin!(service.call(request)).poll(&mut polling);
    let Poll::Ready(Ok(mut response)) = answered else { panic!("the service waits") };
    while let Poll::Ready(Some(Ok(frame))) = Pin::new(response.body_mut()).poll_frame(&mut polling) {
        drop(std::hint::black_box(frame));
    }
    response.into_parts().0
}
