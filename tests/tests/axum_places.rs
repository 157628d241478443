//! Where a request is wrong: a field error's pointer is that of the mistake, or of a value around it. It is never that
//! of something else, however serde reads the type.

use std::collections::{BTreeMap, HashMap};

use errorbook::FieldError;
use errorbook::axum::{Json, Query, Rejection};
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// The one field error of a body that does not fit.
fn wrong<T: DeserializeOwned + std::fmt::Debug>(body: &str) -> FieldError {
    match Json::<T>::from_bytes(body.as_bytes()) {
        Err(Rejection::InvalidRequest { fields }) => {
            assert_eq!((fields.len(), fields.more()), (1, 0));
            fields.into_iter().next().unwrap()
        }
        other => panic!("{body}: {other:?}"),
    }
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Place {
    lat: f64,
    lon: f64,
}

#[test]
fn a_missing_member_of_a_value_that_was_read_ahead_is_not_told_of_another_object() {
    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind")]
    #[expect(dead_code, reason = "only read")]
    enum Shot {
        Drone { id: u32, from: Place },
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Author {
        name: String,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct By {
        author: Author,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Story {
        name: String,
        #[serde(flatten)]
        by: By,
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "type", content = "data")]
    #[expect(dead_code, reason = "only read")]
    enum Event {
        At(Place),
    }

    let field = wrong::<Shot>(r#"{"kind":"Drone","id":7,"from":{"lat":1}}"#);
    assert_eq!((&*field.pointer, &*field.message), ("", "missing field `lon`"));
    assert_eq!(wrong::<Vec<Shot>>(r#"[{"kind":"Drone","id":7,"from":{"lat":1}}]"#).pointer, "/0");
    // The name of the story is there; that of its author is not.
    assert_eq!(wrong::<Story>(r#"{"name":"Otters","author":{}}"#).pointer, "");
    assert_eq!(wrong::<Event>(r#"{"data":{"lat":1},"type":"At"}"#).pointer, "");
    assert_eq!(wrong::<Event>(r#"{"type":"At","data":{"lat":1}}"#).pointer, "/data/lon");
    assert_eq!(wrong::<Event>(r#"{"data":{"lat":1}}"#).pointer, "/type");
}

#[test]
fn a_missing_member_is_told_where_no_other_object_can_lack_it() {
    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind")]
    #[expect(dead_code, reason = "only read")]
    enum Shot {
        Wide { lens: u8, tags: Vec<String> },
    }
    assert_eq!(wrong::<Shot>(r#"{"kind":"Wide","tags":["a"]}"#).pointer, "/lens");
    assert_eq!(wrong::<Shot>(r#"{"kind":"Wide","lens":5}"#).pointer, "/tags");
    // What is not asked for might have been.
    assert_eq!(wrong::<Shot>(r#"{"kind":"Wide","tags":["a"],"more":{}}"#).pointer, "");
}

#[test]
fn an_error_that_a_type_goes_on_after_does_not_lend_its_place_to_the_next() {
    #[expect(clippy::unnecessary_wraps, reason = "serde calls it so")]
    fn lenient<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<u8, D::Error> {
        Ok(u8::deserialize(reader).unwrap_or_default())
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Film {
        #[serde(deserialize_with = "lenient")]
        takes: u8,
        title: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(try_from = "Soft")]
    struct Hard;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Soft {
        #[serde(deserialize_with = "lenient")]
        takes: u8,
    }

    impl TryFrom<Soft> for Hard {
        type Error = &'static str;

        fn try_from(_: Soft) -> Result<Self, Self::Error> {
            Err("missing field `takes`")
        }
    }

    assert_eq!(wrong::<Film>(r#"{"takes":"many"}"#).pointer, "/title");
    assert_eq!(wrong::<Film>(r#"{"takes":"many","title":5}"#).pointer, "/title");
    assert_eq!(wrong::<Hard>(r#"{"takes":"many"}"#).pointer, "");
    let uri = "/?takes=many&title=x&title=y".parse().unwrap();
    let Rejection::InvalidQuery { fields } = Query::<Film>::try_from_uri(&uri).unwrap_err() else { panic!() };
    assert_eq!(fields.iter().next().unwrap().pointer, "/title");
}

#[test]
fn a_variant_that_was_sent_as_a_text_has_nothing_below() {
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    #[expect(dead_code, reason = "only read")]
    enum Payment {
        Card { number: String },
    }
    assert_eq!(wrong::<Vec<Payment>>(r#"["card"]"#).pointer, "/0");
    assert_eq!(wrong::<Vec<Payment>>(r#"[{"card":5}]"#).pointer, "/0/card");
}

/// A type of which each value may stand in any other, in all the ways in which serde reads one. The names of required
/// members are few, so that each is missed in one object and found in the next.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read")]
struct Node {
    n: u8,
    m: u8,
    #[serde(default)]
    plain: Option<Box<Node>>,
    #[serde(default)]
    external: Option<Box<External>>,
    #[serde(default)]
    internal: Option<Box<Internal>>,
    #[serde(default)]
    content_first: Option<Box<ContentFirst>>,
    #[serde(default)]
    tag_first: Option<Box<TagFirst>>,
    #[serde(default)]
    untagged: Option<Box<Untagged>>,
    #[serde(default)]
    flat: Option<Box<Flat>>,
    #[serde(default)]
    list: Vec<Node>,
    #[serde(default)]
    map: BTreeMap<String, Node>,
    #[serde(default)]
    pair: Option<(u8, Box<Node>)>,
    #[serde(default)]
    new: Option<Box<New>>,
}

#[derive(Debug, Clone, Deserialize)]
struct New(#[expect(dead_code, reason = "only read")] Node);

#[derive(Debug, Clone, Deserialize)]
#[expect(dead_code, reason = "only read")]
enum External {
    Struct { n: u8, plain: Node },
    Newtype(Node),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "n")]
#[expect(dead_code, reason = "only read")]
enum Internal {
    Struct { m: u8, plain: Node },
}

/// In a sorted object the content comes first.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "n", content = "m")]
#[expect(dead_code, reason = "only read")]
enum ContentFirst {
    Struct { n: u8, plain: Node },
    Newtype(Node),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "m", content = "n")]
#[expect(dead_code, reason = "only read")]
enum TagFirst {
    Struct { n: u8, plain: Node },
    Newtype(Node),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only read")]
enum Untagged {
    Struct { n: u8, plain: Node },
    Node(Node),
}

#[derive(Debug, Clone, Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Flat {
    n: u8,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Debug, Clone, Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Rest {
    m: u8,
    plain: Node,
    #[serde(flatten)]
    others: HashMap<String, u8>,
}

/// A `Node` in JSON.
fn node() -> impl Strategy<Value = Value> {
    let leaf = Just(json!({ "n": 1, "m": 2 }));
    leaf.prop_recursive(4, 24, 3, |inner| {
        let at = prop::sample::select(vec![
            "plain",
            "external",
            "external2",
            "internal",
            "content_first",
            "content_first2",
            "tag_first",
            "tag_first2",
            "untagged",
            "untagged2",
            "flat",
            "list",
            "map",
            "pair",
            "new",
        ]);
        prop::collection::vec((at, inner), 1..3).prop_map(|parts| {
            let mut node = json!({ "n": 1, "m": 2 });
            for (at, inner) in parts {
                let value = match at {
                    "external" => json!({ "Struct": { "n": 1, "plain": inner } }),
                    "external2" => json!({ "Newtype": inner }),
                    "internal" => json!({ "n": "Struct", "m": 2, "plain": inner }),
                    "content_first" => json!({ "n": "Struct", "m": { "n": 1, "plain": inner } }),
                    "content_first2" => json!({ "n": "Newtype", "m": inner }),
                    "tag_first" => json!({ "m": "Struct", "n": { "n": 1, "plain": inner } }),
                    "tag_first2" => json!({ "m": "Newtype", "n": inner }),
                    "untagged" => json!({ "n": 1, "plain": inner }),
                    "flat" => json!({ "n": 1, "m": 2, "plain": inner, "other": 3 }),
                    "list" => json!([{ "n": 1, "m": 2 }, inner]),
                    "map" => json!({ "n": inner, "a/b": { "n": 1, "m": 2 } }),
                    "pair" => json!([1, inner]),
                    _ => inner,
                };
                node[at.trim_end_matches('2')] = value;
            }
            node
        })
    })
}

#[derive(Debug, Clone, Copy)]
enum Mistake {
    Missing,
    Duplicate,
    Unknown,
    OtherType,
    OutOfRange,
}

/// The members of all objects and the items of all lists, each as the pointer to it.
fn places(value: &Value, pointer: &str, found: &mut Vec<String>) {
    let mut each = |token: &str, value: &Value| {
        let pointer = format!("{pointer}/{}", FieldError::escape_token(token));
        places(value, &pointer, found);
        found.push(pointer);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| each(name, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| each(&at.to_string(), value)),
        _ => {}
    }
}

/// The value with this mistake, as text, and the pointer of the mistake.
fn with_mistake(value: &Value, at: &str, mistake: Mistake) -> Option<(String, String)> {
    /// Stands for what cannot be in a `Value`.
    const TWICE: &str = "twice ";
    let mut value = value.clone();
    let (parent, token) = at.rsplit_once('/')?;
    let token = token.replace("~1", "/").replace("~0", "~");
    let mut right = at.to_owned();
    let is_number = value.pointer(at)?.is_u64();
    match (mistake, value.pointer_mut(parent)?) {
        (Mistake::Missing, Value::Object(members)) => drop(members.remove(&token)?),
        (Mistake::Duplicate, Value::Object(members)) => {
            let twice: Map<_, _> = std::mem::take(members)
                .into_iter()
                .flat_map(|(name, value)| {
                    let again = (name == token).then(|| (format!("{name}{TWICE}"), value.clone()));
                    [Some((name, value)), again].into_iter().flatten()
                })
                .collect();
            *members = twice;
        }
        (Mistake::Unknown, Value::Object(members)) => {
            members.insert("unknown".to_owned(), json!(1));
            right = format!("{parent}/unknown");
        }
        (Mistake::OtherType, _) => *value.pointer_mut(at)? = json!(false),
        (Mistake::OutOfRange, _) if is_number => *value.pointer_mut(at)? = json!(256),
        _ => return None,
    }
    Some((value.to_string().replace(TWICE, ""), right))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn a_pointer_is_that_of_the_mistake_or_of_a_value_around_it(
        value in node(),
        at in any::<prop::sample::Index>(),
        mistake in prop::sample::select(vec![
            Mistake::Missing, Mistake::Duplicate, Mistake::Unknown, Mistake::OtherType, Mistake::OutOfRange,
        ]),
    ) {
        serde_json::from_value::<Node>(value.clone()).unwrap();
        let mut all = Vec::new();
        places(&value, "", &mut all);
        let Some((body, right)) = with_mistake(&value, at.get::<String>(&all), mistake) else { return Ok(()) };
        if let Err(rejection) = Json::<Node>::from_bytes(body.as_bytes()) {
            let Rejection::InvalidRequest { fields } = rejection else { panic!("{body}: {rejection}") };
            let pointer = &fields.iter().next().unwrap().pointer;
            let is_around = right.strip_prefix(&**pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            prop_assert!(is_around, "{pointer} for {right} in {body}");
            // Where nothing is read ahead, no variant is chosen by the mistake, and serde says what members a struct has
            // (not of a variant within a tag), it is the very place.
            let ahead = ["/internal", "/content_first", "/untagged", "/flat"];
            let chooses = ["/external", "/tag_first", "/tag_first/n"];
            let (parent, _) = right.rsplit_once('/').unwrap();
            let is_exact = !ahead.iter().any(|name| right.contains(name))
                && !chooses.iter().any(|name| parent.ends_with(name));
            if is_exact {
                prop_assert_eq!(&**pointer, &*right, "{}", body);
            }
        }
    }
}
