//! What users' own `Display` and `Serialize` may do while they are called, and sizes out of the ordinary: the next
//! answer is always whole.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use errorbook::ApiError;
use errorbook::envelope::PROBLEM;
use serde::ser::{Serialize, Serializer};

use crate::support::{body, json, text};

#[derive(ApiError)]
#[api(status = 404, message = "{0}")]
struct Shown<T>(T);

#[derive(ApiError)]
#[api(status = 400, message = "…")]
struct Detailed<T> {
    #[api(detail)]
    before: u8,
    #[api(detail)]
    detail: T,
    #[api(detail)]
    after: u8,
}

fn detailed<T>(detail: T) -> Detailed<T> {
    Detailed { before: 1, detail, after: 2 }
}

#[test]
fn a_display_that_panics_leaves_the_next_answer_whole() {
    struct Panicking;

    impl fmt::Display for Panicking {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("half of it")?;
            resume_unwind(Box::new(()))
        }
    }
    for _ in 0..3 {
        let caught = catch_unwind(AssertUnwindSafe(|| Shown(Panicking).to_response()));
        assert!(caught.is_err(), "the user's panic is the user's");
        assert_eq!(body(&Shown("whole")), r#"{"error":{"code":"shown","message":"whole"}}"#);
    }
}

#[test]
fn a_serialize_that_panics_leaves_the_next_answer_whole() {
    struct Panicking;

    impl Serialize for Panicking {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            resume_unwind(Box::new(()))
        }
    }
    assert!(catch_unwind(AssertUnwindSafe(|| detailed(Panicking).to_response())).is_err());
    assert!(body(&detailed(7)).ends_with(r#""details":{"before":1,"detail":7,"after":2}}}"#));
}

/// Serializes as the body of an error.
struct Rendering<E>(E);

impl<E: ApiError> Serialize for Rendering<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.body().serialize(serializer)
    }
}

#[test]
fn a_detail_may_be_the_body_of_another_error() {
    let inner = Rendering(Shown("inner"));
    let outer = detailed(Rendering(detailed(inner)));
    assert_eq!(
        body(&outer),
        concat!(
            r#"{"error":{"code":"detailed","message":"…","details":{"before":1,"detail":"#,
            r#"{"error":{"code":"detailed","message":"…","details":{"before":1,"detail":"#,
            r#"{"error":{"code":"shown","message":"inner"}},"after":2}}},"after":2}}}"#,
        ),
    );
    assert_eq!(
        text(&outer.body().with_envelope(&PROBLEM).to_bytes()),
        r#"{"title":"Bad Request","status":400,"detail":"…","code":"detailed","before":1,"after":2}"#,
    );
}

#[test]
fn a_large_body_arrives_whole() {
    for length in [0, 1, 15, 16, 17, 31, 32, 33, 511, 512, 513, 4095, 4096, 4097, 100_000, 3_000_000] {
        let long = "ü\"".repeat(length);
        assert_eq!(json(&Shown(&*long))["error"]["message"], *long, "{length}");
        assert_eq!(json(&detailed(&*long))["error"]["details"]["detail"], *long, "{length}");
    }
    assert_eq!(body(&Shown("small")), r#"{"error":{"code":"shown","message":"small"}}"#);
}

#[test]
fn what_is_rendered_while_a_thread_ends_is_whole() {
    struct AtTheEnd;

    impl Drop for AtTheEnd {
        fn drop(&mut self) {
            let rendered = errorbook::context::Context::new()
                .with_request_id("req_1")
                .scope(|| json(&detailed("end"))["error"]["details"]["detail"] == "end");
            assert!(rendered);
            assert_eq!(body(&Shown(7)), r#"{"error":{"code":"shown","message":"7"}}"#);
        }
    }

    thread_local! {
        static LAST: AtTheEnd = const { AtTheEnd };
    }

    let thread = std::thread::spawn(|| {
        LAST.with(|_| ());
        body(&Shown("first"));
    });
    assert!(thread.join().is_ok());
}

#[test]
fn many_threads_may_render_one_error() {
    let errors = [Shown("one"), Shown("two")];
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                for _ in 0..200 {
                    for error in &errors {
                        assert_eq!(json(error)["error"]["message"], *error.0);
                    }
                }
            });
        }
    });
}

