//! The values of keys that stand on one error or on its type, for all of its errors. Takes what stands behind the key;
//! gives the value, or reports what is wrong with it. Which of the two goes before is for `model` to say.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::{Lit, LitStr, Token};

use super::list::{KeyAt, ends_here, take_to_comma};
use super::values::{Spanned, expected, holds, is_plain, listed, one_of, refuse_value};
use crate::errors::Errors;
use crate::lang::template::{Piece, Template, parse_in};
use crate::lang::{Reason, constant, header, status};
use crate::literal::{negative_to_json, no_number, to_json};

/// The status: a number, or none because the error never answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Number(u16),
    None,
}

/// A response header with a value of its own.
#[derive(Clone)]
pub(crate) struct Header {
    pub(crate) name: LitStr,
    pub(crate) value: Spanned<Template>,
}

/// A constant of the service's own.
#[derive(Clone)]
pub(crate) struct Meta {
    pub(crate) name: Ident,
    pub(crate) value: MetaValue,
}

#[derive(Clone)]
pub(crate) enum MetaValue {
    Text(Spanned<Template>),
    /// A number, `true`, `false` or `null`, as JSON.
    Json(String),
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

/// `= 402`, `= PAYMENT_REQUIRED`, `= StatusCode::PAYMENT_REQUIRED` or `= none`.
pub(super) fn read_status(
    at: &KeyAt,
    input: ParseStream<'_>,
    errors: &mut Errors,
) -> Option<Spanned<Status>> {
    let has_sign = input.peek(Token![=]);
    if has_sign {
        let _ = input.parse::<Token![=]>();
    }
    let found = if has_sign && input.peek(syn::LitInt) && ends_after_one_token(input) {
        let number: syn::LitInt = input.parse().ok()?;
        if number.suffix().is_empty() || number.suffix() == "u16" {
            status::from_digits(number.base10_digits())
                .map(|status| Spanned::new(Status::Number(status), &number))
        } else {
            Err(no_status(at, number.base10_digits()))
        }
        .map_err(|reason| errors.at(&number, &reason))
    } else if has_sign && input.peek(Ident::peek_any) && ends_after_one_token(input) {
        let name = input.call(Ident::parse_any).ok()?;
        if name == "none" {
            Ok(Spanned::new(Status::None, &name))
        } else {
            status::from_name(&name.to_string())
                .map(|status| Spanned::new(Status::Number(status), &name))
                .map_err(|reason| errors.at(&name, &reason))
        }
    } else if has_sign && let Some(path) = constant_of_status_code(input) {
        let name = path.segments.last()?.ident.to_string();
        status::from_name(&name)
            .map(|status| Spanned::new(Status::Number(status), &path))
            .map_err(|reason| errors.at(&path, &reason))
    } else {
        let found = take_to_comma(&input.fork()).to_string();
        // `"404 Not Found"`, else the last word of a path, and what stands in parentheses.
        let meant = match found.strip_prefix('"') {
            Some(text) => text.split([' ', '"']).next(),
            None => found.rsplit(' ').next(),
        };
        let mut reason = no_status(at, meant.unwrap_or_default().trim_matches(['(', ')']));
        let is_computed = found.starts_with('.') || found.contains(|letter: char| letter.is_alphabetic());
        if is_computed && reason.help == status::RANGE {
            reason = reason.with_note(status::WHY);
        }
        refuse_value(at, input, &reason, errors);
        return None;
    };
    found.ok()
}

/// With the status that was most likely meant, if it is one.
fn no_status(at: &KeyAt, meant: &str) -> Reason {
    let reason = expected(at, "a number, a name like `NOT_FOUND`, or `none`");
    let is_status = meant == "none" || status::from_digits(meant).is_ok() || status::from_name(meant).is_ok();
    let help = if is_status { format!("write `status = {meant}`") } else { status::RANGE.to_owned() };
    Reason { help, ..reason }
}

/// `http::StatusCode::NOT_FOUND`, whatever stands before `StatusCode`: every crate that has one re-exports `http`'s.
/// What its constants are is read here by their names, since the macro sees no values.
fn constant_of_status_code(input: ParseStream<'_>) -> Option<syn::Path> {
    let fork = input.fork();
    let path = fork.call(syn::Path::parse_mod_style).ok().filter(|_| ends_here(&fork))?;
    let [.., ty, _] = &*path.segments.iter().collect::<Vec<_>>() else { return None };
    if ty.ident != "StatusCode" {
        return None;
    }
    input.advance_to(&fork);
    Some(path)
}

fn ends_after_one_token(input: ParseStream<'_>) -> bool {
    let fork = input.fork();
    let _ = fork.parse::<TokenTree>();
    ends_here(&fork)
}

/// `("Name", "value")`, in whose value fields, `{code}` and `{status}` may stand.
pub(super) fn extend_headers(
    headers: &mut Vec<Header>,
    at: &KeyAt,
    input: ParseStream<'_>,
    errors: &mut Errors,
) {
    headers.extend(read_header(at, input, errors));
}

fn read_header(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<Header> {
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
            let (is_name, value) = (holds(&name, header::check_name, errors), header_value(value, errors));
            is_name.then_some(Header { name, value: value? })
        }
        (_, more) => {
            errors.at(more.unwrap_or(name), &expected(at, WHAT));
            None
        }
    }
}

