//! A message template at run time: only its constant texts matter, as the expansion hands over the fields in
//! the order of their places. The macro has read the same text before and found it well formed.

/// The texts before, between and behind the places, braces that were doubled made single: one more than there
/// are places.
pub(crate) fn texts(template: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from_brace) = rest.split_at(at);
        let brace = &from_brace[..1];
        push(&mut texts, before);
        rest = &from_brace[1..];
        if let Some(behind) = rest.strip_prefix(brace) {
            push(&mut texts, brace);
            rest = behind;
        } else if brace == "{" {
            rest = behind_place(rest);
            texts.push(String::new());
        }
    }
    push(&mut texts, rest);
    texts
}

fn push(texts: &mut [String], text: &str) {
    if let Some(last) = texts.last_mut() {
        last.push_str(text);
    }
}

/// What stands behind a place, whose opening brace is gone: `need:>4}, have` gives `, have`.
fn behind_place(place: &str) -> &str {
    let end_of_name = place.find([':', '}']).unwrap_or(place.len());
    let mut spec = &place[end_of_name..];
    if let Some(format) = spec.strip_prefix(':') {
        spec = format;
        // The fill may be any character, a brace too, if an alignment follows: `{need:}<4}`.
        let mut letters = format.chars();
        if letters.next().is_some() && letters.as_str().starts_with(['<', '^', '>']) {
            spec = letters.as_str();
        }
    }
    spec.split_once('}').map_or("", |(_, behind)| behind)
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn texts_stand_around_the_places() {
        assert_eq!(texts("constant"), ["constant"]);
        assert_eq!(texts(""), [""]);
        assert_eq!(texts("need {need}, have {have}."), ["need ", ", have ", "."]);
        assert_eq!(texts("{0}{1:?}"), ["", "", ""]);
        assert_eq!(texts("{{{a}}} {b:>4}"), ["{", "} ", ""]);
        assert_eq!(texts("{a:}<5}{b:{^9}|{c:+08.3}ü"), ["", "", "|", "ü"]);
        assert_eq!(texts("100 %}}"), ["100 %}"]);
    }
}
