#![doc = include_str!("../../../docs/lock.md")]

mod change;
mod compare;
pub(super) mod facts;
mod file;
mod line;

pub use change::{Change, Class, Severity};
pub use facts::{Lock, ParseError};
pub use file::{LockError, Outcome, accept, against, check, outcome, update};
pub use line::Conflict;
