//! Every kind of value that serde knows, and arbitrary nestings of them, against `serde_json` itself.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Debug, Display};

use proptest::prelude::*;
use serde::Serialize;
use serde::ser::{Error, SerializeMap, Serializer};
use serde_json::value::RawValue;
use serde_json::{Number, Value, json};

use super::{Buffer, push_serialized};

/// What is written behind something that was there before; `None` where it fails, and leaves that as it was.
fn written<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    let mut out = Buffer::new();
    out.push_str("[1,");
    let succeeded = push_serialized(&mut out, value);
    let text = String::from_utf8(out.as_slice().to_vec()).unwrap();
    let behind = text.strip_prefix("[1,").unwrap().to_owned();
    assert!(succeeded || behind.is_empty(), "left behind: {behind}");
    succeeded.then_some(behind)
}

#[track_caller]
fn check<T: Serialize + ?Sized>(value: &T) {
    assert_eq!(written(value), serde_json::to_string(value).ok());
}

#[track_caller]
fn check_fails<T: Serialize + ?Sized>(value: &T) {
    check(value);
    assert_eq!(written(value), None);
}

#[derive(Clone, Debug, Serialize)]
struct Unit;

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
struct Newtype<T>(T);

#[derive(Clone, Debug, Serialize)]
struct Pair<A, B>(A, B);

#[derive(Clone, Debug, Serialize)]
struct NoItems();

#[derive(Clone, Debug, Serialize)]
struct NoMembers {}

#[derive(Clone, Debug, Serialize)]
struct Members<T> {
    plain: T,
    #[serde(rename = "with \"quotes\"\n and more than sixteen bytes")]
    escaped: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<T>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
enum Variants<T> {
    Unit,
    #[serde(rename = "new\ttype")]
    Newtype(T),
    Tuple(T, T),
    NoItems(),
    Members {
        first: T,
        r#type: Option<T>,
    },
    NoMembers {},
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    Unit,
    Members { number: i32 },
}

#[derive(Clone, Debug, Serialize)]
struct Flattened {
    id: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

struct Bytes(&'static [u8]);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

/// Serializes as what it displays, which comes in pieces.
struct Displayed(&'static str);

impl Display for Displayed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{}>{:>4}", self.0, 7)
    }
}

impl Serialize for Displayed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Says something, then fails.
struct Failing;

impl Serialize for Failing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("said", &[1, 2])?;
        Err(S::Error::custom("enough"))
    }
}

/// A map without a length, of one entry.
struct Entry<K>(K);

impl<K: Serialize> Serialize for Entry<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(&self.0, &())?;
        map.end()
    }
}

#[test]
fn scalars_are_written_as_serde_json_does() {
    check(&[true, false]);
    check(&(i8::MIN, i16::MIN, i32::MIN, i64::MIN, i128::MIN));
    check(&(i8::MAX, i16::MAX, i32::MAX, i64::MAX, i128::MAX));
    check(&(u8::MAX, u16::MAX, u32::MAX, u64::MAX, u128::MAX));
    check(&(0u8, 0i8, 0u64, 0i64, 0u128, 0i128));
    check(&[0.0, -0.0, 1.0, 0.1, 1e21, 1e-7, 123_456_789.125, f64::MAX, f64::MIN_POSITIVE, 5e-324]);
    check(&[0.0, -0.0, 1.0, 0.1, 1e21, 1e-7, 16_777_216.0, f32::MAX, f32::MIN_POSITIVE, 1e-45]);
    check(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
    check(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY]);
    check(&['a', '"', '\\', '\u{1}', '\n', 'ü', '🦀']);
    check(&["", "plain", "say \"hi\"\n", "ü\u{2028}\u{7f}🦀", "0123456789abcdef\"0123456789abcdef0\\"]);
    check(&(Bytes(b""), Bytes(b"\0"), Bytes(&[1, 22, 255])));
    check(&((), Unit, None::<u8>, Some(1), Some(Some("x"))));
}

