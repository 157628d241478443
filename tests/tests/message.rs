//! `message`: what end users read, by default and as written, and what happens when a `Display` fails.

use std::borrow::Cow;
use std::fmt;

use errorbook::ApiError;
use errorbook::spec::MessageSource;

use crate::support::{body, json};

/// The message as `message()` gives it and as the body shows it, which must be the same.
fn message(error: &dyn ApiError) -> String {
    let message = error.message().into_owned();
    assert_eq!(json(error)["error"]["message"], *message);
    message
}

#[test]
fn a_client_error_shows_its_display() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("story {0} is not there")]
    #[api(status = 404)]
    struct NotFound(u64);
    assert_eq!(message(&NotFound(7)), "story 7 is not there");
    assert_eq!(NotFound(7).spec().message(), MessageSource::Display(Some("story {0} is not there")));
}

#[test]
fn a_client_error_shows_a_display_written_by_hand() {
    #[derive(ApiError)]
    #[api(status = 404)]
    struct NotFound;

    impl fmt::Display for NotFound {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("by hand")
        }
    }
    assert_eq!(message(&NotFound), "by hand");
    assert_eq!(NotFound.spec().message(), MessageSource::Display(None));
}

#[test]
fn a_server_error_shows_the_reason_phrase_of_its_status() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("{0}")]
    enum Error {
        #[api(status = 500)]
        Internal(String),
        #[api(status = 503)]
        Down(String),
        #[api(status = 599)]
        NotRegistered(String),
    }
    let of = |error: fn(String) -> Error| message(&error("secret".to_owned()));
    assert_eq!(of(Error::Internal), "Internal Server Error");
    assert_eq!(of(Error::Down), "Service Unavailable");
    assert_eq!(of(Error::NotRegistered), "Server Error");
    assert_eq!(Error::Down(String::new()).spec().message(), MessageSource::ReasonPhrase);
}

#[test]
fn display_can_be_asked_for_on_purpose() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("the disk of {0} is full")]
    #[api(status = 507, message = display)]
    struct DiskFull(&'static str);
    assert_eq!(message(&DiskFull("node 3")), "the disk of node 3 is full");
}

#[test]
fn a_written_message_goes_before_display() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("for operators")]
    enum Error {
        #[api(status = 400, message = "For users.")]
        Client,
        #[api(status = 500, message = "For users, too.")]
        Server,
    }
    assert_eq!(message(&Error::Client), "For users.");
    assert_eq!(message(&Error::Server), "For users, too.");
}

#[test]
fn a_message_shows_fields_by_name_and_by_index() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 402, message = "Need {need}, have {have} remaining.")]
        Named { need: u64, have: u64 },
        #[api(status = 404, message = "{0} has no {1}, {0}!")]
        Indexed(String, &'static str),
    }
    assert_eq!(message(&Error::Named { need: 10, have: 3 }), "Need 10, have 3 remaining.");
    assert_eq!(message(&Error::Indexed("Ada".to_owned(), "key")), "Ada has no key, Ada!");
    let spec = Error::Named { need: 10, have: 3 }.spec();
    assert_eq!(spec.message(), MessageSource::Template("Need {need}, have {have} remaining."));
}

#[test]
fn a_message_may_begin_and_end_with_a_field() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 400, message = "{a}")]
        One { a: u8 },
        #[api(status = 401, message = "{a}{b}")]
        Two { a: i8, b: String },
        #[api(status = 402, message = "{a}, {b}, {c}")]
        Three { a: usize, b: isize, c: char },
        #[api(status = 403, message = "{a}{b}{c}{d}{a}")]
        Five { a: u128, b: i64, c: f64, d: bool },
    }
    assert_eq!(message(&Error::One { a: 1 }), "1");
    assert_eq!(message(&Error::Two { a: -1, b: "x".to_owned() }), "-1x");
    assert_eq!(message(&Error::Three { a: 1, b: -2, c: '"' }), "1, -2, \"");
    let five = Error::Five { a: u128::MAX, b: i64::MIN, c: 0.5, d: true };
    assert_eq!(message(&five), format!("{0}{1}0.5true{0}", u128::MAX, i64::MIN));
}

