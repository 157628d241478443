#![doc = include_str!("../../docs/client.md")]

mod deciding;
mod reading;
mod rebuilding;
mod sending;

pub use deciding::{Budget, Decision, Outcome, Policy, Told, Transport, Why};
pub use reading::{Failure, Flaw, Reader};
#[doc(hidden)]
pub use rebuilding::{Details, Evidence, Found, Member, Place, ReadBack, made_of, plain, waited};
#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
pub use sending::Attempts;
#[cfg(feature = "client-reqwest")]
pub use sending::reqwest;
#[cfg(feature = "client-tower")]
pub use sending::tower;
#[cfg(feature = "client-tokio")]
pub use sending::{Retries, retry};
