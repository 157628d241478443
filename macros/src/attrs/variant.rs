//! What `#[api(…)]` declares of one error. Takes the attributes of a variant, or one key of a struct; gives the values of
//! the error's keys.

use proc_macro2::{Ident, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, LitStr, Token};

use super::keys::ErrorKey;
use super::list::{Attempted, KeyAt, each_key, ends_here};
use super::values::{
    Spanned, empty, expected, flag, holds, is_plain, link, listed, literal, parsed, refuse_value, string,
    text, wrong_value,
};
use crate::errors::Errors;
use crate::lang::words::{did_you_mean, list, nearest};
use crate::lang::{Reason, code, header, retry, status, template};

/// The status: a number, or none because the error never answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Number(u16),
    None,
}

/// Where the message comes from, as it stands there.
pub(crate) enum Message {
    Template(template::Template, String),
    Display,
}

/// The levels of `log`.
pub(crate) const LEVELS: &[(&str, &str)] = &[
    ("error", "Error"),
    ("warn", "Warn"),
    ("info", "Info"),
    ("debug", "Debug"),
    ("trace", "Trace"),
    ("off", "Off"),
];

/// The values of one error's keys.
#[derive(Default)]
pub(crate) struct VariantAttrs {
    pub(crate) attempted: Attempted,
    pub(crate) status: Option<Spanned<Status>>,
    pub(crate) code: Option<LitStr>,
    pub(crate) retry: Option<Spanned<retry::Rule>>,
    pub(crate) message: Option<Spanned<Message>>,
    pub(crate) title: Option<LitStr>,
    pub(crate) description: Option<LitStr>,
    pub(crate) remedy: Option<LitStr>,
    pub(crate) section: Option<LitStr>,
    pub(crate) docs: Option<LitStr>,
    pub(crate) headers: Vec<(LitStr, LitStr)>,
    pub(crate) meta: Vec<(Ident, LitStr)>,
    pub(crate) omits_code: Option<Ident>,
    /// The name of the `Level` constant.
    pub(crate) log: Option<&'static str>,
    pub(crate) transparent: Option<Ident>,
}

impl VariantAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut found = Self::default();
        found.attempted =
            each_key(attrs, errors, |key, at, input, errors| found.read(key, at, input, errors));
        found
    }

    pub(super) fn read(&mut self, key: ErrorKey, at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) {
        match key {
            ErrorKey::Status => self.status = read_status(at, input, errors),
            ErrorKey::Code => {
                self.code = string(at, input, errors).filter(|text| holds(text, code::check, errors));
            }
            ErrorKey::Retry => self.retry = parsed(string(at, input, errors), retry::parse, errors),
            ErrorKey::Message => self.message = read_message(at, input, errors),
            ErrorKey::Title => self.title = text(at, input, errors),
            ErrorKey::Description => self.description = text(at, input, errors),
            ErrorKey::Remedy => self.remedy = text(at, input, errors),
            ErrorKey::Section => self.section = text(at, input, errors),
            ErrorKey::Docs => self.docs = link(at, input, errors),
            ErrorKey::Header => self.headers.extend(read_header(at, input, errors)),
            ErrorKey::Meta => self.read_meta(at, input, errors),
            ErrorKey::Omit => {
                let is_code = |content: ParseStream<'_>| {
                    let ident: Ident = content.parse()?;
                    if ident == "code" { Ok(ident) } else { Err(content.error("not `code`")) }
                };
                let words = listed(at, input, "the word `code`", errors, is_code);
                self.omits_code = words.and_then(|mut words| words.pop());
            }
            ErrorKey::Log => self.log = string(at, input, errors).and_then(|text| read_level(&text, errors)),
            ErrorKey::Transparent => self.transparent = flag(at, input, errors).then(|| at.ident.clone()),
        }
    }

    fn read_meta(&mut self, at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) {
        let pair = |content: ParseStream<'_>| {
            let name = content.call(Ident::parse_any)?;
            content.parse::<Token![=]>()?;
            Ok((name, content.parse::<LitStr>()?))
        };
        for (name, value) in listed(at, input, "named strings", errors, pair).unwrap_or_default() {
            match self.meta.iter().find(|(earlier, _)| earlier.unraw() == name.unraw()) {
                Some((first, _)) => {
                    errors.first_was_here(first, &format!("`{name}` is first given here"));
                    errors.at(&name, &Reason::new(format!("`{name}` is given twice"), "keep one of them"));
                }
                None if is_plain(&value, errors) => self.meta.push((name, value)),
                None => {}
            }
        }
    }
}

