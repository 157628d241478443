//! A line of a lock file: words, of which some are `name=value`. Takes a text; gives its words and back. What holds a
//! space or a quote is written as a JSON string.

use std::fmt;

/// Two lines that say different things of one entry: what a merge of two branches left where both changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What both lines are about, like `code not_found`.
    pub entry: String,
    /// The two lines.
    pub lines: [String; 2],
}

impl fmt::Display for Conflict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = &self.lines;
        write!(
            out,
            "two lines say different things of `{}`:\n    {first}\n    {second}\n  help: keep the one that is right and \
             delete the other",
            self.entry
        )
    }
}

/// The words of a line; `None` where a quote is not closed.
pub(super) fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let mut end = 0;
        let mut word = String::new();
        while let Some(letter) = rest[end..].chars().next().filter(|letter| !letter.is_whitespace()) {
            if letter == '"' {
                let mut strings = serde_json::Deserializer::from_str(&rest[end..]).into_iter::<String>();
                word.push_str(&strings.next()?.ok()?);
                end += strings.byte_offset();
            } else {
                word.push(letter);
                end += letter.len_utf8();
            }
        }
        words.push(word);
        rest = rest[end..].trim_start();
    }
    Some(words)
}

/// A value as it is written: bare where that reads back as the same.
pub(super) fn quoted(value: &str) -> String {
    let is_bare = !value.is_empty() && !value.contains(|sign: char| sign.is_whitespace() || sign == '"');
    if is_bare { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_as_they_were_written() {
        for value in ["", "a", "after 30s..60s, once", "say \"hi\"", "a\nb", "größer=é", "a=b c"] {
            let line = format!("code {} retry={}", quoted(value), quoted(value));
            assert_eq!(
                words(&line).unwrap(),
                ["code".to_owned(), value.to_owned(), format!("retry={value}")]
            );
        }
        assert_eq!(words("a \"b"), None);
    }
}
