//! Takes the tokens at fault and the words for it; gives `compile_error!`s at those tokens. All mistakes of a
//! declaration are collected, so that they are reported in one go.

use std::collections::HashMap;
use std::fmt::Write;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::lang::Reason;

/// The mistakes found so far; [`finish`](Self::finish) reports them.
#[derive(Default)]
pub(crate) struct Errors {
    found: Vec<Mistake>,
    is_finished: bool,
}

struct Mistake {
    at: At,
    text: String,
}

enum At {
    Tokens(TokenStream),
    Span(Span),
    /// Where syn says.
    Syntax(syn::Error),
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A mistake that the caret shows from the first to the last of these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, reason: &Reason) {
        self.without_help(tokens, &text(reason));
    }

    /// A mistake at a single token, or at none of the user's where the span is the macro's own.
    pub(crate) fn at_span(&mut self, span: Span, reason: &Reason) {
        self.found.push(Mistake { at: At::Span(span), text: text(reason) });
    }

    /// The earlier one of two places at fault; the later one explains.
    pub(crate) fn first_was_here(&mut self, tokens: impl ToTokens, what: &str) {
        self.without_help(tokens, what);
    }

    /// One more mistake of a kind whose help stands at the first.
    pub(crate) fn without_help(&mut self, tokens: impl ToTokens, wrong: &str) {
        self.found.push(Mistake { at: At::Tokens(tokens.into_token_stream()), text: wrong.to_owned() });
    }

    /// A mistake that syn found and worded.
    pub(crate) fn syntax(&mut self, error: syn::Error) {
        let text = error.to_string();
        self.found.push(Mistake { at: At::Syntax(error), text });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether there are none; else all of them as `compile_error!`s.
    pub(crate) fn finish(mut self) -> Result<(), TokenStream> {
        self.is_finished = true;
        let found = once_each(std::mem::take(&mut self.found));
        if found.is_empty() {
            return Ok(());
        }
        // Before the first one only, as nobody asks where there is no mistake.
        let is_2015 = is_2015(std::env::args());
        let mistakes = found.into_iter().map(Mistake::into_syn);
        Err(mistakes.flat_map(|error| to_compile_error(&error, is_2015)).collect())
    }
}

impl Mistake {
    fn into_syn(self) -> syn::Error {
        match self.at {
            At::Tokens(tokens) => syn::Error::new_spanned(tokens, self.text),
            At::Span(span) => syn::Error::new(span, self.text),
            At::Syntax(error) => error,
        }
    }
}

/// So often a declaration may hear the same words.
const MOST_ALIKE: usize = 8;

/// A mistake that a declaration makes again and again is told at the first of them, with how often: what is to be done is
/// the same everywhere, and other mistakes would be lost among the copies.
fn once_each(mut found: Vec<Mistake>) -> Vec<Mistake> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for mistake in &found {
        *counts.entry(mistake.text.clone()).or_default() += 1;
    }
    found.retain_mut(|mistake| match counts.get_mut(&mistake.text) {
        Some(0) => false,
        Some(count) if *count > MOST_ALIKE => {
            let more = std::mem::take(count) - 1;
            let _ = write!(mistake.text, "\n  note: the same mistake stands in {more} more places");
            true
        }
        _ => true,
    });
    found
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

/// syn's `::core::compile_error! { "…" }`. In the edition of 2015 a path that begins with `::` begins in one's own crate, so
/// there it is `compile_error! { "…" }`, which in later ones `no_implicit_prelude` hides.
fn to_compile_error(error: &syn::Error, is_2015: bool) -> TokenStream {
    const COLONS_CORE_COLONS: usize = 5;
    let one = |error: syn::Error| {
        let tokens = error.to_compile_error().into_iter();
        tokens.skip(if is_2015 { COLONS_CORE_COLONS } else { 0 })
    };
    error.clone().into_iter().flat_map(one).collect()
}

/// Whether rustc was called for a crate of the edition of 2015, which no span tells. Macros run inside rustc, so that its
/// arguments are theirs; elsewhere (an editor, a test) there is no `--edition`.
fn is_2015(arguments: impl Iterator<Item = String>) -> bool {
    let mut before = String::new();
    for argument in arguments {
        if argument == "--edition=2015" || before == "--edition" && argument == "2015" {
            return true;
        }
        before = argument;
    }
    false
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
    fn what_a_type_would_hear_ten_times_it_hears_once() {
        let told = |count: usize| {
            let mut errors = Errors::new();
            for _ in 0..count {
                errors.without_help(quote::quote!(statsu), "unknown key");
            }
            errors.without_help(quote::quote!(other), "another one");
            errors.finish().unwrap_err().to_string()
        };
        assert_eq!(told(8).matches("unknown key").count(), 8);
        assert_eq!(told(10).matches("unknown key").count(), 1);
        assert!(told(10).contains("in 9 more places"), "{}", told(10));
        assert!(told(10).contains("another one"));
    }

    #[test]
    fn the_first_edition_is_told_by_rustcs_arguments() {
        let is_2015 = |line: &str| super::is_2015(line.split(' ').map(str::to_owned));
        assert!(is_2015("rustc --crate-name a --edition=2015 lib.rs"));
        assert!(is_2015("rustc --edition 2015"));
        for line in ["rustc --edition=2021 lib.rs", "rust-analyzer", "rustc 2015"] {
            assert!(!is_2015(line), "{line}");
        }
    }

    #[test]
    #[should_panic(expected = "dropped and not reported")]
    fn mistakes_cannot_be_dropped_unnoticed() {
        drop(Errors::new());
    }
}
