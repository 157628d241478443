//! The error page as routes of axum. Takes a contract; gives a router, for a service to merge.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::routing::any;
use axum_core::body::Body;

use super::{Contract, Site};

/// Routes that serve the error page: `/errors`, and for each code `/errors/CODE`, where `docs = "…/errors/{code}"` points.
/// Both in the form that `Accept` asks for, or in that of an extension: `.md`, `.json`.
///
/// Each page is rendered once, when this is called. [`Site::answer`] says what the responses are like.
///
/// ```
/// use axum::Router;
/// use errorbook::ApiError;
/// use errorbook::book::{self, Contract};
///
/// #[derive(ApiError)]
/// #[api(status = 404, code = "not_found", message = "There is no story with this id.", docs = "/errors/{code}")]
/// struct NotFound;
///
/// let contract = Contract::builder("Story API").catalog(NotFound::catalog()).build();
/// let service: Router = Router::new().merge(book::axum::routes(&contract));
/// ```
pub fn routes<S>(contract: &Contract) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let site = Arc::new(Site::new(contract));
    let answer = move |request: Request| {
        let site = Arc::clone(&site);
        async move { site.answer(request.method(), request.uri().path(), request.headers()).map(Body::from) }
    };
    let mut router = Router::new();
    for path in ["/errors", "/errors.md", "/errors.json", "/errors.html", "/errors/{*code}"] {
        router = router.route(path, any(answer.clone()));
    }
    router
}
