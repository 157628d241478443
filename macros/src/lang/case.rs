//! Letter cases, in serde's words. Takes the text of `rename_all`; gives a `Case`, which names a variant, holds a written
//! code to its rule and respells it. Also puts a variant's name in words. Which characters a code may have is for
//! `code` to say.

use super::Reason;
use super::words::{did_you_mean, list, nearest, quoted};

/// How the codes of a type are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Written codes are taken as they are.
    Any,
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const NAMES: [(&str, Case); 9] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
    ("any", Case::Any),
];

/// What separates the parts of a code in every case: `auth.invalid_key` is in snake case.
const NEUTRAL: [char; 3] = ['.', ':', '/'];

/// The case of codes of that name.
pub(crate) fn from_name(name: &str) -> Result<Case, Reason> {
    find(name, &NAMES)
}

/// The case of details of that name. `any` is none of them: a detail whose name is written is not held to a case.
pub(crate) fn of_details(name: &str) -> Result<Case, Reason> {
    find(name, NAMES.split_last().map_or(&NAMES, |(_any, cases)| cases))
}

fn find(name: &str, cases: &[(&str, Case)]) -> Result<Case, Reason> {
    if let Some((_, case)) = cases.iter().find(|(known, _)| *known == name) {
        return Ok(*case);
    }
    let known = || cases.iter().map(|(known, _)| *known);
    let help = did_you_mean(nearest(name, known()), || format!("the cases are {}", list(known())));
    Err(Reason::new(format!("unknown case {}", quoted(name)), help))
}

impl Case {
    /// Those to offer for codes that are in several, the most usual first. Codes in lower case are in snake case too.
    pub(crate) const OFFERED: [Self; 6] =
        [Self::Snake, Self::ScreamingSnake, Self::Kebab, Self::ScreamingKebab, Self::Pascal, Self::Camel];

