//! An error made of its spec alone, for documentation: the examples of its fields in their place, or a sample by the
//! looks of their types; rendered by what renders every other error.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::value::RawValue;

use super::{ErrorSpec, FieldSpec, MessageKind, MessagePiece};
use crate::api_error::ApiError;
use crate::envelope::PreparedBodies;
use crate::render::field::{ByTraits, Field};
use crate::render::look::{Declared, Look};

/// An error as an [`ErrorSpec`] describes it, with the examples of its fields in place of values; see
/// [`ErrorSpec::to_example`].
pub struct Example {
    spec: &'static ErrorSpec,
    /// In the order in which an error hands its values over.
    values: Vec<Sample>,
}

/// What stands in a field's place.
struct Sample {
    shown: String,
    /// `None`: nobody knows what such a value looks like.
    json: Option<Box<RawValue>>,
    wait: Option<Duration>,
}

impl ErrorSpec {
    /// An error of this kind, with the [examples](FieldSpec::example) of its fields in place of values. A field without
    /// an example gets a sample by its type: `1` for an integer, `1.5` for a float, `true`, its own name for a text,
    /// 30 seconds for a wait. Details of any other type are left out.
    ///
    /// It renders like every error, so that documentation can show a body as the service writes it.
    ///
    /// ```
    /// use errorbook::ApiError;
    ///
    /// #[derive(ApiError)]
    /// enum StoryError {
    ///     #[api(status = 402, message = "Need {need}, have {have}.")]
    ///     OutOfCredits {
    ///         #[api(detail, example = 10)]
    ///         need: u64,
    ///         have: u64,
    ///     },
    /// }
    ///
    /// let spec = StoryError::catalog().get("out_of_credits").next().unwrap();
    /// let body = spec.to_example().body().with_envelope(&errorbook::envelope::FLAT).to_bytes();
    /// assert_eq!(body, r#"{"code":"out_of_credits","message":"Need 10, have 1.","details":{"need":10}}"#);
    /// ```
    #[must_use]
    pub fn to_example(&'static self) -> Example {
        let fields: Vec<FieldSpec> = self.fields().collect();
        let mut values: Vec<Sample> = fields.iter().map(Sample::of_field).collect();
        let text_of = |values: &[Sample], name: &str| {
            let place = fields.iter().position(|field| field.name == name);
            place
                .and_then(|place| values.get(place))
                .map_or_else(|| name.to_owned(), |value| value.shown.clone())
        };
        if self.more.kind == MessageKind::Display {
            let pieces = self.message_pieces().map(|piece| match piece {
                MessagePiece::Text(text) => text.to_owned(),
                MessagePiece::Field { name, .. } => text_of(&values, name),
            });
            let shown = pieces.collect();
            values.push(Sample { shown, json: None, wait: None });
        } else {
            for piece in self.message_pieces() {
                if let MessagePiece::Field { name, format: "?" | "#?" } = piece {
                    let shown = text_of(&values, name);
                    values.push(Sample { shown: format!("{shown:?}"), json: None, wait: None });
                } else if let MessagePiece::Field { name, format } = piece
                    && !format.is_empty()
                {
                    let shown = text_of(&values, name);
                    values.push(Sample { shown, json: None, wait: None });
                }
            }
        }
        for header in self.headers().iter().filter(|header| header.varies) {
            let pieces = header.pieces().map(|piece| match piece {
                MessagePiece::Text(text) => text.to_owned(),
                MessagePiece::Field { name, .. } => text_of(&values, name),
            });
            let shown = pieces.collect();
            values.push(Sample { shown, json: None, wait: None });
        }
        Example { spec: self, values }
    }
}

impl Sample {
    fn of_field(field: &FieldSpec) -> Self {
        let example = field.example.map(str::to_owned);
        let json = example.or_else(|| by_type(field.ty, field.name));
        let shown = match json.as_deref().map(serde_json::from_str::<serde_json::Value>) {
            Some(Ok(serde_json::Value::String(text))) => text,
            Some(Ok(value)) => value.to_string(),
            _ => field.name.to_owned(),
        };
        let wait = field.retry_after.then(|| seconds(&shown).unwrap_or(Duration::from_secs(30)));
        // What a function makes of the field nobody knows but by an example.
        let is_known = field.example.is_some() || field.with.is_none();
        let json = json.filter(|_| is_known).and_then(|json| RawValue::from_string(json).ok());
        Self { shown, json, wait }
    }
}

/// A wait as one writes it: `30`, `30s`, `500ms`, `2m`.
fn seconds(text: &str) -> Option<Duration> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number = number.parse().ok()?;
    match unit.trim() {
        "" | "s" => Some(Duration::from_secs(number)),
        "ms" => Some(Duration::from_millis(number)),
        "m" => Some(Duration::from_secs(number.checked_mul(60)?)),
        _ => None,
    }
}

/// A sample of a type that is written like this, as JSON.
fn by_type(ty: &str, name: &str) -> Option<String> {
    let ty = ty.trim_start_matches('&').trim_start_matches("'static ").trim();
    let last = ty.rsplit("::").next().unwrap_or(ty);
    match last {
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => {
            Some("1".to_owned())
        }
        "f32" | "f64" => Some("1.5".to_owned()),
        "bool" => Some("true".to_owned()),
        "String" | "str" => serde_json::to_string(name).ok(),
        _ => {
            let (outer, inner) = ty.split_once('<')?;
            let outer = outer.rsplit("::").next()?;
            let inner = inner.strip_suffix('>')?;
            matches!(outer, "Option" | "Box" | "Arc" | "Cow").then(|| by_type(inner, name))?
        }
    }
}

impl ApiError for Example {
    fn __errorbook_look(&self, look: &mut Look<'_>) {
        let values: Vec<ByTraits<'_>> = self.values.iter().map(Sample::by_traits).collect();
        let values: Vec<&dyn Field> = values.iter().map(|value| value as &dyn Field).collect();
        look.see(Declared { spec: self.spec, bodies: bodies_of(self.spec) }, &values);
    }

    fn __errorbook_erased(&self) -> &dyn ApiError {
        self
    }
}

impl Sample {
    fn by_traits(&self) -> ByTraits<'_> {
        let mut value = ByTraits::NOTHING.shown(&self.shown).header(Some(&self.shown)).wait(self.wait);
        if let Some(json) = &self.json {
            value = value.json(json);
        }
        value
    }
}

/// The bodies of examples, prepared apart from those of errors, as their table is the type's own.
fn bodies_of(spec: &'static ErrorSpec) -> &'static PreparedBodies {
    type Kept = Mutex<HashMap<usize, &'static PreparedBodies>>;
    static KEPT: OnceLock<Kept> = OnceLock::new();
    let kept = KEPT.get_or_init(Kept::default);
    // There are no more of them than errors in the source, so what is kept is bounded.
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    kept.entry(std::ptr::from_ref(spec).addr()).or_insert_with(|| Box::leak(Box::default()))
}

impl fmt::Debug for Example {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Example").field(&self.spec.code()).finish()
    }
}
