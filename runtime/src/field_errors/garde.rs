//! The `garde` feature: a report becomes a list of field errors.

use ::garde::Report;
use ::garde::error::Path;

use crate::field_errors::{FieldError, FieldErrors, push_token};

/// garde has no codes, so that of each is `invalid`. Pointers are made of the names in the report, which are those in
/// the Rust code, and the order is that of the pointers: a report lists the entries of a hash map in any order.
///
/// The messages are garde's, or yours; they are shown as they are.
impl From<Report> for FieldErrors {
    fn from(report: Report) -> Self {
        let mut errors: Vec<_> =
            report.into_inner().into_iter().map(|(path, error)| (steps(&path), error)).collect();
        // Stable, so that those of one field stay in the order of its rules.
        errors.sort_by(|(left, _), (right, _)| left.cmp(right));
        let field_error = |(steps, error): (Vec<Step>, ::garde::Error)| {
            let mut pointer = String::new();
            for step in steps {
                match step {
                    Step::Index(index) => push_token(&mut pointer, &index.to_string()),
                    Step::Name(name) => push_token(&mut pointer, &name),
                }
            }
            FieldError::new(pointer, "invalid", error.message().to_owned())
        };
        errors.into_iter().map(field_error).collect()
    }
}

/// One step of a path; in this order, so that item 10 comes after item 9.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Index(u64),
    Name(String),
}

/// The steps from the whole to the field.
///
/// A path's `Display` does not tell a dot in a name from the one between two; its `Serialize` does. It gives pairs:
/// `["key", "items"]`, `["index", "0"]`, and `["none", ""]` where garde goes through a wrapper that JSON does not show.
fn steps(path: &Path) -> Vec<Step> {
    let pairs: Option<Vec<(String, String)>> =
        serde_json::to_value(path).ok().and_then(|pairs| serde_json::from_value(pairs).ok());
    let Some(pairs) = pairs else { return Vec::new() };
    let step = |(kind, name): (String, String)| match (&*kind, name.parse()) {
        ("none", _) => None,
        ("index", Ok(index)) => Some(Step::Index(index)),
        // A raw identifier as serde names it.
        _ => Some(Step::Name(name.strip_prefix("r#").unwrap_or(&name).to_owned())),
    };
    pairs.into_iter().filter_map(step).collect()
}
