//! What `#[api(…)]` declares of a field. Takes its attributes; gives the values of its keys.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Attribute, Lit, LitStr, Path, Token, braced, bracketed, token};

use super::keys::FieldKey;
use super::list::{Attempted, KeyAt, each_key, ends_here};
use super::values::{flag, function, string, text, wrong_value};
use crate::errors::Errors;
use crate::lang::{Reason, header, json};
use crate::literal::{negative_to_json, to_json};

/// The values of a field's keys, each with the key's own tokens where the model must point at it.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) attempted: Attempted,
    /// `detail`, with the name if one was given.
    pub(crate) detail: Option<(Ident, Option<LitStr>)>,
    pub(crate) details: Option<Ident>,
    pub(crate) null: Option<Ident>,
    /// The function, with its key.
    pub(crate) with: Option<(Ident, Path)>,
    pub(crate) retry_after: Option<Ident>,
    pub(crate) headers: Vec<LitStr>,
    /// A cause that callers may read of.
    pub(crate) is_public: bool,
    /// The sample value, as JSON.
    pub(crate) example: Option<String>,
    pub(crate) transparent: Option<Ident>,
    /// The function that makes the field of what was sent, with its key.
    pub(crate) decode: Option<(Ident, Path)>,
}

impl FieldAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut found = Self::default();
        found.attempted =
            each_key(attrs, errors, |key, at, input, errors| found.read(key, at, input, errors));
        found
    }

    fn read(&mut self, key: FieldKey, at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) {
        match key {
            FieldKey::Detail => {
                if ends_here(input) {
                    self.detail = Some((at.ident.clone(), None));
                } else if let Some(name) = text(at, input, errors) {
                    self.detail = Some((at.ident.clone(), Some(name)));
                }
            }
            FieldKey::Details => self.details = flag(at, input, errors).then(|| at.ident.clone()),
            FieldKey::Null => self.null = flag(at, input, errors).then(|| at.ident.clone()),
            FieldKey::With => self.with = function(at, input, errors).map(|path| (at.ident.clone(), path)),
            FieldKey::RetryAfter => self.retry_after = flag(at, input, errors).then(|| at.ident.clone()),
            FieldKey::Header => {
                if let Some(name) = string(at, input, is_header_name, errors) {
                    let is_same = |known: &&LitStr| known.value().eq_ignore_ascii_case(&name.value());
                    match (header::check_name(&name.value()), self.headers.iter().find(is_same)) {
                        (Ok(()), None) => self.headers.push(name),
                        (Ok(()), Some(first)) => {
                            errors.first_was_here(first, "the field is this header's value already");
                            let wrong = format!("the header `{}` would be sent twice", name.value());
                            errors.at(&name, &Reason::new(wrong, "keep one of them"));
                        }
                        (Err(reason), _) => errors.at(&name, &reason),
                    }
                }
            }
            FieldKey::Public => self.is_public = flag(at, input, errors),
            FieldKey::Example => self.example = read_example(at, input, errors),
            FieldKey::Decode => {
                self.decode = function(at, input, errors).map(|path| (at.ident.clone(), path));
            }
            FieldKey::Transparent => self.transparent = flag(at, input, errors).then(|| at.ident.clone()),
        }
    }
}

/// Whether a word that stands there without quotes was most likely meant as a name.
fn is_header_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic()) && header::check_name(word).is_ok()
}

/// `= LITERAL`, or a list or an object of such, as the JSON that it is.
fn read_example(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<String> {
    const WHAT: &str = "a value as in JSON: a string, a number, `true`, `false`, a list or an object";
    if !input.peek(Token![=]) {
        wrong_value(at, input, WHAT, errors);
        return None;
    }
    let _ = input.parse::<Token![=]>();
    let fork = input.fork();
    let value = read_json(&fork).ok().filter(|_| fork.is_empty() || fork.peek(Token![,]));
    let Some(value) = value else {
        wrong_value(at, input, WHAT, errors);
        return None;
    };
    input.advance_to(&fork);
    value.map_err(|(tokens, reason)| errors.at(tokens, &reason)).ok()
}

/// A value, or what is wrong with a literal in it; an error where none stands at all.
fn read_json(input: ParseStream<'_>) -> syn::Result<Result<String, (TokenStream, Reason)>> {
    if input.peek(token::Bracket) {
        let content;
        bracketed!(content in input);
        let items = content.parse_terminated(read_json, Token![,])?;
        let items: Result<Vec<_>, _> = items.into_iter().collect();
        return Ok(items.map(|items| format!("[{}]", items.join(","))));
    }
    if input.peek(token::Brace) {
        let content;
        braced!(content in input);
        let member = |input: ParseStream<'_>| {
            let name: LitStr = input.parse()?;
            input.parse::<Token![:]>()?;
            let value = read_json(input)?;
            Ok(value.map(|value| format!("{}:{value}", json::string(&name.value()))))
        };
        let members = content.parse_terminated(member, Token![,])?;
        let members: Result<Vec<_>, _> = members.into_iter().collect();
        return Ok(members.map(|members| format!("{{{}}}", members.join(","))));
    }
    let minus: Option<Token![-]> = input.parse()?;
    let literal: Lit = input.parse()?;
    let json = if minus.is_some() { negative_to_json(&literal) } else { to_json(&literal) };
    let mut tokens = minus.to_token_stream();
    literal.to_tokens(&mut tokens);
    Ok(json.map_err(|reason| (tokens, reason)))
}
