//! A message as it was declared: where it comes from, and its pieces. Takes the constant of the row, in which the
//! macro has put the types of the fields before the template; gives texts and places in their order. The macro has
//! read the same template before and found it well formed.

use super::FieldSpec;

/// Where an error's message comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageSource {
    /// A template with `{field}` places, as written in `message = "…"`; without places it is the message.
    Template(&'static str),
    /// The type's `Display`. Where `#[error("…")]` tells what that says, here is its text.
    Display(Option<&'static str>),
    /// The reason phrase of the status (RFC 9110 section 15), like `Internal Server Error`.
    ReasonPhrase,
}

/// What the text in the row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(hidden)]
pub enum MessageKind {
    /// The message itself.
    Constant,
    /// The types of the fields that have no key of their own, each behind it a NUL, one more NUL, and the template:
    /// one text for both, as each further member of a row costs rustc time in every row.
    Template,
    /// The text of `#[error("…")]`, where there is one; the expansion hands over the `Display`.
    Display,
    /// Nothing: the reason phrase is the message.
    ReasonPhrase,
}

/// A piece of a message, as [`ErrorSpec::message_pieces`](super::ErrorSpec::message_pieces) gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessagePiece {
    /// What readers see as it is.
    Text(&'static str),
    /// A field of the error.
    Field {
        /// Its name, or its index in a tuple.
        name: &'static str,
        /// How it is formatted, as behind the colon in `format!`; empty where nothing stands there.
        format: &'static str,
    },
}

/// The types that stand before a template, and the template.
pub(super) fn types_and_template(mut row: &'static str) -> (Vec<&'static str>, &'static str) {
    let mut types = Vec::new();
    while let Some((ty, behind)) = row.split_once('\0') {
        row = behind;
        if ty.is_empty() {
            break;
        }
        types.push(ty);
    }
    (types, row)
}

/// The fields that the message shows and that have no key, in the order in which they first stand there.
pub(super) fn shown_fields<'k>(
    row: &'static str,
    keyed: &'k [FieldSpec],
) -> impl Iterator<Item = FieldSpec> + use<'k> {
    let (types, template) = types_and_template(row);
    let mut names: Vec<&'static str> = Vec::new();
    for piece in Pieces(template) {
        let MessagePiece::Field { name, .. } = piece else { continue };
        if !names.contains(&name) && !keyed.iter().any(|field| field.name == name) {
            names.push(name);
        }
    }
    names.into_iter().zip(types).map(|(name, ty)| FieldSpec::shown(name, ty))
}

/// The pieces of a template. A text may come in two, where a brace in it is doubled: so each is a part of the
/// constant.
pub(super) struct Pieces(pub(super) &'static str);

impl Iterator for Pieces {
    type Item = MessagePiece;

    fn next(&mut self) -> Option<MessagePiece> {
        let rest = self.0;
        let Some(at) = rest.find(['{', '}']) else {
            self.0 = "";
            return (!rest.is_empty()).then_some(MessagePiece::Text(rest));
        };
        let (to_brace, behind) = rest.split_at(at + 1);
        let (before, brace) = to_brace.split_at(at);
        if let Some(behind) = behind.strip_prefix(brace) {
            self.0 = behind;
            return Some(MessagePiece::Text(to_brace));
        }
        if brace == "}" {
            // The macro lets none stand alone; were there one, it is a text like any other.
            self.0 = behind;
            return Some(MessagePiece::Text(to_brace));
        }
        if !before.is_empty() {
            self.0 = &rest[at..];
            return Some(MessagePiece::Text(before));
        }
        let (name, format, behind) = place(behind);
        self.0 = behind;
        Some(MessagePiece::Field { name, format })
    }
}

/// A place, whose opening brace is gone: `need:>4}, have` gives `need`, `>4` and `, have`.
fn place(text: &'static str) -> (&'static str, &'static str, &'static str) {
    let (name, from_end) = text.split_at(text.find([':', '}']).unwrap_or(text.len()));
    let Some(format) = from_end.strip_prefix(':') else {
        return (plain(name), "", from_end.get(1..).unwrap_or_default());
    };
    // The fill may be any character, a brace too, if an alignment follows: `{need:}<4}`.
    let mut letters = format.chars();
    let fill = match (letters.next(), letters.as_str().starts_with(['<', '^', '>'])) {
        (Some(fill), true) => fill.len_utf8(),
        _ => 0,
    };
    let end = format[fill..].find('}').map_or(format.len(), |end| end + fill);
    (plain(name), format[..end].trim_end(), format.get(end + 1..).unwrap_or_default())
}

/// `{ r#type }` is the field `type`.
fn plain(name: &'static str) -> &'static str {
    let name = name.trim_end();
    name.strip_prefix("r#").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(template: &'static str) -> Vec<MessagePiece> {
        Pieces(template).collect()
    }

    fn field(name: &'static str, format: &'static str) -> MessagePiece {
        MessagePiece::Field { name, format }
    }

    #[test]
    fn pieces_are_texts_and_places_in_their_order() {
        use MessagePiece::Text;
        assert_eq!(pieces("constant"), [Text("constant")]);
        assert_eq!(pieces(""), []);
        assert_eq!(
            pieces("need {need}, have {have}."),
            [Text("need "), field("need", ""), Text(", have "), field("have", ""), Text(".")]
        );
        assert_eq!(pieces("{0}{1:?}"), [field("0", ""), field("1", "?")]);
        assert_eq!(pieces("{r#type :>4 }"), [field("type", ">4")]);
        assert_eq!(
            pieces("a{{{a}}} {b:>4}"),
            [Text("a{"), field("a", ""), Text("}"), Text(" "), field("b", ">4")]
        );
        assert_eq!(
            pieces("{a:}<5}{b:{^9}|{c:+08.3}ü"),
            [field("a", "}<5"), field("b", "{^9"), Text("|"), field("c", "+08.3"), Text("ü")]
        );
        assert_eq!(pieces("100 %}}"), [Text("100 %}")]);
    }

    #[test]
    fn types_stand_before_the_template() {
        assert_eq!(types_and_template("u64\0Vec<u8>\0\0{a} {b}\0"), (vec!["u64", "Vec<u8>"], "{a} {b}\0"));
        assert_eq!(types_and_template("\0{{}}"), (vec![], "{{}}"));
        let shown: Vec<_> = shown_fields("u64\0std::option::Option<u8>\0\0{a} {b:?} {a}", &[])
            .map(|field| (field.name, field.ty, field.optional))
            .collect();
        assert_eq!(shown, [("a", "u64", false), ("b", "std::option::Option<u8>", true)]);
    }
}
