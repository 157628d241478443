#![doc = include_str!("../../../docs/openapi.md")]

mod body;
mod document;
mod json_schema;
mod names;
mod parts;
mod response;

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value, json};

pub use document::MergeError;

use super::Contract;
use crate::spec::Catalog;
use parts::Parts;

/// The errors of a [`Contract`], as OpenAPI tells them.
#[derive(Debug, Clone)]
#[must_use = "its methods give the documents"]
pub struct OpenApi<'c> {
    contract: &'c Contract,
    version: Version,
    prefix: String,
}

/// A version of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Version {
    /// [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0.html).
    #[default]
    V3_1,
    /// [OpenAPI 3.2](https://spec.openapis.org/oas/v3.2.0.html): responses have a `summary`, and where the code is a member
    /// of the body itself, a discriminator tells the errors of a status apart, with the schema of any error for codes that
    /// are not known.
    V3_2,
}

impl Version {
    const fn text(self) -> &'static str {
        match self {
            Self::V3_1 => "3.1.0",
            Self::V3_2 => "3.2.0",
        }
    }
}

impl<'c> OpenApi<'c> {
    /// OpenAPI 3.1 of these errors.
    pub fn new(contract: &'c Contract) -> Self {
        Self { contract, version: Version::V3_1, prefix: String::new() }
    }

