//! Each role of a field, a held type and an envelope, by the paths of the first edition.

extern crate errorbook;
extern crate serde;

use errorbook::ApiError;

mod core {}

pub mod bodies {
    use errorbook::{Envelope, envelope};

    pub const BODY: Envelope = envelope!({ "code": code?, "message": message, "type": meta.kind, ..details });
}

pub mod auth {
    use errorbook::ApiError;

    #[derive(ApiError)]
    #[api(status = 401, message = "Sign in.", meta(kind = "auth"), codes = SignInCode)]
    pub struct SignIn(#[api(header = "X-Try")] pub ::auth::Tries);

    pub struct Tries(pub u8);

    impl ::errorbook::__private::Display for Tries {
        fn fmt(&self, out: &mut ::errorbook::__private::fmt::Formatter) -> ::errorbook::__private::fmt::Result {
            ::errorbook::__private::Display::fmt(&self.0, out)
        }
    }
}

#[derive(ApiError)]
#[api(envelope = ::bodies::BODY, decode, codes = StoryCode)]
enum StoryError<'a, T: Copy> {
    #[api(status = 402, message = "Need {need:>3}, have {have}.", meta(kind = "billing"), omit(code))]
    TooPoor { #[api(detail)] need: T, #[api(detail)] have: &'a str },
    #[api(status = 429, retry = "after, once", message = "Slow down.", meta(kind = "limits"))]
    Slow(#[api(retry_after)] ::errorbook::__private::Duration),
    #[api(transparent)]
    Auth(::auth::SignIn),
}

fn main() {
    let error: StoryError<u8> = StoryError::TooPoor { need: 7, have: "none" };
    assert_eq!(&*error.body().to_bytes(), &br#"{"message":"Need   7, have none.","type":"billing","need":7,"have":"none"}"#[..]);
    let held: StoryError<u8> = StoryError::Auth(auth::SignIn(auth::Tries(3)));
    assert_eq!(held.to_response().headers()["x-try"], "3");
}
