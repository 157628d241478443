#![doc = include_str!("../../../docs/lock.md")]

mod change;
mod compare;
mod envelopes;
pub(super) mod facts;
mod file;
mod joint;
mod line;
mod outcome;
mod shape;
mod text;

pub use change::{Change, Class, Severity};
pub use facts::Lock;
pub use file::{LockError, accept, against, check, outcome, update};
pub use line::Conflict;
pub use outcome::Outcome;
#[cfg(feature = "cli")]
pub(crate) use outcome::for_shell;
pub use text::ParseError;
