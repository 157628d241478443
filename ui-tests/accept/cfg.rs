//! What is configured away is not there, and what is configured in is.

use errorbook::ApiError;

#[derive(ApiError)]
#[cfg_attr(all(), api(envelope = errorbook::envelope::FLAT))]
#[cfg_attr(any(), api(envelope = no::such))]
enum StoryError {
    #[cfg(any())]
    #[api(status = 1, nonsense)]
    Never(NoSuchType),
    #[cfg(all())]
    #[api(status = 404, message = "There is no story.")]
    NotFound,
    #[cfg_attr(all(), api(status = 402, message = "Too little: {have}."))]
    TooPoor {
        #[cfg(any())]
        #[api(detail, nonsense)]
        need: NoSuchType,
        #[cfg_attr(all(), api(detail))]
        have: u64,
    },
    #[cfg(all())]
    #[api(status = 500)]
    Tuple(#[cfg(any())] NoSuchType, #[api(detail = "id")] u64),
}

fn main() {
    assert_eq!(StoryError::catalog().entries().count(), 3);
    assert_eq!(StoryError::TooPoor { have: 3 }.message(), "Too little: 3.");
    assert_eq!(
        StoryError::Tuple(5).body().to_bytes(),
        r#"{"code":"tuple","message":"Internal Server Error","details":{"id":5}}"#
    );
    assert_eq!(StoryError::NotFound.code(), "not_found");
}
