#![doc = include_str!("../../docs/client.md")]

mod evidence;
mod failure;
mod reader;
mod rebuild;
mod told;

#[doc(hidden)]
pub use evidence::{Details, Evidence};
pub use failure::{Failure, Flaw};
pub use reader::Reader;
pub use told::Told;
