//! The error contracts of five real HTTP APIs, each declared on an enum of its own. Status, code, envelope,
//! headers and retry rule of every error come from these declarations; `tests/apis.rs` holds them to their
//! tables.

// The first is the one that the example serves: its files stand there, so that a newcomer finds the example whole.
#[path = "../examples/story/billing.rs"]
pub mod billing;
#[path = "../examples/story/common.rs"]
pub mod common;
#[path = "../examples/story/story.rs"]
pub mod story;

pub mod decks;
pub mod pull_story;
pub mod runs;
pub mod videogen;

pub use billing::BillingError;
pub use common::{AuthError, FieldError};
pub use decks::DecksError;
pub use pull_story::PullStoryError;
pub use runs::RunsError;
pub use story::StoryError;
pub use videogen::VideogenError;
