//! What the error page is made of when its parts have odd names: links, anchors, files, and what stands nowhere.

use errorbook::book::openapi::{OpenApi, Version};
use errorbook::book::{self, Contract, Site};
use errorbook::{ApiError, Envelope, envelope};

const LEAN: Envelope = envelope!({ "error": code?, "message": message });

#[derive(ApiError)]
#[api(envelope = LEAN, docs = "https://api.example/errors/{code}", rename_all = "any")]
#[allow(dead_code, reason = "only what is declared of it is of use")]
enum Named {
    #[api(status = 404, code = "auth/no-key", message = "There is no key.")]
    NoKey,
    #[api(status = 409, code = "busy", message = "Busy.")]
    Busy,
    /// The disk is full.
    #[api(status = 500, code = "disk_full", title = "It broke", message = "It broke.", omit(code))]
    DiskFull,
}

fn site_answer(site: &Site, path: &str) -> http::Response<bytes::Bytes> {
    site.answer(&http::Method::GET, path, &http::HeaderMap::new())
}

/// Where a relative address leads that a page has (RFC 3986 section 5.2).
fn resolved(from: &str, to: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn the_link_of_each_error_leads_to_its_page_and_those_of_the_page_lead_on() {
    let contract = Contract::builder("Story API").catalog(Named::catalog()).build();
    let site = Site::new(&contract);
    let mut seen = 0;
    for error in contract.errors.iter().filter(|error| !error.code_is_omitted) {
        let mut path = error.docs.clone().unwrap().strip_prefix("https://api.example").unwrap().to_owned();
        let mut response = site_answer(&site, &path);
        if response.status() == 301 {
            path = resolved(&path, response.headers()["location"].to_str().unwrap());
            response = site_answer(&site, &path);
        }
        assert_eq!(response.status(), 200, "{path}");
        let text = String::from_utf8(response.body().to_vec()).unwrap();
        let links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links.filter(|link| !link.contains(':') && !link.starts_with('#')) {
            let target = resolved(&path, link);
            assert_eq!(site_answer(&site, &target).status(), 200, "{link} on {path}");
            seen += 1;
        }
    }
    assert!(seen > 3, "{seen}");
    let response = site_answer(&site, "/errors/");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["location"]),
        (301, &"../errors".parse().unwrap())
    );
}

#[test]
fn a_code_that_is_omitted_stands_on_no_page_and_names_no_file() {
    let contract = Contract::builder("Story API").catalog(Named::catalog()).build();
    for (path, text) in book::pages(&contract).filter(|(path, _)| path != "errors.json") {
        assert!(!path.contains("disk_full"), "{path}");
        assert!(!text.contains("disk_full"), "{path}");
    }
    let html = book::html(&contract);
    assert!(html.contains("id=\"error~it-broke\"") && html.contains("href=\"#error~it-broke\""), "{html}");
    for version in [Version::V3_1, Version::V3_2] {
        let components = OpenApi::new(&contract).version(version).components().to_string();
        assert!(!components.contains("DiskFull"), "{components}");
    }
}

#[test]
fn no_id_stands_twice_whatever_the_service_calls_its_parts() {
    let mut contract = Contract::builder("Story API")
        .catalog(Named::catalog())
        .part("codes", "Codes of ours", "x")
        .part("envelope", "Envelopes of ours", "x")
        .part("limits", "Limits", "x")
        .part("limits", "More limits", "x")
        .build();
    contract.errors[0].section = Some("Retired".to_owned());
    let gone = serde_json::json!([{ "code": "busy" }, { "code": "old" }, { "code": "old" }]);
    contract.retired = serde_json::from_value(gone).unwrap();
    let html = book::html(&contract);
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
    // And what leads to a part leads to its own.
    for link in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        let id = link.replace("%20", " ");
        assert!(ids.binary_search(&&*id).is_ok(), "{link}");
    }
}

#[test]
fn what_is_safe_to_repeat_is_said_of_the_rules_that_ask_for_it() {
    #[derive(ApiError)]
    #[allow(dead_code, reason = "only what is declared of it is of use")]
    enum Mixed {
        #[api(status = 503, message = "Busy.", retry = "after 30s, once, always")]
        Busy,
        #[api(status = 500, message = "Broken.", retry = "backoff, if idempotent")]
        Broken,
    }
    let page = book::markdown(&Contract::builder("x").catalog(Mixed::catalog()).build());
    assert!(page.contains("Where a rule says “safe to repeat”: `GET`"), "{page}");
    assert!(page.contains("A rule that names no condition holds for every request"), "{page}");
    assert!(!page.contains("Without it, do not repeat the request."), "{page}");
}

#[test]
fn every_member_of_an_envelope_has_a_meaning() {
    const FULL: Envelope = envelope!({
        "code": code, "title": title?, "again": retryable, "wait": retry_after?, "wait_ms": retry_after_ms?,
        "remedy": remedy?, "act": act, "reason": reason?, "items": details?
    });

    #[derive(ApiError)]
    #[api(envelope = FULL, status = 409, message = "Busy.", remedy = "Wait.")]
    struct Busy;

    let contract = Contract::builder("x").catalog(Busy::catalog()).build();
    let page = book::markdown(&contract);
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `/")).collect();
    assert_eq!(rows.len(), 9, "{rows:#?}");
    for row in rows {
        assert!(!row.ends_with("|  |"), "{row}");
    }
}

#[test]
fn a_code_that_nobody_knows_yet_has_the_rule_of_its_status_on_the_page() {
    #[derive(ApiError)]
    #[api(status = 503, message = "Busy.", retry = "after 30s, once, always")]
    struct Busy;

    let open = Contract::builder("x").catalog(Busy::catalog());
    let page = book::markdown(&open.build());
    let said = page.lines().find(|line| line.starts_with("A code that you do not know")).unwrap();
    assert!(
        said.contains("408, 429, 503: Up to 4 times, after 1, 2, 4 and 8 s. 500, 502, 504: Up to"),
        "{said}"
    );
    assert!(said.ends_with("Any other: Never."), "{said}");
    // Where no further codes come, nobody meets one.
    let closed = Contract::builder("x").catalog(Busy::catalog()).closed_codes();
    assert!(!book::markdown(&closed.build()).contains("A code that you do not know"));
}

#[test]
fn a_request_id_that_each_response_has_is_in_each_body() {
    const WITH_ID: Envelope = envelope!({ "code": code, "id": request_id? });
    #[derive(ApiError)]
    #[api(envelope = WITH_ID, status = 503, message = "Busy.")]
    struct Busy;

    let builder = || Contract::builder("x").catalog(Busy::catalog());
    assert!(book::markdown(&builder().build()).contains("| `/id` | string | sometimes |"));
    let page = book::markdown(&builder().request_id_header("x-request-id").build());
    assert!(page.contains("| `/id` | string | always |"), "{page}");
}

#[test]
fn llms_txt_leads_to_each_code() {
    let contract = Contract::builder("Story API").catalog(Named::catalog()).build();
    let files: std::collections::BTreeMap<String, String> = book::pages(&contract).collect();
    let lines: Vec<&str> = files["llms.txt"].lines().filter(|line| line.starts_with("- [")).collect();
    assert_eq!(lines.len(), 4, "{lines:#?}");
    for line in lines {
        let path = line.split("](").nth(1).and_then(|rest| rest.split(')').next()).unwrap();
        assert!(files.contains_key(&path.replace("%3D", "=")), "{line}");
    }
}
