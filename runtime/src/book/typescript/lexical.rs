//! Texts inside TypeScript. Takes any text; gives a literal, a member's name or a comment that ends where it is to.

use std::fmt::Write;

use serde_json::Value;

/// A string literal. JSON's is TypeScript's, save two signs that end a line in it.
pub(super) fn literal(text: &str) -> String {
    Value::from(text)
        .to_string()
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
        .replace('\u{7f}', "\\u007f")
}

/// The name of a member, in quotes where it is no identifier. Words of the language are none to be quoted there.
pub(super) fn member_name(name: &str) -> String {
    let is_start = |sign: char| sign.is_ascii_alphabetic() || sign == '_' || sign == '$';
    let is_identifier =
        name.starts_with(is_start) && name.chars().all(|sign| is_start(sign) || sign.is_ascii_digit());
    if is_identifier { name.to_owned() } else { literal(name) }
}

/// A doc comment, as `TSDoc` has it, of this Markdown; nothing where there is no text.
pub(super) fn comment(text: &str, indent: &str, out: &mut String) {
    comment_with_tags(text, &[], indent, out);
}

/// The same, with lines of tags behind it, of which only the text after the tag is anybody's.
pub(super) fn comment_with_tags(text: &str, tags: &[String], indent: &str, out: &mut String) {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim().split(['\n', '\u{2028}', '\u{2029}']) {
        let line = escaped(line);
        // No more than one empty line between two texts.
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if !tags.is_empty() && !lines.is_empty() {
        lines.push(String::new());
    }
    for tag in tags {
        let (name, text) = tag.split_once(' ').unwrap_or((tag, ""));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(format!("{name} {}", escaped(&text)));
    }
    match &*lines {
        [] => {}
        [only] => {
            // Writing to a `String` does not fail.
            let _ = writeln!(out, "{indent}/** {only} */");
        }
        all => {
            let _ = writeln!(out, "{indent}/**");
            for line in all {
                out.push_str(format!("{indent} * {line}").trim_end());
                out.push('\n');
            }
            let _ = writeln!(out, "{indent} */");
        }
    }
}

/// A line that neither ends the comment nor begins a tag.
fn escaped(line: &str) -> String {
    let line: String =
        line.chars().map(|sign| if sign.is_control() && sign != '\t' { ' ' } else { sign }).collect();
    let line = line.trim_end().replace("*/", "*\\/").replace("{@", "{\\@");
    let (space, rest) = line.split_at(line.len() - line.trim_start().len());
    // The star before the line and a slash would end the comment.
    if rest.starts_with(['@', '/']) { format!("{space}\\{rest}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, tags: &[String]) -> String {
        let mut out = String::new();
        comment_with_tags(text, tags, "", &mut out);
        out
    }

    #[test]
    fn no_text_ends_its_comment_or_becomes_a_tag() {
        assert_eq!(written("a */ b", &[]), "/** a *\\/ b */\n");
        assert_eq!(written("/ a\n@deprecated", &[]), "/**\n * \\/ a\n * \\@deprecated\n */\n");
        assert_eq!(written("see {@link x}\r\0", &[]), "/** see {\\@link x} */\n");
        assert_eq!(
            written("", &["@see https://a.example/ */ x".to_owned()]),
            "/** @see https://a.example/ *\\/ x */\n"
        );
        assert_eq!(
            written("a\n\n\n\nb\n", &["@x y\n@z".to_owned()]),
            "/**\n * a\n *\n * b\n *\n * @x y @z\n */\n"
        );
        assert_eq!(written(" \n ", &[]), "");
    }

    #[test]
    fn names_are_quoted_where_they_are_no_identifiers() {
        for (name, expected) in
            [("need", "need"), ("$_1", "$_1"), ("1a", "\"1a\""), ("a-b", "\"a-b\""), ("", "\"\"")]
        {
            assert_eq!(member_name(name), expected);
        }
        assert_eq!(literal("a\u{2028}\"\n"), "\"a\\u2028\\\"\\n\"");
    }
}
