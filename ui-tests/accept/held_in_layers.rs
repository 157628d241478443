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

/// The same with parameters, of which no item can make one list.
mod with_parameters {
    use errorbook::{ApiError, Catalogued};

    macro_rules! layers {
        ($first:ident $second:ident) => {
            #[derive(ApiError)]
            pub enum $first<'a, T: Catalogued> {
                #[api(status = 404, message = "{0} was not found.")]
                NotFound(&'a str),
                #[api(transparent)]
                Other(T),
            }

            pub use $first as $second;
        };
        ($first:ident $second:ident $next_first:ident $next_second:ident $($others:ident)*) => {
            layers!($next_first $next_second $($others)*);

            #[derive(ApiError)]
            pub enum $first<'a, T: Catalogued> {
                #[api(status = 404, message = "{0} was not found.")]
                NotFound(&'a str),
                #[api(transparent)]
                First($next_first<'a, T>),
                #[api(transparent)]
                Second($next_second<'a, T>),
            }

            #[derive(ApiError)]
            pub enum $second<'a, T: Catalogued> {
                #[api(status = 500)]
                Internal,
                #[api(transparent)]
                First(Box<$next_first<'a, T>>),
                #[api(transparent)]
                Second($next_second<'a, T>),
            }
        };
    }

    layers! { A0 B0 A1 B1 A2 B2 A3 B3 A4 B4 A5 B5 A6 B6 A7 B7 A8 B8 A9 B9 A10 B10 A11 B11 A12 B12 A13 B13 A14 B14 A15 B15 }

    #[derive(ApiError)]
    #[api(envelope = errorbook::envelope::PROBLEM)]
    pub enum Whole {
        #[api(transparent)]
        First(A0<'static, super::a::First>),
        #[api(transparent)]
        Second(B0<'static, super::a::First>),
    }
}

fn main() {
    let error = a::First::NotFound;
    assert_eq!(error.code(), "not_found");
    let codes: Vec<_> = with_parameters::Whole::catalog().entries().map(|spec| spec.code()).collect();
    assert_eq!(codes.len(), 1 + 15 + 1 + 14 + a::First::catalog().entries().count());
}
