//! Takes a text that is the same for every value of an error, like a remedy; gives its pieces, in which `{code}` and
//! `{status}` are the only places, or the reason why something else in braces stands for nothing.

use super::template::{FieldRef, Piece, Template, parse_in};
use super::{Reason, words};

/// What stands for the error's code.
pub(crate) const CODE: &str = "code";
/// What stands for the number of its status.
pub(crate) const STATUS: &str = "status";

/// The pieces of a text; `what` it is, for the reason.
pub(crate) fn parse(what: &str, text: &str) -> Result<Template, Reason> {
    let template = parse_in(what, text)
        .map_err(|reason| if text.contains('{') { no_place(what, reason) } else { reason })?;
    for piece in &template.pieces {
        let Piece::Field { field, spec } = piece else { continue };
        if !matches!(field, FieldRef::Named(name) if spec.is_empty() && (name == CODE || name == STATUS)) {
            let place = Template { pieces: vec![piece.clone()] }.written();
            let wrong = format!("{} stands for nothing in this {what}", words::quoted(&place));
            let twice = format!("{{{place}}}");
            let help = format!(
                "`{{code}}` and `{{status}}` can stand there; for braces that readers see, write {}",
                words::quoted(&twice)
            );
            return Err(Reason::new(wrong, help));
        }
    }
    Ok(template)
}

/// No field can be meant here, so none is offered.
fn no_place(what: &str, mut reason: Reason) -> Reason {
    if reason.wrong.ends_with("is not the name or index of a field") {
        reason.wrong = reason.wrong.replace("is not the name or index of a field", "stands for nothing");
        reason.help = format!(
            "`{{code}}` and `{{status}}` can stand in a {what}; for a brace that readers see, write `{{{{` or `}}}}`"
        );
    }
    reason
}

/// The text of an error with this code and status.
pub(crate) fn fill(template: &Template, code: &str, status: u16) -> String {
    let mut filled = template.clone();
    filled.fill(CODE, code);
    filled.fill(STATUS, &status.to_string());
    filled.constant().unwrap_or_default()
}

/// Whether the text shows what this name stands for.
pub(crate) fn shows(template: &Template, name: &str) -> bool {
    template.fields().any(|field| matches!(field, FieldRef::Named(named) if named == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_status_are_filled_in() {
        let template = parse("remedy", "Quote {code} ({status}), as in {{code}}.").unwrap();
        assert_eq!(fill(&template, "gone", 410), "Quote gone (410), as in {code}.");
        assert!(shows(&template, CODE) && !shows(&template, "co"));
    }

    #[test]
    fn what_looks_like_a_place_and_is_none_is_refused() {
        let reason = parse("remedy", "Wait {seconds} s.").unwrap_err();
        assert_eq!(reason.wrong, "`{seconds}` stands for nothing in this remedy");
        assert_eq!(
            reason.help,
            "`{code}` and `{status}` can stand there; for braces that readers see, write `{{seconds}}`"
        );
        for text in ["{}", "{0}", "{code:>8}", "{", "}", "{\"id\": 1}", "{ code}"] {
            assert!(parse("remedy", text).is_err(), "{text}");
        }
        let reason = parse("remedy", "Send {\"id\": 1}.").unwrap_err();
        assert!(reason.wrong.ends_with("in this remedy stands for nothing"), "{}", reason.wrong);
        assert!(!reason.help.contains("need"), "{}", reason.help);
    }
}
