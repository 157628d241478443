//! Names of components: letters, digits, `.`, `-` and `_`. Takes a code, or a name of anyone's; gives a name that clients
//! in all languages make a type of.

use crate::book::{Entry, identifiers};

/// `InsufficientCredits` for `insufficient_credits`, `CREDITS.USED_UP` and so on.
pub(super) fn pascal(code: &str) -> String {
    let mut name = identifiers::pascal(code);
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert_str(0, "Code");
    }
    name
}

/// What the components of an error are called after: its code or, where nobody sees that, its title.
pub(super) fn of_error(entry: &Entry) -> String {
    if !entry.code_is_omitted {
        return pascal(&entry.code);
    }
    match (pascal(&entry.title), entry.status) {
        (title, Some(status)) if title.is_empty() => format!("Status{status}"),
        (title, _) => title,
    }
}

/// What is left of any name.
pub(super) fn allowed(name: &str) -> String {
    let is_allowed = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    name.chars().map(|letter| if is_allowed(&letter) { letter } else { '_' }).collect()
}

/// The name, or with the first number behind it that makes it one that is free.
pub(super) fn free(name: &str, between: &str, mut is_free: impl FnMut(&str) -> bool) -> String {
    if is_free(name) {
        return name.to_owned();
    }
    let mut number = 2usize;
    loop {
        let numbered = format!("{name}{between}{number}");
        if is_free(&numbered) {
            return numbered;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_any_form_names_a_type() {
        for (code, expected) in [
            ("insufficient_credits", "InsufficientCredits"),
            ("CREDITS.USED_UP", "CreditsUsedUp"),
            ("InvalidSyntax", "InvalidSyntax"),
            ("10003", "Code10003"),
            ("auth/no-key", "AuthNoKey"),
        ] {
            assert_eq!(pascal(code), expected);
        }
    }
}
