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

macro_rules! held {
    ($held:ty, $function:path, $field:ident: $ty:ty, $message:literal) => {
        #[derive(errorbook::ApiError)]
        enum Holder {
            #[api(message = $message)]
            Holds {
                $field: $ty,
                #[api(transparent)]
                held: $held,
            },
            #[api(status = 400, code = "made", message = "Made.")]
            Made {
                #[api(detail, header = "X-Made", with = $function)]
                $field: $ty,
                #[api(detail, null, with = doubled)]
                doubled: $ty,
            },
        }
    };
}

fn doubled(number: &u64) -> Option<u64> {
    number.checked_mul(2)
}

held!(Twice, std::string::ToString::to_string, at: u64, "At {at}: {held}");

fn main() {
    use errorbook::ApiError;

    assert_eq!(StoryError::Gone { id: 5 }.message(), "It is gone: 5.");
    assert_eq!(StoryError::NotFound { id: None }.code(), "not-found");
    assert_eq!((Twice.code(), Named.status().as_u16()), ("twice", 404));
    assert_eq!(Holder::Holds { at: 5, held: Twice }.message(), "At 5: Wrapped twice.");
    let made = Holder::Made { at: 5, doubled: u64::MAX }.body().to_bytes();
    assert!(made.ends_with(br#""details":{"at":"5","doubled":null}}}"#));
    assert_eq!(StoryError::Broken {}.status().as_u16(), 500);
}
