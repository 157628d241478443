//! The documents about a service's errors: one binary, a file for each of them.

mod contract;
mod lock;
