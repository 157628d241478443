//! errorbook beside its peers: the failures, the participants that answer them, and the checks that each says
//! what it should. Measuring is left to the two programs: time to `main.rs`, allocations to
//! `bin/allocations.rs`. The layer around a whole service is `service`; `reading` is the other side.

pub mod checks;
pub mod failure;
pub mod participants;
#[cfg(feature = "client")]
pub mod reading;
#[cfg(feature = "service")]
pub mod service;
