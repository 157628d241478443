//! Declarations that `macro_rules!` write: a fragment stands in a group that nobody sees.

macro_rules! errors {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident, $envelope:path, $case:literal {
            $($variant:ident $($field:ident: $ty:ty)? = $status:literal $code:expr, $message:literal, $header:expr;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, thiserror::Error, errorbook::ApiError)]
        #[api(envelope = $envelope, rename_all = $case)]
        $vis enum $name {
            $(
                #[error($message)]
                #[api(status = $status, code = $code, message = $message, header("X-Kind", $header))]
                #[api(meta(kind = $header))]
                $variant { $(#[api(detail = "id", header = "X-Id", example = 5)] $field: $ty)? },
            )*
        }
    };
}

errors! {
    /// Made by a macro.
    pub(crate) enum StoryError, errorbook::envelope::FLAT, "kebab-case" {
        NotFound id: Option<u64> = 404 "not-found", "There is no story.", "story";
        Gone id: u64 = 410 "gone", "It is gone: {id}.", "story";
        Broken = 500 "broken", "It broke.", "service";
    }
}

macro_rules! nested {
    ($status:expr, $code:expr) => {
        one!($status, $code);
    };
}

macro_rules! one {
    ($status:expr, $code:expr) => {
        #[derive(errorbook::ApiError)]
        #[api(status = $status, code = $code, message = "Wrapped twice.")]
        struct Twice;
    };
}

nested!(404, "twice");

macro_rules! named {
    ($status:ident, $($key:ident = $value:tt),*) => {
        #[derive(errorbook::ApiError)]
        #[api(status = $status, $($key = $value),*)]
        struct Named;
    };
}

named!(NOT_FOUND, message = "There is none.", retry = "none");

fn main() {
    use errorbook::ApiError;

    assert_eq!(StoryError::Gone { id: 5 }.message(), "It is gone: 5.");
    assert_eq!(StoryError::NotFound { id: None }.code(), "not-found");
    assert_eq!((Twice.code(), Named.status().as_u16()), ("twice", 404));
    assert_eq!(StoryError::Broken {}.status().as_u16(), 500);
}
