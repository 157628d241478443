//! The forms that a key's value can have: a string, a path, a list, nothing. Takes what stands behind the key; gives the
//! value, or reports what should have stood there and skips it.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Lit, LitStr, Token};

use super::keys::{ErrorKey, Key};
use super::list::{KeyAt, ends_here, take_to_comma};
use super::unquoted::not_a_string;
use crate::errors::Errors;
use crate::lang::template::Template;
use crate::lang::words::{did_you_mean, list, nearest};
use crate::lang::{self, Reason};
use crate::literal::check_suffix;
use crate::tokens::is_punct;

/// A value together with the tokens that it was read from.
#[derive(Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) tokens: TokenStream,
}

impl<T> Spanned<T> {
    pub(crate) fn new(value: T, tokens: impl ToTokens) -> Self {
        Self { value, tokens: tokens.into_token_stream() }
    }
}

/// What a key's value should have looked like. What it should have said, the macro cannot know: the form is an example.
pub(super) fn expected(at: &KeyAt, what: &str) -> Reason {
    let name = at.key.name;
    let form = at.key.form(at.place);
    let help = if form == name {
        format!("write `{form}` alone")
    } else if at.key.is(ErrorKey::Omit) {
        // The only way to write it.
        format!("write `{form}`")
    } else {
        format!("it looks like `{form}`")
    };
    Reason::new(format!("`{name}` takes {what}"), help)
}

/// Reports that the value is not `what`, at the value if there is one, else at the key; skips it.
pub(super) fn wrong_value(at: &KeyAt, input: ParseStream<'_>, what: &str, errors: &mut Errors) {
    refuse_value(at, input, &expected(at, what), errors);
}

pub(super) fn refuse_value(at: &KeyAt, input: ParseStream<'_>, reason: &Reason, errors: &mut Errors) {
    let value = take_to_comma(input);
    if value.is_empty() {
        errors.at(&at.ident, reason);
    } else {
        errors.at(value, reason);
    }
}

/// A literal of this kind, if one stands there. It is read once, as syn reads literals slowly.
pub(super) fn literal<T: Parse>(input: ParseStream<'_>) -> Option<T> {
    let fork = input.fork();
    let literal = fork.parse().ok()?;
    input.advance_to(&fork);
    Some(literal)
}

/// `= "text"`. What stands there without quotes is offered with them if it `fits`, which says whether the key takes it.
pub(super) fn string(
    at: &KeyAt,
    input: ParseStream<'_>,
    fits: impl Fn(&str) -> bool,
    errors: &mut Errors,
) -> Option<LitStr> {
    if input.peek(Token![=]) {
        let _ = input.parse::<Token![=]>();
        if let Some(text) = literal::<LitStr>(input) {
            return is_plain(&text, errors).then_some(text);
        }
    }
    let found = take_to_comma(&input.fork());
    let reason = not_a_string(expected(at, "a string"), at, &found, fits);
    refuse_value(at, input, &reason, errors);
    None
}

/// Whether the text has no suffix; reports one.
pub(super) fn is_plain(text: &LitStr, errors: &mut Errors) -> bool {
    check_suffix(text).map_err(|reason| errors.at(text, &reason)).is_ok()
}

