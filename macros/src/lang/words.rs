//! Takes words of the user's, or known ones; gives what messages say of them: did you mean this one, a list of
//! all, a quote in which every character can be seen, a text without the characters that do not belong. What the
//! message says around it is the caller's.

use std::fmt;

/// The help for an unknown word: the known word that is near, else what the caller says, most often the list of all.
pub(crate) fn did_you_mean(near: Option<impl fmt::Display>, otherwise: impl FnOnce() -> String) -> String {
    near.map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
}

/// The known word that `word` was most likely meant to be: at most a third of its letters away, at least
/// one, whatever their case; else one that it begins with, or that begins with it (`warning` is `warn`). Of
/// several equally near, the first.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LEAST_IN_COMMON: usize = 4;
    // Nobody misspells a word of this length; and to compare two takes as long as both lengths multiplied.
    const LONGEST: usize = 100;
    let word = folded(word);
    if word.len() > LONGEST {
        return None;
    }
    let mut beginning = None;
    let limit = (word.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let letters = folded(candidate);
        let shorter = word.len().min(letters.len());
        if beginning.is_none() && shorter >= LEAST_IN_COMMON && word[..shorter] == letters[..shorter] {
            beginning = Some(candidate);
        }
        if word.len().abs_diff(letters.len()) > limit {
            continue;
        }
        let distance = distance(&word, &letters);
        // Words that share no letter (`x` and `s`) are not near, however short they are.
        let near = distance <= limit && distance < word.len().max(letters.len());
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate).or(beginning)
}

fn folded(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
}

/// How many letters must be added, dropped, replaced or swapped with their neighbour to get from one to the
/// other (optimal string alignment).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (row, &a) in from.iter().enumerate() {
        let mut current = Vec::with_capacity(to.len() + 1);
        let mut left = row + 1;
        current.push(left);
        for (column, &b) in to.iter().enumerate() {
            let mut least = (above[column] + usize::from(a != b)).min(above[column + 1] + 1).min(left + 1);
            if row > 0 && column > 0 && a == to[column - 1] && from[row - 1] == b {
                least = least.min(before[column - 1] + 1);
            }
            current.push(least);
            left = least;
        }
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or_default()
}

/// `["a", "b", "c"]` becomes "`a`, `b` and `c`"; of a great many the last ones are a number.
pub(crate) fn list<W: fmt::Display>(words: impl IntoIterator<Item = W>) -> String {
    const MOST: usize = 60;
    let mut text = String::new();
    let (mut words, mut count) = (words.into_iter().peekable(), 0);
    while let Some(word) = words.next() {
        if count == MOST && words.peek().is_some() {
            let more = (1 + words.count()).to_string();
            text.extend([" and ", &more, " more"]);
            break;
        }
        if !text.is_empty() {
            text.push_str(if words.peek().is_some() { ", " } else { " and " });
        }
        text.extend(["`", &word.to_string(), "`"]);
        count += 1;
    }
    text
}

/// As [`list`], where more than one over `most` would only be noise: "`a`, `b`, `c` and 113 more".
pub(crate) fn shortened<W: fmt::Display>(words: &[W], most: usize) -> String {
    let rest = words.len().saturating_sub(most);
    if rest < 2 {
        return list(words);
    }
    let shown: Vec<String> = words[..most].iter().map(|word| format!("`{word}`")).collect();
    format!("{} and {rest} more", shown.join(", "))
}

/// A text of the user's in backticks and on one line: what does not print is escaped.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('`');
    for character in text.chars() {
        push_visible(&mut quoted, character);
    }
    quoted.push('`');
    quoted
}

/// One character as a message names it: "a space", "a line break", or in backticks.
pub(crate) fn character(character: char) -> String {
    match character {
        ' ' => "a space".to_owned(),
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        '`' => "a backtick".to_owned(),
        _ => {
            let mut quoted = String::from("`");
            push_visible(&mut quoted, character);
            quoted.push('`');
            quoted
        }
    }
}

fn push_visible(text: &mut String, character: char) {
    match character {
        // These print, though Rust escapes them in literals.
        '"' | '\'' | '\\' => text.push(character),
        _ => text.extend(character.escape_debug()),
    }
}

