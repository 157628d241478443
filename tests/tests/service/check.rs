//! What is asked of each answer. All that is wrong with a service is told in one go.

use std::net::SocketAddr;
use std::time::Duration;

use http::{Method, Request};
use serde_json::Value;

use super::client::{self, Answer};
use super::table::{Case, Expect, ExpectedError, Maker};
use super::{Contract, REQUEST_ID, SECRET, ServiceUnderTest};

/// Headers that speak of the body, and those that every answer has its own of.
const NOT_KEPT: [&str; 17] = [
    "connection",
    "content-digest",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "digest",
    "etag",
    "last-modified",
    "repr-digest",
    "signature",
    "trailer",
    "transfer-encoding",
    "x-request-id",
];

/// Puts a service through the cases, each with an id of the request's own and without one.
pub(crate) async fn check_all(service: &ServiceUnderTest, cases: &[Case]) {
    let mut wrong = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        for id in [Some(format!("given-{number}")), None] {
            let checked = tokio::time::timeout(Duration::from_secs(20), check(service, case, id.as_deref()));
            match checked.await {
                Ok(Ok(())) => {}
                Ok(Err(what)) => wrong.push(format!("{} ({id:?}): {what}", case.name)),
                Err(_) => wrong.push(format!("{} ({id:?}): no answer", case.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

async fn check(service: &ServiceUnderTest, case: &Case, id: Option<&str>) -> Result<(), String> {
    let answer = ask(service.address, case.request(id)).await?;
    let seen = Seen { case, id, answer: &answer };
    seen.check_id().map_err(|what| seen.told(&what))?;
    match case.expect {
        Expect::Untouched { status } => {
            let bare = ask(service.bare, case.request(id)).await?;
            seen.check_untouched(status, &bare).map_err(|what| seen.told(&what))
        }
        Expect::Error(expected) => {
            seen.check_error(&service.contract, &expected).map_err(|what| seen.told(&what))?;
            if case.method == Method::HEAD {
                let mut request = case.request(Some(&answer.values("x-request-id").concat()));
                *request.method_mut() = Method::GET;
                let by_get = ask(service.address, request).await?;
                expect("content-length", &answer.values("content-length"), &by_get.values("content-length"))?;
                expect("content-type", &answer.values("content-type"), &by_get.values("content-type"))?;
            }
            if matches!(expected.maker, Maker::Other | Maker::OtherKeptText) {
                let bare = ask(service.bare, case.request(id)).await?;
                seen.check_kept(&bare, &expected).map_err(|what| seen.told(&what))?;
            }
            Ok(())
        }
        Expect::Grpc { status, message, headers } => {
            seen.check_grpc(status, message).map_err(|what| seen.told(&what))?;
            seen.check_headers(headers).map_err(|what| seen.told(&what))
        }
    }
}

async fn ask(address: SocketAddr, request: Request<bytes::Bytes>) -> Result<Answer, String> {
    client::send(address, request).await.map_err(|error| format!("no answer: {error}"))
}

/// Checks one answer of an error that is in no table.
pub(crate) fn check_error(contract: &Contract, answer: &Answer, id: Option<&str>, expected: ExpectedError) {
    let case = Case {
        name: "",
        method: Method::GET,
        path: "",
        headers: &[],
        body: bytes::Bytes::new(),
        expect: Expect::Error(expected),
    };
    let seen = Seen { case: &case, id, answer };
    let checked = seen.check_id().and_then(|()| seen.check_error(contract, &expected));
    assert_eq!(checked.map_err(|what| seen.told(&what)), Ok(()));
}

/// An answer, and what it answers.
struct Seen<'a> {
    case: &'a Case,
    id: Option<&'a str>,
    answer: &'a Answer,
}

impl Seen<'_> {
    fn told(&self, what: &str) -> String {
        format!("{what}\n  in {}", self.answer.everything())
    }

    /// The request's own id, else a made one, once.
    fn check_id(&self) -> Result<(), String> {
        let ids = self.answer.values(REQUEST_ID.as_str());
        match (&*ids, self.id) {
            ([told], Some(given)) => expect("request id", told, &given),
            ([told], None) if told.len() == 36 && told.starts_with("req_") => Ok(()),
            _ => Err(format!("request ids are {ids:?}")),
        }
    }

    fn check_status(&self, status: u16) -> Result<(), String> {
        expect("status", &self.answer.status.as_u16(), &status)
    }

    fn check_headers(&self, headers: &[(&str, &[&str])]) -> Result<(), String> {
        headers.iter().try_for_each(|(name, values)| expect(name, &&*self.answer.values(name), values))
    }

    /// The same as without errorbook, but for the id.
    fn check_untouched(&self, status: u16, bare: &Answer) -> Result<(), String> {
        self.check_status(status)?;
        expect("status without errorbook", &bare.status.as_u16(), &status)?;
        let headers = |answer: &Answer| {
            let mut headers = answer.headers.clone();
            headers.remove("date");
            headers.remove(REQUEST_ID);
            headers
        };
        expect("headers", &headers(self.answer), &headers(bare))?;
        expect("body", &self.answer.body, &bare.body)
    }

    fn check_secrets(&self) -> Result<(), String> {
        let everything = self.answer.everything();
        let parts = SECRET.split([':', '/', '@']).filter(|part| !part.is_empty());
        match parts.into_iter().find(|part| everything.contains(part)) {
            Some(part) => Err(format!("`{part}` is told")),
            None => Ok(()),
        }
    }

    fn check_error(&self, contract: &Contract, expected: &ExpectedError) -> Result<(), String> {
        self.check_status(expected.status)?;
        self.check_secrets()?;
        expect(
            "content-type",
            &&*self.answer.values("content-type"),
            &&[contract.envelope.media_type()][..],
        )?;
        self.check_headers(expected.headers)?;
        if self.case.method == Method::HEAD {
            return expect("body", &self.answer.body.len(), &0);
        }
        let length = self.answer.body.len().to_string();
        expect("content-length", &&*self.answer.values("content-length"), &&[&*length][..])?;
        let body: Value = serde_json::from_slice(&self.answer.body).map_err(|error| error.to_string())?;
        jsonschema::validate(&contract.schema(), &body).map_err(|error| error.to_string())?;
        let part = |pointer| body.pointer(pointer).and_then(Value::as_str);
        expect("code", &part(contract.code), &Some(expected.code))?;
        if let Some(message) = expected.message {
            expect("message", &part(contract.message), &Some(message))?;
        }
        let id = self.answer.values(REQUEST_ID.as_str());
        expect("request id in the body", &part(contract.request_id), &id.first().copied())
    }

    /// The other headers of the response that errorbook took the place of, and nothing of its text.
    fn check_kept(&self, bare: &Answer, expected: &ExpectedError) -> Result<(), String> {
        for name in bare.headers.keys().filter(|name| !NOT_KEPT.contains(&name.as_str())) {
            expect(name.as_str(), &self.answer.values(name.as_str()), &bare.values(name.as_str()))?;
        }
        let added = |name: &&http::HeaderName| {
            !bare.headers.contains_key(*name) && !NOT_KEPT.contains(&name.as_str())
        };
        expect("headers added", &self.answer.headers.keys().find(added), &None)?;
        let text = String::from_utf8_lossy(&bare.body);
        if expected.maker == Maker::Other && !text.is_empty() && self.answer.everything().contains(&*text) {
            return Err(format!("the text {text:?} is told"));
        }
        Ok(())
    }

    fn check_grpc(&self, status: &str, message: &str) -> Result<(), String> {
        self.check_status(200)?;
        self.check_secrets()?;
        expect("content-type", &&*self.answer.values("content-type"), &&["application/grpc-web+proto"][..])?;
        expect("grpc-status", &&*self.answer.values("grpc-status"), &&[status][..])?;
        expect("grpc-message", &&*self.answer.values("grpc-message"), &&[message][..])?;
        expect("body", &self.answer.body.len(), &0)
    }
}

fn expect<T: PartialEq + std::fmt::Debug + ?Sized>(
    what: &str,
    found: &T,
    expected: &T,
) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what} is {found:?}, not {expected:?}"))
}
