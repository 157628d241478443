//! What stands in `#[api(…)]`, and in the attributes of others that matter here. The loop over the keys is
//! in this file, with the mistakes that any key can make; what one place declares is in its own.

pub(crate) mod container;
pub(crate) mod error_text;
pub(crate) mod field;
pub(crate) mod keys;
pub(crate) mod variant;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Ident, Lit, LitStr, Token};

use crate::errors::Errors;
use crate::lang::Reason;
use crate::literal::check_suffix;
use crate::tokens::is_punct;
use keys::{Key, Place};

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

/// One key as it stands in the source, for errors about the key itself.
pub(crate) struct KeyAt {
    pub(crate) key: Key,
    pub(crate) ident: Ident,
    pub(crate) place: Place,
}

/// Which keys stand in a place, well written or not: a misspelt `status` is not also a missing one.
#[derive(Default)]
pub(crate) struct Attempted {
    keys: Vec<KeyAt>,
    /// What keys that are misspelt or in the wrong place were meant to be.
    meant: Vec<Key>,
    /// Whether something stands there that may have been meant as any key.
    unclear: bool,
}

impl Attempted {
    /// Whether this key was given, or may have been meant by what stands there instead.
    pub(crate) fn has(&self, key: Key) -> bool {
        self.unclear || self.means(key) || self.find(key).is_some()
    }

    /// Whether this key was meant, though it is misspelt or cannot stand there.
    pub(crate) fn means(&self, key: Key) -> bool {
        self.meant.contains(&key)
    }

    pub(crate) fn find(&self, key: Key) -> Option<&KeyAt> {
        self.keys.iter().find(|at| at.key == key)
    }

    pub(crate) fn keys(&self) -> &[KeyAt] {
        &self.keys
    }
}

/// Reads each `key …` of every `#[api(…)]` among `attrs` and hands it to `read`, which parses the value. A
/// mistake costs its own key: reading goes on behind the next comma.
fn each_key(
    attrs: &[Attribute],
    place: Place,
    errors: &mut Errors,
    mut read: impl FnMut(&KeyAt, ParseStream<'_>, &mut Errors),
) -> Attempted {
    let mut seen = Attempted::default();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("api")) {
        let list = match &attr.meta {
            syn::Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) => list,
            other => {
                let reason = Reason::new("`api` takes a list of keys", "write `#[api(status = 404)]`");
                errors.at(other, &reason);
                seen.unclear = true;
                continue;
            }
        };
        let parsed = (|input: ParseStream<'_>| {
            while !input.is_empty() {
                if let Err(error) = one_key(input, place, &mut seen, errors, &mut read) {
                    errors.syntax(error);
                    skip_to_comma(input);
                }
                if input.is_empty() {
                    break;
                }
                if input.peek(Token![,]) {
                    input.parse::<Token![,]>()?;
                } else {
                    read_missing_comma(input, errors);
                }
            }
            Ok(())
        })
        .parse2(list.tokens.clone());
        if let Err(error) = parsed {
            errors.syntax(error);
        }
    }
    seen
}

