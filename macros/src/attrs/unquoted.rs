//! Takes what stands where a string should; gives what to write. What stands there without quotes is most likely what was
//! meant, but for the name of a constant: a help that would be refused, or mean something else, teaches nothing.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::LitStr;

use super::keys::{ContainerKey, ErrorKey, Key};
use super::list::KeyAt;
use super::unknown::SAY_WHEN;
use crate::lang::{Reason, retry};
use crate::tokens::is_punct;

/// With the string that was most likely meant, if the key takes it; a help that would be refused teaches nothing.
pub(super) fn not_a_string(
    mut reason: Reason,
    at: &KeyAt,
    found: &TokenStream,
    fits: impl Fn(&str) -> bool,
) -> Reason {
    let write = |text: &str| format!("write `{} = {text}`", at.key.name);
    let meant = unquoted(found.clone()).unwrap_or_default();
    let names_something = is_name_of_something(found);
    // The last word of `tracing::Level::WARN`.
    let level = found.to_string().rsplit(' ').next().unwrap_or_default().to_lowercase();
    if let Some(text) = string_at_another_sign(found).filter(|text| fits(&text.value())) {
        reason.help = write(&text.to_token_stream().to_string());
    } else if at.key.is(ErrorKey::Log) && (fits(&level) || level == "false") {
        reason.help = write(&format!("\"{}\"", if level == "false" { "off" } else { &level }));
    } else if fits(&meant) && (!names_something || is_of_cases(at.key)) {
        reason.help = write(&format!("\"{meant}\""));
    } else if names_something && !at.key.is(ContainerKey::Bound) {
        "write the text itself here".clone_into(&mut reason.help);
        reason.note =
            Some("the macro sees the name of a constant or a macro, not the text behind it".to_owned());
    } else if at.key.is(ErrorKey::Retry) {
        reason.help = retry_help(&meant);
    }
    reason
}

/// In whose values capitals are no sign of a constant.
fn is_of_cases(key: &Key) -> bool {
    key.is(ContainerKey::RenameAll) || key.is(ContainerKey::RenameAllDetails)
}

/// `"none"` in `retry("none")`, `retry: "none"` and `retry => "none"`.
fn string_at_another_sign(tokens: &TokenStream) -> Option<LitStr> {
    let mut tokens = tokens.clone().into_iter();
    match tokens.next()? {
        TokenTree::Group(group) => syn::parse2(group.stream()).ok(),
        TokenTree::Punct(sign) if matches!(sign.as_char(), ':' | '>') => syn::parse2(tokens.collect()).ok(),
        _ => None,
    }
}

/// `retry = 30` may be meant in two ways, `retry = true` in many.
fn retry_help(meant: &str) -> String {
    let unit = if meant.ends_with(|last: char| last.is_ascii_digit()) { "s" } else { "" };
    let (wait, count) = (format!("after {meant}{unit}"), format!("backoff, {meant} times"));
    let reads = |rule: &str| retry::parse(rule).is_ok();
    let is_number = meant.starts_with(|first: char| first.is_ascii_digit());
    match (meant, is_number && reads(&wait), is_number && reads(&count)) {
        ("false", ..) => "write `retry = \"none\"`".to_owned(),
        (_, true, true) => {
            format!("write `retry = \"{wait}\"` for a wait, or `retry = \"{count}\"` for a number of repeats")
        }
        (_, true, false) => format!("write `retry = \"{wait}\"`"),
        _ => SAY_WHEN.to_owned(),
    }
}

/// Whether this is not the text but something that stands for it: a path, a constant's name, a macro.
fn is_name_of_something(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(word)] => {
            let word = word.to_string();
            word.contains(char::is_uppercase) && !word.contains(char::is_lowercase)
        }
        [TokenTree::Ident(_), sign, ..] => is_punct(sign, ':') || is_punct(sign, '!'),
        [sign, ..] => is_punct(sign, ':'),
        [] => false,
    }
}

/// What stands here without quotes, or in the parentheses that stand here: `none` in `retry = none` and in `retry(none)`,
/// `kebab-case`, `30s`. `None` for what is no text without them.
fn unquoted(tokens: TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    if let [TokenTree::Group(group)] = tokens.as_slice() {
        return unquoted(group.stream());
    }
    let is_word = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Literal(number) => number.to_string().starts_with(|first: char| first.is_ascii_digit()),
        TokenTree::Punct(_) | TokenTree::Group(_) => is_punct(token, '-'),
    };
    let is_text = !tokens.is_empty() && tokens.iter().all(is_word);
    is_text.then(|| tokens.iter().map(ToString::to_string).collect())
}
