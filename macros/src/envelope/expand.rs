//! The tree into tokens: the body's shape, and the steps that write it. Texts between two slots are escaped and
//! joined here, and each comma that is known to be needed is part of them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::LitStr;

use super::slots::Slot;
use super::{Node, Part};
use crate::lang::json;
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
//             &[
//                 __p::Step::Text("{\"code\":"),
//                 __p::Step::Value(__p::Slot::Code),
//                 __p::Step::Text(",\"message\":\""),
//                 __p::Step::Bare(__p::Slot::Message),
//                 __p::Step::Text("\"}"),
//             ],
//         )
//     }
pub(super) fn envelope(runtime: &RuntimePath<'_>, media_type: Option<&LitStr>, body: &Part) -> TokenStream {
    let import = runtime.import();
    let media_type = media_type.map_or_else(|| DEFAULT_MEDIA_TYPE.to_owned(), LitStr::value);
    let shape = expand_node(&body.node);
    let mut steps = Steps::default();
    steps.value(&body.node);
    let steps = steps.finish();
    quote! {
        {
            #import
            __p::envelope(
                #media_type,
                // A `HeaderValue` itself would keep `&ENVELOPE` of a constant from being `&'static`.
                || const { __p::HeaderValue::from_static(#media_type) },
                #shape,
                #steps,
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
impl ToTokens for Slot {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let variant = Ident::new(self.kind.variant, Span::call_site());
        let name = self.name.as_ref().map(|name| quote!((#name)));
        tokens.extend(quote!(__p::Slot::#variant #name));
    }
}

/// Whether something stands before the next part of the object or array that is being written.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    /// Only parts that may have been left out.
    Perhaps,
    Something,
}

/// Steps that are being put together.
#[derive(Default)]
struct Steps {
    done: Vec<TokenStream>,
    /// Constant text, not yet a step: what comes next may be constant too.
    text: String,
}

impl Steps {
    fn push(&mut self, step: TokenStream) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.done.push(quote!(__p::Step::Text(#text)));
        }
        self.done.push(step);
    }

    // { "id": request_id?, "n": [1, 2] }    becomes
    //     &[Text("{"), Optional { lead: "\"id\":", slot: RequestId }, Comma, Text("\"n\":[1,2]}")]
    fn finish(mut self) -> TokenStream {
        if !self.text.is_empty() {
            let text = self.text;
            self.done.push(quote!(__p::Step::Text(#text)));
        }
        let steps = self.done;
        quote!(&[#(#steps),*])
    }

    /// A value that is always written.
    fn value(&mut self, node: &Node) {
        match node {
            Node::Object(members) => {
                self.text.push('{');
                self.parts(members);
                self.text.push('}');
            }
            Node::Array(items) => {
                self.text.push('[');
                self.parts(items);
                self.text.push(']');
            }
            Node::Literal(text) => self.text.push_str(text),
            // message    becomes    Text("…\""), Bare(Message), Text("\"…")
            Node::Slot(slot) if slot.kind.always_a_string => {
                self.text.push('"');
                self.push(quote!(__p::Step::Bare(#slot)));
                self.text.push('"');
            }
            Node::Slot(slot) => self.push(quote!(__p::Step::Value(#slot))),
            Node::Spread | Node::Mistake => {}
        }
    }

    /// What stands between the brackets of an object or array.
    fn parts(&mut self, parts: &[Part]) {
        let mut before = Before::Nothing;
        for part in parts {
            let lead = part.name.as_ref().map(|name| format!("\"{}\":", json::escape(&name.value())));
            let lead = lead.unwrap_or_default();
            let left_out_at_times = match (&part.node, &part.optional) {
                (Node::Spread, _) => Some(spread(parts)),
                (node, Some(_)) => optional(&lead, node),
                (_, None) => None,
            };
            if let Some(step) = left_out_at_times {
                self.push(step);
                if before == Before::Nothing {
                    before = Before::Perhaps;
                }
                continue;
            }
            match before {
                Before::Nothing => {}
                Before::Perhaps => self.push(quote!(__p::Step::Comma)),
                Before::Something => self.text.push(','),
            }
            self.text.push_str(&lead);
            self.value(&part.node);
            before = Before::Something;
        }
    }
}

// "id": request_id?           becomes    Optional { lead: "\"id\":", slot: RequestId }
// "links": { "a": docs_url? }?    becomes
//     Group { lead: "\"links\":{", steps: &[Optional { lead: "\"a\":", slot: DocsUrl }, Text("}")] }
fn optional(lead: &str, node: &Node) -> Option<TokenStream> {
    let mut inner = Steps::default();
    let (open, close) = match node {
        Node::Slot(slot) => return Some(quote!(__p::Step::Optional { lead: #lead, slot: #slot })),
        Node::Object(_) => ('{', '}'),
        Node::Array(_) => ('[', ']'),
        Node::Literal(_) | Node::Spread | Node::Mistake => return None,
    };
    inner.parts(node.parts());
    inner.text.push(close);
    let lead = format!("{lead}{open}");
    let steps = inner.finish();
    Some(quote!(__p::Step::Group { lead: #lead, steps: #steps }))
}

// { "code": code, ..details }    becomes    …, Spread { fixed: &["code"] }, …
fn spread(parts: &[Part]) -> TokenStream {
    let fixed = parts.iter().filter_map(|part| part.name.as_ref()).map(LitStr::value);
    quote!(__p::Step::Spread { fixed: &[#(#fixed),*] })
}