fn one_key(
    input: ParseStream<'_>,
    place: Place,
    seen: &mut Attempted,
    errors: &mut Errors,
    read: &mut impl FnMut(&KeyAt, ParseStream<'_>, &mut Errors),
) -> syn::Result<()> {
    let Ok(ident) = input.call(Ident::parse_any) else {
        let token: TokenTree = input.parse()?;
        errors.at(&token, &Reason::new(format!("`{token}` is no key"), "keys look like `status = 404`"));
        seen.unclear = true;
        skip_to_comma(input);
        return Ok(());
    };
    let key = match Key::look_up(&ident.to_string(), place) {
        Ok(key) => key,
        Err((reason, meant)) => {
            errors.at(&ident, &reason);
            seen.unclear |= meant.is_none();
            seen.meant.extend(meant);
            skip_to_comma(input);
            return Ok(());
        }
    };
    if let Some(first) = seen.find(key).filter(|_| !key.is_repeatable()) {
        let name = key.name();
        errors.first_was_here(&first.ident, &format!("`{name}` is first given here"));
        errors.at(&ident, &Reason::new(format!("`{name}` is given twice"), "keep one of them"));
        skip_to_comma(input);
        return Ok(());
    }
    let at = KeyAt { key, ident: ident.clone(), place };
    read(&at, input, errors);
    seen.keys.push(at);
    Ok(())
}

/// Reports what stands where a comma should. Reading goes on there if it looks like another key, so that this
/// key is not missing too.
fn read_missing_comma(input: ParseStream<'_>, errors: &mut Errors) {
    let Ok(stray) = input.fork().parse::<TokenTree>() else { return };
    let wrong = match &stray {
        TokenTree::Ident(key) => format!("a comma is missing before `{key}`"),
        TokenTree::Punct(_) | TokenTree::Literal(_) => format!("`{stray}` stands where a comma should"),
        TokenTree::Group(_) => "a list stands where a comma should".to_owned(),
    };
    errors.at(&stray, &Reason::new(wrong, "put a `,` between two keys"));
    if input.peek(Token![;]) {
        let _ = input.parse::<Token![;]>();
    } else if !input.peek(Ident::peek_any) {
        skip_to_comma(input);
        let _ = input.parse::<Option<Token![,]>>();
    }
}

/// Whether a value ends here: what follows is its comma, or looks as if that was forgotten.
fn ends_here(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,]) || input.peek(Token![;]) || input.peek(Ident::peek_any)
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

/// What a key's value should have looked like.
fn expected(at: &KeyAt, what: &str) -> Reason {
    let name = at.key.name();
    Reason::new(format!("`{name}` takes {what}"), format!("write `{}`", at.key.form(at.place)))
}

/// Reports that the value is not `what`, at the value if there is one, else at the key; skips it.
fn wrong_value(at: &KeyAt, input: ParseStream<'_>, what: &str, errors: &mut Errors) {
    refuse_value(at, input, &expected(at, what), errors);
}

fn refuse_value(at: &KeyAt, input: ParseStream<'_>, reason: &Reason, errors: &mut Errors) {
    if input.is_empty() || input.peek(Token![,]) {
        errors.at(&at.ident, reason);
    } else if let Ok(rest) = input.step(|cursor| {
        let mut rest = TokenStream::new();
        let mut cursor = *cursor;
        while let Some((token, next)) = cursor.token_tree() {
            if is_punct(&token, ',') {
                break;
            }
            rest.extend([token]);
            cursor = next;
        }
        Ok((rest, cursor))
    }) {
        errors.at(rest, reason);
    }
}

/// A literal of this kind, if one stands there. It is read once, as syn reads literals slowly.
fn literal<T: Parse>(input: ParseStream<'_>) -> Option<T> {
    let fork = input.fork();
    let literal = fork.parse().ok()?;
    input.advance_to(&fork);
    Some(literal)
}

