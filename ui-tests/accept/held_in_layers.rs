//! Two types a layer, each of which holds both of the next: they are as many as they are, not as many as there are
//! ways to them, and rustc does not find that it takes long.

#![forbid(long_running_const_eval)]

use errorbook::ApiError;

macro_rules! layers {
    ($name:ident) => {
        mod $name {
            pub use Last as First;

            #[derive(errorbook::ApiError)]
            pub enum Last {
                #[api(status = 404, message = "Not found.")]
                NotFound,
                #[api(status = 410, message = "Gone.")]
                Gone,
            }

            pub use Last as Second;
        }
    };
    ($name:ident $next:ident $($others:ident)*) => {
        layers!($next $($others)*);

        mod $name {
            #[derive(errorbook::ApiError)]
            pub enum First {
                #[api(status = 404, message = "Not found.")]
                NotFound,
                #[api(transparent)]
                First(super::$next::First),
                #[api(transparent)]
                Second(super::$next::Second),
            }

            #[derive(errorbook::ApiError)]
            pub enum Second {
                #[api(status = 500)]
                Internal,
                #[api(transparent)]
                First(Box<super::$next::First>),
                #[api(transparent)]
                Second(super::$next::Second),
            }
        }
    };
}

layers!(a b c d e f g h i j k l m n o p q r s t u v w x y z);

fn main() {
    let error = a::First::NotFound;
    assert_eq!(error.code(), "not_found");
}
