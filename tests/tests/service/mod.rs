//! A whole service on a socket, asked by a real client: whoever made an error response, it keeps the contract. The
//! table of requests and what is asked of each answer stand in `table` and `check` and know no framework; a
//! framework brings a server that serves the table's routes (`axum_server`).

mod answers;
mod axum_server;
mod check;
mod client;
mod extensions;
mod grpc;
mod hostile;
mod interleaved;
mod kept_headers;
mod layer;
#[cfg(feature = "axum-extract")]
mod put_over;
#[cfg(feature = "tracing")]
mod replaced;
mod request_ids;
mod table;
mod waits;

use std::net::SocketAddr;

use errorbook::{ApiError, Envelope};
use http::HeaderName;
use serde_json::Value;
use tokio::task::AbortHandle;

/// What callers must never read. Every way to fail tries to say it.
pub(crate) const SECRET: &str = "postgres://keeper:hunter2@db.internal";

/// A service that runs, twice: with errorbook, and without it, which shows what it must keep.
pub(crate) struct ServiceUnderTest {
    /// Where the service with errorbook listens.
    pub(crate) address: SocketAddr,
    /// Where the same service without errorbook listens.
    pub(crate) bare: SocketAddr,
    /// The envelope that its errors are in.
    pub(crate) contract: Contract,
    servers: [AbortHandle; 2],
}

impl ServiceUnderTest {
    pub(crate) fn new(
        (address, server): (SocketAddr, AbortHandle),
        (bare, bare_server): (SocketAddr, AbortHandle),
        contract: Contract,
    ) -> Self {
        Self { address, bare, contract, servers: [server, bare_server] }
    }
}

impl Drop for ServiceUnderTest {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

/// An envelope, and where its parts are.
#[derive(Clone, Copy)]
pub(crate) struct Contract {
    pub(crate) envelope: &'static Envelope,
    code: &'static str,
    message: &'static str,
    request_id: &'static str,
}

pub(crate) const NESTED: Contract = Contract {
    envelope: &errorbook::envelope::NESTED,
    code: "/error/code",
    message: "/error/message",
    request_id: "/error/request_id",
};

pub(crate) const PROBLEM: Contract = Contract {
    envelope: &errorbook::envelope::PROBLEM,
    code: "/code",
    message: "/detail",
    request_id: "/request_id",
};

impl Contract {
    fn schema(&self) -> Value {
        self.envelope.schema()
    }
}

/// The errors that the service declares.
#[derive(ApiError, Debug)]
pub(crate) enum ServiceError {
    #[api(status = 404, code = "story_not_found", message = "There is no such story.")]
    NotFound,
    #[api(status = 402, code = "insufficient_credits", message = "Need {need} credits, have {have}.")]
    OutOfCredits {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
    },
    #[api(status = 429, code = "rate_limited", message = "Too many requests.")]
    RateLimited {
        #[api(retry_after)]
        wait: std::time::Duration,
    },
    #[api(status = 401, code = "missing_api_key", message = "No API key was sent.")]
    #[api(header("WWW-Authenticate", "Bearer"))]
    MissingApiKey,
    /// A server error: what it holds is for operators.
    #[api(status = 500, code = "broken")]
    Broken {
        #[expect(dead_code, reason = "nobody is to read it")]
        cause: String,
    },
    /// What the layer is told to answer a 418 with.
    #[api(status = 418, code = "no_coffee", message = "This is a teapot.")]
    NoCoffee,
    /// What the layer makes of a 410: it reads a header of the response.
    #[api(status = 404, code = "moved_away", message = "It went to {to}.")]
    MovedAway {
        #[api(detail)]
        to: String,
    },
}

/// The name of the header that tells the request's id.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