/// `= "text"`, of which something can be read.
pub(super) fn text(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<LitStr> {
    filled(string(at, input, |text| !text.is_empty(), errors), at, errors)
}

/// A text of which something can be read.
pub(super) fn filled(text: Option<LitStr>, at: &KeyAt, errors: &mut Errors) -> Option<LitStr> {
    let text = text?;
    if text.value().trim().is_empty() {
        errors.at(text, &empty(at.key));
        return None;
    }
    Some(text)
}

/// `= "text"`, the same for every value of an error, but that its code and status may stand in it.
pub(super) fn constant(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<Spanned<Template>> {
    parsed(text(at, input, errors), |text| lang::constant::parse(at.key.name, text), errors)
}

pub(super) fn empty(key: &Key) -> Reason {
    Reason::new(format!("`{}` is empty", key.name), "write a text, or take the key away")
}

/// `= some::path`, of something that the expansion names outside an impl, where `Self` is nothing.
pub(super) fn path(at: &KeyAt, input: ParseStream<'_>, what: &str, errors: &mut Errors) -> Option<syn::Path> {
    let names_self = |path: &syn::Path| path.segments.iter().any(|segment| segment.ident == "Self");
    read_path(at, input, expected(at, what), errors, |path| !names_self(path))
}

/// `= some::function`, which the expansion calls inside an impl.
pub(super) fn function(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<syn::Path> {
    let mut reason = expected(at, "the path of a function");
    let fork = input.fork();
    let _ = fork.parse::<Token![=]>();
    if fork.peek(Token![|]) || fork.peek(Token![move]) {
        reason = reason
            .with_note("what a closure does goes into a function that is given a reference to the field");
    } else if let Ok(path) = fork.call(syn::Path::parse_mod_style)
        && fork.peek(syn::token::Paren)
    {
        let called = path.to_token_stream().to_string().replace(' ', "");
        reason.help = format!("write `{} = {called}`, without parentheses", at.key.name);
    }
    read_path(at, input, reason, errors, |_| true)
}

/// `= Name`, of something that the expansion makes.
pub(super) fn name(at: &KeyAt, input: ParseStream<'_>, what: &str, errors: &mut Errors) -> Option<Ident> {
    if input.peek(Token![=]) {
        let _ = input.parse::<Token![=]>();
        let fork = input.fork();
        if let Ok(name) = fork.parse::<Ident>()
            && ends_here(&fork)
        {
            take_to_comma(input);
            return Some(name);
        }
    }
    let mut reason = expected(at, what);
    if let Ok(Lit::Str(text)) = input.fork().parse::<Lit>()
        && text.parse::<Ident>().is_ok()
    {
        reason.help = format!("write `{} = {}`, without quotes", at.key.name, text.value());
    }
    refuse_value(at, input, &reason, errors);
    None
}

fn read_path(
    at: &KeyAt,
    input: ParseStream<'_>,
    mut reason: Reason,
    errors: &mut Errors,
    is_meant: impl Fn(&syn::Path) -> bool,
) -> Option<syn::Path> {
    if input.peek(Token![=]) {
        let _ = input.parse::<Token![=]>();
        let fork = input.fork();
        if fork.call(syn::Path::parse_mod_style).is_ok_and(|path| is_meant(&path)) && ends_here(&fork) {
            return input.call(syn::Path::parse_mod_style).ok();
        }
    }
    if let Ok(Lit::Str(text)) = input.fork().parse::<Lit>()
        && text.parse_with(syn::Path::parse_mod_style).is_ok()
    {
        reason.help = format!("write `{} = {}`, without quotes", at.key.name, written_out(&text.value()));
    } else if input.fork().call(syn::Path::parse_mod_style).is_ok_and(|path| path.is_ident("envelope")) {
        "put it into a constant, `const STORY: Envelope = envelope!(…);`, and name that here"
            .clone_into(&mut reason.help);
    }
    refuse_value(at, input, &reason, errors);
    None
}

/// An envelope that errorbook provides is named where it is; of others the user knows.
fn written_out(path: &str) -> String {
    const PROVIDED: [&str; 4] = ["NESTED", "FLAT", "PROBLEM", "JSON_API"];
    if PROVIDED.contains(&path) { format!("errorbook::envelope::{path}") } else { path.to_owned() }
}

/// Nothing behind the key.
pub(super) fn flag(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> bool {
    let bare = ends_here(input);
    if !bare {
        wrong_value(at, input, "no value", errors);
    }
    bare
}

/// `(item, item, …)`: one item at least. `None`: something is wrong, which is reported.
pub(super) fn listed<T>(
    at: &KeyAt,
    input: ParseStream<'_>,
    what: &str,
    errors: &mut Errors,
    read: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<Vec<T>> {
    let list = match input.fork().parse() {
        Ok(TokenTree::Group(list)) if list.delimiter() == Delimiter::Parenthesis => list,
        _ => {
            wrong_value(at, input, what, errors);
            return None;
        }
    };
    let _ = input.parse::<TokenTree>();
    let reason = expected(at, what);
    let is_comma = |token: &TokenTree| is_punct(token, ',');
    let content: Vec<TokenTree> = list.stream().into_iter().collect();
    let content = match content.split_last() {
        Some((end, before)) if is_comma(end) => before,
        _ => &content,
    };
    let mut items = Vec::new();
    let mut is_well_written = true;
    for item in content.split(is_comma) {
        let item: TokenStream = item.iter().cloned().collect();
        if let Ok(value) = (|input: ParseStream<'_>| read(input)).parse2(item.clone()) {
            items.push(value);
            continue;
        }
        is_well_written = false;
        // Between two commas there is nothing to point at.
        errors.at(if item.is_empty() { list.to_token_stream() } else { item }, &reason);
    }
    is_well_written.then_some(items)
}

/// Whether the text passes a check; reports why not.
pub(super) fn holds(text: &LitStr, check: impl Fn(&str) -> Result<(), Reason>, errors: &mut Errors) -> bool {
    is_plain(text, errors) && check(&text.value()).map_err(|reason| errors.at(text, &reason)).is_ok()
}

/// `= "https://…"`.
pub(super) fn link(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<LitStr> {
    let link = filled(string(at, input, |link| lang::link::check(link).is_ok(), errors), at, errors)?;
    holds(&link, lang::link::check, errors).then_some(link)
}

/// `= "text"`, of what is said in one of the small languages.
pub(super) fn language<T>(
    at: &KeyAt,
    input: ParseStream<'_>,
    parse: impl Fn(&str) -> Result<T, Reason>,
    errors: &mut Errors,
) -> Option<Spanned<T>> {
    parsed(string(at, input, |text| parse(text).is_ok(), errors), parse, errors)
}

/// The constant that one of a few words stands for.
pub(super) fn one_of(
    at: &KeyAt,
    input: ParseStream<'_>,
    words: &[(&str, &'static str)],
    [unknown, all]: [&str; 2],
    errors: &mut Errors,
) -> Option<&'static str> {
    let fits = |word: &str| words.iter().any(|(known, _)| *known == word);
    let text = string(at, input, fits, errors)?;
    let word = text.value();
    if let Some((_, constant)) = words.iter().find(|(known, _)| *known == word) {
        return Some(constant);
    }
    let names = || words.iter().map(|(name, _)| *name);
    let help = did_you_mean(nearest(&word, names()), || format!("{all} {}", list(names())));
    errors.at(text, &Reason::new(format!("{unknown} `{word}`"), help));
    None
}

/// What a text says in one of the small languages.
pub(super) fn parsed<T>(
    text: Option<LitStr>,
    parse: impl Fn(&str) -> Result<T, Reason>,
    errors: &mut Errors,
) -> Option<Spanned<T>> {
    let text = text?;
    match parse(&text.value()) {
        Ok(value) => Some(Spanned::new(value, text)),
        Err(reason) => {
            errors.at(text, &reason);
            None
        }
    }
}
