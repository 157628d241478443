//! A code that is omitted is told by nothing in the body, whichever envelope the body is put into.

use errorbook::context::Context;
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::{ApiError, Envelope, envelope};

use crate::support::text;

const WITHOUT: Envelope = envelope!({ "message": message });

/// Whose link and title are the code in other forms.
#[derive(ApiError)]
#[api(docs = "https://docs.example/errors#{code}", status = 404, message = "Not here.", omit(code))]
#[api(envelope = WITHOUT)]
struct AccountFrozen;

/// Whose link and title are words of its own.
#[derive(ApiError)]
#[api(
    docs = "https://docs.example/help",
    title = "Nothing to see",
    status = 404,
    message = "Not here.",
    omit(code)
)]
#[api(envelope = WITHOUT)]
struct AccountHidden;

const ALL: Envelope = envelope!({
    "code": code, "title": title, "problem": problem_title, "link": docs_url, "links": { "about": docs_url? }?,
    "list": [for field in details code else [title, docs_url]],
});

fn body(error: &dyn ApiError, envelope: &'static Envelope) -> String {
    text(&error.body().with_envelope(envelope).to_bytes())
}

#[test]
fn no_envelope_set_by_hand_tells_it() {
    for envelope in [&NESTED, &FLAT, &PROBLEM, &JSON_API, &ALL] {
        let body = body(&AccountFrozen, envelope).to_lowercase();
        assert!(!body.contains("account"), "{body}");
        assert!(!body.contains("frozen"), "{body}");
    }
    assert_eq!(
        body(&AccountFrozen, &ALL),
        concat!(
            r#"{"code":null,"title":"Not Found","problem":"Not Found","link":null,"#,
            r#""list":[["Not Found",null]]}"#,
        ),
    );
    // What is declared stays known.
    assert_eq!(AccountFrozen.spec().docs(), Some("https://docs.example/errors#account_frozen"));
    assert_eq!(AccountFrozen.spec().title(), "Account frozen");
}

#[test]
fn nor_does_the_envelope_of_the_service() {
    // The type has to name one, which goes before; in a report too.
    let report = errorbook::Report::from(AccountFrozen);
    for body in [AccountFrozen.body(), report.body()] {
        let body = Context::new().with_envelope(&PROBLEM).scope(|| text(&body.to_bytes()));
        assert_eq!(body, r#"{"message":"Not here."}"#);
    }
}

#[test]
fn a_link_and_a_title_without_it_stay() {
    assert_eq!(
        body(&AccountHidden, &PROBLEM),
        concat!(
            r#"{"type":"https://docs.example/help","title":"Nothing to see","status":404,"#,
            r#""detail":"Not here.","code":null}"#,
        ),
    );
}
