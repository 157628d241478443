//! Takes a message, text with `{need}` and `{0:>8}` in it, and reads it as `format!` does; gives its pieces, or the reason
//! why it does not parse. Whether the fields exist is for the caller to say, who knows the variant.

mod spec;

use super::{Reason, words};
use spec::{fill, read_spec};
pub(crate) use spec::{rename_spec_fields, spec_fields, spec_trait};

/// A message with its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    /// In order; no text is empty, and no two stand side by side.
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// What readers see as it is: `{{` is already `{`.
    Text(String),
    /// A field, and what stands behind its colon: a spec that `format!` takes too.
    Field { field: FieldRef, spec: String },
}

/// How a field is named. A name need not be an identifier, only look like one: find it among the fields
/// before making tokens of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum FieldRef {
    /// `{need}`; `{r#type}` is `type`
    Named(String),
    /// `{0}`
    Index(usize),
    /// `{}`
    Next,
}

impl FieldRef {
    /// As it stands in the braces; of `{}` there is none.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Named(name) => Some(name.clone()),
            Self::Index(index) => Some(index.to_string()),
            Self::Next => None,
        }
    }
}

const REAL_BRACE: &str = "for a brace that readers see";

/// The pieces of a message.
pub(crate) fn parse(text: &str) -> Result<Template, Reason> {
    parse_in("message", text)
}

/// The pieces of a text; `what` it is, for the reason why it does not parse.
pub(crate) fn parse_in(what: &str, text: &str) -> Result<Template, Reason> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from_brace) = rest.split_at(at);
        literal.push_str(before);
        if let Some(behind) = from_brace.strip_prefix("{{") {
            literal.push('{');
            rest = behind;
        } else if let Some(behind) = from_brace.strip_prefix("}}") {
            literal.push('}');
            rest = behind;
        } else if let Some(behind) = from_brace.strip_prefix('{') {
            if !literal.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut literal)));
            }
            let (piece, behind) = parse_field(what, behind)?;
            pieces.push(piece);
            rest = behind;
        } else {
            return Err(unopened(what, &text[..text.len() - from_brace.len()]));
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Text(literal));
    }
    Ok(Template { pieces })
}

impl Template {
    /// Puts a text in the place of a name; whether it stood there.
    pub(crate) fn fill(&mut self, name: &str, text: &str) -> bool {
        let is_meant = |piece: &Piece| matches!(piece, Piece::Field { field: FieldRef::Named(named), spec } if named == name && spec.is_empty());
        if !self.pieces.iter().any(is_meant) {
            return false;
        }
        let mut filled: Vec<Piece> = Vec::new();
        for piece in self.pieces.drain(..) {
            let piece = if is_meant(&piece) { Piece::Text(text.to_owned()) } else { piece };
            match (filled.last_mut(), piece) {
                (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
                (_, piece) => filled.push(piece),
            }
        }
        self.pieces = filled;
        true
    }

    /// What readers see, where no place is left in it.
    pub(crate) fn constant(&self) -> Option<String> {
        let mut constant = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => constant.push_str(text),
                Piece::Field { .. } => return None,
            }
        }
        Some(constant)
    }

    /// The template as one writes it.
    pub(crate) fn written(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.replace('{', "{{").replace('}', "}}"),
            Piece::Field { field, spec } => {
                let name = field.name().unwrap_or_default();
                let colon = if spec.is_empty() { "" } else { ":" };
                format!("{{{name}{colon}{spec}}}")
            }
        };
        self.pieces.iter().map(piece).collect()
    }

    /// All fields that are shown, and those that give a width or precision (`{a:width$.prec$}`), as often as
    /// they stand there.
    pub(crate) fn fields(&self) -> impl Iterator<Item = FieldRef> {
        self.pieces.iter().flat_map(|piece| match piece {
            Piece::Text(_) => Vec::new(),
            Piece::Field { field, spec } => {
                let mut fields = vec![field.clone()];
                fields.append(&mut spec_fields(spec));
                fields
            }
        })
    }
}

