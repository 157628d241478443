//! What is declared, as data that needs no value: catalogues, the slots of an envelope, the pieces of a message, and
//! errors that are made of their spec alone.

use std::time::Duration;

use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::retry::DEFAULT_BACKOFF;
use errorbook::spec::MessagePiece::{self, Field, Text};
use errorbook::{ApiError, Catalog, Catalogued, Envelope, ErrorSpec, envelope};
use errorbook_tests::apis::{decks, pull_story, runs, story, videogen};
use serde_json::Value;

const OWN: Envelope = envelope!({ "code": code, "message": message });

/// The errors of a story.
#[derive(ApiError)]
#[expect(dead_code, reason = "what is declared needs no value")]
#[api(envelope = OWN, backoff = "500ms 1s", shared_codes("gone"), catalog_title = "Stories")]
enum StoryError {
    #[api(status = 410, code = "gone", message = "The story is gone.")]
    Gone,
    #[api(status = 410, code = "gone", message = "The draft is gone.")]
    DraftGone,
    #[api(status = 404, message = "No story {{{id}}} of {author:?}: {id:>width$}, {id}.")]
    NotFound { id: u64, author: Option<String>, width: usize },
    #[api(status = 500)]
    Broken,
    #[api(transparent)]
    Billing(BillingError),
}

#[derive(ApiError)]
#[expect(dead_code, reason = "what is declared needs no value")]
enum BillingError {
    #[api(status = 402, message = "Out of credits.")]
    OutOfCredits,
}

fn pieces<E: Catalogued>(code: &str) -> Vec<MessagePiece> {
    E::catalog().get(code).flat_map(ErrorSpec::message_pieces).collect()
}

#[test]
fn a_catalogue_tells_what_stands_on_the_type() {
    let catalog = StoryError::catalog();
    assert_eq!(catalog.type_name(), "StoryError");
    assert_eq!(catalog.title(), "Stories");
    assert_eq!(catalog.description(), Some("The errors of a story."));
    assert_eq!(catalog.envelope().map(Envelope::schema), Some(OWN.schema()));
    assert_eq!(catalog.backoff(), [Duration::from_millis(500), Duration::from_secs(1)]);
    assert_eq!(catalog.shared_codes(), ["gone"]);
    let held: Vec<_> = catalog.nested().map(Catalog::type_name).collect();
    assert_eq!(held, ["BillingError"]);

    let plain = BillingError::catalog();
    assert!(plain.envelope().is_none());
    assert_eq!((plain.description(), plain.backoff()), (None, DEFAULT_BACKOFF));
    assert!(plain.shared_codes().is_empty());
}

#[test]
fn a_code_leads_to_each_of_its_errors_held_ones_too() {
    let names = |code| -> Vec<_> { StoryError::catalog().get(code).map(ErrorSpec::name).collect() };
    assert_eq!(names("gone"), ["Gone", "DraftGone"]);
    assert_eq!(names("out_of_credits"), ["OutOfCredits"]);
    assert!(names("nothing").is_empty());
}

#[test]
fn a_message_comes_in_pieces() {
    assert_eq!(pieces::<BillingError>("out_of_credits"), [Text("Out of credits.")]);
    assert_eq!(pieces::<StoryError>("broken"), [Text("Internal Server Error")]);
    assert_eq!(
        pieces::<StoryError>("not_found"),
        [
            Text("No story {"),
            Field { name: "id", format: "" },
            Text("}"),
            Text(" of "),
            Field { name: "author", format: "?" },
            Text(": "),
            Field { name: "id", format: ">width$" },
            Text(", "),
            Field { name: "id", format: "" },
            Text("."),
        ],
    );
}

#[test]
fn fields_that_only_the_message_shows_are_known_by_name_and_type() {
    let error = StoryError::NotFound { id: 7, author: None, width: 3 };
    let shown: Vec<_> =
        error.spec().fields().map(|field| (field.name(), field.ty(), field.is_optional())).collect();
    assert_eq!(shown, [("id", "u64", false), ("author", "Option<String>", true)]);
    assert_eq!(error.message(), "No story {7} of None:   7, 7.");
}

