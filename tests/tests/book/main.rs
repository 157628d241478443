//! The documents about a service's errors: one binary, a file for each of them.

mod contract;
mod contract_schema;
mod json_schema;
mod hostile;
mod lock;
mod merge;
mod opentelemetry;
mod reference;
mod speed;
mod typescript;
mod page;
#[cfg(all(feature = "axum-extract", feature = "tower"))]
mod routes;
