//! The other side of the declaration: one binary, a file for each capability.

#[cfg(feature = "client-reqwest")]
mod by_reqwest;
#[cfg(feature = "client-tower")]
mod by_tower;
mod common;
mod deciding;
mod envelopes;
mod odd;
mod reading;
mod rebuild;
#[cfg(feature = "client-reqwest")]
mod retry;
mod round_trip;
mod sent;
mod simulation;
