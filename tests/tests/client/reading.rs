//! Responses read back through the envelope that wrote them.

use errorbook::ApiError;
use errorbook::client::Failure;

#[derive(ApiError)]
#[api(status = 404, code = "not_found", message = "No such story.")]
struct NotFound;

#[test]
fn the_status_is_that_of_the_response() {
    assert_eq!(Failure::<NotFound>::read(&NotFound.to_response()).status(), 404);
}
