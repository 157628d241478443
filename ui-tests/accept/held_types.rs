//! Types held transparently, two deep, in every form, with codes that recur as one may.

use std::sync::Arc;

use errorbook::{ApiError, Envelope, envelope};

const SPREAD: Envelope = envelope!({ "code": code?, "message": message, ..details });

#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = SPREAD, shared_codes("internal_error"))]
enum StoryError {
    #[error("no story")]
    #[api(status = 404)]
    NotFound,
    #[error("broken")]
    #[api(status = 500, code = "internal_error")]
    Broken,
    #[error("broken again")]
    #[api(status = 500, code = "internal_error")]
    BrokenAgain,
    #[error(transparent)]
    #[api(transparent)]
    Auth(#[from] AuthError),
    #[error(transparent)]
    #[api(transparent)]
    Billing { source: Box<billing::BillingError> },
    #[error(transparent)]
    #[api(transparent)]
    Shared(Arc<billing::BillingError>),
}

#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = SPREAD)]
enum AuthError {
    // One error, seen in two places.
    #[error("no key")]
    #[api(status = 404)]
    NotFound,
    #[error(transparent)]
    #[api(transparent)]
    Key(#[from] KeyError),
}

#[derive(Debug, thiserror::Error, ApiError)]
#[error("bad key")]
#[api(envelope = SPREAD, status = 401, code = "invalid_key", omit(code))]
struct KeyError {
    #[api(detail)]
    key: u64,
}

mod billing {
    #[derive(Debug, thiserror::Error, errorbook::ApiError)]
    #[api(envelope = errorbook::envelope::FLAT)]
    pub enum BillingError {
        // A client does the same about it, whoever answered.
        #[error("unavailable")]
        #[api(status = 500, code = "internal_error")]
        Unavailable,
    }
}

fn main() {
    let deep = StoryError::from(AuthError::from(KeyError { key: 5 }));
    assert_eq!(deep.body().to_bytes(), r#"{"message":"bad key","key":5}"#);
    let billing = StoryError::Billing { source: Box::new(billing::BillingError::Unavailable) };
    assert_eq!(billing.status(), 500);
    assert_eq!(StoryError::catalog().entries().count(), 6);
}
