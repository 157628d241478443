//! The tree into tokens: the body's shape, and nothing else. How it is written is the runtime's to know.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::LitStr;

use super::slots::{FIELD, Slot};
use super::{Node, Part};
use crate::runtime_path::RuntimePath;

const DEFAULT_MEDIA_TYPE: &str = "application/json";

// envelope!({ "code": code, "message": message })    becomes
//     {
//         use ::errorbook::__private as __p;
//         __p::envelope(
//             "application/json",
//             || const { __p::HeaderValue::from_static("application/json") },
//             __p::Node::Object(&[
//                 __p::Part { name: "code", node: __p::Node::Slot(__p::Slot::Code), optional: false },
//                 __p::Part { name: "message", node: __p::Node::Slot(__p::Slot::Message), optional: false },
//             ]),
//         )
//     }
pub(super) fn envelope(runtime: &RuntimePath<'_>, media_type: Option<&LitStr>, body: &Part) -> TokenStream {
    let import = runtime.import();
    let media_type = media_type.map_or_else(|| DEFAULT_MEDIA_TYPE.to_owned(), LitStr::value);
    let shape = expand_node(&body.node);
    quote! {
        {
            #import
            __p::envelope(
                #media_type,
                // A `HeaderValue` itself would keep `&ENVELOPE` of a constant from being `&'static`.
                || const { __p::HeaderValue::from_static(#media_type) },
                #shape,
            )
        }
    }
}

/// What stands in for an envelope that has mistakes.
pub(super) fn no_envelope(runtime: &RuntimePath<'_>, errors: &TokenStream) -> TokenStream {
    let import = runtime.import();
    quote!({ #import #errors __p::NO_ENVELOPE })
}

// ["a", code]    becomes    __p::Node::Array(&[__p::Part { name: "", node: … }, __p::Part { name: "", node: … }])
// for field in details field.code else code    becomes
//     __p::Node::Each(&[__p::Part { name: "", node: … }, __p::Part { name: "", node: … }])
fn expand_node(node: &Node) -> TokenStream {
    match node {
        Node::Object(members) => {
            let parts = members.iter().map(expand_part);
            quote!(__p::Node::Object(&[#(#parts),*]))
        }
        Node::Array(items) => {
            let parts = items.iter().map(expand_part);
            quote!(__p::Node::Array(&[#(#parts),*]))
        }
        Node::Each(items) => {
            let parts = items.iter().map(expand_part);
            quote!(__p::Node::Each(&[#(#parts),*]))
        }
        Node::Literal(text) => quote!(__p::Node::Literal(#text)),
        Node::Slot(slot) => quote!(__p::Node::Slot(#slot)),
        Node::Spread | Node::Mistake => quote!(__p::Node::Spread),
    }
}

// "id": request_id?    becomes
//     __p::Part { name: "id", node: __p::Node::Slot(__p::Slot::RequestId), optional: true }
fn expand_part(part: &Part) -> TokenStream {
    let name = part.name.as_ref().map(LitStr::value).unwrap_or_default();
    let node = expand_node(&part.node);
    let optional = part.optional.is_some();
    quote!(__p::Part { name: #name, node: #node, optional: #optional })
}

// context.run_id    becomes    __p::Slot::Context("run_id")
// field.code        becomes    __p::Slot::FieldCode
impl ToTokens for Slot {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let variant = Ident::new(self.variant(), Span::call_site());
        let name = self.name.as_ref().filter(|_| !self.is(FIELD)).map(|name| quote!((#name)));
        tokens.extend(quote!(__p::Slot::#variant #name));
    }
}
