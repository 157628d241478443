//! Names for what is made of codes and titles: identifiers that every language takes. Takes any text; gives ASCII letters and
//! digits, never the same name twice.

use std::collections::HashSet;

/// `NotFound` of `not_found`, `NOT_FOUND` or `not-found`.
pub(super) fn pascal(text: &str) -> String {
    words(text)
        .map(|word| {
            let (first, rest) = word.split_at(1);
            // A word in capitals is not to shout; one with some of them is written so on purpose.
            let is_loud = word.bytes().all(|byte| !byte.is_ascii_lowercase());
            let rest = if is_loud { rest.to_ascii_lowercase() } else { rest.to_owned() };
            first.to_ascii_uppercase() + &rest
        })
        .collect()
}

/// `not_found` of `NotFound`, `NOT_FOUND` or `not-found`.
pub(super) fn snake(text: &str) -> String {
    let mut name = String::new();
    for word in words(text) {
        let mut was_small = false;
        if !name.is_empty() {
            name.push('_');
        }
        for letter in word.chars() {
            if letter.is_ascii_uppercase() && was_small {
                name.push('_');
            }
            was_small = !letter.is_ascii_uppercase();
            name.push(letter.to_ascii_lowercase());
        }
    }
    name
}

/// What stands between signs that no identifier has.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// The names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// By the wanted name, so that a thousand of one kind need no thousand looks each.
    next: std::collections::HashMap<String, usize>,
}

impl Names {
    pub(super) fn with(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|name| (*name).to_owned()).collect(), ..Self::default() }
    }

    /// This name or, where it is taken, the first that is free with a number behind it.
    pub(super) fn give(&mut self, wanted: String, separator: &str) -> String {
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let number = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let name = format!("{wanted}{separator}{number}");
            *number += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_code_becomes_one_name() {
        for code in ["not_found", "NOT_FOUND", "not-found", "notFound", "//not.found:"] {
            assert_eq!(pascal(code), "NotFound", "{code}");
            assert_eq!(snake(code), "not_found", "{code}");
        }
        assert_eq!(
            (pascal("größe"), pascal("§"), snake("E_1003")),
            ("GrE".into(), String::new(), "e_1003".into())
        );
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::with(&["A"]);
        let given: Vec<_> = ["A", "A2", "A", "B", "B"].map(|name| names.give(name.to_owned(), "")).into();
        assert_eq!(given, ["A2", "A22", "A3", "B", "B2"]);
    }
}
