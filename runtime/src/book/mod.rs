//! What readers outside the service need of its errors: one owned model of the contract, made of catalogues, and the
//! documents that are made of the model alone.
//!
//! ```
//! use errorbook::ApiError;
//! use errorbook::book::Contract;
//!
//! #[derive(ApiError)]
//! enum StoryError {
//!     /// No story has this id.
//!     #[api(status = 404, message = "There is no story with this id.", remedy = "Check the id.")]
//!     NotFound,
//! }
//!
//! let contract = Contract::builder("Story API").catalog(StoryError::catalog()).build();
//! let error = contract.error("not_found").unwrap();
//! assert_eq!(error.status, Some(404));
//! assert_eq!(error.example.as_ref().unwrap().body,
//!     r#"{"error":{"code":"not_found","message":"There is no story with this id.","request_id":"req_01hq3k9vz8"}}"#);
//! // Another program reads it back.
//! assert_eq!(Contract::from_json(&contract.to_json()).unwrap().to_json(), contract.to_json());
//! ```

/// For axum 0.8, with the feature `axum-extract`.
#[cfg(feature = "axum-extract")]
pub mod axum;
mod bodies;
mod builder;
mod contract;
mod diff;
mod embed;
mod entry;
mod identifiers;
mod json_schema;
pub mod lock;
mod merge;
pub mod openapi;
mod opentelemetry;
pub mod page;
mod pointer;
pub(crate) mod retry;
mod source;
#[cfg(any(feature = "schemars", feature = "utoipa"))]
pub(crate) mod typed;
mod types;
mod typescript;

pub use crate::spec::Act;
pub use builder::ContractBuilder;
pub use contract::{Body, CONTRACT_SCHEMA, Codes, Contract, ContractError, Member, PageSection, Retired};
pub use diff::{Diff, diff};
pub use entry::{Deprecation, Entry, Example, Field, Header, Message, Origin, Piece};
pub use json_schema::json_schema;
pub use merge::{Clash, Clashes, Owner};
pub use opentelemetry::opentelemetry;
#[doc(inline)]
pub use page::{Site, html, markdown, pages};
pub use retry::{Retry, Wait, When};
pub use source::Source;
pub use typescript::typescript;
