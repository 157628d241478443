//! A client that shows a response as it was sent: hyper's, a connection for each request.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// A response, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// All values of a header, in their order.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let values = self.headers.get_all(name).iter();
        values.map(|value| value.to_str().expect("a header is ASCII")).collect()
    }

    /// Everything that a caller can read, as one text.
    pub(crate) fn everything(&self) -> String {
        format!("{:?} {:?} {}", self.status, self.headers, String::from_utf8_lossy(&self.body))
    }
}

/// Sends a request and reads the whole answer.
pub(crate) async fn send(address: SocketAddr, request: Request<Bytes>) -> Result<Answer, hyper::Error> {
    let (parts, body) = open(address, request).await?.into_parts();
    let body = body.collect().await?.to_bytes();
    Ok(Answer { status: parts.status, headers: parts.headers, body })
}

/// Sends a request; the answer's body is still to be read.
pub(crate) async fn open(
    address: SocketAddr,
    request: Request<Bytes>,
) -> Result<Response<Incoming>, hyper::Error> {
    let connection = TcpStream::connect(address).await.expect("the server listens");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(connection)).await?;
    tokio::spawn(connection.with_upgrades());
    let (mut parts, body) = request.into_parts();
    if !parts.headers.contains_key("host") {
        parts.headers.insert("host", address.to_string().parse().expect("an address is a host"));
    }
    sender.send_request(Request::from_parts(parts, Full::new(body))).await
}