    pub(crate) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, case)| *case == self).map_or("any", |(name, _)| *name)
    }

    /// The code of a variant that has none written, as serde's `rename_all` would name it: each capital
    /// begins a word, so that `HTTPError` is `h_t_t_p_error`.
    pub(crate) fn of_variant(self, ident: &str) -> String {
        let ident = without_raw(ident);
        match self {
            Self::Pascal => ident.to_owned(),
            Self::Lower => ident.to_ascii_lowercase(),
            Self::Upper => ident.to_ascii_uppercase(),
            Self::Camel => {
                let mut letters = ident.chars();
                letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
            }
            Self::Any | Self::Snake => separated(ident, '_'),
            Self::ScreamingSnake => separated(ident, '_').to_ascii_uppercase(),
            Self::Kebab => separated(ident, '_').replace('_', "-"),
            Self::ScreamingKebab => separated(ident, '_').to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// A field's name, as serde's `rename_all` would have it: an underscore begins a word, and a case of one word leaves
    /// it where it is.
    pub(crate) fn of_field(self, ident: &str) -> String {
        let ident = without_raw(ident);
        let pascal = || {
            let mut text = String::with_capacity(ident.len());
            let mut begins = true;
            for letter in ident.chars() {
                if letter != '_' {
                    text.push(if begins { letter.to_ascii_uppercase() } else { letter });
                }
                begins = letter == '_';
            }
            text
        };
        match self {
            Self::Any | Self::Lower | Self::Snake => ident.to_owned(),
            Self::Upper | Self::ScreamingSnake => ident.to_ascii_uppercase(),
            Self::Pascal => pascal(),
            Self::Camel => Self::Camel.of_variant(&pascal()),
            Self::Kebab => ident.replace('_', "-"),
            Self::ScreamingKebab => ident.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// Whether a written code is in this case. Digits may stand anywhere, and `. : /` between parts.
    pub(crate) fn holds(self, code: &str) -> bool {
        let lacks = |unwanted: fn(char) -> bool| !code.contains(unwanted);
        let one_word = || !code.contains(['_', '-']);
        match self {
            Self::Any => true,
            Self::Lower => one_word() && lacks(char::is_uppercase),
            Self::Upper => one_word() && lacks(char::is_lowercase),
            Self::Pascal => {
                one_word() && !code.split(NEUTRAL).any(|part| part.starts_with(char::is_lowercase))
            }
            Self::Camel => {
                one_word() && !code.split(NEUTRAL).any(|part| part.starts_with(char::is_uppercase))
            }
            Self::Snake => !code.contains('-') && lacks(char::is_uppercase),
            Self::ScreamingSnake => !code.contains('-') && lacks(char::is_lowercase),
            Self::Kebab => !code.contains('_') && lacks(char::is_uppercase),
            Self::ScreamingKebab => !code.contains('_') && lacks(char::is_lowercase),
        }
    }

    /// The name of a code as that of an enum's variant: `plan.no_api` is `PlanNoApi`. `None` where that is no name.
    pub(crate) fn variant_of(code: &str) -> Option<String> {
        let name = Self::Pascal.respell(code).replace(NEUTRAL, "");
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "Self";
        is_name.then_some(name)
    }

    /// A written code in this case, as a suggestion. Here `HTTPError` is two words. Empty where the code has
    /// no letter and no digit.
    pub(crate) fn respell(self, code: &str) -> String {
        if self == Self::Any {
            return code.to_owned();
        }
        let mut spelled = String::with_capacity(code.len() + 4);
        for part in code.split_inclusive(NEUTRAL) {
            for (index, word) in words(part).into_iter().enumerate() {
                self.push_word(&mut spelled, index, word);
            }
            spelled.extend(part.chars().next_back().filter(|last| NEUTRAL.contains(last)));
        }
        spelled
    }

    fn push_word(self, text: &mut String, index: usize, word: &str) {
        match self {
            Self::Snake | Self::ScreamingSnake if index > 0 => text.push('_'),
            Self::Kebab | Self::ScreamingKebab if index > 0 => text.push('-'),
            _ => {}
        }
        match self {
            Self::Upper | Self::ScreamingSnake | Self::ScreamingKebab => text.push_str(&word.to_uppercase()),
            Self::Pascal => push_capitalised(text, word),
            Self::Camel if index > 0 => push_capitalised(text, word),
            _ => text.push_str(&word.to_lowercase()),
        }
    }
}

/// A variant's name in words: `InsufficientCredits` is "Insufficient credits", `HTTPError` "HTTP error",
/// `Conflict409` "Conflict 409".
pub(crate) fn title(ident: &str) -> String {
    let ident = without_raw(ident);
    let words: Vec<&str> = words(ident).into_iter().flat_map(letters_and_number).collect();
    // NOT_FOUND shouts every word, HTTPError abbreviates one.
    let of_letters = words.iter().filter(|word| word.contains(char::is_alphabetic)).count();
    let shouts = of_letters > 1 && !ident.contains(char::is_lowercase);
    let mut title = String::with_capacity(ident.len() + words.len());
    for word in words {
        let abbreviation = !shouts && word != "A" && !word.contains(char::is_lowercase);
        let is_first = title.is_empty();
        if !is_first {
            title.push(' ');
        }
        if abbreviation {
            title.push_str(word);
        } else if is_first {
            push_capitalised(&mut title, word);
        } else {
            title.push_str(&word.to_lowercase());
        }
    }
    if title.is_empty() { ident.to_owned() } else { title }
}

fn without_raw(ident: &str) -> &str {
    ident.strip_prefix("r#").unwrap_or(ident)
}

fn separated(ident: &str, separator: char) -> String {
    let mut text = String::with_capacity(ident.len() + 4);
    for (at, letter) in ident.char_indices() {
        if at > 0 && letter.is_uppercase() {
            text.push(separator);
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// The words of a name in whatever case: cut at signs, before a capital behind a small letter or a digit, and
/// before the last of several capitals where a small letter follows it. Digits belong to what is before them.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = None;
    let mut previous = '_';
    let mut rest = name.char_indices().peekable();
    while let Some((at, letter)) = rest.next() {
        let is_sign = letter.is_ascii() && !letter.is_ascii_alphanumeric();
        let small_follows = rest.peek().is_some_and(|(_, next)| next.is_lowercase());
        let begins = letter.is_uppercase() && (!previous.is_uppercase() || small_follows);
        if (is_sign || begins)
            && let Some(start) = start.take()
        {
            words.push(&name[start..at]);
        }
        if !is_sign && start.is_none() {
            start = Some(at);
        }
        previous = letter;
    }
    words.extend(start.map(|start| &name[start..]));
    words
}

/// `Conflict409` is "Conflict" and "409", but `Base64` and `S3` are one word each: only a long number behind
/// more than one letter stands by itself.
fn letters_and_number(word: &str) -> impl Iterator<Item = &str> {
    let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let cut = if letters.len() > 1 && word.len() - letters.len() > 2 { letters.len() } else { word.len() };
    let (letters, number) = word.split_at(cut);
    [letters, number].into_iter().filter(|part| !part.is_empty())
}

fn push_capitalised(text: &mut String, word: &str) {
    let mut letters = word.chars();
    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    text.push_str(&letters.as_str().to_lowercase());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Case> {
        NAMES.into_iter().map(|(_, case)| case)
    }

    #[test]
    fn names_are_serdes_and_any() {
        for (name, case) in NAMES {
            assert_eq!(from_name(name), Ok(case));
            assert_eq!(case.name(), name);
        }
    }

    #[test]
    fn an_unknown_name_gets_the_nearest_or_the_list() {
        let reason = Reason::new("unknown case `snakecase`", "did you mean `snake_case`?");
        assert_eq!(from_name("snakecase"), Err(reason));
        assert_eq!(from_name("Kebab-Case").unwrap_err().help, "did you mean `kebab-case`?");
        assert_eq!(
            from_name("title").unwrap_err().help,
            "the cases are `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, \
             `SCREAMING_SNAKE_CASE`, `kebab-case`, `SCREAMING-KEBAB-CASE` and `any`"
        );
    }

    #[test]
    fn the_cases_of_details_are_those_of_codes_without_any() {
        for (name, case) in NAMES {
            assert_eq!(of_details(name).ok(), Some(case).filter(|case| *case != Case::Any));
        }
        assert!(of_details("title").unwrap_err().help.ends_with("`kebab-case` and `SCREAMING-KEBAB-CASE`"));
    }

    #[test]
    fn fields_are_named_as_serde_names_them() {
        // From serde_derive's own test.
        for (original, upper, pascal, camel, screaming, kebab, screaming_kebab) in [
            ("outcome", "OUTCOME", "Outcome", "outcome", "OUTCOME", "outcome", "OUTCOME"),
            ("very_tasty", "VERY_TASTY", "VeryTasty", "veryTasty", "VERY_TASTY", "very-tasty", "VERY-TASTY"),
            ("a", "A", "A", "a", "A", "a", "A"),
            ("z42", "Z42", "Z42", "z42", "Z42", "z42", "Z42"),
        ] {
            assert_eq!(Case::Lower.of_field(original), original);
            assert_eq!(Case::Snake.of_field(original), original);
            assert_eq!(Case::Upper.of_field(original), upper);
            assert_eq!(Case::Pascal.of_field(original), pascal);
            assert_eq!(Case::Camel.of_field(original), camel);
            assert_eq!(Case::ScreamingSnake.of_field(original), screaming);
            assert_eq!(Case::Kebab.of_field(original), kebab);
            assert_eq!(Case::ScreamingKebab.of_field(original), screaming_kebab);
        }
        assert_eq!(Case::Camel.of_field("r#type"), "type");
        assert_eq!(Case::Camel.of_field("_id__größe_2"), "idGröße2");
    }

    #[test]
    fn variants_are_named_as_serde_names_them() {
        // From serde_derive's own test.
        for (original, lower, upper, camel, snake, screaming, kebab, screaming_kebab) in [
            ("Outcome", "outcome", "OUTCOME", "outcome", "outcome", "OUTCOME", "outcome", "OUTCOME"),
            (
                "VeryTasty",
                "verytasty",
                "VERYTASTY",
                "veryTasty",
                "very_tasty",
                "VERY_TASTY",
                "very-tasty",
                "VERY-TASTY",
            ),
            ("A", "a", "A", "a", "a", "A", "a", "A"),
            ("Z42", "z42", "Z42", "z42", "z42", "Z42", "z42", "Z42"),
        ] {
            assert_eq!(Case::Pascal.of_variant(original), original);
            assert_eq!(Case::Lower.of_variant(original), lower);
            assert_eq!(Case::Upper.of_variant(original), upper);
            assert_eq!(Case::Camel.of_variant(original), camel);
            assert_eq!(Case::Snake.of_variant(original), snake);
            assert_eq!(Case::Any.of_variant(original), snake);
            assert_eq!(Case::ScreamingSnake.of_variant(original), screaming);
            assert_eq!(Case::Kebab.of_variant(original), kebab);
            assert_eq!(Case::ScreamingKebab.of_variant(original), screaming_kebab);
        }
    }

    #[test]
    fn unusual_variants_have_names_too() {
        assert_eq!(Case::Snake.of_variant("r#Type"), "type");
        assert_eq!(Case::Snake.of_variant("HTTPError"), "h_t_t_p_error");
        assert_eq!(Case::Snake.of_variant("Größe"), "größe");
        assert_eq!(Case::Camel.of_variant("Élan"), "Élan");
        assert_eq!(Case::Camel.of_variant(""), "");
    }

    #[test]
    fn codes_are_held_to_the_case() {
        for (case, good, bad) in [
            (Case::Snake, "auth.invalid_key2", "auth.invalidKey"),
            (Case::Snake, "404_not_found", "not-found"),
            (Case::ScreamingSnake, "NOT_FOUND", "Not_Found"),
            (Case::Kebab, "x/not-found", "not_found"),
            (Case::ScreamingKebab, "NOT-FOUND", "NOT_FOUND"),
            (Case::Lower, "notfound", "not_found"),
            (Case::Upper, "NOT:FOUND", "NOT-FOUND"),
            (Case::Pascal, "Auth.InvalidKey", "Auth.invalidKey"),
            (Case::Camel, "auth/invalidKey", "auth/InvalidKey"),
            (Case::Pascal, "2Big", "Too_Big"),
            (Case::Camel, "2Big", "too-big"),
        ] {
            assert!(case.holds(good), "{case:?} {good}");
            assert!(!case.holds(bad), "{case:?} {bad}");
        }
        assert!(Case::Any.holds("What-Ever_x"));
    }

    #[test]
    fn what_a_variant_is_called_is_in_the_case() {
        for case in all() {
            for ident in ["NotFound", "Conflict409", "HTTPError", "A", "r#Type"] {
                assert!(case.holds(&case.of_variant(ident)), "{case:?} {ident}");
            }
        }
    }

    #[test]
    fn a_wrong_code_is_respelled() {
        for (case, code, right) in [
            (Case::Snake, "NotFound", "not_found"),
            (Case::Snake, "notFound", "not_found"),
            (Case::Snake, "not-found", "not_found"),
            (Case::Snake, "NOT_FOUND", "not_found"),
            (Case::Snake, "HTTPError", "http_error"),
            (Case::Snake, "Auth.InvalidKey", "auth.invalid_key"),
            (Case::Snake, "E404", "e404"),
            (Case::ScreamingSnake, "not_found", "NOT_FOUND"),
            (Case::Kebab, "not_found", "not-found"),
            (Case::ScreamingKebab, "auth:notFound", "AUTH:NOT-FOUND"),
            (Case::Lower, "Not_Found", "notfound"),
            (Case::Upper, "not_found", "NOTFOUND"),
            (Case::Pascal, "not_found/HTTP_error", "NotFound/HttpError"),
            (Case::Camel, "auth.Invalid_key", "auth.invalidKey"),
            (Case::Kebab, "__", ""),
        ] {
            assert_eq!(case.respell(code), right, "{case:?} {code}");
        }
        assert_eq!(Case::Any.respell("What-Ever_x"), "What-Ever_x");
    }

    #[test]
    fn what_is_respelled_is_in_the_case() {
        for case in all() {
            for code in ["a_b-c", "AB.cD:E/f", "__a", "404Found", "-", "..", "aB2C3d", "größeÄnderung_x"] {
                assert!(case.holds(&case.respell(code)), "{case:?} {code}");
            }
        }
    }

    #[test]
    fn titles_are_the_variants_words() {
        for (ident, title) in [
            ("InsufficientCredits", "Insufficient credits"),
            ("HTTPError", "HTTP error"),
            ("InvalidID", "Invalid ID"),
            ("Conflict409", "Conflict 409"),
            ("HTTP429Received", "HTTP 429 received"),
            ("S3Failed", "S3 failed"),
            ("Base64Invalid", "Base64 invalid"),
            ("TooManyS3Calls", "Too many S3 calls"),
            ("NotAMember", "Not a member"),
            ("PlanBFailed", "Plan B failed"),
            ("NOT_FOUND", "Not found"),
            ("not_found", "Not found"),
            ("IO", "IO"),
            ("HTTP429", "HTTP 429"),
            ("r#Type", "Type"),
            ("GrößeÄndern", "Größe ändern"),
            ("__", "__"),
            ("", ""),
        ] {
            assert_eq!(super::title(ident), title);
        }
    }
}
