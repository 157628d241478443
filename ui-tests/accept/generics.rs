//! Bounds that a use implies are added, on the type that is used; others are not.

use std::fmt::{Debug, Display};
use std::marker::PhantomData;
use std::time::Duration;

use errorbook::ApiError;
use serde::Serialize;

#[derive(ApiError)]
enum Used<D, W, S, G, H, T> {
    #[api(status = 404, message = "There is no {0}.")]
    Shown(D),
    #[api(status = 404, message = "There is no {id:?}.")]
    Debugged { id: G },
    #[api(status = 402, message = "Too little.")]
    Detailed {
        #[api(detail)]
        need: S,
        #[api(detail = "list")]
        more: Vec<Option<S>>,
    },
    #[api(status = 429, message = "Slow down.")]
    Waited {
        #[api(retry_after)]
        wait: W,
    },
    #[api(status = 429, message = "Slow down.")]
    Counted {
        #[api(header = "X-Left")]
        left: Option<H>,
        #[api(header = "X-All")]
        all: H,
    },
    #[api(transparent)]
    Held(T),
}

#[derive(ApiError)]
#[api(status = 500)]
struct Unused<T, const N: usize>(PhantomData<T>, [u8; N]);

#[derive(ApiError)]
enum Bounded<'a, T: Debug + ?Sized = str, const N: usize = 3>
where
    T: 'a,
    Vec<u8>: AsRef<[u8]>,
{
    #[api(status = 500)]
    Borrowed(&'a [&'a T; N]),
}

#[derive(ApiError)]
enum Projected<I: Iterator>
where
    I::Item: Clone,
{
    #[api(status = 404, message = "There is no {0}.")]
    NotFound(I::Item),
}

#[derive(Debug, thiserror::Error, ApiError)]
enum Displayed<T: Display> {
    #[error("there is no {0}")]
    #[api(status = 404)]
    NotFound(T),
}

#[derive(ApiError)]
#[api(status = 402, message = "Need {need:>width$}.")]
struct Wide<T> {
    need: T,
    width: usize,
}

#[derive(ApiError)]
#[api(transparent)]
struct Wrapped<E>(Box<E>);

struct NotSerialize;

fn answers<E: ApiError>() {}

fn used<D: Display, S: Serialize, G: Debug, H: Display>() {
    answers::<Used<D, Duration, S, G, H, Displayed<u64>>>();
    answers::<Used<D, Option<Duration>, S, G, H, Wrapped<Displayed<u64>>>>();
}

fn main() {
    used::<u64, u64, u64, u64>();
    answers::<Unused<NotSerialize, 4>>();
    answers::<Bounded<'_>>();
    answers::<Projected<std::vec::IntoIter<u64>>>();
    answers::<Wide<u64>>();
    assert_eq!(Wrapped::<Displayed<u64>>::catalog().entries().count(), 1);
    assert_eq!(Displayed::NotFound(5).message(), "there is no 5");
    assert_eq!(Wide { need: 5, width: 3 }.message(), "Need   5.");
}
