//! The contract of the story API: its errors, and what readers must know besides.

use errorbook::ApiError as _;
use errorbook::book::{Contract, ContractBuilder};
use errorbook::tower::ErrorLayer;

use super::story::StoryError;

/// What the layer around the service answers by itself, and a caller can meet: a path that is none, a method that the path has
/// not, a panic.
const BY_THE_LAYER: [&str; 3] = ["not_found", "method_not_allowed", "internal_error"];

/// All that is promised of this service's errors.
pub(crate) fn contract() -> ContractBuilder {
    let layer = ErrorLayer::new().catalog();
    Contract::builder("Story API")
        .version("1.4.0")
        .description(
            "Every way in which a call to the story API can fail: what it means, whether trying again helps, and who has \
             something to do.",
        )
        .catalog(StoryError::catalog())
        .middleware(BY_THE_LAYER.iter().flat_map(|code| layer.get(code)))
        .request_id_header("x-request-id")
        .note(
            "statuses",
            "A success is one of two:\n\n- **200**: the story is there.\n- **202**: accepted, and still being generated. Poll \
             the story until its `status` is `ready` or `failed`.",
        )
        .note(
            "retrying",
            "The same brief always makes the same story, so creating one is idempotent: **every request is safe to repeat**, \
             and nothing is generated or charged twice.",
        )
        .note("reporting", "With the request id we find your request in our logs.")
}
