//! Derived by full path, with nothing imported; and through a re-export under another name.

#[derive(errorbook::ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {0:?}.")]
    NotFound(#[api(detail = "id")] u64),
}

mod prelude {
    pub use errorbook as errors;
}

#[derive(prelude::errors::ApiError)]
#[api(crate = crate::prelude::errors, envelope = self::ENVELOPE)]
enum OtherError {
    #[api(status = 404, code = "other_not_found", message = "There is no {id}.")]
    NotFound {
        #[api(detail, header = "X-Id")]
        id: u64,
    },
    #[api(transparent)]
    Story(StoryError),
}

const ENVELOPE: prelude::errors::Envelope =
    prelude::errors::envelope!(crate = prelude::errors, { "code": code, "id": request_id? });

fn main() {
    use prelude::errors::ApiError as Answers;

    assert_eq!(Answers::code(&StoryError::NotFound(5)), "not_found");
    assert_eq!(Answers::code(&OtherError::NotFound { id: 5 }), "other_not_found");
    assert_eq!(<OtherError as Answers>::catalog().entries().count(), 2);
}
