//! Every mistake of a declaration, collected, so that they are told in one go. What comes in is the tokens
//! at fault and the words for it; what goes out is `compile_error!`s at those tokens.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::lang::Reason;

/// The mistakes found so far. [`finish`](Self::finish) turns them into tokens.
#[derive(Default)]
#[must_use = "mistakes that are not finished are never told"]
pub(crate) struct Errors {
    found: Vec<syn::Error>,
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
    pub(crate) fn finish(self) -> Result<(), TokenStream> {
        if self.found.is_empty() {
            return Ok(());
        }
        Err(self.found.iter().map(syn::Error::to_compile_error).collect())
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
