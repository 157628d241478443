//! The calls: one for each way to fail. Takes an address; gives the `curl` line of a call, or makes it and gives
//! the response.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request, and what is interesting about it.
pub(crate) struct Call {
    /// What happens.
    pub(crate) what: &'static str,
    method: &'static str,
    path: &'static str,
    key: &'static str,
    body: &'static str,
}

const fn create(what: &'static str, key: &'static str, body: &'static str) -> Call {
    Call { what, method: "POST", path: "/v1/stories", key, body }
}

const fn show(what: &'static str, path: &'static str) -> Call {
    Call { what, method: "GET", path, key: "sk_demo", body: "" }
}

/// All of them, in the order in which they are made.
pub(crate) const CALLS: &[Call] = &[
    create("A story, accepted", "sk_demo", r#"{"brief":"Otters","minutes":2}"#),
    create("Two bad fields", "sk_demo", r#"{"brief":"","minutes":90}"#),
    create("No key", "", r#"{"brief":"Otters","minutes":2}"#),
    create(
        "More minutes than are left: the billing module answers",
        "sk_demo",
        r#"{"brief":"Otters","minutes":12}"#,
    ),
    create("Too many requests", "sk_busy", r#"{"brief":"Otters","minutes":2}"#),
    show("An id that cannot be one", "/v1/stories/7"),
    show("An unknown story", "/v1/stories/brief_0123456789abcdef"),
    show("A server fault whose cause holds a password", "/v1/stories/brief_00000000000000cc"),
    show("A service that is not set up", "/v1/stories/brief_00000000000000de"),
    show("A story that failed: the error stands inside it", "/v1/stories/brief_00000000000000fa"),
    show("A path that is not there: axum's own 404", "/v1/poems"),
    show("A method that the route does not know: axum's own 405", "/v1/stories"),
    show("A handler that panics with the password", "/v1/tell"),
];

/// What came back.
pub(crate) struct Response {
    /// Code and phrase.
    pub(crate) status: String,
    /// Those that say something of the error, a line each.
    pub(crate) headers: Vec<String>,
    /// As it was sent.
    pub(crate) body: String,
}

impl Call {
    /// What was asked, on one line.
    pub(crate) fn summary(&self) -> String {
        let key = if self.key.is_empty() { String::new() } else { format!("Bearer {}", self.key) };
        let parts = [&format!("{} {}", self.method, self.path), &*key, self.body];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
    }

    /// To make the call by hand.
    pub(crate) fn curl(&self, address: &str) -> String {
        let Self { path, key, body, .. } = self;
        let key = if key.is_empty() { String::new() } else { format!(" -H 'Authorization: Bearer {key}'") };
        let body = if body.is_empty() { String::new() } else { format!(" -d '{body}'") };
        format!("curl -i http://{address}{path}{key}{body}")
    }

    /// Makes the call over a connection of its own and reads until the other side closes it.
    pub(crate) async fn send(&self, address: &str) -> io::Result<Response> {
        let Self { method, path, key, body, .. } = self;
        let key = if key.is_empty() { String::new() } else { format!("authorization: Bearer {key}\r\n") };
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\n{key}content-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        );
        let mut connection = TcpStream::connect(address).await?;
        connection.write_all(request.as_bytes()).await?;
        let mut response = String::new();
        connection.read_to_string(&mut response).await?;
        Ok(Response::parse(&response))
    }
}

impl Response {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let status = lines.next().unwrap_or_default().trim_start_matches("HTTP/1.1 ").to_owned();
        // What HTTP needs for itself is the same in every response.
        let is_of_http = |line: &&str| {
            ["content-length:", "connection:", "date:"].iter().any(|name| line.starts_with(name))
        };
        let headers = lines.filter(|line| !is_of_http(line)).map(str::to_owned).collect();
        Self { status, headers, body: body.to_owned() }
    }
}
