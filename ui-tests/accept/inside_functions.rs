//! Types, envelopes and held types that no path from outside can name.

use errorbook::{ApiError, Envelope, envelope};

fn main() {
    const LOCAL: Envelope = envelope!({ "message": message });

    #[derive(ApiError)]
    #[api(envelope = LOCAL)]
    enum StoryError {
        #[api(status = 404, message = "There is no {0}.")]
        NotFound(Id),
        #[api(transparent)]
        Key(KeyError),
    }

    struct Id(u64);

    impl std::fmt::Display for Id {
        fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(out, "#{}", self.0)
        }
    }

    #[derive(ApiError)]
    enum KeyError {
        #[api(status = 401, message = "No such key.")]
        Invalid,
    }

    assert_eq!(StoryError::NotFound(Id(5)).body().to_bytes(), r##"{"message":"There is no #5."}"##);
    assert_eq!(StoryError::Key(KeyError::Invalid).code(), "invalid");

    let closure = || {
        #[derive(ApiError)]
        #[api(status = 500)]
        struct Broken;

        Broken.code()
    };
    assert_eq!(closure(), "broken");
}