/// The field behind a `{`, and what follows its `}`.
fn parse_field<'t>(what: &str, text: &'t str) -> Result<(Piece, &'t str), Reason> {
    let Some(end) = text.find(['{', '}', ':']) else {
        return Err(unclosed(what, text));
    };
    let (name, behind) = text.split_at(end);
    if behind.starts_with('{') {
        return Err(unclosed(what, text));
    }
    let field = parse_name(what, name.trim_end())?;
    let Some(spec) = behind.strip_prefix(':') else {
        return Ok((Piece::Field { field, spec: String::new() }, &behind[1..]));
    };
    // A fill may be a brace, as in `{x:}<5}`, so the end is sought behind it.
    let Some(end) = spec[fill(spec)..].find('}').map(|end| end + fill(spec)) else {
        return Err(unclosed(what, text));
    };
    let behind = &spec[end + 1..];
    let spec = spec[..end].trim_end();
    read_spec(spec).map_err(|wrong| wrong.reason(name.trim_end(), spec))?;
    Ok((Piece::Field { field, spec: spec.to_owned() }, behind))
}

fn parse_name(what: &str, name: &str) -> Result<FieldRef, Reason> {
    let bad = || {
        let wrong = format!(
            "{} in this {what} is not the name or index of a field",
            words::quoted(&format!("{{{name}}}"))
        );
        // As in the arguments of `#[error("…", .0, self.id)]`.
        let own = name.strip_prefix("self").unwrap_or(name).strip_prefix('.');
        if let Some(own) = own.filter(|own| is_name(own) || is_index(own)) {
            return Reason::new(wrong, format!("write `{{{own}}}`"));
        }
        let help = format!(
            "name a field, as in `{{need}}` or `{{0}}`, without expressions, or write `{{{{` {REAL_BRACE}"
        );
        Reason::new(wrong, help)
    };
    if name.is_empty() {
        return Ok(FieldRef::Next);
    }
    let plain = name.strip_prefix("r#").unwrap_or(name);
    if is_name(plain) {
        return Ok(FieldRef::Named(plain.to_owned()));
    }
    if !is_index(name) {
        return Err(bad());
    }
    // `format!` counts no further than a `u16`.
    name.parse::<u16>().map(|index| FieldRef::Index(index.into())).map_err(|_| bad())
}

