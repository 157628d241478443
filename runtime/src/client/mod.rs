#![doc = include_str!("../../docs/client.md")]

mod evidence;
mod failure;
mod members;
mod reader;
mod rebuild;
mod told;

#[doc(hidden)]
pub use evidence::{Details, Evidence};
pub use failure::{Failure, Flaw};
#[doc(hidden)]
pub use members::{Member, Place, ReadBack, made_of, plain};
pub use reader::Reader;
#[doc(hidden)]
pub use rebuild::{Found, waited};
pub use told::Told;
