//! The model that all documents are made of: what it takes from catalogues, and that it can be written and read back.

use errorbook::book::{Act, Codes, Contract, Entry, Origin, Piece, Wait, When};
use errorbook::{ApiError, Envelope, envelope};
use errorbook_tests::apis::{DecksError, PullStoryError, RunsError, StoryError, VideogenError};

fn contracts() -> [Contract; 5] {
    errorbook_tests::contracts::all().map(|(_, contract)| contract)
}

#[test]
fn every_error_is_there_once_in_the_order_of_declaration() {
    for (contract, catalog) in contracts().iter().zip([
        StoryError::catalog(),
        PullStoryError::catalog(),
        RunsError::catalog(),
        DecksError::catalog(),
        VideogenError::catalog(),
    ]) {
        let declared: Vec<_> = catalog.entries().map(|spec| (spec.code(), spec.name())).collect();
        let (own, middleware): (Vec<_>, Vec<_>) =
            contract.errors.iter().partition(|error| error.origin == Origin::Service);
        let told: Vec<_> = own.iter().map(|error| (&*error.code, &*error.name)).collect();
        assert_eq!(told, declared);
        // What the middleware answers comes last.
        let last = &contract.errors[contract.errors.len() - middleware.len()..];
        assert!(last.iter().all(|error| error.origin == Origin::Middleware), "{last:?}");
    }
}

#[test]
fn what_is_written_reads_back_equal() {
    for mut contract in contracts() {
        let is_told = |error: &Entry| error.source.is_some() == (error.origin == Origin::Service);
        assert!(contract.errors.iter().all(is_told));
        let read = Contract::from_json(&contract.to_json()).unwrap();
        // Where an error is declared is nobody's business outside.
        contract.errors.iter_mut().for_each(|error| error.source = None);
        assert_eq!(read, contract);
    }
}

#[test]
fn a_newer_form_and_what_is_none_say_so() {
    let newer = Contract::from_json(r#"{"errorbook": 99, "title": 5}"#).unwrap_err();
    assert!(newer.to_string().contains("use a newer errorbook"), "{newer}");
    let none = Contract::from_json("<html>").unwrap_err();
    assert!(none.to_string().starts_with("this is not the JSON of an errorbook contract"), "{none}");
    // What a later version adds within the form is left out.
    let later = Contract::builder("x").build().to_json().replacen('{', r#"{"later": [1],"#, 1);
    assert_eq!(Contract::from_json(&later).unwrap(), Contract::builder("x").build());
}

const RUN: Envelope = envelope!({ "error": code, "text": message, "run": context.run_id? });

/// What can go wrong with a run.
#[derive(ApiError)]
#[api(envelope = RUN, section = "Runs", shared_codes("busy"))]
enum RunError {
    /// Too poor.
    #[api(
        status = 402,
        message = "Need {need}, have {have:>3?}.",
        meta(number = 7),
        header("X-Need", "{need}"),
        example_request = "POST /runs"
    )]
    TooPoor {
        /// What it costs.
        #[api(detail, example = 10)]
        need: u64,
        have: Option<u64>,
    },
    #[deprecated = "answered as `too_poor` since May"]
    #[api(status = 503, code = "busy", message = "Busy.", retry = "after 30s..60s, once")]
    Busy,
    #[api(status = 503, code = "busy", message = "Busy.", retry = "after 30s..60s, once", act = "operator")]
    BusyToo,
    #[api(transparent)]
    Held(Held),
}

#[derive(ApiError)]
#[api(status = 500)]
struct Held;

#[derive(ApiError)]
#[api(status = 404, code = "not_found", message = "No such route.")]
struct NoRoute;

fn runs() -> Contract {
    Contract::builder("Runs")
        .version("1.4")
        .catalog(RunError::catalog())
        .catalog(Held::catalog())
        .middleware(NoRoute::catalog().entries())
        .request_id_header("x-request-id")
        .example_value("run_id", "run_7")
        .note("statuses", "204: deleted.")
        .closed_codes()
        .build()
}

