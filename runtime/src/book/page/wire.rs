//! A response for reading. Takes the JSON of a body; gives it indented, its texts and numbers as they stand, and for HTML
//! with marks. What is no JSON stays as it is.

use super::escape::{Text, put};

/// A line of an indented JSON text: how deep, and what stands there.
pub(super) struct Line {
    pub(super) depth: usize,
    pub(super) tokens: Vec<Token>,
}

/// A line of so many signs fits beside the text, and on any phone.
pub(super) const NARROW: usize = 30;

pub(super) enum Token {
    /// A name, with its quotes.
    Key(String),
    /// A text, with its quotes.
    Text(String),
    /// A number, `true`, `false` or `null`.
    Literal(String),
    /// A bracket or a comma; a colon with its space.
    Mark(&'static str),
}

impl Token {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Key(text) | Self::Text(text) | Self::Literal(text) => text,
            Self::Mark(mark) => mark,
        }
    }
}

/// The lines of a JSON text; none if it is no JSON.
pub(super) fn lines(json: &str) -> Option<Vec<Line>> {
    serde_json::from_str::<serde::de::IgnoredAny>(json).ok()?;
    let mut lines = vec![Line { depth: 0, tokens: Vec::new() }];
    let mut depth = 0;
    let mut rest = json.trim();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            _ => rest
                .find(|letter: char| "{}[],:\"".contains(letter) || letter.is_whitespace())
                .unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length.max(first.len_utf8()));
        rest = after.trim_start();
        let token = match token {
            "{" | "[" => {
                let (open, close, both) = if token == "{" { ("{", '}', "{}") } else { ("[", ']', "[]") };
                if let Some(behind) = rest.strip_prefix(close) {
                    rest = behind.trim_start();
                    push(&mut lines, Token::Mark(both));
                } else {
                    push(&mut lines, Token::Mark(open));
                    depth += 1;
                    lines.push(Line { depth, tokens: Vec::new() });
                }
                continue;
            }
            "}" | "]" => {
                depth = depth.saturating_sub(1);
                lines.push(Line { depth, tokens: Vec::new() });
                Token::Mark(if token == "}" { "}" } else { "]" })
            }
            "," => {
                push(&mut lines, Token::Mark(","));
                lines.push(Line { depth, tokens: Vec::new() });
                continue;
            }
            ":" => Token::Mark(": "),
            text if text.starts_with('"') && rest.starts_with(':') => Token::Key(text.to_owned()),
            text if text.starts_with('"') => Token::Text(text.to_owned()),
            literal => Token::Literal(literal.to_owned()),
        };
        push(&mut lines, token);
    }
    Some(lines)
}

fn push(lines: &mut [Line], token: Token) {
    if let Some(line) = lines.last_mut() {
        line.tokens.push(token);
    }
}

/// With both quotes.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Indented, as plain text.
pub(crate) fn plain(body: &str) -> String {
    let Some(lines) = lines(body) else { return body.to_owned() };
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&"  ".repeat(line.depth));
        line.tokens.iter().for_each(|token| out.push_str(token.as_str()));
    }
    out
}

/// Indented, a line in an element of its own so that what is long hangs under itself. `strong` is the one value that is to
/// be seen first: the code.
pub(super) fn write_html(out: &mut String, body: &str, strong: &str) {
    let Some(lines) = lines(body) else {
        put!(out, "{}", Text(body));
        return;
    };
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        // Whoever copies gets the spaces; whoever reads sees the indentation by the class too, where a line wraps.
        let length: usize = line.tokens.iter().map(|token| token.as_str().len()).sum();
        let is_long = 2 * line.depth + length > NARROW;
        if is_long {
            put!(out, "<span class=\"long in{}\">", line.depth.min(9));
        }
        out.push_str(&"  ".repeat(line.depth));
        for token in &line.tokens {
            match token {
                Token::Key(text) => put!(out, "<span class=\"k\">{}</span>", Text(text)),
                Token::Text(text) if text.trim_matches('"') == strong => put!(out, "<b>{}</b>", Text(text)),
                Token::Text(text) => put!(out, "<span class=\"s\">{}</span>", Text(text)),
                Token::Literal(text) => put!(out, "<span class=\"n\">{}</span>", Text(text)),
                Token::Mark(mark) => out.push_str(mark),
            }
        }
        if is_long {
            out.push_str("</span>");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn json_is_indented_and_nothing_in_it_changes() {
        let body = r#"{"a":{"b":"x, {\"y\": 1}","c":1.50,"d":[],"e":[{"f":null},true]}}"#;
        let expected = "{\n  \"a\": {\n    \"b\": \"x, {\\\"y\\\": 1}\",\n    \"c\": 1.50,\n    \"d\": [],\n    \"e\": [\n      \
                        {\n        \"f\": null\n      },\n      true\n    ]\n  }\n}";
        assert_eq!(super::plain(body), expected);
        assert_eq!(super::plain("{\"a\":"), "{\"a\":");
    }
}
