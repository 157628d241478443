//! What a help proposes. Takes an error; gives what its words say to write, and the edit of the source that it comes to.

use std::ops::Range;

use crate::ELSEWHERE;
use crate::check::Mistake;

/// What a help proposes to do.
#[derive(Debug)]
pub(super) enum Proposal<'m> {
    Write { code: &'m str, is_all: bool },
    Add(&'m str),
    PutOnType(&'m str),
    PutOnField(&'m str),
    PutBefore(&'m str),
    Drop(&'m str),
}

/// All that the helps of an error propose; the code that the rules do not know, if there is some.
pub(super) fn proposals<'m>(source: &str, mistake: &'m Mistake) -> Result<Vec<Proposal<'m>>, &'m str> {
    let mut proposals = Vec::new();
    for line in mistake.text.lines() {
        let Some(help) = line.trim_start().strip_prefix("help: ") else { continue };
        if ELSEWHERE.iter().any(|(known, _)| help.starts_with(known) || source == *known) {
            continue;
        }
        let parts: Vec<&str> = help.split('`').collect();
        let mut verb = "";
        for (index, code) in parts.iter().enumerate().skip(1).step_by(2) {
            let (before, behind) = (parts[index - 1], parts.get(index + 1).copied().unwrap_or_default());
            let verbs = [
                "write ",
                "write a ",
                "add ",
                "did you mean ",
                "put ",
                "put a ",
                "drop the ",
                "as in ",
                "look like ",
                "looks like ",
                "written like ",
            ];
            let own = verbs.iter().filter(|verb| before.ends_with(**verb)).max_by_key(|verb| verb.len());
            let goes_on = [", ", "or "].iter().any(|and| before.ends_with(and));
            verb = own.copied().unwrap_or(if goes_on { verb } else { "" });
            let is_form = code.replace("\"…\"", "").contains('…');
            let is_mention = is_form || !code.contains([' ', '(', '"']);
            match verb {
                _ if is_form => {}
                "write a " if is_mention => {}
                "add " => proposals.push(Proposal::Add(code)),
                "write " | "write a " | "did you mean " => {
                    let is_all = behind.starts_with(" alone");
                    proposals.push(Proposal::Write { code, is_all });
                }
                "put " if behind.starts_with(" on the field") => proposals.push(Proposal::PutOnField(code)),
                "put " if behind.starts_with(" on the ") && !is_mention => {
                    proposals.push(Proposal::PutOnType(code));
                }
                "put a " => proposals.push(Proposal::PutBefore(code)),
                "drop the " => proposals.push(Proposal::Drop(code)),
                "as in " | "look like " | "looks like " | "written like " => {}
                _ if is_mention => {}
                _ => return Err(code),
            }
        }
    }
    Ok(proposals)
}

/// A text in place of these bytes.
pub(super) type Edit = (Range<usize>, String);

/// The source after these edits, of which none may touch another: of two that do, the earlier one is done.
pub(super) fn edited(source: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(place, _)| (place.start, place.end));
    let (mut text, mut end) = (String::new(), 0);
    for (index, (place, new)) in edits.iter().enumerate() {
        let is_repeated = index > 0 && edits[index - 1] == (place.clone(), new.clone());
        if place.start >= end && !is_repeated {
            text.push_str(&source[end..place.start]);
            text.push_str(new);
            end = place.end;
        }
    }
    text.push_str(&source[end..]);
    text
}

impl Proposal<'_> {
    /// What it does to the source.
    pub(super) fn edit(&self, source: &str, mistake: &Mistake) -> Edit {
        let caret = &source[mistake.caret.clone()];
        let with = |place: Range<usize>, text: &str| (place, text.to_owned());
        let add = |code: &str| {
            let at = list_beside(source, &mistake.caret);
            with(at..at, &format!("{code}, "))
        };
        match *self {
            Self::Add(code) => add(code),
            Self::PutOnType(attribute) => {
                // Below the derive: rustc knows no `api` before it.
                let derive = source[..mistake.caret.end].rfind("#[derive(").unwrap_or_default();
                let at = derive + source[derive..].find('\n').map_or(0, |end| end + 1);
                let is_whole = attribute.starts_with("#[");
                let line = if is_whole { format!("{attribute}\n") } else { format!("#[api({attribute})]\n") };
                with(at..at, &line)
            }
            Self::PutOnField(attribute) => {
                let at = place_of_field(source, mistake).unwrap_or(mistake.caret.end);
                with(at..at, &format!("{attribute} "))
            }
            // In place of another sign that stands where a comma should.
            Self::PutBefore(sign) if caret == ";" => with(mistake.caret.clone(), sign),
            Self::PutBefore(sign) => with(mistake.caret.start..mistake.caret.start, sign),
            Self::Drop(sign) => with(mistake.caret.clone(), &caret.replacen(sign, "", 1)),
            Self::Write { code, is_all } => {
                // A value without a key, and a key that there is not.
                if mistake.text.contains("` is no key\n") {
                    return with(mistake.caret.clone(), code);
                }
                if mistake.text.starts_with("unknown key") && key_of(code).is_some() {
                    return with(mistake.caret.start..end_of_value(source, mistake.caret.end), code);
                }
                if let Some(key) = key_of(code).or(key_alone(code, mistake)) {
                    return match place_of_key(source, &mistake.caret, key) {
                        Some(place) if is_all => with(place.start..place.end.max(mistake.caret.end), code),
                        Some(place) => with(place, code),
                        None => add(code),
                    };
                }
                let in_quotes = caret.starts_with('"') && !code.starts_with('"');
                let quoted = mistake.text.lines().next().unwrap_or_default().split('`').skip(1).step_by(2);
                let quoted = quoted
                    .filter(|word| !word.is_empty() && caret.contains(word))
                    .max_by_key(|word| word.len());
                let text = match quoted {
                    Some(word) if !is_all && in_quotes => caret.replace(word, code),
                    _ if in_quotes => format!("\"{code}\""),
                    _ => code.to_owned(),
                };
                with(mistake.caret.clone(), &text)
            }
        }
    }
}

/// `status` in `status = 404`, `header` in `header("X", "y")`.
fn key_of(code: &str) -> Option<&str> {
    let end = code.find(|sign: char| !sign.is_alphanumeric() && sign != '_')?;
    let is_key = end > 0 && [" = ", "("].iter().any(|sign| code[end..].starts_with(sign));
    is_key.then_some(&code[..end])
}

/// A key that stands by itself, where the error is about that key.
fn key_alone<'c>(code: &'c str, mistake: &Mistake) -> Option<&'c str> {
    mistake.text.starts_with(&format!("`{code}` takes no value")).then_some(code)
}