#[test]
fn a_message_formats_as_format_does() {
    #[derive(ApiError)]
    #[api(
        status = 400,
        message = "[{n:>5}] [{n:<5}] [{n:^5}] [{n:05}] [{n:+}] [{n:#x}] [{n:#X}] [{n:b}] [{n:o}] [{n:e}] \
                   [{x:.2}] [{x:8.3}] [{s:?}] [{s:*^9}] [{n:width$}] [{x:.prec$}] [{s:.3}] [{v:?}] [{v:#?}]"
    )]
    struct Formatted {
        n: u32,
        x: f64,
        s: &'static str,
        v: Vec<u8>,
        width: usize,
        prec: usize,
    }
    let error = Formatted { n: 42, x: 1.5, s: "a\"bcd", v: vec![1], width: 7, prec: 1 };
    let Formatted { n, x, s, v, width, prec } = &error;
    let (width, prec) = (*width, *prec);
    let expected = format!(
        "[{n:>5}] [{n:<5}] [{n:^5}] [{n:05}] [{n:+}] [{n:#x}] [{n:#X}] [{n:b}] [{n:o}] [{n:e}] \
         [{x:.2}] [{x:8.3}] [{s:?}] [{s:*^9}] [{n:width$}] [{x:.prec$}] [{s:.3}] [{v:?}] [{v:#?}]"
    );
    assert_eq!(message(&error), expected);
}

#[test]
fn a_width_may_be_a_field_of_a_tuple() {
    #[derive(ApiError)]
    #[api(status = 400, message = "[{0:1$}] [{2:.1$}]")]
    struct Formatted(u8, usize, f64);
    assert_eq!(message(&Formatted(7, 3, 0.5)), "[  7] [0.500]");
}

#[test]
fn widths_and_precisions_may_have_any_name_and_stand_twice() {
    #[derive(ApiError)]
    #[api(
        status = 400,
        message = "[{need:>value$}] [{ratio:max_digits$.digits$}] [{ratio:digits$.digits$}] [{need:$>3}]"
    )]
    struct Formatted {
        need: u8,
        value: usize,
        ratio: f64,
        max_digits: usize,
        digits: usize,
    }
    let error = Formatted { need: 7, value: 4, ratio: 0.125, max_digits: 6, digits: 2 };
    let Formatted { need, value, ratio, max_digits, digits } = error;
    assert_eq!(
        message(&error),
        format!("[{need:>value$}] [{ratio:max_digits$.digits$}] [{ratio:digits$.digits$}] [{need:$>3}]"),
    );
}

#[test]
fn a_text_that_may_be_changed_is_shown_too() {
    #[derive(ApiError)]
    #[api(status = 400, message = "{0} is no name.")]
    struct BadName<'a>(&'a mut str);
    assert_eq!(message(&BadName(&mut String::from("ab"))), "ab is no name.");
}

#[test]
fn a_brace_that_users_see_is_written_twice() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 400, message = "Write {{id}}.")]
        Constant,
        #[api(status = 401, message = "Write {{{id}}}.")]
        Around { id: u8 },
    }
    assert_eq!(message(&Error::Constant), "Write {id}.");
    assert_eq!(Error::Constant.body().to_bytes(), r#"{"error":{"code":"constant","message":"Write {id}."}}"#);
    // As it was written, so that a brace is told from a place.
    assert_eq!(Error::Constant.spec().message(), MessageSource::Template("Write {{id}}."));
    assert_eq!(message(&Error::Around { id: 7 }), "Write {7}.");
}

#[test]
fn every_character_arrives() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 400, message = "\"\\\u{0}\u{8}\u{c}\n\r\t\u{1f}\u{7f} \u{2028}ü🦀/")]
        Constant,
        #[api(status = 401, message = "\"\\\u{0}\u{8}\u{c}\n\r\t\u{1f}\u{7f} \u{2028}ü🦀/ {text} \"\\")]
        Shown { text: String },
    }
    let all = "\"\\\u{0}\u{8}\u{c}\n\r\t\u{1f}\u{7f} \u{2028}ü🦀/";
    assert_eq!(message(&Error::Constant), all);
    assert_eq!(message(&Error::Shown { text: all.to_owned() }), format!("{all} {all} \"\\"));
}

