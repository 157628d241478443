//! What requests learn: to be sent for a typed error, and to carry an idempotency key.

use reqwest::Response;

use super::sealed::{Answer, Request};
use super::{CallError, idempotency, is_error, read_error};
use crate::api_error::Catalogued;
use crate::client::Reader;

/// What the builders of requests learn: reqwest's own, and that of `reqwest-middleware`.
pub trait RequestExt: Request {
    /// Sends the request, and of an error response gives the error.
    ///
    /// ```
    /// # use errorbook::ApiError;
    /// # use errorbook::client::reqwest::{CallError, RequestExt};
    /// # #[derive(Debug, ApiError)]
    /// # #[api(decode)]
    /// # enum StoryError {
    /// #     #[api(status = 404, message = "There is no such story.")]
    /// #     NotFound,
    /// # }
    /// async fn story(client: &reqwest::Client, id: &str) -> Result<Option<String>, CallError<StoryError>> {
    ///     let url = format!("https://api.example/v1/stories/{id}");
    ///     match client.get(url).send_typed::<StoryError>().await {
    ///         Ok(response) => Ok(Some(response.text().await?)),
    ///         Err(error) if matches!(error.error(), Some(StoryError::NotFound)) => Ok(None),
    ///         Err(error) => Err(error),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// If the response has an error status, 400 and above, or if there is none.
    fn send_typed<E: Catalogued>(self) -> impl Future<Output = Result<Response, CallError<E>>> + Send {
        async { self.send_typed_by(&Reader::new()).await }
    }

    /// Sends the request, and of an error response gives the error, read by this reader: it has another envelope or limit.
    ///
    /// # Errors
    ///
    /// If the response has an error status, 400 and above, or if there is none.
    fn send_typed_by<E: Catalogued>(
        self,
        reader: &Reader<E>,
    ) -> impl Future<Output = Result<Response, CallError<E>>> + Send {
        async {
            let Answer { result, origin, attempts } = self.answer().await;
            match result {
                Ok(response) if !is_error(response.status()) => Ok(response),
                Ok(response) => {
                    let (failure, response) = read_error(response, reader).await;
                    let told = failure.told();
                    let outcome =
                        origin.map_or(told.into(), |it| it.outcome_of_response(response.url(), told));
                    Err(CallError::of_failure(failure, outcome, attempts))
                }
                Err(error) => Err(CallError::without_response(error, attempts)),
            }
        }
    }

    /// Puts a new `Idempotency-Key` into the request's headers, a UUID, which all attempts of it carry. It makes the
    /// request idempotent, so it is repeated where a rule says `if idempotent`.
    ///
    /// **Only for a service that honours the header.** One that does not would do its work twice.
    #[must_use]
    fn with_idempotency_key(self) -> Self {
        self.with_headers(idempotency::new_key())
    }
}

impl<R: Request> RequestExt for R {}
