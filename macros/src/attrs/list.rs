//! The loop over the keys of `#[api(…)]`. Takes attributes; gives each key to its reader, and which keys there were. The
//! mistakes that any key can make are reported here, those of its value by who reads it.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Ident, Token};

use super::keys::{ErrorKey, Key, Place, PlaceKey};
use super::unknown::Meant;
use crate::errors::Errors;
use crate::lang::{Reason, status};
use crate::literal::{no_number_is_that_long, overlong_number};
use crate::tokens::is_punct;

/// One key as it stands in the source, for errors about the key itself.
pub(crate) struct KeyAt {
    pub(crate) key: &'static Key,
    pub(crate) ident: Ident,
    pub(crate) place: Place,
}

/// Which keys stand in a place, well written or not: a misspelt `status` is not also a missing one.
#[derive(Default)]
pub(crate) struct Attempted {
    keys: Vec<KeyAt>,
    /// What keys that are misspelt or in the wrong place were meant to be.
    meant: Vec<&'static Key>,
    /// Whether something stands there that may have been meant as any key.
    unclear: bool,
    /// What stands behind the message as if it were an argument.
    arguments: Vec<TokenStream>,
}

impl Attempted {
    /// Whether this key was given, or may have been meant by what stands there instead.
    pub(crate) fn has(&self, key: impl PlaceKey) -> bool {
        self.unclear || self.means(key) || self.keys.iter().any(|at| at.key.is(key))
    }

    /// Whether this key was meant, though it is misspelt or cannot stand there.
    pub(crate) fn means(&self, key: impl PlaceKey) -> bool {
        self.meant.iter().any(|meant| meant.is(key))
    }

    /// Whether this very key stands there, well written or not.
    pub(crate) fn is_given(&self, key: impl PlaceKey) -> bool {
        self.keys.iter().any(|at| at.key.is(key))
    }

    pub(crate) fn keys(&self) -> &[KeyAt] {
        &self.keys
    }

    /// What stands behind the message as if it were an argument of `format!`.
    pub(crate) fn arguments(&self) -> &[TokenStream] {
        &self.arguments
    }
}

