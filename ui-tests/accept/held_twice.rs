//! What may be held transparently, and what it may have in common.
#![deny(warnings)]

use errorbook::ApiError;

#[derive(ApiError)]
#[api(shared_codes("conflict"))]
pub enum Bottom {
    #[api(status = 409, code = "conflict", message = "Taken.")]
    Taken,
    #[api(status = 409, code = "conflict", message = "Changed.")]
    Changed,
}

#[derive(ApiError)]
pub enum Left {
    #[api(transparent)]
    Bottom(Bottom),
}

// One type by two ways: its codes are those that it shares itself.
#[derive(ApiError)]
pub enum Diamond {
    #[api(transparent)]
    Left(Left),
    #[api(transparent)]
    Bottom(Box<Bottom>),
}

// A generic type that holds itself.
#[derive(ApiError)]
pub enum Chain<T: std::fmt::Display> {
    #[api(status = 404, message = "{0} is not here.")]
    End(T),
    #[api(transparent)]
    Link(Box<self::Chain<T>>),
}

// A `dyn` that is no error.
#[derive(ApiError)]
#[api(status = 500)]
pub struct WithHook<T>(pub T);

#[derive(ApiError)]
pub enum Hooked {
    #[api(transparent)]
    Hook(WithHook<Box<dyn Fn()>>),
}

fn answers<E: ApiError>() {}

fn main() {
    answers::<Diamond>();
    answers::<Chain<u8>>();
    answers::<Hooked>();
}
