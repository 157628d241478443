//! The feature `utoipa`, with utoipa 6: every type that derives `ApiError` is [`IntoResponses`](::utoipa::IntoResponses), and
//! so is a type for the errors that one operation can answer with, which [`responses!`] makes.
//!
//! ```
//! use errorbook::ApiError;
//! use utoipa::OpenApi;
//!
//! #[derive(ApiError)]
//! enum StoryError {
//!     /// No story has this id.
//!     #[api(status = 404, message = "No such story.")]
//!     NotFound,
//!     #[api(status = 409, message = "Already there.")]
//!     Exists,
//! }
//!
//! #[derive(ApiError)]
//! enum BillingError {
//!     #[api(status = 402, message = "Out of credits.")]
//!     OutOfCredits,
//!     #[api(status = 409, message = "The invoice is still open.")]
//!     InvoiceOpen,
//! }
//!
//! errorbook::utoipa::responses! {
//!     /// What creating a story can end in.
//!     CreateErrors = StoryError: Exists, BillingError::*
//! }
//!
//! /// Create a story
//! #[utoipa::path(post, path = "/v1/stories", responses((status = 201), CreateErrors))]
//! async fn create() {}
//!
//! /// Show a story
//! #[utoipa::path(get, path = "/v1/stories/{id}", responses((status = 200), StoryError), params(("id" = u64, Path)))]
//! async fn show() {}
//!
//! #[derive(OpenApi)]
//! #[openapi(paths(create, show))]
//! struct Api;
//!
//! let document = serde_json::to_value(Api::openapi()).unwrap();
//! let conflict = &document["paths"]["/v1/stories"]["post"]["responses"]["409"]["content"]["application/json"];
//! // Both are there, from both types.
//! assert_eq!(conflict["examples"].as_object().unwrap().keys().collect::<Vec<_>>(), ["exists", "invoice_open"]);
//! ```
//!
//! Name one such type for an operation. Of two in one `responses(…)` that share a status utoipa keeps the last, as it does of
//! any two; a selection has them all. `#[api(skip(utoipa))]` leaves the impl out for one type.
//!
//! These responses need no components. What only a whole contract tells stands in [`add_components`].

use std::collections::BTreeMap;

use ::utoipa::openapi::response::Response;
use ::utoipa::openapi::{Components, OpenApi, RefOr};
use serde_json::{Map, Value, json};

#[doc(hidden)]
pub use ::utoipa::IntoResponses;

#[doc(inline)]
pub use crate::__errorbook_utoipa_responses as responses;

use crate::book::Contract;
use crate::book::openapi::{self, MergeError};
use crate::spec::Catalog;

/// By status.
#[doc(hidden)]
pub type Responses = BTreeMap<String, RefOr<Response>>;

/// The responses of all errors of a catalogue.
#[doc(hidden)]
#[must_use]
pub fn responses_of(catalog: &'static Catalog) -> Responses {
    let contract = Contract::builder(catalog.title()).catalog(catalog).build();
    let responses = openapi::OpenApi::new(&contract).whole_responses();
    responses
        .into_iter()
        .map(|(status, response)| {
            let description = response["description"].as_str().unwrap_or_default().to_owned();
            // What utoipa cannot read costs the schema, and never the response.
            let response = read(response).unwrap_or_else(|| RefOr::T(Response::new(description)));
            (status.to_string(), response)
        })
        .collect()
}

/// Puts the [components](openapi::OpenApi::components) of a contract into a document of utoipa's: a response for each status
/// and the schemas of all bodies, for whatever refers to them by name. Call it behind `Api::openapi()`, or in a
/// `utoipa::Modify`.
///
/// ```
/// use errorbook::{ApiError, book::Contract};
/// use utoipa::OpenApi;
///
/// #[derive(ApiError)]
/// #[api(status = 404, code = "not_found", message = "No such story.")]
/// struct NotFound;
///
/// #[utoipa::path(
///     get,
///     path = "/v1/stories",
///     responses((status = 404, description = "No story.", body = ref("#/components/schemas/Error404"))),
/// )]
/// async fn list() {}
///
/// #[derive(OpenApi)]
/// #[openapi(paths(list))]
/// struct Api;
///
/// let mut document = Api::openapi();
/// let contract = Contract::builder("Story API").catalog(NotFound::catalog()).build();
/// errorbook::utoipa::add_components(&mut document, &contract).unwrap();
/// assert!(document.components.unwrap().schemas.contains_key("Error404"));
/// ```
///
/// # Errors
///
/// The document has something else of the same name, which stays as it is, as does all of the document.
pub fn add_components(document: &mut OpenApi, contract: &Contract) -> Result<(), MergeError> {
    let mut merged = json!({ "components": serde_json::to_value(&document.components).unwrap_or_default() });
    if merged["components"].is_null() {
        merged["components"] = json!({});
    }
    let errors = openapi::OpenApi::new(contract);
    // It tells what is in the way.
    errors.merge_into(&mut merged)?;
    let mut components = errors.components();
    let components = &mut components;
    let ours = document.components.get_or_insert_with(Components::new);
    for (name, schema) in taken(components, "schemas") {
        if let Some(schema) = read(schema) {
            ours.schemas.insert(name, schema);
        }
    }
    for (name, response) in taken(components, "responses") {
        if let Some(response) = read(response) {
            ours.responses.insert(name, response);
        }
    }
    Ok(())
}

fn taken(components: &mut Value, kind: &str) -> Map<String, Value> {
    match components.get_mut(kind).map(Value::take) {
        Some(Value::Object(group)) => group,
        _ => Map::new(),
    }
}

/// As utoipa has it.
fn read<T: serde::de::DeserializeOwned>(mut value: Value) -> Option<T> {
    name_types(&mut value);
    serde_json::from_value(value).ok()
}

/// To utoipa a schema has a type or is a union. Of the schemas of ours that are neither, all stand behind `items` and allow
/// any JSON.
fn name_types(value: &mut Value) {
    match value {
        Value::Object(keywords) => {
            if let Some(Value::Object(items)) = keywords.get_mut("items")
                && items.keys().all(|keyword| keyword == "description")
            {
                items.insert(
                    "type".to_owned(),
                    json!(["object", "array", "string", "number", "boolean", "null"]),
                );
            }
            keywords.values_mut().for_each(name_types);
        }
        Value::Array(values) => values.iter_mut().for_each(name_types),
        _ => {}
    }
}

/// Makes a type for the errors that one operation can answer with, written as in
/// [`catalog!`](macro@crate::catalog). The [module](self) shows it.
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_utoipa_responses {
    ($(#[$attribute:meta])* $visibility:vis $name:ident = $($errors:tt)*) => {
        $(#[$attribute])*
        #[derive(Debug)]
        $visibility struct $name;

        impl $crate::utoipa::IntoResponses for $name {
            fn responses() -> $crate::utoipa::Responses {
                $crate::utoipa::responses_of($crate::catalog!(crate = $crate, $($errors)*))
            }
        }
    };
}

/// Implements `IntoResponses` for a type that derives `ApiError`.
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_utoipa {
    ({ $($generics:tt)* } { $($ty:tt)* } { $($bounds:tt)* }) => {
        #[automatically_derived]
        impl $($generics)* $crate::utoipa::IntoResponses for $($ty)* $($bounds)* {
            fn responses() -> $crate::utoipa::Responses {
                $crate::utoipa::responses_of(<Self as $crate::__private::Catalogued>::CATALOG)
            }
        }
    };
}