#[test]
fn compounds_are_written_as_serde_json_does() {
    check(&(Newtype(1), Newtype(Newtype("x")), Pair(1, "x"), NoItems(), NoMembers {}));
    check(&(Vec::<u8>::new(), vec![vec![1], vec![], vec![2, 3]], [(); 0]));
    check(&(HashMap::<String, u8>::new(), HashMap::from([("key", [Some(1), None])])));
    check(&Members { plain: "x", escaped: None, left_out: None });
    check(&Members { plain: Unit, escaped: Some(Unit), left_out: Some(Unit) });
    check(&[
        Variants::Unit,
        Variants::Newtype(1),
        Variants::Tuple(1, 2),
        Variants::NoItems(),
        Variants::Members { first: 1, r#type: Some(2) },
        Variants::NoMembers {},
    ]);
    check(&Variants::Newtype(Variants::Tuple(Variants::Members { first: 1, r#type: None }, Variants::Unit)));
    check(&(Tagged::Unit, Tagged::Members { number: -1 }));
    check(&Flattened { id: 1, rest: BTreeMap::new() });
    check(&Flattened { id: 1, rest: BTreeMap::from([("a".to_owned(), json!({ "b": [] }))]) });
    check(&(1, 2, Result::<u8, &str>::Err("x"), std::time::Duration::from_millis(1500)));
    check(&json!({ "a": [null, true, 1, -1, 1.5, "x", {}, [], { "b": { "c": [[]] } }] }));
}

#[test]
fn keys_are_written_as_serde_json_does() {
    check(&BTreeMap::from([("", 1), ("plain", 2), ("\"\n\\", 3)]));
    check(&BTreeMap::from([(true, 1), (false, 2)]));
    check(&BTreeMap::from([('a', 1), ('"', 2), ('ü', 3)]));
    check(&(Entry(i8::MIN), Entry(i16::MIN), Entry(i32::MIN), Entry(i64::MIN), Entry(i128::MIN)));
    check(&(Entry(u8::MAX), Entry(u16::MAX), Entry(u32::MAX), Entry(u64::MAX), Entry(u128::MAX)));
    check(&(Entry(1.0), Entry(-0.5), Entry(1e300), Entry(1.5f32), Entry(f32::MAX)));
    check(&(Entry(Newtype("x")), Entry(Newtype(1)), Entry(Some("x")), Entry(Variants::<u8>::Unit)));
    check(&Entry(Displayed("\"")));
}

#[test]
fn what_is_no_key_fails() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        check_fails(&Entry(float));
    }
    check_fails(&Entry(f32::NAN));
    check_fails(&Entry(()));
    check_fails(&Entry(Unit));
    check_fails(&Entry(None::<u8>));
    check_fails(&Entry(Bytes(b"x")));
    check_fails(&Entry([1]));
    check_fails(&Entry(vec![1]));
    check_fails(&Entry(Pair(1, 2)));
    check_fails(&Entry(BTreeMap::from([(1, 2)])));
    check_fails(&Entry(NoMembers {}));
    check_fails(&Entry(Variants::Newtype(1)));
    check_fails(&Entry(Variants::Tuple(1, 2)));
    check_fails(&Entry(Variants::Members { first: 1, r#type: None }));
}

#[test]
fn json_text_of_serde_json_goes_in_as_it_is() {
    for text in ["{ \"a\" : [ 1.00, \"\\u0041\" ] }", "null", "\"say \\\"hi\\\"\""] {
        let raw: Box<RawValue> = serde_json::from_str(text).unwrap();
        check(&(&raw, Newtype(&raw), Some(&raw), "x"));
        check(&Members { plain: &raw, escaped: Some(&raw), left_out: None });
        assert_eq!(written(&raw).as_deref(), Some(text));
    }
    check(&[Number::from(1), Number::from_f64(1.5).unwrap()]);
}

/// As `serde_json` has it with `arbitrary_precision`, which these tests do not turn on.
#[test]
fn a_number_of_arbitrary_precision_goes_in_as_it_is() {
    #[derive(Serialize)]
    #[serde(rename = "$serde_json::private::Number")]
    struct Precise {
        #[serde(rename = "$serde_json::private::Number")]
        digits: &'static str,
    }
    let digits = "3.14159265358979323846264338327950288";
    assert_eq!(written(&[Precise { digits }]), Some(format!("[{digits}]")));
}

#[test]
fn a_failure_takes_back_all_that_was_written() {
    check_fails(&Failing);
    check_fails(&[Ok(1), Err(Failing)]);
    check_fails(&Members { plain: Some(Failing), escaped: None, left_out: None });
    check_fails(&Pair(Variants::Tuple(1, 2), Failing));
    check_fails(&Variants::Newtype(Failing));
    check_fails(&BTreeMap::from([("a", Err::<u8, _>(Failing))]));
}

#[test]
fn a_display_lands_escaped_and_may_fail() {
    /// `serde_json` panics here, hence no comparison.
    struct Mute;

    impl Display for Mute {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("so far")?;
            Err(fmt::Error)
        }
    }

    impl Serialize for Mute {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    check(&[Displayed("plain"), Displayed("\"\\\u{1}ü"), Displayed("")]);
    check(&format_args!("{} \"{}\"", 1, 2));
    assert_eq!(written(&[Mute]), None);
    assert_eq!(written(&Entry(Mute)), None);
}

/// Texts that are long enough for every path of the escaping, and often need it.
fn any_text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![4 => prop::char::range(' ', '~'), 1 => prop::char::range('\0', '\u{1f}'), 1 => any::<char>()];
    prop::collection::vec(letter, 0..40).prop_map(String::from_iter)
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::hash_map(any_text(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_variant<T: Clone + Debug>(
    inner: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Variants<T>> + Clone {
    (0..6, inner.clone(), inner, any::<bool>()).prop_map(|(variant, first, second, some)| match variant {
        0 => Variants::Unit,
        1 => Variants::Newtype(first),
        2 => Variants::Tuple(first, second),
        3 => Variants::NoItems(),
        4 => Variants::Members { first, r#type: some.then_some(second) },
        _ => Variants::NoMembers {},
    })
}

proptest! {
    #[test]
    fn arbitrary_json_is_written_as_serde_json_does(value in any_json()) {
        check(&value);
    }

    #[test]
    fn arbitrary_types_are_written_as_serde_json_does(
        map in prop::collection::hash_map(any::<i32>(), prop::collection::vec(any::<Option<f32>>(), 0..5), 0..5),
        variants in prop::collection::vec(any_variant(any_variant(any::<(u8, i64)>())), 0..5),
        keyed in prop::collection::btree_map(any::<(char, bool)>().prop_map(|(key, _)| Newtype(key)), any::<i128>(), 0..5),
        texts in any::<(String, Option<char>, [u16; 3], f64)>(),
        plain in any_text(),
        left_out in prop::option::of(any_text()),
    ) {
        let members = Members { plain: plain.clone(), escaped: left_out.clone(), left_out };
        check(&(map, variants, keyed, texts, members));
    }

    #[test]
    fn arbitrary_keys_are_written_or_refused_as_serde_json_does(
        key in any_variant(any::<u8>()),
        float in any::<f64>(),
        integer in any::<i64>(),
        text in any_text(),
    ) {
        check(&Entry(key));
        check(&Entry(float));
        check(&Entry(Some(integer)));
        check(&Entry(text));
    }
}
