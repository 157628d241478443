//! The table of what was declared: a row for each error, with only what differs from the base.

use std::borrow::Cow;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use super::{ends, expand_held_catalog, retry};
use crate::attrs::either::Header;
use crate::attrs::foreign::ErrorText;
use crate::lang::link;
use crate::model::declared::MetaConstant;
use crate::model::types::option_argument;
use crate::model::{Field, Input, MessageForm, Variant};

// enum StoryError { #[api(status = 404, message = "No such story.")] NotFound }    becomes
//     static __SPECS: [__p::ErrorSpec; 1] = [__p::ErrorSpec {
//         name: "NotFound", code: "not_found", status: 404, title: "Not found",
//         message: "No such story.", more: __p::row::CONSTANT,
//     }];
//     static __BODIES: [__p::PreparedBodies; 1] = [const { __p::PreparedBodies::new() }; 1];
pub(super) fn expand(input: &Input<'_>) -> TokenStream {
    let count = input.own().count();
    let mut parts = Vec::new();
    let mut apart = (count > PART).then_some(&mut parts);
    // One stream of them all, as each stream that is put into another by itself costs the compiler a call.
    let rows: TokenStream =
        input.own().map(|variant| expand_row(input, variant, apart.as_deref_mut())).collect();
    let parts = expand_parts(&parts);
    let (backoff, shared) = (retry::expand_backoff(input), expand_shared(input));
    let envelope = input.envelope().map(|path| {
        // Without a place of the user's, the `&` would draw rustc's errors about the path to the derive.
        let borrow = syn::Token![&](ends(path).0);
        quote!(const __ENVELOPE: &__p::Envelope = #borrow #path;)
    });
    let bodies = (count > 0).then(
        || quote!(static __BODIES: [__p::PreparedBodies; #count] = [const { __p::PreparedBodies::new() }; #count];),
    );
    quote! {
        #backoff
        #shared
        #envelope
        #parts
        static __SPECS: [__p::ErrorSpec; #count] = [#rows];
        #bodies
    }
}

// enum StoryError { …, …, #[api(transparent)] Auth(AuthError) }    becomes
//     const CATALOG: &'static __p::Catalog = &__p::Catalog {
//         type_name: "StoryError", title: "Story error", specs: &__SPECS,
//         nested: &[(2, __p::held::<AuthError>().catalog)], ..__p::Catalog::NOTHING
//     };
pub(super) fn expand_catalog(input: &Input<'_>) -> TokenStream {
    let (type_name, title) = (input.ident.unraw().to_string(), input.catalog_title());
    let mut own = 0usize;
    let (mut nested, mut words) = (Vec::new(), Vec::new());
    for variant in &input.variants {
        match variant.held() {
            // Its errors are in this very catalogue.
            Some(field) if input.is_recursive(field.ty) => {}
            Some(field) => {
                let catalog = expand_held_catalog(field);
                nested.push(quote!((#own, #catalog)));
                words.push(variant.says().map(|words| expand_words(variant, &words)));
            }
            None => own += 1,
        }
    }
    let mut more = TokenStream::new();
    // The doc comment of a struct is its one error's.
    if input.is_enum && !input.description.is_empty() {
        let description = &input.description;
        more.extend(quote!(description: #description,));
    }
    if input.envelope().is_some() {
        more.extend(quote!(envelope: __p::Some(__ENVELOPE),));
    }
    if input.backoff().is_some() {
        more.extend(quote!(backoff: __BACKOFF,));
    }
    let shared = input.shared_codes();
    if !shared.is_empty() {
        more.extend(quote!(shared_codes: &[#(#shared),*],));
    }
    if let Some(places) = expand_places(input) {
        more.extend(quote!(places: #places,));
    }
    if let Some(schemas) = expand_schemas(input) {
        more.extend(quote!(schemas: #schemas,));
    }
    if !nested.is_empty() {
        more.extend(quote!(nested: &[#(#nested),*],));
    }
    if words.iter().any(Option::is_some) {
        let words = words.into_iter().map(|words| words.unwrap_or_else(|| quote!(__p::None)));
        more.extend(quote!(nested_messages: &[#(#words),*],));
    }
    let catalog = quote! {
        __p::Catalog { type_name: #type_name, title: #title, specs: &__SPECS, #more ..__p::Catalog::NOTHING }
    };
    // rustc puts a constant into the program anew for each way that leads to it, and a static once. No static knows
    // the type's parameters.
    let catalog = if !nested.is_empty() && input.held().all(|field| input.is_constant(field.ty)) {
        quote!({ static __CATALOG: __p::Catalog = #catalog; &__CATALOG })
    } else {
        quote!(&#catalog)
    };
    quote!(const CATALOG: &'static __p::Catalog = #catalog;)
}

// #[api(message = "At {at}: {error}")] Step { …, #[api(transparent)] error: AuthError }    becomes
//     __p::Some(__p::MessageSource::Template("At {at}: {error}"))
fn expand_words(variant: &Variant<'_>, words: &MessageForm<'_>) -> TokenStream {
    let source = match (words, &variant.error_text) {
        (MessageForm::Template(_, text), _) => quote!(Template(#text)),
        (MessageForm::Constant(text), _) => quote!(Template(#text)),
        (_, Some(ErrorText::Format { text, .. })) => quote!(Display(__p::Some(#text))),
        _ => quote!(Display(__p::None)),
    };
    quote!(__p::Some(__p::MessageSource::#source))
}

/// Where each error is declared, for those who tell of it by file and line; empty unless the runtime has use for it.
// enum StoryError { … } in src/story.rs    becomes    __p::places!("src/story.rs" 12 20)
fn expand_places(input: &Input<'_>) -> Option<TokenStream> {
    // Outside the compiler, as in our own tests, tokens stand nowhere.
    if !proc_macro::is_available() {
        return None;
    }
    let place = input.ident.span().unwrap();
    let (file, lines) = (place.file(), input.own().map(|variant| variant.ident.span().unwrap().line()));
    let lines = lines.map(Literal::usize_unsuffixed);
    Some(quote!(__p::places!(#file #(#lines)*)))
}

/// The details whose type may tell its JSON Schema, for the runtime to ask. What the looks of a type tell as well is left
/// out, and so is what a function gives, as its type stands nowhere.
// #[api(detail)] brief: Option<Brief>    becomes    __p::schemas!("Invalid" "brief" { Brief })
fn expand_schemas(input: &Input<'_>) -> Option<TokenStream> {
    let mut details = TokenStream::new();
    for variant in input.own() {
        for field in &variant.fields {
            let is_asked = field.is_in_details()
                && field.function().is_none()
                && !field.is_handed_over_as_it_is()
                // It stands in a constant outside the impl.
                && input.is_constant(field.ty);
            if is_asked {
                let ty = option_argument(field.ty).unwrap_or(field.ty);
                let (variant, name) = (variant.name(), field.name());
                details.extend(quote!(#variant #name { #ty }));
            }
        }
    }
    (!details.is_empty()).then(|| quote!(__p::schemas!(#details)))
}

/// How many rows a table has at most in which everything stands that was declared. The time that rustc takes for one
/// constant grows faster than what is in it: 8,000 rows with two details each take it 9 seconds, or 3 in parts. Of 1,000
/// rows, parts of 32 and of 128 take the same.
const PART: usize = 128;

// an enum of 600 errors    becomes
//     static __MORE_0: [__p::MoreSpec; 128] = [__p::MoreSpec { description: "Gone.", ..__p::MoreSpec::CONSTANT }, …];
// and so on, and in its table    more: &__MORE_0[0]
fn expand_parts(mores: &[TokenStream]) -> TokenStream {
    let parts = mores.chunks(PART).enumerate();
    parts
        .map(|(part, mores)| {
            let (name, count) = (format_ident!("__MORE_{part}"), mores.len());
            quote!(static #name: [__p::MoreSpec; #count] = [#(#mores),*];)
        })
        .collect()
}

// #[api(status = 404, message = "No such story.")] NotFound    becomes
//     __p::ErrorSpec { name: "NotFound", code: "not_found", status: 404, …, more: __p::row::CONSTANT },
fn expand_row(input: &Input<'_>, variant: &Variant<'_>, apart: Option<&mut Vec<TokenStream>>) -> TokenStream {
    let (name, code, title) = (variant.name(), &variant.code, variant.title());
    let status = Literal::u16_unsuffixed(variant.status());
    let (message, kind) = message_and_kind(variant);
    let kind = Ident::new(kind, Span::call_site());
    let more = expand_more(input, variant);
    if more.is_empty() {
        return quote! {
            __p::ErrorSpec {
                name: #name, code: #code, status: #status, title: #title,
                message: #message, more: __p::row::#kind
            },
        };
    }
    let mut more = quote!(__p::MoreSpec { #more ..__p::MoreSpec::#kind });
    if let Some(apart) = apart {
        let (part, index) = (format_ident!("__MORE_{}", apart.len() / PART), apart.len() % PART);
        apart.push(more);
        let index = Literal::usize_unsuffixed(index);
        more = quote!(#part[#index]);
    }
    quote! {
        __p::ErrorSpec {
            name: #name, code: #code, status: #status, title: #title,
            message: #message, more: &#more
        },
    }
}

// #[api(remedy = "Top up.", omit(code))]    becomes    remedy: "Top up.", omits_code: true,
/// What is not as in most errors, each `key: value,`.
fn expand_more(input: &Input<'_>, variant: &Variant<'_>) -> TokenStream {
    let mut more = TokenStream::new();
    let mut set = |key: &str, value: TokenStream| {
        let key = format_ident!("{key}");
        more.extend(quote!(#key: #value,));
    };
    if let Some(rule) = retry::expand_rule(input, variant) {
        set("retry", rule);
    }
    if let Some(level) = variant.level(input) {
        let level = format_ident!("{level}");
        set("log", quote!(__p::Some(__p::Level::#level)));
    }
    let description = variant.description();
    if !description.is_empty() {
        set("description", description.to_token_stream());
    }
    if let Some(remedy) = variant.remedy() {
        set("remedy", remedy.to_token_stream());
    }
    if let Some(act) = variant.act() {
        let act = format_ident!("{act}");
        set("act", quote!(__p::Some(__p::Act::#act)));
    }
    if let Some(request) = variant.example_request() {
        set("example_request", request.to_token_stream());
    }
    if let Some(section) = variant.section(input) {
        set("section", section.to_token_stream());
    }
    if let Some(docs) = variant.docs(input) {
        let docs = link::fill(&docs.value(), &variant.code, variant.status());
        set("docs", quote!(__p::Some(#docs)));
    }
    if variant.has_headers_of_type(input) {
        set("headers", quote!(__HEADERS));
    } else if !variant.headers.is_empty() {
        set("headers", expand_headers(&variant.headers));
    }
    if variant.has_meta_of_type(input) {
        set("meta", quote!(__META));
    } else if !variant.meta.is_empty() {
        set("meta", expand_meta(variant));
    }
    if variant.omitted_code().is_some() {
        set("omits_code", quote!(true));
    }
    if let Some(note) = &variant.deprecated {
        set("deprecated", quote!(__p::Some(#note)));
    }
    let mut fields = variant.fields.iter().filter_map(expand_field).peekable();
    if fields.peek().is_some() {
        set("fields", quote!(&[#(#fields),*]));
    }
    more
}

// header("WWW-Authenticate", "Bearer"), header("X-Run", "{run}")    becomes
//     &[__p::HeaderSpec { name: "WWW-Authenticate", value: "Bearer", varies: false },
//       __p::HeaderSpec { name: "X-Run", value: "{run}", varies: true }]
fn expand_headers(headers: &[Header]) -> TokenStream {
    let headers = headers.iter().map(|header| {
        let (name, template) = (&header.name, &header.value.value);
        let (value, varies) = match template.constant() {
            Some(constant) => (constant, false),
            None => (template.written(), true),
        };
        quote!(__p::HeaderSpec { name: #name, value: #value, varies: #varies })
    });
    quote!(&[#(#headers),*])
}

// meta(kind = "billing", number = 10003, fatal = true)    becomes
//     &[("kind", __p::MetaValue::Text("billing")), ("number", __p::MetaValue::Number("10003")),
//       ("fatal", __p::MetaValue::Bool(true))]
fn expand_meta(variant: &Variant<'_>) -> TokenStream {
    let meta = variant.meta().map(|(name, value)| {
        let value = match value {
            MetaConstant::Text(text) => quote!(Text(#text)),
            MetaConstant::Json(json) => match &*json {
                "null" => quote!(Null),
                "true" => quote!(Bool(true)),
                "false" => quote!(Bool(false)),
                number => quote!(Number(#number)),
            },
        };
        quote!((#name, __p::MetaValue::#value))
    });
    quote!(&[#(#meta),*])
}

/// What the type declares for all of its errors, once.
// #[api(meta(kind = "billing"))] enum StoryError { … }    becomes
//     const __META: &[(&__p::str, __p::MetaValue)] = &[("kind", __p::MetaValue::Text("billing"))];
fn expand_shared(input: &Input<'_>) -> TokenStream {
    let mut shared = TokenStream::new();
    if let Some(variant) = input.own().find(|variant| variant.has_headers_of_type(input)) {
        let headers = expand_headers(&variant.headers);
        shared.extend(quote!(const __HEADERS: &[__p::HeaderSpec] = #headers;));
    }
    if let Some(variant) = input.own().find(|variant| variant.has_meta_of_type(input)) {
        let meta = expand_meta(variant);
        shared.extend(quote!(const __META: &[(&__p::str, __p::MetaValue)] = #meta;));
    }
    shared
}

/// The text, and the name of what it is.
fn message_and_kind<'v>(variant: &'v Variant<'_>) -> (Cow<'v, str>, &'static str) {
    match variant.message() {
        MessageForm::ReasonPhrase => ("".into(), "REASON_PHRASE"),
        MessageForm::Constant(text) => (text.into(), "CONSTANT"),
        MessageForm::Template(_, text) => (expand_template(variant, text).into(), "TEMPLATE"),
        MessageForm::Display => match &variant.error_text {
            Some(ErrorText::Format { text, .. }) => (text.value().into(), "DISPLAY"),
            _ => ("".into(), "DISPLAY"),
        },
    }
}

/// The types of the fields that stand in no other part of the row, each with a NUL behind it, one more NUL, and the
/// template.
// "need {need}, have {have}."    becomes    "u64\0u64\0\0need {need}, have {have}."
fn expand_template(variant: &Variant<'_>, text: &str) -> String {
    let mut row = String::new();
    for field in variant.fields_shown_besides() {
        row.push_str(&field.type_text());
        row.push('\0');
    }
    row.push('\0');
    row.push_str(text);
    row
}

// #[api(detail, example = 10)] need: u64    becomes
//     __p::FieldSpec { name: "need", ty: "u64", optional: false, detail: __p::Some("need"), example: …, ..PLAIN }
/// `None`: there is nothing to say of the field.
fn expand_field(field: &Field<'_>) -> Option<TokenStream> {
    let mut roles = TokenStream::new();
    if let Some(name) = field.detail_name() {
        roles.extend(quote!(detail: __p::Some(#name),));
    }
    if field.is_null_kept() {
        roles.extend(quote!(null: true,));
    }
    if let Some(function) = field.function_text() {
        roles.extend(quote!(with: __p::Some(#function),));
    }
    if field.is_whole() {
        roles.extend(quote!(details: true,));
    }
    if field.is_wait() {
        roles.extend(quote!(retry_after: true,));
    }
    if field.is_header() {
        let headers = field.header_names();
        roles.extend(quote!(headers: &[#(#headers),*],));
    }
    if !field.description.is_empty() {
        let description = &field.description;
        roles.extend(quote!(description: #description,));
    }
    if let Some(json) = field.example() {
        roles.extend(quote!(example: __p::Some(#json),));
    }
    if roles.is_empty() && !field.is_in_header {
        return None;
    }
    let (name, ty, optional) = (field.name(), field.type_text(), field.is_option());
    Some(quote! {
        __p::FieldSpec { name: #name, ty: #ty, optional: #optional, #roles ..__p::FieldSpec::PLAIN }
    })
}
