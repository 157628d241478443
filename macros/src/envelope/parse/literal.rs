//! Literals of Rust into JSON text. Strings may be written in any way that Rust knows; numbers in the way that
//! both know.

use proc_macro2::Literal;
use syn::{Lit, LitStr};

use super::{Parser, Told};
use crate::lang::json;
use crate::lang::words::quoted;

impl Parser<'_> {
    pub(super) fn literal(&mut self, literal: &Literal) -> Result<String, Told> {
        let digits = match Lit::new(literal.clone()) {
            Lit::Str(text) => {
                self.no_suffix(&text)?;
                return Ok(format!("\"{}\"", json::escape(&text.value())));
            }
            Lit::Int(number) => number.base10_digits().to_owned(),
            Lit::Float(number) => number.base10_digits().to_owned(),
            _ => {
                let wrong = format!("{} is not JSON", quoted(&literal.to_string()));
                return Err(self.wrong(literal, wrong, "strings stand in plain quotes, as in `\"text\"`"));
            }
        };
        let written = literal.to_string();
        if is_json_number(&written) {
            return Ok(written);
        }
        // `1.` and `0x10` have another form in JSON; `1e999` has none.
        let digits = if digits.ends_with('.') { digits + "0" } else { digits };
        let wrong = format!("`{written}` is not a number in JSON");
        Err(if is_json_number(&digits) {
            self.wrong(literal, wrong, format!("write `{digits}`"))
        } else {
            self.wrong(literal, wrong, "numbers look like `5`, `-1`, `0.5` or `1e3`")
        })
    }

    /// `"text"suffix` is a literal too, though of no meaning.
    pub(super) fn no_suffix(&mut self, text: &LitStr) -> Result<(), Told> {
        match text.suffix() {
            "" => Ok(()),
            suffix => {
                Err(self.wrong(text, format!("a string has no suffix like `{suffix}`"), "leave it out"))
            }
        }
    }
}

/// Whether this is a number in JSON (RFC 8259 section 6) that readers can hold.
fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let is_number = digits(whole) && digits(fraction) && digits(exponent);
    is_number && (whole == "0" || !whole.starts_with('0')) && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::is_json_number;

    #[test]
    fn numbers_are_those_of_json() {
        for text in ["0", "5", "120", "0.5", "1e3", "1.25E-3", "1e+2", "123456789012345678901234567890"] {
            assert!(is_json_number(text), "{text}");
        }
        for text in
            ["", "-1", "01", "1.", ".5", "1_000", "0x10", "5u8", "1.0f64", "1e", "1e999", "inf", "NaN"]
        {
            assert!(!is_json_number(text), "{text}");
        }
    }
}
