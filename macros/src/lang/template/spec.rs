//! Takes what stands behind the colon of a place in a message, `>8.2` or `width$?`; gives the trait that it asks for and the
//! fields that it names, or the reason why `format!` would not take it.

use super::{FieldRef, is_name};
use crate::lang::{Reason, words};

/// The fields that a spec names as width or precision.
pub(crate) fn spec_fields(spec: &str) -> Vec<FieldRef> {
    read_spec(spec).map(|spec| spec.fields).unwrap_or_default()
}

/// The spec with other names for the fields in it.
pub(crate) fn rename_spec_fields(spec: &str, rename: impl Fn(&str) -> String) -> String {
    // A `$` that is a fill names no field.
    let (fill, rest) = spec.split_at(fill(spec));
    let mut text = fill.to_owned();
    let mut parts = rest.split('$');
    for (field, part) in spec_fields(spec).iter().zip(&mut parts) {
        let Some(name) = field.name() else { continue };
        text.push_str(part.strip_suffix(&name).unwrap_or(part));
        text.push_str(&rename(&name));
        text.push('$');
    }
    text.extend(parts);
    text
}

/// The trait of `core::fmt` that a spec asks for.
pub(crate) fn spec_trait(spec: &str) -> &'static str {
    read_spec(spec).map_or("Display", |spec| spec.format)
}

/// How long the fill is, with the alignment that makes it one.
pub(super) fn fill(spec: &str) -> usize {
    let mut characters = spec.chars();
    match (characters.next(), characters.next()) {
        (Some(fill), Some('<' | '^' | '>')) => fill.len_utf8() + 1,
        _ => 0,
    }
}

pub(super) struct Spec {
    format: &'static str,
    fields: Vec<FieldRef>,
}

pub(super) enum BadSpec<'a> {
    Format(&'a str),
    Count(&'a str),
    Star,
}

impl BadSpec<'_> {
    pub(super) fn reason(&self, field: &str, spec: &str) -> Reason {
        let shown = words::quoted(&format!("{{{field}:{spec}}}"));
        match self {
            Self::Format(format) => Reason::new(
                format!("unknown format {} in {shown}", words::quoted(format)),
                format!("write `{{{field}}}`, or `{{{field}:?}}` for `Debug`"),
            )
            .with_note("the others are `x?`, `X?`, `x`, `X`, `o`, `b`, `e`, `E` and `p`, as in `format!`"),
            Self::Count(count) => {
                Reason::new(format!("the number `{count}` in {shown} is too large"), "the largest is 65535")
            }
            Self::Star => Reason::new(
                format!("the `.*` in {shown} takes an argument that a message has not"),
                format!(
                    "write the precision, as in `{{{field}:.2}}`, or a field that holds it, as in `.digits$`"
                ),
            ),
        }
    }
}

/// `[[fill]align][sign]['#']['0'][width]['.' precision][format]`, as `std::fmt` has it.
pub(super) fn read_spec(spec: &str) -> Result<Spec, BadSpec<'_>> {
    let mut fields = Vec::new();
    let mut rest = &spec[fill(spec)..];
    if rest.len() == spec.len() {
        rest = rest.strip_prefix(['<', '^', '>']).unwrap_or(rest);
    }
    rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    rest = rest.strip_prefix('#').unwrap_or(rest);
    // In `0$` the zero is a field.
    if !rest.starts_with("0$") {
        rest = rest.strip_prefix('0').unwrap_or(rest);
    }
    rest = skip_count(rest, &mut fields)?;
    if let Some(precision) = rest.strip_prefix('.') {
        if precision.starts_with('*') {
            return Err(BadSpec::Star);
        }
        rest = skip_count(precision, &mut fields)?;
    }
    let format = match rest {
        "" => "Display",
        "?" | "x?" | "X?" => "Debug",
        "x" => "LowerHex",
        "X" => "UpperHex",
        "o" => "Octal",
        "b" => "Binary",
        "e" => "LowerExp",
        "E" => "UpperExp",
        "p" => "Pointer",
        unknown => return Err(BadSpec::Format(unknown)),
    };
    Ok(Spec { format, fields })
}