fn slots(envelope: &Envelope) -> Vec<(String, String, bool, bool)> {
    let slots = envelope.slots();
    slots.map(|slot| (slot.name, slot.pointer, slot.may_be_left_out, slot.may_be_null)).collect()
}

#[test]
fn an_envelope_tells_where_each_slot_stands() {
    let own =
        |name: &str, pointer: &str, left_out, null| (name.to_owned(), pointer.to_owned(), left_out, null);
    assert_eq!(
        slots(&NESTED),
        [
            own("code", "/error/code", false, false),
            own("message", "/error/message", false, false),
            own("request_id", "/error/request_id", true, false),
            own("details", "/error/details", true, false),
        ],
    );
    let odd = envelope!({
        "a/b~c": [title, { "x": context.run_id, ..details }?],
        "status": status, "kind": meta.kind?, "code": code,
    });
    assert_eq!(
        slots(&odd),
        [
            own("title", "/a~1b~0c/0", false, false),
            own("context.run_id", "/a~1b~0c/1/x", true, true),
            own("..details", "/a~1b~0c/1", true, false),
            own("status", "/status", false, true),
            own("meta.kind", "/kind", true, true),
            own("code", "/code", false, false),
        ],
    );
}

fn check_examples<E: Catalogued>(how_many: usize) {
    let mut count = 0;
    for spec in E::catalog().entries() {
        count += 1;
        let example = spec.to_example();
        assert!(std::ptr::eq(example.spec(), spec));
        assert!(!example.message().is_empty(), "{}", spec.code());
        let own = E::catalog().envelope().unwrap_or(&NESTED);
        // The provided ones always show a code.
        let provided: &[&'static Envelope] =
            if spec.omits_code() { &[] } else { &[&NESTED, &FLAT, &PROBLEM, &JSON_API] };
        for envelope in provided.iter().copied().chain([own]) {
            let body = example.body().with_envelope(envelope).to_bytes();
            let body: Value = serde_json::from_slice(&body).expect("it is JSON");
            let schema = jsonschema::validator_for(&envelope.schema()).expect("the schema is one");
            assert!(schema.is_valid(&body), "{}: {body}", spec.code());
        }
        let response = example.to_response();
        assert_eq!(Some(response.status()), spec.status().or(Some(http::StatusCode::INTERNAL_SERVER_ERROR)));
    }
    assert_eq!(count, how_many);
}

#[test]
fn every_error_of_the_reference_apis_renders_from_its_spec_alone() {
    check_examples::<story::StoryError>(10);
    check_examples::<pull_story::PullStoryError>(11);
    check_examples::<runs::RunsError>(16);
    check_examples::<decks::DecksError>(9);
    check_examples::<videogen::VideogenError>(8);
}

#[test]
fn an_example_shows_examples_and_samples_in_message_details_and_headers() {
    #[derive(ApiError)]
    #[api(status = 429, message = "{org}: {used} of {limit:>4}, {ratio:.1}, {ok}, {name:?}.")]
    struct Limited {
        #[api(example = "acme")]
        org: String,
        #[api(detail)]
        used: u64,
        #[api(detail, example = 100)]
        limit: u64,
        ratio: f64,
        ok: bool,
        name: String,
        #[api(detail)]
        unknown: std::collections::BTreeMap<u8, u8>,
        #[api(retry_after, example = "7s")]
        wait: Duration,
        #[api(header = "X-Plan", example = "pro")]
        plan: Option<String>,
    }
    let example = Limited::catalog().entries().next().expect("there is one").to_example();
    let response = example.body().with_envelope(&FLAT).to_response();
    assert_eq!(response.headers()["retry-after"], "7");
    assert_eq!(response.headers()["x-plan"], "pro");
    assert_eq!(
        response.body(),
        r#"{"code":"limited","message":"acme: 1 of 100, 1.5, true, \"name\".","details":{"used":1,"limit":100}}"#,
    );
}
