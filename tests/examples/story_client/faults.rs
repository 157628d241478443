//! The service's faults: what it does to the next requests in place of serving them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use errorbook::tower::LeaveAsIs;

use super::story::StoryError;

/// What happens to one request.
pub(crate) enum Fault {
    /// It fails with this error.
    Error(StoryError),
    /// There is never an answer to it, though it may have been carried out.
    Silence,
    /// It fails with an error that this client does not know: the service is newer.
    NewerCode,
}

/// Those of the next requests, in their order; later ones are served.
#[derive(Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<VecDeque<Fault>>>);

impl Faults {
    /// Switches these on.
    pub(crate) fn are(&self, faults: impl IntoIterator<Item = Fault>) {
        *self.queue() = faults.into_iter().collect();
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, VecDeque<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// For `axum::middleware::from_fn_with_state`.
pub(crate) async fn fail(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let fault = faults.queue().pop_front();
    match fault {
        None => next.run(request).await,
        Some(Fault::Error(error)) => error.into_response(),
        Some(Fault::Silence) => std::future::pending().await,
        Some(Fault::NewerCode) => {
            let body = r#"{"error":{"code":"region_draining","message":"This region is being drained."}}"#;
            // Unless it is told to, the layer lets nobody send what no type declares.
            let headers = [(CONTENT_TYPE, "application/json")];
            (StatusCode::SERVICE_UNAVAILABLE, headers, Extension(LeaveAsIs), body).into_response()
        }
    }
}