/// What follows a width or precision, if there is one: a number, `name$` or `0$`.
fn skip_count<'a>(text: &'a str, fields: &mut Vec<FieldRef>) -> Result<&'a str, BadSpec<'a>> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, behind) = text.split_at(digits);
    if number.is_empty() {
        if let Some((name, behind)) = text.split_once('$')
            && is_name(name)
        {
            fields.push(FieldRef::Named(name.to_owned()));
            return Ok(behind);
        }
        return Ok(text);
    }
    let Ok(count) = number.parse::<u16>() else {
        return Err(BadSpec::Count(number));
    };
    let Some(behind) = behind.strip_prefix('$') else {
        return Ok(behind);
    };
    fields.push(FieldRef::Index(usize::from(count)));
    Ok(behind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::template::parse;

    fn named(name: &str) -> FieldRef {
        FieldRef::Named(name.to_owned())
    }

    #[track_caller]
    fn fails(text: &str, wrong: &str, help: &str) {
        let reason = parse(text).unwrap_err();
        assert_eq!((reason.wrong.as_str(), reason.help.as_str()), (wrong, help), "{text}");
    }

    #[test]
    fn specs_tell_their_trait_and_fields() {
        for (spec, format) in [
            ("", "Display"),
            (">8.2", "Display"),
            ("?", "Debug"),
            ("#?", "Debug"),
            ("02x?", "Debug"),
            ("#06x", "LowerHex"),
            ("X", "UpperHex"),
            ("o", "Octal"),
            ("b", "Binary"),
            (".3e", "LowerExp"),
            ("E", "UpperExp"),
            ("p", "Pointer"),
            ("x$", "Display"),
            ("x$x", "LowerHex"),
            ("not a spec", "Display"),
        ] {
            assert_eq!(spec_trait(spec), format, "{spec}");
        }
        assert_eq!(spec_fields("w$.p$?"), [named("w"), named("p")]);
        assert_eq!(spec_fields("*>+#0$.12$"), [FieldRef::Index(0), FieldRef::Index(12)]);
        assert_eq!(spec_fields("05.größe$"), [named("größe")]);
        assert_eq!(spec_fields("8.2"), []);
        let fields: Vec<FieldRef> = parse("{a:b$} {0:.c$} {a}").unwrap().fields().collect();
        assert_eq!(fields, [named("a"), named("b"), FieldRef::Index(0), named("c"), named("a")]);
    }

    #[test]
    fn fields_in_a_spec_are_renamed_where_they_stand() {
        let renamed = |spec| rename_spec_fields(spec, |name| format!("<{name}>"));
        for (spec, expected) in [
            (">value$", "><value>$"),
            ("max_digits$.digits$", "<max_digits>$.<digits>$"),
            ("1$.1$", "<1>$.<1>$"),
            ("$>05$?", "$>0<5>$?"),
            ("ü^#0w$x", "ü^#0<w>$x"),
            ("8.2", "8.2"),
            ("", ""),
        ] {
            assert_eq!(renamed(spec), expected, "{spec}");
        }
    }

    #[test]
    fn an_unknown_format_gets_the_list() {
        fails("{x:q}", "unknown format `q` in `{x:q}`", "write `{x}`, or `{x:?}` for `Debug`");
        assert_eq!(
            parse("{x:q}").unwrap_err().note.as_deref(),
            Some("the others are `x?`, `X?`, `x`, `X`, `o`, `b`, `e`, `E` and `p`, as in `format!`")
        );
        for spec in ["?5", " ?", ":?", "$", "?#", "r#w$", "00x5", "5 x", "debug"] {
            assert!(parse(&format!("{{x:{spec}}}")).is_err(), "{spec}");
        }
    }

    #[test]
    fn what_takes_an_argument_of_its_own_is_refused() {
        fails(
            "{x:.*}",
            "the `.*` in `{x:.*}` takes an argument that a message has not",
            "write the precision, as in `{x:.2}`, or a field that holds it, as in `.digits$`",
        );
    }

    #[test]
    fn a_width_beyond_what_format_takes_is_refused() {
        assert!(parse("{x:65535}").is_ok());
        fails("{x:65536}", "the number `65536` in `{x:65536}` is too large", "the largest is 65535");
        fails("{x:.99999}", "the number `99999` in `{x:.99999}` is too large", "the largest is 65535");
    }
}
