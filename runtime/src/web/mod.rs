//! The frameworks, a folder each: this listing is the table of what is supported. Each is public under its own name,
//! `errorbook::axum` and so on. The expansion has one call for all of them, [`__errorbook_integrations`].

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "tower")]
pub mod tower;
#[cfg(feature = "utoipa")]
pub mod utoipa;

/// The impls of a type for all frameworks whose feature is on, without those that it skips.
// { {<'a>} {StoryError<'a>} {where …} {axum} }    becomes    nothing, as `#[api(skip(axum))]` says
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_integrations {
    ($generics:tt $ty:tt $bounds:tt { $($skipped:ident)* }) => {
        $crate::__errorbook_integration! { axum [$($skipped)*] $generics $ty $bounds }
        $crate::__errorbook_integration! { utoipa [$($skipped)*] $generics $ty $bounds }
    };
}

/// The impl for one framework, unless it is among the skipped.
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_integration {
    (axum [axum $($rest:ident)*] $($impl:tt)*) => {};
    (utoipa [utoipa $($rest:ident)*] $($impl:tt)*) => {};
    ($name:ident [$other:ident $($rest:ident)*] $($impl:tt)*) => {
        $crate::__errorbook_integration! { $name [$($rest)*] $($impl)* }
    };
    (axum [] $($impl:tt)*) => {
        $crate::__private::into_response_unless_skip_axum! { $($impl)* }
    };
    (utoipa [] $($impl:tt)*) => {
        $crate::__private::utoipa! { $($impl)* }
    };
}
