//! The documents about a service's errors: one binary, a file for each of them.

#[cfg(feature = "cli")]
mod cli;
mod contract;
mod contract_schema;
#[cfg(all(feature = "cli", feature = "coverage"))]
mod coverage;
#[cfg(feature = "cli")]
mod folder;
mod hostile;
mod json_schema;
mod lock;
mod lock_file;
mod merge;
mod openapi;
mod openapi_merge;
mod opentelemetry;
mod page;
mod reference;
#[cfg(all(feature = "axum-extract", feature = "tower"))]
mod routes;
mod site;
mod speed;
#[cfg(all(feature = "schemars", feature = "utoipa"))]
mod typed_details;
mod typescript;
#[cfg(feature = "utoipa")]
mod utoipa;