#[test]
#[expect(deprecated, reason = "it is what is looked at")]
fn an_entry_holds_all_that_is_declared() {
    let contract = runs();
    let poor = contract.error("too_poor").unwrap();
    assert_eq!(poor.status, Some(402));
    assert_eq!((poor.act, poor.section.as_deref()), (Act::Caller, Some("Runs")));
    assert_eq!(poor.description.as_deref(), Some("Too poor."));
    assert_eq!(poor.example_request.as_deref(), Some("POST /runs"));
    assert_eq!(poor.meta["number"], 7);
    let field = |name: &str| Piece::Field(name.to_owned());
    let text = |text: &str| Piece::Text(text.to_owned());
    assert_eq!(
        poor.message.pieces,
        [text("Need "), field("need"), text(", have "), field("have"), text(".")]
    );
    assert_eq!(poor.headers[0].value, [field("need")]);
    let need = &poor.fields[0];
    assert_eq!((need.detail.as_deref(), need.example.clone()), (Some("need"), Some(10.into())));
    assert_eq!(need.schema["type"], "integer");
    assert!(need.is_shown && poor.fields[1].is_optional);
    assert_eq!(poor.type_name, "RunError");
    let source = poor.source.as_ref().unwrap();
    assert!(source.file.ends_with("book/contract.rs"), "{source:?}");
    let line = include_str!("contract.rs").lines().nth(source.line as usize - 1).unwrap();
    assert_eq!(line.trim(), "TooPoor {");

    let busy: Vec<_> = contract.errors.iter().filter(|error| error.code == "busy").collect();
    assert_eq!((busy[0].act, busy[1].act), (Act::Nobody, Act::Operator));
    assert_eq!(busy[0].retry.rule, "after 30s..60s, once, always");
    assert_eq!(busy[0].retry.wait, Wait::Between { least_ms: 30_000, most_ms: 60_000 });
    assert_eq!(busy[0].retry.when, When::Always);
    let deprecated = busy[0].deprecated.as_ref().unwrap();
    assert_eq!(deprecated.successor.as_deref(), Some("too_poor"));
    let _ = (RunError::Busy, RunError::BusyToo, RunError::Held(Held));
    let _ = RunError::TooPoor { need: 1, have: None };
}

#[test]
fn an_example_is_a_response_as_the_service_writes_it() {
    let contract = runs();
    let example = contract.error("too_poor").unwrap().example.clone().unwrap();
    assert_eq!(example.body, r#"{"error":"too_poor","text":"Need 10, have 1.","run":"run_7"}"#);
    let headers: Vec<_> = example.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(headers, ["content-type", "x-need", "x-request-id"]);
}

#[test]
fn a_contract_tells_its_bodies_and_who_answers() {
    let contract = runs();
    // The held type's own catalogue names no envelope, so it answers in the service's.
    let body = contract.bodies.first().unwrap();
    assert_eq!(contract.bodies.len(), 1);
    let members: Vec<_> =
        body.members.iter().map(|member| (&*member.pointer, &*member.slot, member.required)).collect();
    assert_eq!(
        members,
        [("/error", "code", true), ("/text", "message", true), ("/run", "context.run_id", false)]
    );
    assert_eq!(contract.error("held").unwrap().type_name, "Held");
    assert_eq!(contract.error("not_found").unwrap().origin, Origin::Middleware);
    assert_eq!((contract.codes, contract.version.as_deref()), (Codes::Closed, Some("1.4")));
    assert_eq!(contract.description.as_deref(), Some("What can go wrong with a run."));
    assert_eq!(contract.shared_codes, ["busy"]);
}

#[test]
fn an_example_may_be_a_list_or_an_object() {
    #[derive(ApiError)]
    #[api(status = 400, code = "invalid_request", message = "{fields:?}")]
    struct Invalid {
        #[api(details, example = [{ "field": "a\"b", "at": [-1, 0.5, true] }, {}, []])]
        fields: Vec<String>,
    }
    let contract = Contract::builder("x").catalog(Invalid::catalog()).build();
    let body = &contract.errors[0].example.as_ref().unwrap().body;
    assert!(body.contains(r#""details":[{"field":"a\"b","at":[-1,0.5,true]},{},[]]"#), "{body}");
    let _ = Invalid { fields: Vec::new() };
}

#[test]
fn every_error_is_told_with_the_type_that_declares_it_whatever_holds_that() {
    #[derive(ApiError)]
    #[expect(dead_code, reason = "the catalogue is the point")]
    enum Guarded<E> {
        #[api(transparent)]
        Inner(E),
        #[api(status = 403, message = "Forbidden.")]
        Forbidden,
    }

    #[derive(ApiError)]
    #[api(status = 404, message = "No such file.")]
    struct NoFile;

    #[derive(ApiError)]
    #[api(status = 410, message = "This run has expired.")]
    struct NoRun;

    // Neither of these has an error of its own.
    #[derive(ApiError)]
    #[expect(dead_code, reason = "the catalogue is the point")]
    enum Files {
        #[api(transparent)]
        Files(Guarded<NoFile>),
    }

    #[derive(ApiError)]
    #[expect(dead_code, reason = "the catalogue is the point")]
    enum Service {
        #[api(transparent)]
        Files(Files),
        #[api(transparent)]
        Runs(Guarded<NoRun>),
    }

    let contract = Contract::builder("Service").catalog(Service::catalog()).build();
    let told: Vec<_> = contract
        .errors
        .iter()
        .map(|error| (&*error.code, &*error.type_name, error.source.is_some()))
        .collect();
    let expected = [("no_file", "NoFile"), ("forbidden", "Guarded"), ("no_run", "NoRun")];
    assert_eq!(told, expected.map(|(code, ty)| (code, ty, true)));

    // A selection of one error, and all errors of its type besides.
    let chosen = errorbook::catalog!(Service, Guarded<NoRun>: Forbidden, NoFile::*);
    let contract = Contract::builder("Service").catalog(chosen).build();
    let told: Vec<_> = contract.errors.iter().map(|error| (&*error.code, &*error.type_name)).collect();
    assert_eq!(told, expected);
}
