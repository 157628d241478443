//! Contracts of several services: as one, and held against each other.

use errorbook::book::{self, Contract, Entry};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::reference;

fn of(name: &str) -> Contract {
    reference::all().into_iter().find(|(known, _)| *known == name).unwrap().1
}

fn edited(contract: &Contract, edit: impl FnOnce(&mut Value)) -> Contract {
    let mut json: Value = serde_json::from_str(&contract.to_json()).unwrap();
    edit(&mut json);
    Contract::from_json(&json.to_string()).unwrap()
}

fn error<'j>(json: &'j mut Value, code: &str) -> &'j mut Value {
    json["errors"].as_array_mut().unwrap().iter_mut().find(|error| error["code"] == code).unwrap()
}

#[test]
fn what_two_services_answer_alike_is_there_once() {
    let merged = Contract::merge(reference::story_and_pull_story()).unwrap();
    assert_eq!(merged.title, "Story API and Pull request story API");
    let alike: Vec<&Entry> = merged.errors.iter().filter(|error| error.code == "missing_api_key").collect();
    let services: Vec<&[String]> = alike.iter().map(|error| &*error.services).collect();
    let both: usize = services.iter().map(|services| services.len()).sum();
    assert_eq!(both, 2, "{services:?}");
    let story = merged.error("corrupt_cache_entry").unwrap();
    assert_eq!(story.services, ["Story API"]);
    // Both have the same envelope.
    assert_eq!(merged.bodies.len(), 1);
    assert_eq!(Contract::from_json(&merged.to_json()).unwrap().errors.len(), merged.errors.len());
}

#[test]
fn two_reference_apis_clash_in_the_one_rule_in_which_they_differ() {
    let clashes = Contract::merge([of("story"), of("pull_story")]).unwrap_err();
    assert_eq!(
        clashes.to_string(),
        "1 code means one thing in one service and another in another:

`rate_limit_exceeded`: another retry rule
    429 retry=\"after, else 1s 2s 4s 8s, once, always\" header=retry-after          in Story API, by StoryError
    429 retry=\"after, else 1s 2s 4s 8s, once, if idempotent\" header=retry-after   in Pull request story API, by PullStoryError
  help: rename it in one of them, or give it the same facts in both"
    );
}

#[test]
fn one_contract_with_itself_is_itself() {
    for (name, contract) in reference::all() {
        let merged = Contract::merge([contract.clone(), contract.clone()]).unwrap();
        assert_eq!(merged.title, contract.title);
        assert_eq!(merged.errors.len(), contract.errors.len(), "{name}");
        assert!(
            book::diff(&contract, &merged).changes().is_empty(),
            "{name}: {}",
            book::diff(&contract, &merged)
        );
    }
}

#[test]
fn errors_of_one_code_that_read_differently_are_both_there() {
    let one = of("decks");
    let other = edited(&one, |json| {
        json["title"] = json!("Other API");
        error(json, "not_found")["message"]["pieces"] = json!([{ "text": "No such slide." }]);
    });
    let merged = Contract::merge([one, other]).unwrap();
    let found: Vec<_> = merged
        .errors
        .iter()
        .filter(|error| error.code == "not_found")
        .map(|error| &*error.services)
        .collect();
    assert_eq!(found, [["Slide decks API"], ["Other API"]]);
    assert_eq!(merged.shared_codes, ["not_found"]);
}

#[test]
fn other_envelopes_are_several_bodies_and_no_clash() {
    let one = reference::kinds().remove(0).1;
    let other = edited(&reference::kinds().remove(2).1, |json| json["title"] = json!("Other"));
    let merged = Contract::merge([one.clone(), other.clone()]).unwrap();
    assert_eq!(merged.bodies, [one.bodies[0].clone(), other.bodies[0].clone()]);
    let bodies: Vec<usize> =
        merged.errors.iter().filter(|error| error.code == "internal").map(|error| error.body).collect();
    assert_eq!(bodies, [0, 1]);
    // Its documents know both.
    let schema = book::json_schema(&merged);
    let whole = jsonschema::validator_for(&schema).unwrap();
    for entry in &merged.errors {
        let body: Value = serde_json::from_str(&entry.example.as_ref().unwrap().body).unwrap();
        assert!(whole.is_valid(&body), "{body}");
    }
}

