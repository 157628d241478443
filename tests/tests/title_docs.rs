//! What documentation and client read: the texts of an error, its link, its constants and its fields.

use std::time::Duration;

use errorbook::spec::MetaValue;
use errorbook::{ApiError, Envelope, envelope};

/// Each way in which a story can fail.
#[derive(ApiError)]
#[expect(dead_code, reason = "fields that are not shown are read by nobody here")]
#[api(section = "Stories", docs = "https://docs.example/errors#{code}")]
enum StoryError {
    /// No story has this id,
    /// or it was deleted.
    ///
    /// It may come back.
    #[api(status = 404, message = "…", remedy = "Check the id.")]
    StoryNotFound,

    /// The doc comment.
    #[api(
        status = 402,
        message = "Need {need}.",
        title = "Out of \"credits\"",
        description = "What is written goes first.",
        section = "Billing",
        docs = "https://billing.example/",
        meta(r#type = "billing", owner = "team-money"),
        meta(note = "say \"hi\"")
    )]
    InsufficientCredits {
        /// What the call costs.
        #[api(detail, example = 10)]
        need: u64,
        /// Whose credits.
        org: &'static str,
        #[api(detail = "left", example = "a \"few\"")]
        have: Option<String>,
        #[api(retry_after)]
        wait: Option<Duration>,
        #[api(header = "X-Plan", example = "p")]
        plan: &'static str,
        internal: u8,
    },

    #[api(status = 500)]
    HTTPError,
}

fn insufficient() -> StoryError {
    StoryError::InsufficientCredits { need: 10, org: "o", have: None, wait: None, plan: "free", internal: 0 }
}

#[test]
fn a_title_is_the_variants_name_in_words() {
    assert_eq!(StoryError::StoryNotFound.spec().title(), "Story not found");
    assert_eq!(StoryError::HTTPError.spec().title(), "HTTP error");
    assert_eq!(insufficient().spec().title(), "Out of \"credits\"");
}

#[test]
fn a_spec_knows_the_name_of_the_variant_or_struct() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct Gone;
    assert_eq!(StoryError::StoryNotFound.spec().name(), "StoryNotFound");
    assert_eq!(Gone.spec().name(), "Gone");
    assert_eq!(Gone.spec().title(), "Gone");
}

#[test]
fn the_description_is_the_doc_comment_unless_one_is_written() {
    let spec = StoryError::StoryNotFound.spec();
    assert_eq!(spec.description(), Some("No story has this id,\nor it was deleted.\n\nIt may come back."));
    assert_eq!(insufficient().spec().description(), Some("What is written goes first."));
    assert_eq!(StoryError::HTTPError.spec().description(), None);
}

#[test]
fn the_remedy_is_what_is_written() {
    assert_eq!(StoryError::StoryNotFound.spec().remedy(), Some("Check the id."));
    assert_eq!(StoryError::HTTPError.spec().remedy(), None);
}

#[test]
fn the_section_is_the_enums_unless_one_is_written() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct Nowhere;

    assert_eq!(StoryError::StoryNotFound.spec().section(), Some("Stories"));
    assert_eq!(insufficient().spec().section(), Some("Billing"));
    assert_eq!(Nowhere.spec().section(), None);
}

#[test]
fn the_link_is_the_enums_with_the_code_in_it_unless_one_is_written() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct Unlinked;

    let link = |error: StoryError| error.spec().docs();
    assert_eq!(link(StoryError::StoryNotFound), Some("https://docs.example/errors#story_not_found"));
    assert_eq!(link(StoryError::HTTPError), Some("https://docs.example/errors#h_t_t_p_error"));
    assert_eq!(link(insufficient()), Some("https://billing.example/"));
    assert_eq!(Unlinked.spec().docs(), None);
}

