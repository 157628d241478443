//! What is deprecated warns its users, never its own impl.
#![deny(deprecated)]

use errorbook::ApiError;

/// Old as a whole.
#[deprecated(note = "say something else")]
#[derive(ApiError)]
pub enum OldError {
    #[api(status = 404, message = "There is none.")]
    NotFound,
    #[deprecated]
    #[api(status = 404, message = "There is no {id}.")]
    Older {
        #[deprecated]
        #[api(detail)]
        id: u64,
    },
}

#[deprecated]
#[derive(ApiError)]
#[api(status = 404, message = "There is no {0}.")]
pub struct OldStruct(#[deprecated] u64);

// Whoever allows it for the type is not told by the impl.
#[allow(deprecated)]
#[derive(serde::Serialize)]
#[deprecated]
pub struct OldDetail(u64);

#[allow(deprecated)]
#[derive(ApiError)]
#[api(status = 404, message = "There is none.")]
pub struct Wraps {
    #[api(detail)]
    detail: OldDetail,
}

#[derive(ApiError)]
pub enum NewError {
    #[api(status = 404, message = "There is no {id}.")]
    NotFound {
        #[deprecated]
        #[api(detail, header = "X-Id")]
        id: u64,
    },
}

fn main() {}