#[test]
fn raw_identifiers_are_shown_without_their_prefix() {
    #[derive(ApiError)]
    #[api(status = 400, message = "{type} and {r#type}")]
    struct Typed {
        r#type: &'static str,
    }
    assert_eq!(message(&Typed { r#type: "pdf" }), "pdf and pdf");
}

#[test]
fn a_constant_message_is_borrowed() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 404, message = "Not here.")]
        Constant,
        #[api(status = 500)]
        Generic,
    }
    assert!(matches!(Error::Constant.message(), Cow::Borrowed("Not here.")));
    assert!(matches!(Error::Generic.message(), Cow::Borrowed("Internal Server Error")));
}

#[test]
fn a_type_of_ones_own_that_is_called_like_a_primitive_is_shown_by_its_own_display() {
    mod own {
        #[expect(non_camel_case_types, reason = "the name is the point")]
        pub(super) struct u64;

        pub(super) struct String;

        impl std::fmt::Display for u64 {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("my number")
            }
        }

        impl std::fmt::Display for String {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("my text")
            }
        }
    }
    #[derive(ApiError)]
    #[api(status = 400, message = "{n} and {s}")]
    struct Error {
        // Without a path they would be taken for those that all know.
        n: own::u64,
        s: own::String,
    }
    let error = Error { n: own::u64, s: own::String };
    assert_eq!(error.message(), "my number and my text");
}

/// Writes half of what it has to say, then fails.
#[derive(Debug)]
struct Failing;

impl fmt::Display for Failing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("half of ")?;
        Err(fmt::Error)
    }
}

#[test]
fn a_display_that_fails_costs_the_message_and_not_the_answer() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 404, message = "No {0}.")]
        Shown(Failing),
        #[api(status = 410, message = "No {0:>20}.")]
        Formatted(Failing),
        #[api(status = 499, message = "{0}{1}{2}")]
        NotRegistered(u8, Failing, u8),
        #[api(status = 409, message = display)]
        Whole,
    }
    impl fmt::Display for Error {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            Failing.fmt(formatter)
        }
    }
    assert_eq!(message(&Error::Shown(Failing)), "Not Found");
    assert_eq!(message(&Error::Formatted(Failing)), "Gone");
    assert_eq!(message(&Error::NotRegistered(1, Failing, 2)), "Client Error");
    assert_eq!(message(&Error::Whole), "Conflict");
    assert_eq!(body(&Error::Shown(Failing)), r#"{"error":{"code":"shown","message":"Not Found"}}"#);
}

#[test]
fn a_display_may_render_an_error_of_its_own() {
    #[derive(ApiError)]
    #[api(status = 404, message = "{0}")]
    struct Inner(&'static str);

    struct Rendering;

    impl fmt::Display for Rendering {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(&body(&Inner("inner")))
        }
    }

    #[derive(ApiError)]
    #[api(status = 400, message = "outer: {0}")]
    struct Outer(Rendering);
    assert_eq!(message(&Outer(Rendering)), r#"outer: {"error":{"code":"inner","message":"inner"}}"#);
}

#[test]
fn an_error_without_display_needs_none_where_its_messages_are_written() {
    #[derive(ApiError)]
    enum Bare {
        #[api(status = 404, message = "Not here.")]
        Client,
        #[api(status = 500)]
        Server,
    }
    assert_eq!(message(&Bare::Client), "Not here.");
    assert_eq!(message(&Bare::Server), "Internal Server Error");
}

#[test]
fn a_width_or_precision_beyond_what_format_takes_is_the_largest_it_takes() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 400, message = "{text:>width$}|")]
        Wide { text: &'static str, width: usize },
        #[api(status = 400, message = "{0:.1$}|")]
        Precise(f64, usize),
        #[api(status = 400, message = "{text:*^width$.digits$}|")]
        Both { text: String, width: usize, digits: usize },
        #[api(status = 400, message = "Full.", header("X-Room", "{text:width$}"))]
        InAHeader { text: u8, width: usize },
    }
    for beyond in [65_535, 65_536, usize::MAX] {
        let wide = message(&Error::Wide { text: "a", width: beyond });
        assert_eq!((wide.len(), wide.trim_start()), (65_536, "a|"), "{beyond}");
        assert_eq!(message(&Error::Precise(1.5, beyond)).len(), 65_538, "{beyond}");
        let both = Error::Both { text: "ab".repeat(40_000), width: beyond, digits: beyond };
        assert_eq!(message(&both).len(), 65_536, "{beyond}");
        // What is too long for a header is the header's business: the answer is there.
        assert_eq!(Error::InAHeader { text: 1, width: beyond }.to_response().status(), 400);
    }
}
