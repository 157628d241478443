//! One `match` over the value, in pieces where the enum is huge: the borrow check of a function grows faster
//! than its `match`, so that past some hundred variants several functions are cheaper than one.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::bounds;
use crate::model::Input;

/// How many arms one function has at most. Measured on 1,000 variants: from 64 to 256 makes no difference; from
/// about 400 on the borrow check dominates.
const ARMS: usize = 128;

/// A method that says something about each variant.
pub(super) struct Matching<'t> {
    /// The method's name behind `__errorbook_`.
    pub(super) name: &'t str,
    /// Its parameters behind `&self`, and how they are handed on.
    pub(super) parameters: TokenStream,
    pub(super) arguments: TokenStream,
    /// `-> T`, or nothing.
    pub(super) output: TokenStream,
    /// What the variants say that have no arm.
    pub(super) otherwise: TokenStream,
    /// Whether each variant has an arm.
    pub(super) is_complete: bool,
    pub(super) arms: Vec<TokenStream>,
    /// What becomes of the arm's value, where that is not the answer itself.
    pub(super) look_up: Option<fn(&TokenStream) -> TokenStream>,
}

/// A method that hands the fields of some variants to a writer; none where no variant has any. `covered` is how many
/// variants the arms stand for.
pub(super) fn expand_writing(
    input: &Input<'_>,
    name: &str,
    writer: &TokenStream,
    arms: Vec<TokenStream>,
    covered: usize,
) -> (Option<TokenStream>, Chunks) {
    if arms.is_empty() {
        return (None, Chunks::new());
    }
    let matching = Matching {
        name,
        parameters: quote!(__out: &mut __p::#writer<'_>),
        arguments: quote!(__out),
        output: TokenStream::new(),
        otherwise: quote!({}),
        is_complete: covered == input.variants.len(),
        arms,
        look_up: None,
    };
    let (method, chunks) = matching.expand();
    (Some(method), chunks)
}

/// The functions that hold what did not fit into one `match`: signatures and bodies.
pub(super) type Chunks = Vec<(TokenStream, TokenStream)>;

impl Matching<'_> {
    /// The method, and the functions that its `match` falls through to.
    pub(super) fn expand(self) -> (TokenStream, Chunks) {
        let Self { name, parameters, arguments, output, otherwise, is_complete, arms, look_up } = self;
        let method = format_ident!("__errorbook_{name}");
        let pieces = arms.len().div_ceil(ARMS).max(1);
        let mut arms = arms.into_iter();
        let chunk_name = |index: usize| -> Ident { format_ident!("__{name}_{index}") };
        let mut body = |index: usize| {
            let arms: TokenStream = arms.by_ref().take(ARMS).collect();
            let rest = if index + 1 < pieces {
                let next = chunk_name(index + 1);
                let leave = look_up.map(|_| quote!(return));
                Some(quote!(_ => #leave self.#next(#arguments),))
            } else {
                // In pieces no `match` is complete by itself, though nothing is left for the last one.
                (!is_complete || index > 0).then(|| quote!(_ => #otherwise,))
            };
            if arms.is_empty() && rest.is_none() {
                // An enum without variants.
                return quote!(match *self {});
            }
            let found = quote!(match self { #arms #rest });
            match look_up {
                Some(look_up) => look_up(&found),
                None => found,
            }
        };
        let first = body(0);
        let chunks = (1..pieces)
            .map(|index| {
                let name = chunk_name(index);
                (quote!(fn #name(&self, #parameters) #output), body(index))
            })
            .collect();
        (quote!(fn #method(&self, #parameters) #output { #first }), chunks)
    }
}

// an enum of 600 variants    becomes    match self { …256 arms… _ => self.__declared_1() }, and so on
pub(super) fn expand_chunks(
    input: &Input<'_>,
    chunks: impl IntoIterator<Item = Chunks>,
) -> Option<TokenStream> {
    let (signatures, bodies): (Vec<_>, Vec<_>) = chunks.into_iter().flatten().unzip();
    if signatures.is_empty() {
        return None;
    }
    let (impl_generics, ty_generics, _) = input.generics.split_for_impl();
    let where_clause = bounds::where_clause(input);
    let ident = input.ident;
    Some(quote! {
        trait __Chunks {
            #(#signatures;)*
        }

        #[automatically_derived]
        impl #impl_generics __Chunks for #ident #ty_generics #where_clause {
            #(#signatures { #bodies })*
        }
    })
}
