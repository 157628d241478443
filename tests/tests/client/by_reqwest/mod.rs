//! The middleware of reqwest, and typed errors from its requests: services that answer by script are asked over loopback.
//! The clock stands still, so that each wait can be asserted to the millisecond. It goes on only where the client sleeps,
//! since no other timer runs: reqwest's pool has none here.

mod attempts;
mod bodies;
mod calls;
mod connections;
#[cfg(all(feature = "metrics", feature = "tracing"))]
mod events;
mod keys;
mod raw;

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use errorbook::ApiError;
use errorbook::client::Policy;
use errorbook::client::reqwest::RetryMiddleware;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub(crate) use crate::common::{plain, seconds};

/// The errors of the services.
#[derive(Debug, PartialEq, ApiError)]
#[api(decode)]
pub(crate) enum StoryError {
    #[api(status = 402, message = "Need {need}, have {have}.")]
    InsufficientCredits {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
    },
    #[api(status = 404, message = "There is no such story.")]
    NotFound,
    #[api(status = 429, retry = "after, once", message = "Slow down.")]
    RateLimited {
        #[api(retry_after)]
        wait: Duration,
    },
    /// Not by its status' rule.
    #[api(status = 503, retry = "none")]
    Closed,
    /// Not by its status' rule.
    #[api(status = 500, retry = "backoff 1s 3s, always")]
    CacheCorrupt,
    #[api(status = 500, retry = "backoff, if safe")]
    Unclear,
    #[api(status = 502)]
    Upstream,
    #[api(status = 503)]
    Busy,
}

/// A service's answer of this error.
pub(crate) fn answer(error: &StoryError) -> ResponseTemplate {
    let response = error.to_response();
    let template = ResponseTemplate::new(response.status().as_u16());
    let template = template.set_body_raw(response.body().to_vec(), "application/json");
    response.headers().iter().filter(|(name, _)| *name != "content-type").fold(
        template,
        |template, (name, value)| {
            template.append_header(name.as_str(), value.to_str().expect("a header is ASCII"))
        },
    )
}

pub(crate) fn ok() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string("done")
}

/// A service that gives these answers, one to each request, and then the last of them again and again.
pub(crate) async fn service(answers: impl IntoIterator<Item = ResponseTemplate>) -> MockServer {
    let server = MockServer::builder().start().await;
    let script = Mutex::new(answers.into_iter().collect::<VecDeque<_>>());
    let next = move |_: &Request| {
        let mut script = script.lock().expect("nothing panics meanwhile");
        if script.len() > 1 { script.pop_front() } else { script.front().cloned() }
            .expect("there is an answer")
    };
    Mock::given(any()).respond_with(next).mount(&server).await;
    server
}

/// What the service was asked.
pub(crate) async fn asked(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.expect("requests are recorded")
}

pub(crate) fn bare_client() -> reqwest::Client {
    reqwest::Client::builder().pool_idle_timeout(None).no_proxy().build().expect("a client without TLS")
}

pub(crate) fn client(policy: Policy) -> ClientWithMiddleware {
    client_with(RetryMiddleware::new(policy))
}

pub(crate) fn client_with(middleware: RetryMiddleware<StoryError>) -> ClientWithMiddleware {
    ClientBuilder::new(bare_client()).with(middleware).build()
}