fn is_index(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this could be an identifier. Which characters outside ASCII may stand in one, the fields know.
fn is_name(name: &str) -> bool {
    let is_letter = |character: char| {
        character.is_ascii_alphabetic()
            || character == '_'
            || !(character.is_ascii() || character.is_whitespace() || character.is_control())
    };
    name != "_"
        && name.starts_with(is_letter)
        && name.chars().all(|character| is_letter(character) || character.is_ascii_digit())
}

fn unopened(what: &str, before: &str) -> Reason {
    let wrong = if before.is_empty() {
        format!("nothing in this {what} opens its first `}}`")
    } else {
        format!("nothing in this {what} opens the `}}` behind {}", words::quoted(last(before)))
    };
    Reason::new(wrong, format!("write `}}}}` {REAL_BRACE}"))
}

fn unclosed(what: &str, text: &str) -> Reason {
    let wrong = if text.is_empty() {
        format!("nothing in this {what} closes its last `{{`")
    } else {
        format!("nothing in this {what} closes the `{{` before {}", words::quoted(first(text)))
    };
    Reason::new(wrong, format!("close it with `}}`, or write `{{{{` {REAL_BRACE}"))
}

/// Enough of the text behind a brace to find it by.
fn first(text: &str) -> &str {
    let text = text.split(['{', '}']).next().unwrap_or(text);
    text.char_indices().nth(20).map_or(text, |(end, _)| &text[..end])
}

/// Enough of the text before a brace to find it by.
fn last(text: &str) -> &str {
    text.char_indices().rev().nth(19).map_or(text, |(start, _)| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    fn named(name: &str) -> FieldRef {
        FieldRef::Named(name.to_owned())
    }

    fn shown(field: FieldRef, spec: &str) -> Piece {
        Piece::Field { field, spec: spec.to_owned() }
    }

    #[track_caller]
    fn pieces(text: &str) -> Vec<Piece> {
        parse(text).unwrap().pieces
    }

    #[track_caller]
    fn fails(text: &str, wrong: &str, help: &str) {
        let reason = parse(text).unwrap_err();
        assert_eq!((reason.wrong.as_str(), reason.help.as_str()), (wrong, help), "{text}");
    }

    #[test]
    fn text_and_fields_alternate() {
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("Not found: größer."), [text("Not found: größer.")]);
        assert_eq!(
            pieces("Need {need}, have {have}."),
            [text("Need "), shown(named("need"), ""), text(", have "), shown(named("have"), ""), text(".")]
        );
        assert_eq!(
            pieces("{a}{1}{}"),
            [shown(named("a"), ""), shown(FieldRef::Index(1), ""), shown(FieldRef::Next, "")]
        );
    }

    #[test]
    fn doubled_braces_are_text() {
        assert_eq!(pieces("{{{a}}} }}{{"), [text("{"), shown(named("a"), ""), text("} }{")]);
        assert_eq!(pieces("{{a}}"), [text("{a}")]);
    }

    #[test]
    fn raw_names_and_names_of_any_alphabet_are_names() {
        assert_eq!(pieces("{r#type}"), [shown(named("type"), "")]);
        assert_eq!(pieces("{größe}{_a}{Ünal1}").len(), 3);
    }

    #[test]
    fn specs_are_kept_as_written() {
        for spec in
            ["?", "#?", ">8.2", "x?", "08", "+.3e", "é^5", "}<5", "{>5", ">>", "-", "w$.p$", "0$", "."]
        {
            assert_eq!(pieces(&format!("{{a:{spec}}}b")), [shown(named("a"), spec), text("b")]);
        }
        assert_eq!(pieces("{a }{a: }{a:? }{ }").len(), 4);
        assert_eq!(pieces("{a:? }"), [shown(named("a"), "?")]);
        assert_eq!(pieces("{:?}"), [shown(FieldRef::Next, "?")]);
    }

    #[test]
    fn an_opened_brace_must_be_closed() {
        let help = "close it with `}`, or write `{{` for a brace that readers see";
        fails("need {need", "nothing in this message closes the `{` before `need`", help);
        fails("a { or {b}", "nothing in this message closes the `{` before ` or `", help);
        fails("{a:>5", "nothing in this message closes the `{` before `a:>5`", help);
        fails("{", "nothing in this message closes its last `{`", help);
        fails("{{{", "nothing in this message closes its last `{`", help);
    }

    #[test]
    fn a_closing_brace_must_have_been_opened() {
        let help = "write `}}` for a brace that readers see";
        fails("need need}", "nothing in this message opens the `}` behind `need need`", help);
        fails("{a}} ü", "nothing in this message opens the `}` behind `{a}`", help);
        fails("}", "nothing in this message opens its first `}`", help);
    }

    #[test]
    fn what_is_no_name_and_no_index_is_refused() {
        let help = "name a field, as in `{need}` or `{0}`, without expressions, or write `{{` for a brace that readers see";
        for (name, field) in [("self.x", "x"), (".0", "0"), (".id", "id")] {
            let wrong = format!("`{{{name}}}` in this message is not the name or index of a field");
            fails(&format!("x {{{name}}}"), &wrong, &format!("write `{{{field}}}`"));
        }
        for name in [
            "self.x.y",
            " a",
            "a b",
            "a+1",
            "1a",
            "_",
            "r#",
            "len()",
            "65536",
            "99999999999999999999999",
            "-1",
        ] {
            let wrong = format!("`{{{name}}}` in this message is not the name or index of a field");
            fails(&format!("x {{{name}}}"), &wrong, help);
        }
    }
}
