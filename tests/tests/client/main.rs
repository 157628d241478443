//! The other side of the declaration: one binary, a file for each capability.

mod deciding;
mod odd;
mod reading;
mod rebuild;
mod sent;
