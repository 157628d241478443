//! The layer and the policy for tower's clients. Services answer by script over loopback. The clock stands still, so that each
//! wait can be asserted to the millisecond. It goes on only where the client sleeps, since no other timer runs.

mod apis;
mod attempts;
mod bodies;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use errorbook::client::tower::{ReadFailures, ReadFailuresLayer, RetryPolicy};
use errorbook::client::{Policy, Transport};
use http::{HeaderMap, Method, Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tower::retry::Retry;
use tower::util::BoxCloneService;
use tower::{Layer, ServiceBuilder, service_fn};

pub(crate) use crate::common::plain;

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Connections = BoxCloneService<Request<Full<Bytes>>, Response<Incoming>, BoxError>;

/// A service that gives these answers, one to each request, and then the last of them again and again; it notes when each
/// request came, and its headers.
#[derive(Clone)]
struct Service {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<(Instant, HeaderMap)>>>,
}

impl Service {
    async fn new(answers: impl IntoIterator<Item = Response<Bytes>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let service = Self { address: listener.local_addr().expect("it is bound"), asked: Arc::default() };
        let answers: Arc<Mutex<VecDeque<_>>> = Arc::new(Mutex::new(answers.into_iter().collect()));
        let asked = Arc::clone(&service.asked);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (answers, asked) = (Arc::clone(&answers), Arc::clone(&asked));
                let answer = hyper::service::service_fn(move |request: Request<Incoming>| {
                    asked.lock().unwrap().push((Instant::now(), request.headers().clone()));
                    let mut answers = answers.lock().unwrap();
                    let answer =
                        if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
                    std::future::ready(Ok::<_, Infallible>(
                        answer.expect("there is an answer").map(Full::new),
                    ))
                });
                let server = hyper::server::conn::http1::Builder::new();
                tokio::spawn(server.serve_connection(TokioIo::new(connection), answer));
            }
        });
        service
    }

    /// How long after each request the next one came.
    fn waits(&self) -> Vec<Duration> {
        let asked = self.asked.lock().unwrap();
        asked.windows(2).map(|pair| pair[1].0 - pair[0].0).collect()
    }

    /// What the service was asked with, in this header.
    fn values(&self, name: &str) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let values = asked.iter().flat_map(|(_, headers)| headers.get_all(name).iter().cloned());
        values.map(|value| value.to_str().expect("a header is ASCII").to_owned()).collect()
    }
}

/// hyper's client, a connection for each request.
fn connections(address: SocketAddr) -> Connections {
    BoxCloneService::new(service_fn(move |request: Request<Full<Bytes>>| async move {
        let connection = TcpStream::connect(address).await?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(connection)).await?;
        tokio::spawn(connection);
        Ok(sender.send_request(request).await?)
    }))
}

type ToTransport = fn(&BoxError) -> Transport;
type Client<E> = Retry<RetryPolicy<E, ToTransport>, ReadFailures<Connections, E>>;

fn by_cause(error: &BoxError) -> Transport {
    Transport::of(&**error)
}

fn retries<E>(policy: Policy) -> RetryPolicy<E, ToTransport> {
    RetryPolicy::new(policy).with_transport(by_cause as ToTransport)
}

/// A client with the layer inside of the retries.
fn client<E>(address: SocketAddr, policy: Policy) -> Client<E> {
    let inner = ReadFailuresLayer::new().layer(connections(address));
    ServiceBuilder::new().retry(retries(policy)).service(inner)
}

fn request(method: &Method, key: Option<&str>) -> Request<Full<Bytes>> {
    let mut request = Request::new(Full::new(Bytes::from_static(b"{}")));
    *request.method_mut() = method.clone();
    request.headers_mut().insert("host", "errors.example".parse().expect("a host"));
    if let Some(key) = key {
        request.headers_mut().insert("idempotency-key", key.parse().expect("a key is ASCII"));
    }
    request
}
