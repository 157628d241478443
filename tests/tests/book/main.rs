//! The documents about a service's errors: one binary, a file for each of them.

#[cfg(feature = "cli")]
mod cli;
mod contract;
mod contract_schema;
mod json_schema;
mod hostile;
#[cfg(all(feature = "cli", feature = "coverage"))]
mod coverage;
#[cfg(feature = "cli")]
mod folder;
mod lock;
mod merge;
mod opentelemetry;
mod reference;
mod speed;
mod typescript;
mod openapi;
mod page;
#[cfg(all(feature = "axum-extract", feature = "tower"))]
mod routes;
#[cfg(all(feature = "schemars", feature = "utoipa"))]
mod typed_details;
#[cfg(feature = "utoipa")]
mod utoipa;
