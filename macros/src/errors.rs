//! Takes the tokens at fault and the words for it; gives `compile_error!`s at those tokens. All mistakes of a
//! declaration are collected, so that they are reported in one go.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::lang::Reason;

/// The mistakes found so far; [`finish`](Self::finish) reports them.
#[derive(Default)]
pub(crate) struct Errors {
    found: Vec<syn::Error>,
    is_finished: bool,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A mistake that the caret shows from the first to the last of these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, reason: &Reason) {
        self.found.push(syn::Error::new_spanned(tokens, text(reason)));
    }

    /// A mistake at a single token, or at none of the user's where the span is the macro's own.
    pub(crate) fn at_span(&mut self, span: Span, reason: &Reason) {
        self.found.push(syn::Error::new(span, text(reason)));
    }

    /// The earlier one of two places at fault; the later one explains.
    pub(crate) fn first_was_here(&mut self, tokens: impl ToTokens, what: &str) {
        self.found.push(syn::Error::new_spanned(tokens, what));
    }

    /// A mistake that syn found and worded.
    pub(crate) fn syntax(&mut self, error: syn::Error) {
        self.found.push(error);
    }

    /// Whether there are none; else all of them as `compile_error!`s.
    pub(crate) fn finish(mut self) -> Result<(), TokenStream> {
        self.is_finished = true;
        if self.found.is_empty() {
            return Ok(());
        }
        Err(self.found.iter().map(syn::Error::to_compile_error).collect())
    }
}

/// A stage that drops the mistakes would let them pass unseen. That is for our own tests to find, which feed the macros
/// whatever they can think of: a user's compiler must not panic because of it.
impl Drop for Errors {
    fn drop(&mut self) {
        if cfg!(test) && !std::thread::panicking() {
            assert!(self.is_finished, "mistakes were dropped and not reported");
        }
    }
}

fn text(reason: &Reason) -> String {
    let Reason { wrong, help, note } = reason;
    let mut text = format!("{wrong}\n  help: {help}");
    if let Some(note) = note {
        text.push_str("\n  note: ");
        text.push_str(note);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Errors;

    #[test]
    fn none_found_is_ok_and_any_is_not() {
        assert!(Errors::new().finish().is_ok());
        let mut errors = Errors::new();
        errors.syntax(syn::Error::new(proc_macro2::Span::call_site(), "no"));
        assert!(errors.finish().unwrap_err().to_string().contains("compile_error"));
    }

    #[test]
    #[should_panic(expected = "dropped and not reported")]
    fn mistakes_cannot_be_dropped_unnoticed() {
        drop(Errors::new());
    }
}