#[test]
fn meta_holds_constants_of_ones_own() {
    let error = insufficient();
    let spec = error.spec();
    assert_eq!(spec.meta_names().collect::<Vec<_>>(), ["type", "owner", "note"]);
    assert_eq!(spec.meta("type"), Some(MetaValue::Text("billing")));
    assert_eq!(spec.meta("owner"), Some(MetaValue::Text("team-money")));
    assert_eq!(spec.meta("note").and_then(MetaValue::as_str), Some("say \"hi\""));
    assert_eq!(spec.meta("nothing"), None);
    assert_eq!(StoryError::HTTPError.spec().meta_names().len(), 0);
}

#[test]
fn the_fields_are_told_with_names_types_roles_descriptions_and_examples() {
    let told: Vec<_> = insufficient()
        .spec()
        .fields()
        .map(|field| {
            (
                field.name(),
                field.ty(),
                field.is_optional(),
                (field.detail(), field.is_retry_after(), field.headers()),
                field.description(),
                field.example(),
            )
        })
        .collect();
    let none: &[&str] = &[];
    let expected = [
        ("need", "u64", false, (Some("need"), false, none), Some("What the call costs."), Some("10")),
        ("org", "&'static str", false, (None, false, none), Some("Whose credits."), None),
        ("have", "Option<String>", true, (Some("left"), false, none), None, Some(r#""a \"few\"""#)),
        ("wait", "Option<Duration>", true, (None, true, none), None, None),
        ("plan", "&'static str", false, (None, false, &["X-Plan"][..]), None, Some(r#""p""#)),
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_example_is_any_literal() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error(
        #[api(example = -5)] i8,
        #[api(example = 0.25)] f32,
        #[api(example = true)] bool,
        #[api(example = 1000)] u32,
        #[api(example = "ü")] &'static str,
    );
    let error = Error(0, 0.0, false, 0, "");
    let examples: Vec<_> = error.spec().fields().map(|field| field.example().unwrap()).collect();
    assert_eq!(examples, ["-5", "0.25", "true", "1000", "\"ü\""]);
    let names: Vec<_> = error.spec().fields().map(|field| field.name()).collect();
    assert_eq!(names, ["0", "1", "2", "3", "4"]);
    let _ = (error.0, error.1, error.2, error.3, error.4);
}

#[test]
fn a_type_is_told_as_it_is_written() {
    use std::collections::BTreeMap;

    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error<'a> {
        #[api(detail)]
        map: BTreeMap<&'a str, Vec<[u8; 4]>>,
        #[api(detail)]
        pair: (u8, std::string::String),
        #[api(detail)]
        list: &'a [Option<u8>],
    }
    let error = Error { map: BTreeMap::new(), pair: (1, String::new()), list: &[] };
    let types: Vec<_> = error.spec().fields().map(|field| field.ty()).collect();
    let expected = ["BTreeMap<&'a str, Vec<[u8; 4]>>", "(u8, std::string::String)", "&'a [Option<u8>]"];
    assert_eq!(types, expected);
}

#[test]
fn deprecation_is_told() {
    #[derive(ApiError)]
    enum Error {
        #[deprecated]
        #[api(status = 404, message = "…")]
        Old,
        #[deprecated = "use Gone"]
        #[api(status = 409, message = "…")]
        Noted,
        #[deprecated(since = "2.0.0", note = "use Gone, too")]
        #[api(status = 423, message = "…")]
        NotedInAList,
        #[api(status = 410, message = "…")]
        Gone,
    }
    #[expect(deprecated, reason = "they are what is tested")]
    let notes =
        [Error::Old, Error::Noted, Error::NotedInAList, Error::Gone].map(|error| error.spec().deprecated());
    assert_eq!(notes, [Some(""), Some("use Gone"), Some("use Gone, too"), None]);
}

#[test]
fn a_code_off_the_wire_is_told() {
    use errorbook::{Envelope, envelope};
    const ANY_CODE: Envelope = envelope!({ "message": message, "code": code? });

    #[derive(ApiError)]
    #[api(envelope = ANY_CODE)]
    enum Error {
        #[api(status = 404, message = "…", omit(code))]
        Hidden,
        #[api(status = 410, message = "…")]
        Shown,
    }
    assert!(Error::Hidden.spec().omits_code());
    assert!(!Error::Shown.spec().omits_code());
    assert_eq!(Error::Hidden.code(), "hidden");
    assert_eq!(Error::Hidden.body().to_bytes(), r#"{"message":"…"}"#);
    assert_eq!(Error::Shown.body().to_bytes(), r#"{"message":"…","code":"shown"}"#);
}

#[test]
fn a_block_comment_is_a_description_without_its_asterisks() {
    /**
     * It is gone.
     *
     * For good.
     */
    #[derive(ApiError)]
    #[api(status = 410, message = "Gone.")]
    struct Gone;

    assert_eq!(Gone.spec().description(), Some("It is gone.\n\nFor good."));
}

const NUMBERED: Envelope = envelope!({
    "number": meta.number, "fatal": meta.fatal, "ratio": meta.ratio, "param": meta.param, "type": meta.r#type,
    "code": code
});

#[derive(ApiError)]
#[api(envelope = NUMBERED)]
enum Numbered {
    #[api(
        status = 409,
        message = "…",
        meta(number = 10003, fatal = true, ratio = -0.5, param = null, r#type = "{code}/{status}/{{x}}")
    )]
    Duplicate,
}

#[test]
fn meta_holds_any_literal_of_json() {
    let spec = Numbered::Duplicate.spec();
    let body = Numbered::Duplicate.body().to_bytes();
    let expected = r#"{"number":10003,"fatal":true,"ratio":-0.5,"param":null,"type":"duplicate/409/{x}","code":"duplicate"}"#;
    assert_eq!(body, expected);
    assert_eq!(spec.meta("number").and_then(MetaValue::as_u64), Some(10003));
    assert_eq!(spec.meta("fatal").and_then(MetaValue::as_bool), Some(true));
    assert_eq!(spec.meta("ratio").and_then(MetaValue::as_f64), Some(-0.5));
    assert_eq!(spec.meta("param"), Some(MetaValue::Null));
    let all: serde_json::Map<_, _> = spec
        .meta_names()
        .map(|name| (name.to_owned(), serde_json::to_value(spec.meta(name)).unwrap()))
        .collect();
    assert_eq!(
        serde_json::Value::Object(all),
        serde_json::json!({
            "number": 10003, "fatal": true, "ratio": -0.5, "param": null, "type": "duplicate/409/{x}"
        }),
    );
    assert_eq!(spec.meta("number").unwrap().to_string(), "10003");
}

#[test]
fn code_and_status_stand_in_every_constant_text() {
    /// What doc comments say in {braces} is theirs.
    #[derive(ApiError)]
    #[api(
        status = 410,
        message = "{code} ({status})",
        title = "{code}: gone",
        remedy = "Quote {code}; braces are {{these}}.",
        section = "Status {status}",
        docs = "https://docs.example/{status}/{code}",
        header("X-Error", "{code};{status}")
    )]
    struct RunGone;
    let spec = RunGone.spec();
    assert_eq!(RunGone.message(), "run_gone (410)");
    assert_eq!(spec.title(), "run_gone: gone");
    assert_eq!(spec.remedy(), Some("Quote run_gone; braces are {these}."));
    assert_eq!(spec.section(), Some("Status 410"));
    assert_eq!(spec.docs(), Some("https://docs.example/410/run_gone"));
    assert_eq!(spec.headers()[0].constant(), Some("run_gone;410"));
    assert_eq!(spec.description(), Some("What doc comments say in {braces} is theirs."));
}

#[test]
fn a_field_of_that_name_goes_before_code_and_status() {
    #[derive(ApiError)]
    #[api(status = 410, message = "{code} {status}", header("X-Code", "{code} {status}"))]
    struct Upstream {
        code: u16,
    }
    let upstream = Upstream { code: 7 };
    assert_eq!(upstream.message(), "7 410");
    assert_eq!(upstream.to_response().headers()["x-code"], "7 410");
}
