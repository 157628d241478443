//! Whether, and when, a request is sent again. Neither clock nor chance nor a runtime are here.

mod budget;
mod policy;
mod told;
mod transport;

pub use budget::Budget;
pub use policy::{Decision, Outcome, Policy, Why};
pub use told::Told;
pub use transport::Transport;
