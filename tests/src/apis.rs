//! The error contracts of five real HTTP APIs, each declared on an enum of its own. Status, code, envelope,
//! headers and retry rule of every error come from these declarations; `tests/apis.rs` holds them to their
//! tables, and `examples/story.rs` serves the first.

pub mod billing;
pub mod common;
pub mod decks;
pub mod pull_story;
pub mod runs;
pub mod story;
pub mod videogen;

pub use billing::BillingError;
pub use common::{AuthError, FieldError};
pub use decks::DecksError;
pub use pull_story::PullStoryError;
pub use runs::RunsError;
pub use story::StoryError;
pub use videogen::VideogenError;
