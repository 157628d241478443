//! The `garde` feature: what [garde](::garde) found becomes [`FieldErrors`].

use ::garde::error::Path;
use ::garde::{Report, Validate};
use serde::de::DeserializeOwned;

use crate::field_errors::names::{Finding, Findings, Step};
use crate::field_errors::{FieldErrors, LONGEST_POINTER, shortened};

/// Validates a value that was read from a request, with the default of its context.
///
/// As `value.validate()`, and its report as [`FieldErrors`] whose pointers are those of the request: a field is named as
/// serde names it, where its name there is the name in Rust or the same in another case (`rename_all`). What is wrong
/// within an enum that serde tags from outside has the enum's pointer, as garde does not tell the variant.
///
/// # Errors
///
/// All that is wrong with the value.
///
/// ```
/// #[derive(serde::Deserialize, garde::Validate)]
/// #[serde(rename_all = "camelCase")]
/// struct Address {
///     #[garde(length(min = 1))]
///     street_name: String,
/// }
///
/// let address: Address = serde_json::from_str(r#"{"streetName":""}"#)?;
/// let fields = errorbook::garde::check(&address).unwrap_err();
/// assert_eq!(fields.to_string(), "/streetName: length is lower than 1");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check<T>(value: &T) -> Result<(), FieldErrors>
where
    T: Validate<Context: Default> + DeserializeOwned,
{
    check_with(value, &T::Context::default())
}

/// As [`check`], with this context.
///
/// # Errors
///
/// All that is wrong with the value.
pub fn check_with<T: Validate + DeserializeOwned>(
    value: &T,
    context: &T::Context,
) -> Result<(), FieldErrors> {
    value.validate_with(context).map_err(|report| findings(report).into_json_of::<T>())
}

/// garde has no codes, so that of each is `invalid`. Pointers are made of the names in the report, which are those in
/// the Rust code, and the order is that of the pointers: a report lists the entries of a hash map in any order. Of more
/// than a hundred errors they are those that garde found first.
///
/// The messages are garde's, or yours; they are shown as they are, but for the end of a long one.
impl From<Report> for FieldErrors {
    fn from(report: Report) -> Self {
        findings(report).into_reported()
    }
}

/// The report as a list, in a fixed order.
pub(crate) fn findings(report: Report) -> Findings {
    let errors = report.into_inner();
    let more = errors.len().saturating_sub(FieldErrors::MOST);
    let finding = |(path, error): (Path, ::garde::Error)| Finding {
        steps: steps(&path),
        code: "invalid".into(),
        message: shortened(error.message().into()),
    };
    let mut list: Vec<_> = errors.into_iter().take(FieldErrors::MOST).map(finding).collect();
    // Stable, so that those of one field stay in the order of its rules.
    list.sort_by(|left, right| left.steps.cmp(&right.steps));
    // garde tells the keys of a map.
    Findings { list, more, counts_maps: false }
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
    // A key that no pointer can hold would be kept for each error below it.
    pairs.into_iter().take_while(|(_, name)| name.len() < LONGEST_POINTER).filter_map(step).collect()
}
