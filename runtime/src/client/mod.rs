#![doc = include_str!("../../docs/client.md")]

#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
mod attempts;
mod broken;
mod budget;
mod evidence;
mod failure;
mod found;
#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
mod idempotency;
mod index;
mod items;
mod kept;
mod members;
mod policy;
#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
mod put_back;
mod read;
mod reader;
mod rebuild;
#[cfg(feature = "client-reqwest")]
pub mod reqwest;
#[cfg(feature = "client-tokio")]
mod retry;
mod show;
mod sse;
mod strange;
mod text;
mod told;
#[cfg(feature = "client-tower")]
pub mod tower;
mod transport;
mod walk;

#[cfg(any(feature = "client-reqwest", feature = "client-tower"))]
pub use attempts::Attempts;
pub use budget::Budget;
#[doc(hidden)]
pub use evidence::{Details, Evidence};
pub use failure::{Failure, Flaw};
#[doc(hidden)]
pub use members::{Member, Place, ReadBack, made_of, plain};
pub use policy::{Decision, Outcome, Policy, Why};
pub use reader::Reader;
#[doc(hidden)]
pub use rebuild::{Found, waited};
#[cfg(feature = "client-tokio")]
pub use retry::{Retries, retry};
pub use told::Told;
pub use transport::Transport;