/// `= "text"`.
fn string(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<LitStr> {
    if input.peek(Token![=]) {
        let _ = input.parse::<Token![=]>();
        if let Some(text) = literal::<LitStr>(input) {
            return without_suffix(text, errors);
        }
    }
    let mut reason = expected(at, "a string");
    // What was written without quotes is most likely what was meant.
    if let Some(word) = bare_word(input) {
        reason.help = format!("write `{} = \"{word}\"`", at.key.name());
    } else if at.key == Key::Retry
        && let Some(seconds) = literal::<syn::LitInt>(&input.fork())
    {
        reason.help = format!("write `retry = \"after {}s\"`", seconds.base10_digits());
    }
    refuse_value(at, input, &reason, errors);
    None
}

fn without_suffix(text: LitStr, errors: &mut Errors) -> Option<LitStr> {
    check_suffix(&text).map_err(|reason| errors.at(&text, &reason)).ok()?;
    Some(text)
}

/// `= "text"`, of which something can be read.
fn text(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<LitStr> {
    let text = string(at, input, errors)?;
    if text.value().trim().is_empty() {
        errors.at(text, &empty(at.key));
        return None;
    }
    Some(text)
}

fn empty(key: Key) -> Reason {
    Reason::new(format!("`{}` is empty", key.name()), "write a text, or take the key away")
}

/// The one word that stands here, or in the parentheses that stand here: `none` in `retry = none` and in
/// `retry(none)`.
fn bare_word(input: ParseStream<'_>) -> Option<String> {
    match input.fork().parse().ok()? {
        TokenTree::Group(group) => {
            let mut tokens = group.stream().into_iter();
            match (tokens.next()?, tokens.next()) {
                (TokenTree::Ident(word), None) => Some(word.to_string()),
                _ => None,
            }
        }
        TokenTree::Ident(word) => {
            let fork = input.fork();
            let _ = fork.parse::<TokenTree>();
            (fork.is_empty() || fork.peek(Token![,])).then(|| word.to_string())
        }
        _ => None,
    }
}

/// `= some::path`.
fn path(at: &KeyAt, input: ParseStream<'_>, what: &str, errors: &mut Errors) -> Option<syn::Path> {
    if input.peek(Token![=]) {
        let _ = input.parse::<Token![=]>();
        let fork = input.fork();
        // No expansion names it inside an impl, where alone `Self` is something.
        let names_self = |path: syn::Path| path.segments.iter().any(|segment| segment.ident == "Self");
        if fork.call(syn::Path::parse_mod_style).is_ok_and(|path| !names_self(path)) && ends_here(&fork) {
            return input.call(syn::Path::parse_mod_style).ok();
        }
    }
    let mut reason = expected(at, what);
    if let Ok(Lit::Str(text)) = input.fork().parse::<Lit>()
        && text.parse_with(syn::Path::parse_mod_style).is_ok()
    {
        reason.help = format!("write `{} = {}`, without quotes", at.key.name(), text.value());
    } else if input.fork().call(syn::Path::parse_mod_style).is_ok_and(|path| path.is_ident("envelope")) {
        "put it into a constant, `const STORY: Envelope = envelope!(…);`, and name that here"
            .clone_into(&mut reason.help);
    }
    refuse_value(at, input, &reason, errors);
    None
}

/// Nothing behind the key.
fn flag(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> bool {
    let bare = ends_here(input);
    if !bare {
        wrong_value(at, input, "no value", errors);
    }
    bare
}

/// `(item, item, …)`: one item at least. `None`: something is wrong, which is reported.
fn listed<T>(
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

/// The text of the doc comments, its lines joined, without the space behind `///`.
pub(crate) fn doc_comment(attrs: &[Attribute]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        let syn::Meta::NameValue(pair) = &attr.meta else { continue };
        let syn::Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { continue };
        let text = text.value();
        // In a block comment each line may begin with an asterisk.
        let mut written = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let is_block = text.starts_with('\n') && written.all(|line| line.starts_with('*'));
        lines.extend(text.split('\n').map(|line| {
            let line = if is_block { line.trim_start().trim_start_matches('*') } else { line };
            line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()
        }));
    }
    lines.join("\n").trim().to_owned()
}

/// The note of `#[deprecated]`; empty where it has none.
pub(crate) fn deprecation(attrs: &[Attribute]) -> Option<String> {
    let attr = attrs.iter().find(|attr| attr.path().is_ident("deprecated"))?;
    let mut note = String::new();
    match &attr.meta {
        syn::Meta::NameValue(pair) => {
            if let syn::Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = &pair.value {
                note = text.value();
            }
        }
        // What rustc does not accept there it says itself.
        _ => drop(attr.parse_nested_meta(|meta| {
            let text = meta.value()?.parse::<LitStr>()?.value();
            if meta.path.is_ident("note") {
                note = text;
            }
            Ok(())
        })),
    }
    Some(note)
}