/// `= 402`, `= PAYMENT_REQUIRED` or `= none`.
fn read_status(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<Spanned<Status>> {
    const WHAT: &str = "a number, a name like `NOT_FOUND`, or `none`";
    if !input.peek(Token![=]) {
        wrong_value(at, input, WHAT, errors);
        return None;
    }
    let _ = input.parse::<Token![=]>();
    let found = if input.peek(syn::LitInt) && ends_after_one_token(input) {
        let number: syn::LitInt = input.parse().ok()?;
        if number.suffix().is_empty() || number.suffix() == "u16" {
            status::from_digits(number.base10_digits())
                .map(|status| Spanned::new(Status::Number(status), &number))
        } else {
            Err(expected(at, WHAT))
        }
        .map_err(|reason| errors.at(&number, &reason))
    } else if input.peek(Ident::peek_any) && ends_after_one_token(input) {
        let name = input.call(Ident::parse_any).ok()?;
        if name == "none" {
            Ok(Spanned::new(Status::None, &name))
        } else {
            status::from_name(&name.to_string())
                .map(|status| Spanned::new(Status::Number(status), &name))
                .map_err(|reason| errors.at(&name, &reason))
        }
    } else {
        let mut reason = expected(at, WHAT);
        if let Some(name) = last_of_a_path(input).filter(|name| status::from_name(name).is_ok()) {
            reason.help = format!("write `status = {name}`");
        }
        refuse_value(at, input, &reason, errors);
        return None;
    };
    found.ok()
}

/// `NOT_FOUND` in `http::StatusCode::NOT_FOUND`.
fn last_of_a_path(input: ParseStream<'_>) -> Option<String> {
    let path = input.fork().call(syn::Path::parse_mod_style).ok()?;
    path.segments.last().map(|last| last.ident.to_string())
}

fn ends_after_one_token(input: ParseStream<'_>) -> bool {
    let fork = input.fork();
    let _ = fork.parse::<TokenTree>();
    ends_here(&fork)
}

/// `= "…"` or `= display`.
fn read_message(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<Spanned<Message>> {
    if input.peek(Token![=]) {
        let _ = input.parse::<Token![=]>();
        if let Some(text) = literal::<LitStr>(input) {
            if !is_plain(&text, errors) {
                return None;
            }
            let value = text.value();
            if value.trim().is_empty() {
                errors.at(text, &empty(at.key));
                return None;
            }
            return match template::parse(&value) {
                Ok(template) => Some(Spanned::new(Message::Template(template, value), text)),
                Err(reason) => {
                    errors.at(text, &reason);
                    None
                }
            };
        }
        if let Ok(word) = input.fork().parse::<Ident>()
            && word == "display"
        {
            let _ = input.parse::<Ident>();
            return Some(Spanned::new(Message::Display, word));
        }
    }
    wrong_value(at, input, "a string, or the word `display`", errors);
    None
}

/// `("Name", "value")`.
fn read_header(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<(LitStr, LitStr)> {
    const WHAT: &str = "a name and a value";
    if input.peek(Token![=]) {
        let reason =
            expected(at, WHAT).with_note("`header = \"X-Name\"` stands on a field, which is then the value");
        refuse_value(at, input, &reason, errors);
        return None;
    }
    let mut texts = listed(at, input, WHAT, errors, <LitStr as Parse>::parse)?.into_iter();
    let name = texts.next()?;
    match (texts.next(), texts.next()) {
        (Some(value), None) => {
            let both = [holds(&name, header::check_name, errors), holds(&value, header::check_value, errors)];
            (both == [true, true]).then_some((name, value))
        }
        (_, more) => {
            errors.at(more.unwrap_or(name), &expected(at, WHAT));
            None
        }
    }
}

fn read_level(text: &LitStr, errors: &mut Errors) -> Option<&'static str> {
    let word = text.value();
    if let Some((_, level)) = LEVELS.iter().find(|(name, _)| *name == word) {
        return Some(level);
    }
    let names = || LEVELS.iter().map(|(name, _)| *name);
    let help = did_you_mean(nearest(&word, names()), || format!("the levels are {}", list(names())));
    errors.at(text, &Reason::new(format!("unknown level `{word}`"), help));
    None
}
