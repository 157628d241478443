//! `envelope!`, a stage a line. Takes a JSON body with slots; gives a constant `Envelope` or, where there are mistakes,
//! all of them beside a constant of that type. What is written for a slot is the runtime's to know; only the names of
//! slots are known here.

mod expand;
mod parse;
mod rules;
mod slots;

use proc_macro2::{Punct, TokenStream};
use syn::LitStr;

use crate::errors::Errors;
use crate::literal::{no_number_is_that_long, overlong_number};
use crate::runtime_path::RuntimePath;
use slots::Slot;

/// What was written between the parentheses of `envelope!`.
#[derive(Default)]
struct Input {
    runtime: Option<syn::Path>,
    media_type: Option<LitStr>,
    /// An object or an array; a mistake where what stands there is neither.
    body: Part,
}

/// A member of an object, an item of an array, or the body itself.
#[derive(Default)]
struct Part {
    /// The member's name.
    name: Option<LitStr>,
    node: Node,
    /// The value's tokens, without the `?`.
    tokens: TokenStream,
    /// The `?` behind the value.
    optional: Option<Punct>,
}

#[derive(Default)]
enum Node {
    Object(Vec<Part>),
    Array(Vec<Part>),
    /// JSON text.
    Literal(String),
    Slot(Slot),
    /// `..details`
    Spread,
    /// `for field in details`, an item of an array: what stands for each field error and, where there is an `else`, what
    /// stands in their place.
    Each(Vec<Part>),
    /// Not understood, and reported: no other mistake may follow from it.
    #[default]
    Mistake,
}

impl Node {
    /// The parts of an object, an array or a `for`; none of anything else.
    fn parts(&self) -> &[Part] {
        match self {
            Self::Object(parts) | Self::Array(parts) | Self::Each(parts) => parts,
            Self::Literal(_) | Self::Slot(_) | Self::Spread | Self::Mistake => &[],
        }
    }

    /// Whether this node, or one inside it, is such a one.
    fn has(&self, is_meant: &impl Fn(&Self) -> bool) -> bool {
        is_meant(self) || self.parts().iter().any(|part| part.node.has(is_meant))
    }
}

pub(crate) fn envelope(tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let input = match overlong_number(tokens.clone()) {
        None => parse::parse(tokens, &mut errors),
        // syn's reading of it takes as long as its length squared.
        Some(number) => {
            errors.at(number, &no_number_is_that_long());
            Input::default()
        }
    };
    rules::check(&input, &mut errors);
    let runtime = RuntimePath(input.runtime.as_ref());
    match errors.finish() {
        Ok(()) => expand::envelope(&runtime, input.media_type.as_ref(), &input.body),
        Err(mistakes) => expand::no_envelope(&runtime, &mistakes),
    }
}
