//! The macros of `errorbook`. Depend on `errorbook`, which re-exports and documents them.

mod attrs;
mod bounds;
mod catalog;
mod check;
mod derive;
mod envelope;
mod errors;
mod expand;
mod lang;
mod literal;
mod model;
mod runtime_path;
#[cfg(test)]
mod tests;
mod tokens;

// Documented where `errorbook` re-exports it: what stood here would stand below the manual.
#[allow(missing_docs, reason = "the manual is at the re-export")]
#[proc_macro_derive(ApiError, attributes(api))]
pub fn derive_api_error(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive::derive(input.into()).into()
}

// Documented at its re-export too.
#[allow(missing_docs, reason = "the manual is at the re-export")]
#[proc_macro]
pub fn envelope(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    envelope::envelope(input.into()).into()
}

// Documented at its re-export too.
#[allow(missing_docs, reason = "the manual is at the re-export")]
#[proc_macro]
pub fn catalog(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    catalog::catalog(input.into()).into()
}
