//! Where the runtime is: `::errorbook`, or what `crate = ::path` says.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;

/// The path of the `errorbook` crate as the expansion names it.
pub(crate) struct RuntimePath<'a>(pub(crate) Option<&'a syn::Path>);

impl ToTokens for RuntimePath<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self.0 {
            Some(path) => path.to_tokens(tokens),
            // `::errorbook` must not be looked up where the user's macro was written.
            None => tokens.extend(quote_spanned!(Span::call_site()=> ::errorbook)),
        }
    }
}

impl RuntimePath<'_> {
    /// The path that these tokens are. Where it is imported, `Self` is nothing.
    pub(crate) fn parse(tokens: TokenStream) -> Option<syn::Path> {
        let path = syn::Path::parse_mod_style.parse2(tokens).ok()?;
        (!path.segments.iter().any(|segment| segment.ident == "Self")).then_some(path)
    }

    /// Opens the block that holds the expansion: the hidden module under a short name, so that each row of
    /// a table is few tokens.
    pub(crate) fn import(&self) -> TokenStream {
        quote!(use #self::__private as __p;)
    }
}