    /// In another version of OpenAPI.
    pub fn version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    /// Puts this before the name of each component, where a document has the errors of several contracts, or an `Error` of
    /// its own. Characters that no name may have become `_`.
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.prefix = names::allowed(prefix);
        self
    }

    /// `{"responses": …, "schemas": …}`, for the `components` of a document: a response `Error402` for each status, with
    /// all its errors; the schema `Error` of any body, those of each status, those of the details, and those of errors that
    /// never answer a request, for the resources in which they stand.
    #[must_use]
    pub fn components(&self) -> Value {
        let components = Parts::new(self, false).components();
        json!({ "responses": components.responses, "schemas": components.schemas })
    }

    /// The responses of an operation, for its `responses`: of each status, a reference to the component where these are all
    /// errors of the status, else a response with these alone. Errors that never answer a request have none.
    ///
    /// ```
    /// use errorbook::book::{Contract, openapi::OpenApi};
    /// use errorbook::{ApiError, catalog};
    ///
    /// #[derive(ApiError)]
    /// enum StoryError {
    ///     #[api(status = 404, message = "No such story.")]
    ///     NotFound,
    ///     #[api(status = 402, message = "Out of credits.")]
    ///     OutOfCredits,
    ///     #[api(status = 402, message = "The card was declined.")]
    ///     CardDeclined,
    /// }
    ///
    /// let contract = Contract::builder("Story API").catalog(StoryError::catalog()).build();
    /// let responses = OpenApi::new(&contract).responses(catalog!(StoryError: NotFound, OutOfCredits)).unwrap();
    /// assert_eq!(responses["404"]["$ref"], "#/components/responses/Error404");
    /// let examples = &responses["402"]["content"]["application/json"]["examples"];
    /// assert_eq!(examples.as_object().unwrap().keys().collect::<Vec<_>>(), ["out_of_credits"]);
    /// ```
    ///
    /// # Errors
    ///
    /// An error of the catalogue is not in the contract.
    pub fn responses(&self, errors: &Catalog) -> Result<Map<String, Value>, UnknownError> {
        let mut places: HashMap<_, _> = HashMap::with_capacity(self.contract.errors.len());
        for (place, entry) in self.contract.errors.iter().enumerate() {
            places.entry((&*entry.code, &*entry.name, entry.status)).or_insert(place);
        }
        let place = |spec: &'static crate::ErrorSpec| {
            let key = (spec.code(), spec.name(), spec.status().map(|status| status.as_u16()));
            places.get(&key).copied().ok_or_else(|| UnknownError(spec.code().to_owned()))
        };
        let places = errors.entries().map(place).collect::<Result<Vec<_>, _>>()?;
        Ok(self.of_places(&places))
    }

    /// As [`responses`](Self::responses), of the errors with these codes, where there is no type: the contract of another
    /// service.
    ///
    /// # Errors
    ///
    /// The contract has no such code.
    pub fn responses_of(&self, codes: &[&str]) -> Result<Map<String, Value>, UnknownError> {
        let mut places = Vec::new();
        for code in codes {
            let before = places.len();
            let errors = self.contract.errors.iter().enumerate();
            places.extend(errors.filter(|(_, entry)| entry.code == *code).map(|(place, _)| place));
            if places.len() == before {
                return Err(UnknownError((*code).to_owned()));
            }
        }
        Ok(self.of_places(&places))
    }

    fn of_places(&self, places: &[usize]) -> Map<String, Value> {
        let mut parts = Parts::new(self, false);
        if self.version == Version::V3_2 {
            // These responses refer to the components of single errors, whose names are known when all are made.
            let _ = parts.components_kept();
        }
        let mut statuses: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for place in places {
            if let Some(status) = self.contract.errors.get(*place).and_then(|entry| entry.status) {
                let of_status = statuses.entry(status).or_default();
                if !of_status.contains(place) {
                    of_status.push(*place);
                }
            }
        }
        let responses = statuses.into_iter().map(|(status, places)| {
            let is_all = parts.by_status.get(&status).is_some_and(|all| all.len() == places.len());
            let response = if is_all {
                json!({ "$ref": format!("#/components/responses/{}", parts.response_name(status)) })
            } else {
                parts.response(status, &places, false)
            };
            (status.to_string(), response)
        });
        responses.collect()
    }

    /// A whole document with these errors, and no path.
    ///
    /// ```
    /// use errorbook::book::{Contract, openapi::OpenApi};
    ///
    /// let contract = Contract::builder("Story API").version("1.4.0").build();
    /// let document = OpenApi::new(&contract).document();
    /// assert_eq!(document["openapi"], "3.1.0");
    /// assert_eq!(document["info"]["title"], "Story API");
    /// ```
    #[must_use]
    pub fn document(&self) -> Value {
        let mut document = json!({});
        // There is nothing in it that could be in the way.
        let _ = self.merge_into(&mut document);
        if let Some(document) = document.as_object_mut() {
            document.remove("x-errorbook");
            // What it is where nothing is said; linters want it said.
            document.insert("servers".to_owned(), json!([{ "url": "/" }]));
        }
        document
    }

    /// [`document`](Self::document) as text, indented, with a line break at its end.
    #[must_use]
    pub fn to_json(&self) -> String {
        /// In the order in which one reads it.
        #[derive(Serialize)]
        struct Document {
            openapi: Value,
            info: Value,
            servers: Value,
            paths: Value,
            components: Value,
        }

        let mut document = self.document();
        let [openapi, info, servers, paths, components] =
            ["openapi", "info", "servers", "paths", "components"].map(|name| document[name].take());
        let document = Document { openapi, info, servers, paths, components };
        let mut json = serde_json::to_string_pretty(&document).unwrap_or_default();
        json.push('\n');
        json
    }

    /// Puts the [components](Self::components) into a document, and what each document needs where that is missing:
    /// `openapi`, `info` and `paths`. It notes the names in the document's `x-errorbook`, so that they make way the next time
    /// and nothing stays of an error that is no more. Those of another contract, which has another
    /// [`prefix`](Self::prefix), stay.
    ///
    /// ```
    /// use errorbook::ApiError;
    /// use errorbook::book::{Contract, openapi::OpenApi};
    ///
    /// #[derive(ApiError)]
    /// #[api(status = 404, code = "not_found", message = "No such story.")]
    /// struct NotFound;
    ///
    /// let mut document: serde_json::Value = serde_json::from_str(r#"{
    ///     "openapi": "3.1.0",
    ///     "info": { "title": "Story API", "version": "1.4.0" },
    ///     "paths": { "/v1/stories": { "get": { "responses": { "200": { "description": "All stories." } } } } }
    /// }"#).unwrap();
    /// let contract = Contract::builder("Story API").catalog(NotFound::catalog()).build();
    /// let errors = OpenApi::new(&contract);
    /// errors.merge_into(&mut document).unwrap();
    /// errors.merge_into_operation(&mut document, "GET /v1/stories", NotFound::catalog()).unwrap();
    /// let responses = &document["paths"]["/v1/stories"]["get"]["responses"];
    /// assert_eq!(responses["404"]["$ref"], "#/components/responses/Error404");
    /// assert_eq!(responses["200"]["description"], "All stories.");
    /// ```
    ///
    /// # Errors
    ///
    /// The document is no object, or of another version of OpenAPI: 3.2 goes into 3.2 alone, 3.1 into both. Or it has
    /// something else of the same name, which stays as it is.
    pub fn merge_into(&self, document: &mut Value) -> Result<(), MergeError> {
        document::merge(document, self.version, &self.prefix, Parts::new(self, false).components())?;
        let mut info = json!({
            "title": self.contract.title,
            "version": self.contract.version.as_deref().unwrap_or("0.0.0"),
        });
        if let Some(description) = &self.contract.description {
            info["description"] = json!(description);
        }
        document::complete(document, self.version, info);
        Ok(())
    }

    /// Puts the [responses](Self::responses) of an operation into a document, beside those that it has. The operation is
    /// written as `POST /v1/stories`.
    ///
    /// # Errors
    ///
    /// An error of the catalogue is not in the contract, the document has no such operation or is of another version, or
    /// something else already stands under one of the statuses.
    pub fn merge_into_operation(
        &self,
        document: &mut Value,
        operation: &str,
        errors: &Catalog,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let responses = self.responses(errors)?;
        Ok(document::merge_operation(document, self.version, &self.prefix, operation, &responses)?)
    }

    /// The responses of all errors by status, each whole in itself.
    #[cfg(feature = "utoipa")]
    pub(crate) fn whole_responses(&self) -> Vec<(u16, Value)> {
        let mut parts = Parts::new(self, true);
        let all: Vec<_> = parts.by_status.iter().map(|(status, errors)| (*status, errors.clone())).collect();
        all.into_iter().map(|(status, errors)| (status, parts.response(status, &errors, false))).collect()
    }
}

/// An operation names an error that the contract has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownError(String);

impl UnknownError {
    /// The code of the error.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the contract has no error `{}`; add the catalogue of its type to the builder", self.0)
    }
}

impl std::error::Error for UnknownError {}
