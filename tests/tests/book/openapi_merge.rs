//! OpenAPI joins documents that others wrote: nothing of theirs is lost, and nothing of an earlier merge stays.

use errorbook::book::Contract;
use errorbook::book::openapi::{OpenApi, Version};
use errorbook::{ApiError, catalog};
use serde_json::{Value, json};

use crate::openapi::{InvoiceOpen, StoryError, contract, names};

#[test]
fn what_was_written_by_hand_stays_and_what_was_merged_before_makes_way() {
    let by_hand = json!({
        "openapi": "3.1.1",
        "info": { "title": "By hand", "version": "9" },
        "paths": { "/v1/stories": { "post": { "responses": { "201": { "description": "Created." } } } } },
        "components": { "schemas": { "Story": { "type": "object" } } },
    });
    let mut document = by_hand.clone();
    let whole = contract();
    OpenApi::new(&whole).merge_into(&mut document).unwrap();
    OpenApi::new(&whole)
        .merge_into_operation(&mut document, "POST /v1/stories", catalog!(StoryError: NotFound, Busy))
        .unwrap();
    assert_eq!(document["info"], by_hand["info"]);
    assert_eq!(document["components"]["schemas"]["Story"], json!({ "type": "object" }));
    assert!(document["components"]["schemas"]["OutOfCreditsDetails"].is_object());
    let statuses = |document: &Value| names(&document["paths"]["/v1/stories"]["post"]["responses"]).join(" ");
    assert_eq!(statuses(&document), "201 404 503");

    // The same once more changes nothing.
    let mut again = document.clone();
    OpenApi::new(&whole).merge_into(&mut again).unwrap();
    assert_eq!(again, document);
    // Of an error that is no more nothing stays.
    let fewer = Contract::builder("Story API").catalog(InvoiceOpen::catalog()).build();
    OpenApi::new(&fewer).merge_into(&mut document).unwrap();
    OpenApi::new(&fewer)
        .merge_into_operation(&mut document, "POST /v1/stories", InvoiceOpen::catalog())
        .unwrap();
    assert!(!document.to_string().contains("out_of_credits"), "{document:#}");
    assert_eq!(statuses(&document), "201 402");
    assert_eq!(document["components"]["schemas"]["Story"], json!({ "type": "object" }));
}

#[test]
fn nothing_of_a_document_is_overwritten() {
    let theirs = json!({ "components": { "schemas": { "Error": { "type": "string" } } } });
    let mut document = theirs.clone();
    let contract = contract();
    let taken = OpenApi::new(&contract).merge_into(&mut document).unwrap_err().to_string();
    assert_eq!(
        taken,
        "the document has something else at `components.schemas.Error`; rename it there, or give the errors a prefix"
    );
    assert_eq!(document, theirs);
    OpenApi::new(&contract).prefix("Story").merge_into(&mut document).unwrap();
    assert_eq!(document["components"]["schemas"]["Error"], json!({ "type": "string" }));
    assert!(document["components"]["schemas"]["StoryError"].is_object());

    let mut document =
        json!({ "paths": { "/a": { "get": { "responses": { "402": { "description": "Mine." } } } } } });
    let errors = OpenApi::new(&contract);
    let taken = errors.merge_into_operation(&mut document, "GET /a", InvoiceOpen::catalog()).unwrap_err();
    assert!(taken.to_string().contains("`GET /a` already answers 402 with something else"), "{taken}");
    let nowhere = errors.merge_into_operation(&mut document, "PUT /b", InvoiceOpen::catalog()).unwrap_err();
    assert!(nowhere.to_string().contains("no operation `PUT /b`"), "{nowhere}");
    for (document, words) in [
        (json!({ "openapi": "3.0.3" }), "OpenAPI `3.0.3`"),
        (json!({ "swagger": "2.0" }), "OpenAPI `2.0`"),
        (json!([]), "the document is no JSON object"),
        (json!({ "components": { "schemas": [] } }), "components.schemas is no JSON object"),
        (json!({ "components": 7 }), "components is no JSON object"),
    ] {
        let mut changed = document.clone();
        let wrong = errors.merge_into(&mut changed).unwrap_err().to_string();
        assert!(wrong.contains(words), "{wrong}");
        assert_eq!(changed, document);
    }
}

