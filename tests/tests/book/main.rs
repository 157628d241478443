//! The documents about a service's errors: one binary, a file for each of them.

mod contract;
mod contract_schema;
mod json_schema;
mod lock;
mod merge;
mod opentelemetry;
mod reference;
mod speed;
mod typescript;
mod page;