#[test]
fn an_error_need_not_be_send() {
    #[derive(ApiError)]
    #[api(status = 404, message = "{0}")]
    struct Local(Rc<str>);
    assert_eq!(Local("here".into()).message(), "here");
}

#[test]
fn fields_may_be_references_and_trait_objects() {
    #[derive(ApiError)]
    #[api(status = 404, message = "{shared} {unique} {object} {nested}")]
    struct Error<'a> {
        shared: &'a u8,
        unique: &'a mut String,
        object: Box<dyn fmt::Display + 'a>,
        #[api(detail, header = "X-Nested")]
        nested: &'a &'a str,
    }
    let mut text = String::from("b");
    let error = Error { shared: &1, unique: &mut text, object: Box::new('c'), nested: &"d" };
    assert_eq!(error.message(), "1 b c d");
}

#[test]
fn a_private_type_may_stand_in_a_public_error() {
    mod inner {
        #[derive(Debug)]
        pub(super) struct Private(pub(super) u8);

        impl std::fmt::Display for Private {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
    }

    #[derive(ApiError)]
    #[api(status = 404, message = "{private}")]
    pub(crate) struct Error {
        private: inner::Private,
    }
    assert_eq!(Error { private: inner::Private(1) }.message(), "1");
}

/// A `Serialize` that goes on after a part of it has failed, as one does that skips what it cannot write.
mod careless {
    use serde::ser::{Error, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
    use serde::{Serialize, ser};

    pub(super) struct Unwritable;

    impl Serialize for Unwritable {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(S::Error::custom("not today"))
        }
    }

    /// Which part is swallowed or left out.
    #[derive(Debug, Clone, Copy)]
    pub(super) enum Careless {
        Value,
        Key,
        Item,
        Member,
        KeyWithoutValue,
        ValueWithoutKey,
        TwoKeys,
        ForgedText,
        ForgedNothing,
    }

    impl Serialize for Careless {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Item => {
                    let mut items = serializer.serialize_seq(None)?;
                    let _ = items.serialize_element(&Unwritable);
                    items.serialize_element(&1)?;
                    items.end()
                }
                Self::Member => {
                    let mut members = serializer.serialize_struct("Careless", 2)?;
                    let _ = members.serialize_field("a", &Unwritable);
                    members.serialize_field("b", &1)?;
                    members.end()
                }
                Self::ForgedText | Self::ForgedNothing => {
                    let name = "$serde_json::private::RawValue";
                    let mut members = serializer.serialize_struct(name, 1)?;
                    if let Self::ForgedText = self {
                        members.serialize_field(name, "not json {")?;
                    }
                    ser::SerializeStruct::end(members)
                }
                _ => {
                    let mut members = serializer.serialize_map(None)?;
                    match self {
                        Self::Value => drop(members.serialize_entry("a", &Unwritable)),
                        Self::Key => drop(members.serialize_entry(&[1], &1)),
                        Self::KeyWithoutValue => members.serialize_key("a")?,
                        Self::ValueWithoutKey => drop(members.serialize_value(&1)),
                        _ => {
                            members.serialize_key("a")?;
                            drop(members.serialize_key("b"));
                        }
                    }
                    if !matches!(self, Self::KeyWithoutValue) {
                        let _ = members.serialize_entry("z", &1);
                    }
                    members.end()
                }
            }
        }
    }
}

#[test]
fn a_serialize_that_swallows_its_failures_costs_its_own_part() {
    use careless::Careless::*;

    #[derive(ApiError)]
    #[api(status = 422, message = "m")]
    struct Error(#[api(detail = "bad")] careless::Careless, #[api(detail = "good")] u8);

    for part in
        [Value, Key, Item, Member, KeyWithoutValue, ValueWithoutKey, TwoKeys, ForgedText, ForgedNothing]
    {
        let body = json(&Error(part, 1));
        assert_eq!(body["error"]["details"], serde_json::json!({ "good": 1 }), "{part:?}");
    }
}