#[test]
fn contracts_with_prefixes_of_their_own_stand_in_one_document() {
    let mut document = json!({ "openapi": "3.1.0", "paths": { "/a": { "get": { "responses": { "200": { "description": "A." } } } } } });
    let (story, invoice) = (contract(), Contract::builder("Bills").catalog(InvoiceOpen::catalog()).build());
    let (story, bills) = (OpenApi::new(&story).prefix("Story"), OpenApi::new(&invoice).prefix("Bills"));
    story.merge_into(&mut document).unwrap();
    story.merge_into_operation(&mut document, "GET /a", catalog!(StoryError: NotFound)).unwrap();
    bills.merge_into(&mut document).unwrap();
    bills.merge_into_operation(&mut document, "GET /a", InvoiceOpen::catalog()).unwrap();

    let both = document.clone();
    let has = |name: &str| both["components"]["responses"].get(name).is_some();
    assert!(has("StoryError404") && has("StoryError503") && has("BillsError402"), "{both:#}");
    assert_eq!(names(&both["paths"]["/a"]["get"]["responses"]), ["200", "402", "404"]);

    // Each may come again, and changes nothing of the other's.
    story.merge_into(&mut document).unwrap();
    bills.merge_into(&mut document).unwrap();
    story.merge_into_operation(&mut document, "GET /a", catalog!(StoryError: NotFound)).unwrap();
    assert_eq!(document, both);
    let none = Contract::builder("Story API").build();
    OpenApi::new(&none).prefix("Story").merge_into(&mut document).unwrap();
    assert_eq!(names(&document["components"]["responses"]), ["BillsError402"]);
}

#[test]
fn what_was_written_by_hand_stays_even_where_it_says_the_same() {
    let whole = contract();
    let theirs = OpenApi::new(&whole).components()["schemas"]["OutOfCreditsDetails"].clone();
    let mut document = json!({ "components": { "schemas": { "OutOfCreditsDetails": theirs } } });
    OpenApi::new(&whole).merge_into(&mut document).unwrap();
    let fewer = Contract::builder("Story API").catalog(InvoiceOpen::catalog()).build();
    OpenApi::new(&fewer).merge_into(&mut document).unwrap();
    assert_eq!(document["components"]["schemas"]["OutOfCreditsDetails"], theirs);
}

#[test]
fn openapi_3_2_does_not_go_into_a_document_of_3_1() {
    let contract = contract();
    let newer = OpenApi::new(&contract).version(Version::V3_2);
    let document = json!({ "openapi": "3.1.1", "paths": { "/a": { "get": {} } } });
    let mut changed = document.clone();
    for wrong in [
        newer.merge_into(&mut changed).unwrap_err().to_string(),
        newer.merge_into_operation(&mut changed, "GET /a", InvoiceOpen::catalog()).unwrap_err().to_string(),
    ] {
        assert!(wrong.contains("tell them in 3.1, or make the document one of 3.2"), "{wrong}");
    }
    assert_eq!(changed, document);
    // What 3.1 tells, 3.2 knows.
    let mut document = json!({ "openapi": "3.2.0" });
    OpenApi::new(&contract).merge_into(&mut document).unwrap();
    assert_eq!(document["openapi"], "3.2.0");
}

#[test]
fn notes_that_no_merge_wrote_are_an_error_and_no_panic() {
    let contract = contract();
    for noted in [json!("mine"), json!([]), json!({ "operations": 7 }), json!({ "components": { "": [] } })] {
        let document = json!({ "x-errorbook": noted, "paths": { "/a": { "get": {} } } });
        let mut changed = document.clone();
        let errors = OpenApi::new(&contract);
        for wrong in [
            errors.merge_into(&mut changed).unwrap_err().to_string(),
            errors
                .merge_into_operation(&mut changed, "GET /a", InvoiceOpen::catalog())
                .unwrap_err()
                .to_string(),
        ] {
            assert!(wrong.starts_with("`x-errorbook` in the document is not"), "{wrong}");
        }
        assert_eq!(changed, document);
    }
}
