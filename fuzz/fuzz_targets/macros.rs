//! Takes bytes; makes tokens of them, a text that Rust lexes or words of the attributes in any order, and gives them to
//! the derive and to `envelope!`: both answer with tokens and never panic.
#![no_main]
// Not all of the macros' parts are used from here.
#![allow(dead_code, unreachable_pub)]

// As in a crate of macros: they ask it whether the compiler runs them.
extern crate proc_macro;

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

#[path = "../../macros/src/attrs/mod.rs"]
mod attrs;
#[path = "../../macros/src/bounds.rs"]
mod bounds;
#[path = "../../macros/src/check/mod.rs"]
mod check;
#[path = "../../macros/src/derive.rs"]
mod derive;
#[path = "../../macros/src/envelope/mod.rs"]
mod envelope;
#[path = "../../macros/src/errors.rs"]
mod errors;
#[path = "../../macros/src/expand/mod.rs"]
mod expand;
#[path = "../../macros/src/lang/mod.rs"]
mod lang;
#[path = "../../macros/src/literal.rs"]
mod literal;
#[path = "../../macros/src/model/mod.rs"]
mod model;
#[path = "../../macros/src/runtime_path.rs"]
mod runtime_path;
#[path = "../../macros/src/tokens.rs"]
mod tokens;

/// What stands in declarations; a byte each.
const WORDS: &[&str] = &[
    "#[api(",
    "#[error(",
    ")]",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    "=",
    ":",
    ";",
    "?",
    "..",
    ".",
    "-",
    "'a ",
    "T ",
    "<T>",
    "enum E ",
    "struct S ",
    "union U ",
    "where ",
    "pub ",
    "A ",
    "B ",
    "a: ",
    "b: ",
    "u64 ",
    "String ",
    "&'a str ",
    "Option<u64> ",
    "Box<dyn Error> ",
    "Duration ",
    "status ",
    "none ",
    "code ",
    "message ",
    "display ",
    "title ",
    "description ",
    "remedy ",
    "section ",
    "docs ",
    "header ",
    "meta ",
    "omit(code) ",
    "log ",
    "transparent ",
    "decode ",
    "decode = false ",
    "codes ",
    "PhantomData<T> ",
    "public ",
    "detail ",
    "details ",
    "null ",
    "with ",
    "retry ",
    "retry_after ",
    "example ",
    "envelope ",
    "rename_all ",
    "rename_all_details ",
    "backoff ",
    "shared_codes ",
    "catalog_title ",
    "skip(axum) ",
    "bound ",
    "crate ",
    "404 ",
    "500 ",
    "NOT_FOUND ",
    "StatusCode::GONE ",
    "1e999 ",
    "true ",
    "\"\"",
    "\"x\"",
    "\"{a}\"",
    "\"{0:>1$}\"",
    "\"{a:.b$} {{\"",
    "\"{\"",
    "\"{code}{status}\"",
    "\"after 30s..60s, once\"",
    "\"backoff 1s 2s\"",
    "\"after\"",
    "\"not_found\"",
    "\"NOT_FOUND\"",
    "\"SCREAMING_SNAKE_CASE\"",
    "\"X-A\"",
    "\"application/json\"",
    "r#\"raw\"#",
    "'c' ",
    "b\"b\"",
    "::errorbook ",
    "self::X ",
    "for field in details ",
    "else ",
    "field.pointer ",
    "request_id ",
    "context.run ",
    "meta.kind ",
    "docs_url ",
    "retryable ",
    "source: ",
    "#[source]",
    "#[from]",
    "#[deprecated]",
    "#[allow(deprecated)]",
    "/// doc\n",
    "macro!() ",
    "größe ",
    "r#type ",
    "status_string ",
    "..details ",
];

/// What begins like a declaration or a body is one; other bytes are words.
fn text(data: &[u8]) -> Option<String> {
    match data.first()? {
        b'#' | b'/' | b'{' | b'[' => std::str::from_utf8(data).ok().map(str::to_owned),
        _ => Some(data.iter().map(|word| WORDS[usize::from(*word) % WORDS.len()]).collect()),
    }
}

fuzz_target!(|data: &[u8]| {
    let Some(tokens) = text(data).and_then(|text| text.parse::<TokenStream>().ok()) else { return };
    assert!(!envelope::envelope(tokens.clone()).is_empty());
    derive::derive(tokens);
});