/// Where this key stands with its value: in the `#[api(…)]` of the caret, or in those of the caret's type.
fn place_of_key(source: &str, caret: &Range<usize>, key: &str) -> Option<Range<usize>> {
    let before = &source[..caret.end];
    let attribute =
        before.rfind("#[api(").filter(|start| !before[*start..caret.start.max(*start)].contains(")]"));
    let item = before.rfind("#[derive(").unwrap_or(0);
    let of_type = [item, source[item..].find("#[api(").map_or(item, |at| item + at)];
    for start in attribute.into_iter().chain(of_type) {
        let end = source[start..].find(")]").map_or(source.len(), |at| start + at);
        let places = source[start..end].match_indices(key).map(|(at, _)| start + at);
        let is_word = |at: &usize| {
            let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
            !source[..*at].ends_with(is_part) && !source[at + key.len()..].starts_with(is_part)
        };
        let places: Vec<usize> = places.filter(is_word).collect();
        // The nearest before the caret, as a value may be a word like the key.
        let before = places.iter().rfind(|at| **at <= caret.start).or(places.first());
        if let Some(&at) = before {
            return Some(at..end_of_value(source, at + key.len()));
        }
    }
    None
}

/// Where the field begins of which the error speaks, "what `cause` says" or "what field `0` says".
fn place_of_field(source: &str, mistake: &Mistake) -> Option<usize> {
    let name = mistake.text.split('`').nth(1)?;
    let behind = &source[mistake.caret.end..];
    let Ok(index) = name.parse::<usize>() else {
        return Some(mistake.caret.end + behind.find(&format!(" {name}:"))? + 1);
    };
    // The fields of a tuple, behind the attributes of its variant.
    let lines = behind.match_indices('\n').map(|(at, _)| mistake.caret.end + at + 1);
    let mut tuples = lines.filter(|line| {
        let line = source[*line..].lines().next().unwrap_or_default().trim_start();
        line.starts_with(|first: char| first.is_alphabetic()) && line.contains('(')
    });
    let line = tuples.next()?;
    let mut at = line + source[line..].find('(')? + 1;
    for _ in 0..index {
        at = end_of_value(source, at) + 1;
    }
    Some(at)
}

/// The list of keys in which the caret stands or, if that is in another attribute of the error, the one above or below.
fn list_beside(source: &str, caret: &Range<usize>) -> usize {
    const LIST: &str = "#[api(";
    let own = source[..caret.start].rfind(LIST).filter(|start| !source[*start..caret.start].contains(")]"));
    if let Some(start) = own {
        return start + LIST.len();
    }
    let line = source[..caret.start].rfind('\n').unwrap_or(0);
    let above = source[..line].rfind('\n').unwrap_or(0);
    let start = if source[above..line].contains(LIST) { above } else { caret.end };
    start + source[start..].find(LIST).map_or(0, |at| at + LIST.len())
}

/// The comma or the closing parenthesis behind a value.
fn end_of_value(source: &str, start: usize) -> usize {
    let mut depth = 0;
    let mut is_text = false;
    for (at, sign) in source[start..].char_indices() {
        match sign {
            '"' => is_text = !is_text,
            _ if is_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' | ',' if depth == 0 => return start + at,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    source.len()
}
