//! What both builders of requests can do, reqwest's own and that of `reqwest-middleware`.

use http::HeaderMap;
use reqwest::Response;
use reqwest_middleware::Result;

use super::Attempts;
use super::origin::Origin;

/// What came of a request.
#[derive(Debug)]
pub struct Answer {
    pub(super) result: Result<Response>,
    /// `None`: it could not even be built.
    pub(super) origin: Option<Origin>,
    /// `None`: no middleware counted.
    pub(super) attempts: Option<Attempts>,
}

pub trait Request: Sized + Send {
    fn answer(self) -> impl Future<Output = Answer> + Send;

    /// With these, in place of others of the same names.
    fn with_headers(self, headers: HeaderMap) -> Self;
}

impl Request for reqwest::RequestBuilder {
    async fn answer(self) -> Answer {
        let (client, request) = self.build_split();
        match request {
            Ok(request) => {
                let origin = Some(Origin::of(&request));
                Answer { result: client.execute(request).await.map_err(Into::into), origin, attempts: None }
            }
            Err(error) => not_built(error),
        }
    }

    fn with_headers(self, headers: HeaderMap) -> Self {
        self.headers(headers)
    }
}

impl Request for reqwest_middleware::RequestBuilder {
    async fn answer(mut self) -> Answer {
        let mut extensions = std::mem::take(self.extensions());
        let (client, request) = self.build_split();
        match request {
            Ok(request) => {
                let origin = Some(Origin::of(&request));
                let result = client.execute_with_extensions(request, &mut extensions).await;
                Answer { result, origin, attempts: extensions.get().copied() }
            }
            Err(error) => not_built(error),
        }
    }

    fn with_headers(self, headers: HeaderMap) -> Self {
        self.headers(headers)
    }
}

fn not_built(error: reqwest::Error) -> Answer {
    Answer { result: Err(error.into()), origin: None, attempts: None }
}
