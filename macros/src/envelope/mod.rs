//! `envelope!`: the JSON body with slots comes in, a constant `Envelope` goes out. First `parse` reads the tokens
//! into the tree below, then `check` applies the rules that need two facts, then `expand` emits. What is written
//! for a slot is the runtime's to know; only the names of slots are known here.

mod check;
mod expand;
mod parse;
mod slots;

use proc_macro2::{Punct, TokenStream};
use syn::LitStr;

use crate::errors::Errors;
use crate::runtime_path::RuntimePath;
use slots::Slot;

/// What was written between the parentheses of `envelope!`.
#[derive(Default)]
struct Input {
    runtime: Option<syn::Path>,
    media_type: Option<LitStr>,
    /// An object; `None` where what stands there is none, and a mistake says so.
    body: Option<Part>,
}

/// A member of an object, an item of an array, or the body itself.
struct Part {
    /// The member's name.
    name: Option<LitStr>,
    node: Node,
    /// The value's tokens, without the `?`.
    tokens: TokenStream,
    /// The `?` behind the value.
    optional: Option<Punct>,
}

enum Node {
    Object(Vec<Part>),
    Array(Vec<Part>),
    /// JSON text.
    Literal(String),
    Slot(Slot),
    /// `..details`
    Spread,
    /// Not understood, and told so already: no other mistake may follow from it.
    Mistake,
}

impl Node {
    /// The parts of an object or array; none of anything else.
    fn parts(&self) -> &[Part] {
        match self {
            Self::Object(parts) | Self::Array(parts) => parts,
            Self::Literal(_) | Self::Slot(_) | Self::Spread | Self::Mistake => &[],
        }
    }

    /// Whether this node, or one inside it, is such a one.
    fn has(&self, is_meant: &impl Fn(&Self) -> bool) -> bool {
        is_meant(self) || self.parts().iter().any(|part| part.node.has(is_meant))
    }
}

pub(crate) fn envelope(input: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let input = parse::parse(input, &mut errors);
    check::check(&input, &mut errors);
    let runtime = RuntimePath(input.runtime.as_ref());
    match &input.body {
        Some(body) if errors.is_empty() => expand::envelope(&runtime, input.media_type.as_ref(), body),
        _ => expand::no_envelope(&runtime, &errors.finish()),
    }
}