/// Reads each `key …` of every `#[api(…)]` among `attrs` and hands it to `read`, which parses the value. A
/// mistake costs its own key: reading goes on behind the next comma.
pub(super) fn each_key<K: PlaceKey>(
    attrs: &[Attribute],
    errors: &mut Errors,
    mut read: impl FnMut(K, &KeyAt, ParseStream<'_>, &mut Errors),
) -> Attempted {
    let mut seen = Attempted::default();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("api")) {
        let list = match &attr.meta {
            syn::Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) => list,
            other => {
                let reason = Reason::new(
                    "`api` takes a list of keys",
                    "write keys in parentheses, as in `#[api(status = 404)]`",
                );
                errors.at(other, &reason);
                seen.unclear = true;
                continue;
            }
        };
        // syn's reading of a number takes as long as its length squared.
        if let Some(number) = overlong_number(list.tokens.clone()) {
            errors.at(number, &no_number_is_that_long());
            seen.unclear = true;
            continue;
        }
        let parsed = (|input: ParseStream<'_>| {
            while !input.is_empty() {
                if let Err(error) = one_key(input, attrs, &mut seen, errors, &mut read) {
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

fn one_key<K: PlaceKey>(
    input: ParseStream<'_>,
    attrs: &[Attribute],
    seen: &mut Attempted,
    errors: &mut Errors,
    read: &mut impl FnMut(K, &KeyAt, ParseStream<'_>, &mut Errors),
) -> syn::Result<()> {
    if seen.keys.last().is_some_and(|at| at.key.is(ErrorKey::Message)) && is_argument::<K>(input) {
        seen.arguments.push(take_to_comma(input));
        return Ok(());
    }
    let Ok(ident) = input.call(Ident::parse_any) else {
        let value: TokenTree = input.parse()?;
        no_key::<K>(value.into(), attrs, errors);
        seen.unclear = true;
        skip_to_comma(input);
        return Ok(());
    };
    if input.peek(Token![::]) {
        let mut path = ident.into_token_stream();
        path.extend(take_to_comma(input));
        no_key::<K>(path, attrs, errors);
        seen.unclear = true;
        return Ok(());
    }
    let (row, key) = match Key::look_up(&ident.to_string(), |key| is_given(key, attrs)) {
        Ok(found) => found,
        Err((reason, meant)) => {
            errors.at(&ident, &reason);
            match meant {
                Meant::Key(key) => seen.meant.push(key),
                Meant::Another => {}
                Meant::Anything => seen.unclear = true,
            }
            skip_to_comma(input);
            return Ok(());
        }
    };
    let name = row.name;
    let first = seen.keys.iter().find(|at| at.key.is(key));
    if let Some(first) = first.filter(|_| !row.is_repeatable()) {
        errors.first_was_here(&first.ident, &format!("`{name}` is first given here"));
        errors.at(&ident, &Reason::new(format!("`{name}` is given twice"), "keep one of them"));
        skip_to_comma(input);
        return Ok(());
    }
    let at = KeyAt { key: row, ident, place: K::PLACE };
    read(key, &at, input, errors);
    seen.keys.push(at);
    Ok(())
}

/// A value without its key, `404` or `StatusCode::NOT_FOUND`.
fn no_key<K: PlaceKey>(value: TokenStream, attrs: &[Attribute], errors: &mut Errors) {
    let written = value.to_string().replace(' ', "");
    let word = written.rsplit(':').next().unwrap_or_default();
    let is_status = status::from_digits(word).is_ok() || status::from_name(word).is_ok();
    let help = if is_status && Key::look_up::<K>("status", |_| false).is_ok() && !is_given("status", attrs) {
        format!("write `status = {word}`")
    } else {
        "keys look like `status = 404`".to_owned()
    };
    errors.at(value, &Reason::new(format!("`{written}` is no key"), help));
}

/// Whether this key stands in one of the lists, well written or not.
fn is_given(key: &str, attrs: &[Attribute]) -> bool {
    let lists = attrs
        .iter()
        .filter(|attr| attr.path().is_ident("api"))
        .filter_map(|attr| attr.meta.require_list().ok());
    lists.into_iter().any(|list| {
        let tokens: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
        let mut items = tokens.split(|token| is_punct(token, ','));
        items.any(|item| matches!(item.first(), Some(TokenTree::Ident(word)) if *word == key))
    })
}

/// Whether this looks like an argument of a message: `.0`, `self.id`, `id`, `id.len()`, `why = .0`.
fn is_argument<K: PlaceKey>(input: ParseStream<'_>) -> bool {
    let is_of_self = |input: ParseStream<'_>| input.peek(Token![.]) || input.peek(Token![self]);
    if is_of_self(input) {
        return true;
    }
    let fork = input.fork();
    let Ok(word) = fork.call(Ident::parse_any) else { return false };
    // A key that is misspelt is none, and is near one.
    if !matches!(Key::look_up::<K>(&word.to_string(), |_| false), Err((_, Meant::Another | Meant::Anything)))
    {
        return false;
    }
    fork.is_empty()
        || fork.peek(Token![,])
        || fork.peek(Token![.])
        || fork.parse::<Token![=]>().is_ok() && is_of_self(&fork)
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
pub(super) fn ends_here(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,]) || input.peek(Token![;]) || input.peek(Ident::peek_any)
}

fn skip_to_comma(input: ParseStream<'_>) {
    take_to_comma(input);
}

/// What stands before the next comma.
pub(super) fn take_to_comma(input: ParseStream<'_>) -> TokenStream {
    let mut before = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        let Ok(token) = input.parse::<TokenTree>() else { break };
        before.extend([token]);
    }
    before
}