/// The text with each run of characters that may not stand in it replaced by the separator, or left out at
/// its ends. `None` where that would drop letters, and so make another word, or leave nothing.
pub(crate) fn cleaned(text: &str, allowed: impl Fn(char) -> bool, separator: char) -> Option<String> {
    let mut cleaned = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars() {
        if allowed(character) {
            let joined = cleaned.is_empty() || cleaned.ends_with(separator) || character == separator;
            if gap && !joined {
                cleaned.push(separator);
            }
            gap = false;
            cleaned.push(character);
        } else if character.is_alphanumeric() {
            return None;
        } else {
            gap = true;
        }
    }
    if cleaned.is_empty() { None } else { Some(cleaned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 5] = ["status", "code", "retry", "retry_after", "message"];

    #[test]
    fn a_letter_swapped_dropped_added_or_replaced_is_near() {
        for word in ["statsu", "statu", "statuss", "stotus", "STATUS", "Status"] {
            assert_eq!(nearest(word, KEYS), Some("status"), "{word}");
        }
    }

    #[test]
    fn the_nearest_of_several_wins_and_the_first_of_equals() {
        assert_eq!(nearest("retry_aftr", KEYS), Some("retry_after"));
        assert_eq!(nearest("ab", ["ax", "ay"]), Some("ax"));
    }

    #[test]
    fn what_is_far_is_not_offered() {
        for word in ["", "x", "colour", "statistics", "日本語"] {
            assert_eq!(nearest(word, KEYS), None, "{word}");
        }
    }

    #[test]
    fn a_word_that_goes_on_or_breaks_off_is_near() {
        for (word, meant) in [("stat", "status"), ("status_code", "status")] {
            assert_eq!(nearest(word, KEYS), Some(meant), "{word}");
        }
        assert_eq!(nearest("warning", ["error", "warn"]), Some("warn"));
    }

    #[test]
    fn one_letter_does_not_stand_for_any_other() {
        assert_eq!(nearest("x", ["s", "m", "ms"]), None);
        assert_eq!(nearest("S", ["ms", "s"]), Some("s"));
    }

    #[test]
    fn letters_outside_ascii_count_as_one() {
        assert_eq!(nearest("größ", ["größe"]), Some("größe"));
        assert_eq!(nearest("ÜBUNG", ["übung"]), Some("übung"));
    }

    #[test]
    fn distances_are_those_of_the_textbook() {
        let distance = |a, b| super::distance(&folded(a), &folded(b));
        assert_eq!(distance("", ""), 0);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("abcd", "badc"), 2);
        assert_eq!(distance("ca", "abc"), 3);
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(list([""; 0]), "");
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b"]), "`a` and `b`");
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
    }

    #[test]
    fn of_a_long_list_the_first_are_named() {
        assert_eq!(shortened(&["a", "b", "c", "d"], 3), "`a`, `b`, `c` and `d`");
        assert_eq!(shortened(&["a", "b", "c", "d", "e"], 3), "`a`, `b`, `c` and 2 more");
        assert_eq!(shortened(&["a"], 3), "`a`");
    }

    #[test]
    fn a_near_word_is_offered_else_the_list() {
        let help = |word| did_you_mean(nearest(word, KEYS), || format!("the keys are {}", list(&KEYS[..2])));
        assert_eq!(help("statsu"), "did you mean `status`?");
        assert_eq!(help("colour"), "the keys are `status` and `code`");
    }

    #[test]
    fn quotes_stay_on_one_line() {
        assert_eq!(quoted("say \"hé\"\n"), "`say \"hé\"\\n`");
        assert_eq!(quoted("\u{202e}"), "`\\u{202e}`");
        assert_eq!(character(' '), "a space");
        assert_eq!(character('\r'), "a line break");
        assert_eq!(character('é'), "`é`");
        assert_eq!(character('\0'), "`\\0`");
    }

    #[test]
    fn cleaning_separates_words_but_drops_no_letter() {
        let clean = |text| cleaned(text, |c| c.is_ascii_alphanumeric() || c == '_', '_');
        assert_eq!(clean("not found!").as_deref(), Some("not_found"));
        assert_eq!(clean(" a ! b ").as_deref(), Some("a_b"));
        assert_eq!(clean("a _b").as_deref(), Some("a_b"));
        assert_eq!(clean("a_").as_deref(), Some("a_"));
        assert_eq!(clean("naïve"), None);
        assert_eq!(clean("!?"), None);
    }
}
