//! The error itself, made again of what was read: what the expansions of `#[api(decode)]` call.

mod evidence;
mod members;
mod rebuild;

#[doc(hidden)]
pub use evidence::{Details, Evidence};
#[doc(hidden)]
pub use members::{Member, Place, ReadBack, made_of, plain};
pub(super) use rebuild::rebuild;
#[doc(hidden)]
pub use rebuild::{Found, waited};
