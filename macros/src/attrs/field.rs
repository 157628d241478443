//! What `#[api(…)]` declares of a field.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Attribute, Lit, LitStr, Token};

use super::keys::{Key, Place};
use super::{Attempted, KeyAt, each_key, ends_here, flag, string, text, wrong_value};
use crate::errors::Errors;
use crate::lang::{Reason, header, json};

/// The values of a field's keys, each with the key's own tokens where the model must point at it.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) attempted: Attempted,
    /// `detail`, with the name if one was given.
    pub(crate) detail: Option<(Ident, Option<LitStr>)>,
    pub(crate) details: Option<Ident>,
    pub(crate) retry_after: Option<Ident>,
    pub(crate) headers: Vec<LitStr>,
    /// The sample value, as JSON.
    pub(crate) example: Option<String>,
}

impl FieldAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut found = Self::default();
        found.attempted = each_key(attrs, Place::Field, errors, |at, input, errors| {
            found.read(at, input, errors);
        });
        found
    }

    fn read(&mut self, at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) {
        match at.key {
            Key::Detail => {
                if ends_here(input) {
                    self.detail = Some((at.ident.clone(), None));
                } else if let Some(name) = text(at, input, errors) {
                    self.detail = Some((at.ident.clone(), Some(name)));
                }
            }
            Key::Details => self.details = flag(at, input, errors).then(|| at.ident.clone()),
            Key::RetryAfter => self.retry_after = flag(at, input, errors).then(|| at.ident.clone()),
            Key::Header => {
                if let Some(name) = string(at, input, errors) {
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
            Key::Example => self.example = read_example(at, input, errors),
            // The table lets no other key stand here.
            _ => {}
        }
    }
}

/// `= LITERAL`, as the JSON that shows it.
fn read_example(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<String> {
    const WHAT: &str = "a literal: a string, a number, `true` or `false`";
    let fork = input.fork();
    if fork.parse::<Token![=]>().is_ok() {
        let minus = fork.parse::<Token![-]>().is_ok();
        let literal = fork.parse::<Lit>().ok().filter(|_| fork.is_empty() || fork.peek(Token![,]));
        let json = match literal {
            Some(Lit::Str(text)) if !minus => Some(format!("\"{}\"", json::escape(&text.value()))),
            Some(Lit::Char(letter)) if !minus => {
                Some(format!("\"{}\"", json::escape(letter.value().encode_utf8(&mut [0; 4]))))
            }
            Some(Lit::Bool(value)) if !minus => Some(value.value.to_string()),
            Some(Lit::Int(number)) => Some(signed(minus, number.base10_digits())),
            // What is no number as a float is none to most readers of JSON.
            Some(Lit::Float(number)) if number.base10_parse().is_ok_and(f64::is_finite) => {
                Some(signed(minus, number.base10_digits()))
            }
            _ => None,
        };
        if json.is_some() {
            use syn::parse::discouraged::Speculative;
            input.advance_to(&fork);
            return json;
        }
        let _ = input.parse::<Token![=]>();
    }
    wrong_value(at, input, WHAT, errors);
    None
}

/// Rust's number as JSON's, which has neither `1.` nor `00.5`.
fn signed(minus: bool, digits: &str) -> String {
    let shorter = digits.trim_start_matches('0');
    let whole = if shorter.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
    let fraction = if digits.ends_with('.') { "0" } else { "" };
    format!("{}{whole}{shorter}{fraction}", if minus { "-" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn numbers_become_those_of_json() {
        for (digits, json) in
            [("10", "10"), ("0", "0"), ("1.", "1.0"), ("0.", "0.0"), ("00.5", "0.5"), ("1e9", "1e9")]
        {
            assert_eq!(signed(false, digits), json);
            assert_eq!(signed(true, digits), format!("-{json}"));
        }
    }
}
