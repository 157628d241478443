//! An error response, or an error inside something else, read back: the body through the envelope's shape, in one pass.

mod broken;
mod failure;
mod found;
mod index;
mod items;
mod kept;
mod read;
mod reader;
mod show;
mod sse;
mod strange;
mod text;
mod walk;

pub use failure::{Failure, Flaw};
pub use reader::Reader;