fn header_value(text: LitStr, errors: &mut Errors) -> Option<Spanned<Template>> {
    let parse = |text: &str| {
        let template = parse_in("header value", text)?;
        // What stands in a place is known to nobody here; what is none must be what HTTP allows.
        let shown = template.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Field { .. } => "x",
        });
        header::check_value(&shown.collect::<String>())?;
        Ok(template)
    };
    super::values::parsed(is_plain(&text, errors).then_some(text), parse, errors)
}

/// `(name = "text", other = 5)`; a name that stands there already is reported.
pub(super) fn extend_meta(meta: &mut Vec<Meta>, at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) {
    const WHAT: &str = "named constants: strings, numbers, `true`, `false` or `null`";
    let pair = |content: ParseStream<'_>| {
        let name = content.call(Ident::parse_any)?;
        content.parse::<Token![=]>()?;
        Ok((name, MetaLiteral::parse(content)?))
    };
    let mut known: HashMap<Ident, Ident> =
        meta.iter().map(|meta| (meta.name.unraw(), meta.name.clone())).collect();
    for (name, literal) in listed(at, input, WHAT, errors, pair).unwrap_or_default() {
        if let Some(first) = known.get(&name.unraw()) {
            errors.first_was_here(first, &format!("`{name}` is first given here"));
            errors.at(&name, &Reason::new(format!("`{name}` is given twice"), "keep one of them"));
            continue;
        }
        known.insert(name.unraw(), name.clone());
        if let Some(value) = literal.read(errors) {
            meta.push(Meta { name, value });
        }
    }
}

/// What stands behind the `=`.
enum MetaLiteral {
    Literal(Option<Token![-]>, Lit),
    Null,
}

impl Parse for MetaLiteral {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if let Some(minus) = input.parse::<Option<Token![-]>>()? {
            return Ok(Self::Literal(Some(minus), input.parse()?));
        }
        let fork = input.fork();
        if fork.parse::<Ident>().is_ok_and(|word| word == "null") {
            input.advance_to(&fork);
            return Ok(Self::Null);
        }
        Ok(Self::Literal(None, input.parse()?))
    }
}

impl MetaLiteral {
    fn read(self, errors: &mut Errors) -> Option<MetaValue> {
        let (json, tokens) = match self {
            Self::Null => return Some(MetaValue::Json("null".to_owned())),
            Self::Literal(None, Lit::Str(text)) => {
                let parse = |text: &str| constant::parse("constant", text);
                let text = is_plain(&text, errors).then_some(text);
                return super::values::parsed(text, parse, errors).map(MetaValue::Text);
            }
            Self::Literal(None, literal) => (to_json(&literal), literal.into_token_stream()),
            Self::Literal(Some(minus), literal @ (Lit::Int(_) | Lit::Float(_))) => {
                let mut tokens = minus.to_token_stream();
                literal.to_tokens(&mut tokens);
                (negative_to_json(&literal), tokens)
            }
            Self::Literal(Some(minus), _) => (Err(no_number()), minus.into_token_stream()),
        };
        json.map(MetaValue::Json).map_err(|reason| errors.at(tokens, &reason)).ok()
    }
}

/// `= "warn"`, as the name of the `Level` constant.
pub(super) fn read_level(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<&'static str> {
    one_of(at, input, LEVELS, ["unknown level", "the levels are"], errors)
}