#[test]
fn every_clash_is_told_with_both_owners() {
    let one = of("decks");
    let other = edited(&one, |json| {
        json["title"] = json!("Other API");
        error(json, "not_found")["status"] = json!(410);
        error(json, "rate_limit")["retry"]["times"] = json!(7);
        error(json, "deck_limit")["fields"] =
            json!([{ "name": "n", "ty": "u8", "schema": { "type": "integer" }, "detail": "n" }]);
        error(json, "deck_limit")["type_name"] = json!("LimitError");
    });
    let clashes = Contract::merge([one, of("runs"), other]).unwrap_err();
    let all: Vec<(&str, &[&str])> =
        clashes.iter().map(|clash| (clash.code.as_str(), &*clash.differs)).collect();
    let expected: [(&str, &[&str]); 3] =
        [("deck_limit", &["details"]), ("not_found", &["status"]), ("rate_limit", &["retry rule"])];
    for (code, differs) in expected {
        let found = all.iter().find(|(known, _)| *known == code);
        assert_eq!(found.map(|(_, differs)| *differs), Some(differs), "{code} in {all:?}");
    }
    let limit = clashes.iter().find(|clash| clash.code == "deck_limit").unwrap();
    let owners: Vec<_> = limit.owners.iter().map(|owner| (&*owner.service, &*owner.type_name)).collect();
    assert_eq!(owners, [("Slide decks API", "DecksError"), ("Other API", "LimitError")]);
    let said = clashes.to_string();
    for words in [
        "`deck_limit`: other details\n    402 retry=none                    in Slide decks API, by DecksError\n    402 retry=none detail=n:integer   in Other API, by LimitError",
        "\n  help: rename it in one of them, or give it the same facts in both",
        " codes mean one thing in one service and another in another:",
    ] {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
}

#[test]
fn what_one_service_retired_is_in_use_where_another_answers_with_it() {
    let one = of("decks");
    let other = edited(&one, |json| {
        json["title"] = json!("Other API");
        json["errors"] = json!([]);
        json["retired"] = json!([{ "code": "brand_limit" }, { "code": "old", "status": 402 }]);
    });
    let merged = Contract::merge([one, other]).unwrap();
    assert!(merged.error("brand_limit").is_some());
    let retired: Vec<&str> = merged.retired.iter().map(|gone| gone.code.as_str()).collect();
    assert_eq!(retired, ["old"]);
}

#[test]
fn what_several_services_say_of_themselves_is_kept() {
    let one = edited(&of("story"), |json| {
        json["description"] = json!("Stories.");
        json["version"] = json!("1");
        json["request_id_header"] = json!("X-Request-Id");
        json["sections"] = json!([{ "place": "reporting", "markdown": "Call us." }]);
        json["codes"] = json!("closed");
    });
    let other = edited(&one, |json| {
        json["title"] = json!("Other API");
        json["description"] = json!("Others.");
        json["request_id_header"] = json!("Request-Id");
    });
    let merged = Contract::merge([one.clone(), other]).unwrap();
    assert_eq!((merged.version.as_deref(), merged.codes), (Some("1"), book::Codes::Closed));
    assert_eq!((&merged.description, &merged.request_id_header), (&None, &None));
    let sections: Vec<_> = merged
        .sections
        .iter()
        .map(|section| (&*section.place, section.title.as_deref(), &*section.markdown))
        .collect();
    assert_eq!(
        sections,
        [
            ("story_api", Some("Story API"), "Stories."),
            ("reporting", None, "Story API tells the request id in the header `X-Request-Id`."),
            ("reporting", None, "Call us."),
            ("other_api", Some("Other API"), "Others."),
            ("reporting", None, "Other API tells the request id in the header `Request-Id`."),
        ]
    );
    let open = edited(&one, |json| json["codes"] = json!("open"));
    assert_eq!(Contract::merge([one, open]).unwrap().codes, book::Codes::Open);
}

#[test]
fn no_contract_at_all_merges_to_an_empty_one() {
    let merged = Contract::merge([]).unwrap();
    assert_eq!((merged.title.as_str(), merged.errors.len(), merged.codes), ("", 0, book::Codes::Open));
}

#[test]
fn a_diff_tells_what_breaks_before_what_was_added() {
    let old = of("decks");
    let new = edited(&old, |json| {
        error(json, "not_found")["status"] = json!(410);
        let mut added = error(json, "not_found").clone();
        added["code"] = json!("slide_not_found");
        added["name"] = json!("SlideNotFound");
        json["errors"].as_array_mut().unwrap().push(added);
        // Texts are nobody's code.
        error(json, "deck_limit")["title"] = json!("Another title");
    });
    let diff = book::diff(&old, &new);
    let said = diff.to_string();
    assert!(diff.is_breaking() && diff.exit_status() == 2);
    let breaks = said.find("this breaks clients of today:").unwrap();
    let adds = said.find("this was added, and breaks nobody:").unwrap();
    let [status, code] = [
        "status-changed: `not_found` was answered with 404 and is with 410",
        "code-added: `slide_not_found`",
    ]
    .map(|words| said.find(words).unwrap_or_else(|| panic!("{words} is not in:\n{said}")));
    assert!(breaks < status && status < adds && adds < code, "{said}");
    assert!(!said.contains("deck_limit"));
    assert_eq!((book::diff(&old, &old).exit_status(), book::diff(&old, &old).is_breaking()), (0, false));
    let added = edited(&old, |json| json["codes"] = json!("closed"));
    assert_eq!(book::diff(&old, &added).exit_status(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_contracts_merge_or_clash(one in reference::any(), other in reference::any()) {
        match Contract::merge([one.clone(), other.clone()]) {
            Ok(merged) => {
                // Nothing is lost, and what is there can be read.
                for (of, entry) in [&one, &other].into_iter().flat_map(|of| of.errors.iter().map(move |entry| (of, entry))) {
                    let found = merged.errors.iter().any(|known| {
                        known.code == entry.code && known.title == entry.title && merged.bodies[known.body] == of.bodies[entry.body]
                    });
                    prop_assert!(found, "{}", entry.code);
                }
                prop_assert_eq!(Contract::from_json(&merged.to_json()).unwrap().errors.len(), merged.errors.len());
            }
            Err(clashes) => {
                prop_assert!(!clashes.to_string().is_empty());
                prop_assert!(clashes.iter().all(|clash| clash.owners.len() > 1 && !clash.differs.is_empty()));
            }
        }
        let _ = book::diff(&one, &other).to_string();
    }
}
