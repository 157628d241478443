//! The error page: the five reference APIs' pages as they are published, and the facts that each must state.

use std::fs;
use std::path::Path;

use errorbook::book;
use errorbook_tests::contracts;

/// Compares with a file of `golden/`, or writes it where `BLESS` is set.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, text).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let first = expected.lines().zip(text.lines()).position(|(expected, line)| expected != line);
    let line = first.unwrap_or(expected.lines().count().min(text.lines().count())) + 1;
    assert!(
        expected == text,
        "{name} differs from line {line} on; look at the change, and bless it with BLESS=1\n  is: {}",
        text.lines().nth(line - 1).unwrap_or("(the end)")
    );
}

#[test]
fn the_pages_of_the_reference_apis_are_as_published() {
    for (name, contract) in contracts::all() {
        golden(&format!("{name}.md"), &book::markdown(&contract));
        golden(&format!("{name}.html"), &book::html(&contract));
    }
}

/// What a reader must find on the page of an API, in words of the page's Markdown.
struct Facts {
    name: &'static str,
    /// Section, code, status, whether to retry.
    codes: &'static [(&'static str, &'static str, &'static str, &'static str)],
    /// What stands beside the codes.
    said: &'static [&'static str],
}

const NEVER: &str = "Never.";
const FOUR: &str = "Up to 4 times, after 1, 2, 4 and 8 s.";
const TOLD_ONCE: &str = "Wait as `Retry-After` says, then once more.";
const TOLD: &str = "Up to 4 times, each time after as long as `Retry-After` says.";

const FACTS: &[Facts] = &[
    Facts {
        name: "story",
        codes: &[
            ("Authentication", "`invalid_api_key`", "401 Unauthorized", NEVER),
            ("Authentication", "`missing_api_key`", "401 Unauthorized", NEVER),
            ("Validation", "`invalid_request`", "400 Bad Request", NEVER),
            ("Validation", "`invalid_id`", "400 Bad Request", NEVER),
            ("Validation", "`not_found`", "404 Not Found", NEVER),
            ("Validation", "`failed`", "No status: never a response of its own", NEVER),
            ("Validation", "`corrupt_cache_entry`", "500 Internal Server Error", FOUR),
            ("Billing", "`insufficient_minutes`", "402 Payment Required", NEVER),
            ("Rate limiting", "`rate_limit_exceeded`", "429 Too Many Requests", TOLD_ONCE),
            ("Service failures", "`server_misconfigured`", "503 Service Unavailable", FOUR),
        ],
        said: &[
            "| `/error/code` | string | always |",
            "| `/error/message` | string | always |",
            "| `/error/request_id` | string |",
            "| `/error/details` | object or array | sometimes |",
            "The key is malformed, has expired or was revoked.",
            "There is no `Authorization` header, or it does not begin with `Bearer`.",
            "Correct the fields that `details` names.",
            "The id is not `brief_` and 16 hexadecimal digits.",
            "beside `status: \"failed\"`",
            "Nothing is charged.",
            "A story in the cache cannot be parsed.",
            "Wait for the next billing cycle, or upgrade your plan.",
            "Wait as many seconds as `Retry-After` says, then send the request once more.",
            "so nothing is generated",
            "the same brief always gives the same id",
            "**every request is safe to repeat**",
            "- **200**: the story is there.",
            "- **202**: accepted; generation is still in progress.",
            "It looks like `req_01hq…`.",
            "The request id finds the failing request in our logs.",
        ],
    },
    Facts {
        name: "pull_story",
        codes: &[
            ("Authentication", "`invalid_api_key`", "401 Unauthorized", NEVER),
            ("Authentication", "`missing_api_key`", "401 Unauthorized", NEVER),
            ("Permissions", "`repo_access_denied`", "403 Forbidden", NEVER),
            ("Permissions", "`pr_not_accessible`", "403 Forbidden", NEVER),
            ("Validation", "`invalid_request`", "400 Bad Request", NEVER),
            ("Validation", "`pr_not_found`", "404 Not Found", NEVER),
            ("Validation", "`draft_pr_skipped`", "422 Unprocessable Entity", NEVER),
            ("Billing", "`insufficient_minutes`", "402 Payment Required", NEVER),
            ("Rate limiting", "`rate_limit_exceeded`", "429 Too Many Requests", TOLD_ONCE),
            (
                "Upstream failures",
                "`github_upstream_error`",
                "502 Bad Gateway",
                "Up to 4 times, after 30 s each time.",
            ),
            ("Upstream failures", "`generation_failed`", "500 Internal Server Error", FOUR),
        ],
        said: &[
            "The account behind the key cannot read this repository.",
            "or automation is restricted there",
            "There is no pull request with this owner, repository and number.",
            "a draft without commits",
            "The code host failed while the diff was fetched.",
            "The story's state says so, and nothing is charged; posting again starts over.",
            "Creating a story is only safe to repeat with a unique `Idempotency-Key` header.",
            "Send every other request with an `Idempotency-Key`",
            "| 201 | created |",
            "| 202 | accepted, still in progress |",
            "| 409 | a conflict, such as a key's name that is in use; it has no code on this page |",
            "The request id finds the failing request in our logs.",
        ],
    },
    Facts {
        name: "runs",
        codes: &[
            ("Authentication", "`invalid_api_key`", "401 Unauthorized", NEVER),
            ("Authentication", "`forbidden`", "403 Forbidden", NEVER),
            ("Billing", "`insufficient_credits`", "402 Payment Required", NEVER),
            ("Validation", "`invalid_request`", "400 Bad Request", NEVER),
            ("Validation", "`validation_error`", "422 Unprocessable Entity", NEVER),
            ("Validation", "`preflight_failed`", "400 Bad Request", NEVER),
            ("Validation", "`payload_too_large`", "413 Payload Too Large", NEVER),
            ("Resources", "`not_found`", "404 Not Found", NEVER),
            ("Resources", "`gone`", "410 Gone", NEVER),
            ("Resources", "`conflict`", "409 Conflict", NEVER),
            ("Runtime", "`sync_timeout_upgrade_async`", "408 Request Timeout", NEVER),
            ("Runtime", "`rate_limit_exceeded`", "429 Too Many Requests", TOLD),
            ("Runtime", "`internal_error`", "500 Internal Server Error", FOUR),
            ("Runtime", "`upstream_error`", "502 Bad Gateway", FOUR),
            (
                "Runtime",
                "`service_unavailable`",
                "503 Service Unavailable",
                "Up to 4 times, after 30 to 60 s each time.",
            ),
            ("Runtime", "`not_implemented`", "501 Not Implemented", NEVER),
        ],
        said: &[
            "| `/error` | string | always | What happened. Branch on this. |",
            "| `/message` | string | always |",
            "| `/run_id` | string | sometimes |",
            "| `/task_id` | string | sometimes |",
            "In the header `X-Request-Id`.",
            "If the key leaked, rotate it.",
            "the organisation is suspended, or its tier is too low",
            "The balance is below the least that this format costs.",
            "Top up your credits.",
            "a value is none of those that are known",
            "Follow the JSON pointer in the message.",
            "| `pointer` | string | A JSON pointer to the field. |",
            "Attach the assets, or phrase the request so that it needs none.",
            "Compress the payload, or upgrade.",
            "belongs to another organisation",
            "30 days after it ended",
            "Start a new run.",
            "Use another idempotency key, or wait until the run is in a final state.",
            "longer than 300 seconds",
            "Send it again as an asynchronous call, then poll the task.",
            "Wait as many seconds as `Retry-After` says.",
            "Report it with the request id.",
            "A provider that the service relies on failed.",
            "or the service is under maintenance",
            "Ask support when it will be.",
            "safe to show to your own users",
            "| 200 | the result of a synchronous call |",
            "| 201 | created: a file, a key, a webhook |",
            "| 202 | queued: poll `/tasks/{id}` |",
            "| 204 | deleted |",
            "| 302 | redirect to a download |",
            "Capture `run_id` and `task_id` from any response, successful or not, and give them to support",
            "carries the same structured failure in its own `error` field",
            "Every response, a success too, has rate-limit headers.",
            "| Free | 10 | 2 |",
            "| Pro | 60 | 10 |",
            "| Enterprise | 600 | 50 |",
        ],
    },
    Facts {
        name: "decks",
        codes: &[
            ("The codes", "`invalid_key`", "401 Unauthorized", NEVER),
            ("The codes", "`api_not_on_plan`", "403 Forbidden", NEVER),
            ("The codes", "`insufficient_credits`", "402 Payment Required", NEVER),
            ("The codes", "`deck_limit`", "402 Payment Required", NEVER),
            ("The codes", "`brand_limit`", "402 Payment Required", NEVER),
            ("The codes", "`invalid_input`", "422 Unprocessable Entity", NEVER),
            ("The codes", "`not_found`", "404 Not Found", NEVER),
            ("The codes", "`rate_limit`", "429 Too Many Requests", "Up to 4 times, after 1 s each time."),
            ("The codes", "`internal_error`", "500 Internal Server Error", FOUR),
        ],
        said: &[
            "| `/error/code` | string | always |",
            "| `/error/message` | string | always |",
            "This needs `{need}` credits, `{left}` left.",
            "| `need` | integer | The credits that the call needs. | `40` |",
            "Your plan allows",
            "or it is another user's",
            "More generate requests in a second than allowed.",
            "Only requests that read: `GET`, `HEAD`, `OPTIONS`, `TRACE`.",
            "Safe to repeat: reads of decks, of one deck, of a job and of brands.",
            "each call deducts 10 credits and makes a new job",
            "the effect is the same, but each call makes a version snapshot",
            "Only generate is rate limited; reads are not.",
            "Three situations share status 402, so branch on the code, not on the status.",
            "[`insufficient_credits`](#insufficient_credits), [`deck_limit`](#deck_limit), [`brand_limit`](#brand_limit)",
        ],
    },
    Facts {
        name: "videogen",
        codes: &[
            ("The codes", "`missing_api_key`", "401 Unauthorized", NEVER),
            ("The codes", "`invalid_api_key`", "401 Unauthorized", NEVER),
            ("The codes", "`invalid_id`", "400 Bad Request", NEVER),
            ("The codes", "`invalid_parameters`", "400 Bad Request", NEVER),
            ("The codes", "Forbidden", "403 Forbidden", NEVER),
            ("The codes", "Not found", "404 Not Found", NEVER),
            ("The codes", "Rate limited", "429 Too Many Requests", TOLD),
            ("The codes", "Server fault", "500 Internal Server Error", FOUR),
        ],
        said: &[
            "| `/message` | string | always |",
            "| `/code` | string | sometimes | What happened, where the error has a code. |",
            "Branch on the status, then on the code where there is one.",
            "There is no bearer token, or it is empty.",
            "The id of a resource is malformed or has the wrong prefix.",
            "One or more parameters are not accepted.",
            "The key has no access to this resource.",
            "The resource is not there, or is another team's.",
            "Back off and send the request again.",
            "The body has no code: go by the status.",
            "The status is the primary signal, and the code supplements it where there is one.",
            "More codes will come; one that you do not know must not break your client.",
            "throw one typed error that holds `status`, `message` and `code`",
        ],
    },
];

/// The words of an HTML page, white space apart.
fn words_of(html: &str) -> String {
    let mut words = String::new();
    for token in html5gum::Tokenizer::new(html).flatten() {
        match token {
            html5gum::Token::String(text) => words.push_str(&String::from_utf8_lossy(&text)),
            html5gum::Token::StartTag(tag)
                if !matches!(&**tag.name, b"code" | b"wbr" | b"strong" | b"var" | b"b") =>
            {
                words.push(' ');
            }
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_page_states_every_fact_of_its_api() {
    for (facts, (name, contract)) in FACTS.iter().zip(contracts::all()) {
        assert_eq!(facts.name, name);
        let markdown = book::markdown(&contract);
        for (section, code, status, retry) in facts.codes {
            let part = markdown
                .split(&format!("\n## {section}\n"))
                .nth(1)
                .unwrap_or_else(|| panic!("{name}: {section}"));
            let part = part.split("\n## ").next().unwrap();
            let head = format!("### {code}\n\n**{status}** · Retry? **{retry}**");
            assert!(part.contains(&head), "{name} does not say under {section}:\n{head}");
        }
        let page = words_of(&book::html(&contract));
        for said in facts.said {
            assert!(markdown.contains(said), "{name}.md does not say: {said}");
            // The same words, without the marks of Markdown.
            if said.contains(['|', ']']) {
                continue;
            }
            let plain: String =
                said.trim_start_matches("- ").chars().filter(|letter| !"`*".contains(*letter)).collect();
            assert!(page.contains(plain.trim()), "{name}.html does not say: {plain}");
        }
        let live = facts.codes.len();
        let service = contract.errors.iter().filter(|error| error.origin == book::Origin::Service).count();
        assert_eq!(service, live, "{name}");
    }
}

#[test]
fn what_no_response_shows_is_on_no_page() {
    for (name, contract) in contracts::all() {
        for page in [book::markdown(&contract), book::html(&contract), contract.to_json()] {
            for inside in ["for operators alone", "nothing of it reaches a caller", "hunter2", "dyn Error"] {
                assert!(!page.contains(inside), "{name} says {inside}");
            }
        }
    }
    // A code that stays off the wire has a place on the page that does not tell it.
    let contract = contracts::videogen();
    assert!(!book::html(&contract).contains("server_fault"));
    assert!(book::html(&contract).contains("id=\"error~server-fault\""));
    assert!(!book::markdown(&contract).contains("server_fault"));
}

#[test]
fn a_code_of_several_errors_has_all_of_them() {
    let contract = contracts::story();
    let page = book::html(&contract);
    assert!(page.contains("id=\"not_found\"") && page.contains("id=\"not_found~no-route\""));
    // By its rule and by its status the code stands once.
    let (_, lists) = page.split_once("<table class=\"rules\"").unwrap();
    let (lists, _) = lists.split_once("id=\"page~reporting\"").unwrap();
    assert_eq!(lists.matches("<code>not_found</code>").count(), 2);
    assert!(book::markdown(&contract).contains("| 404 Not Found | [`not_found`](#not_found) |"));
    let (_, single) = book::pages(&contract).find(|(path, _)| path == "errors/not_found.md").unwrap();
    assert!(
        single.contains("No story has this id.") && single.contains("No route of this API has the path.")
    );
}

#[test]
fn a_retired_code_keeps_its_place() {
    let contract = contracts::story();
    let page = words_of(&book::html(&contract));
    assert!(book::html(&contract).contains("id=\"quota_exceeded\""));
    assert!(page.contains("Since 2026-05-04. No server sends this code any more."));
    assert!(page.contains("Use instead insufficient_minutes"), "{page}");
    assert!(book::pages(&contract).any(|(path, _)| path == "errors/quota_exceeded.html"));
}

#[cfg(feature = "tower")]
#[test]
fn what_a_layer_answers_by_status_is_one_table() {
    use errorbook::ApiError;
    let layer = errorbook::tower::ErrorLayer::new();
    let contract = book::Contract::builder("Runs")
        .catalog(errorbook_tests::apis::RunsError::catalog())
        .middleware(layer.catalog().entries())
        .build();
    let markdown = book::markdown(&contract);
    assert!(markdown.contains("| 415 | `unsupported_media_type` | Never.  |"), "{markdown}");
    let html = book::html(&contract);
    assert!(html.contains("<tr role=\"row\" id=\"unsupported_media_type\""));
    assert!(
        html.contains("<article class=\"code\" id=\"not_found\"") && html.contains("id=\"not_found~404\"")
    );
}

/// A contract of so many errors, in sections of 25, each unlike the others.
fn large(count: usize) -> book::Contract {
    let mut json: serde_json::Value = serde_json::from_str(&contracts::runs().to_json()).unwrap();
    let errors = json["errors"].as_array().unwrap().clone();
    let many = (0..count).map(|index| {
        let mut entry = errors[index % errors.len()].clone();
        let code = format!("{}_{index}", entry["code"].as_str().unwrap());
        let body = entry["example"]["body"].as_str().unwrap().replace(entry["code"].as_str().unwrap(), &code);
        entry["example"]["body"] = body.into();
        entry["code"] = code.into();
        entry["section"] = format!("Section {}", index / 25).into();
        entry
    });
    json["errors"] = many.collect();
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_large_contract_folds_what_nobody_reads_in_a_row() {
    let page = book::html(&large(300));
    assert_eq!(page.matches("<article class=\"code\"").count(), 300);
    assert!(page.contains("codes, by status: <a href=\"#status~400\">400</a>"));
    assert!(page.contains("more</summary>") && page.contains("<details class=\"fold\">"));
    assert!(!page.contains("<details class=\"wire\" open>"));
    assert!(book::html(&large(20)).contains("<details class=\"wire\" open>"));
}

#[test]
fn a_deprecated_code_says_so_first_and_what_to_use() {
    use errorbook::ApiError;
    #[derive(ApiError)]
    enum RunError {
        #[api(status = 409, message = "Conflict.", title = "Conflict of two runs")]
        Conflict,
        /// It is there already. See [`Conflict`](Self::Conflict) or <https://x.example/>.
        #[deprecated = "since 1.3; answered as `busy`"]
        #[api(status = 409, message = "Already there.", header("Link", "{next}"))]
        Exists {
            /// Where the other one is.
            #[api(example = "/runs/7")]
            next: String,
        },
        #[api(status = 503, message = "Busy.", retry = "after 30s..60s, once, if idempotent")]
        Busy,
    }
    let contract = book::Contract::builder("Runs").catalog(RunError::catalog()).build();
    let markdown = book::markdown(&contract);
    let exists = "### `exists`\n\n**409 Conflict** · Retry? **Never.**\n\n**Deprecated:** since 1.3; answered as `busy`\n\n\
                  **Use instead:** `busy`\n\n**Who acts:** The caller.\n\n\
                  **When:** It is there already. See `Conflict` or [https://x.example/](https://x.example/).";
    assert!(markdown.contains(exists), "{markdown}");
    assert!(markdown.contains("**Header:** `Link: {next}`"));
    assert!(
        markdown
            .contains("### `conflict`\n\n**409 Conflict** · Retry? **Never.**\n\n*Conflict of two runs*\n")
    );
    assert!(markdown.contains("Retry? **Once, after 30 to 60 s.** Only if the request is safe to repeat"));
    let html = book::html(&contract);
    let article = html.split("id=\"exists\"").nth(1).unwrap();
    assert!(article.find("Deprecated").unwrap() < article.find("Retry?").unwrap());
    assert!(article.contains("<p>Use instead: <a href=\"#busy\"><code>busy</code></a></p>"));
    // The question on the way of a rule that repeats under a condition.
    assert!(html.contains("Not idempotent, and no <code>Idempotency-Key</code>? Then never."));
    #[allow(deprecated)]
    let _ = [RunError::Conflict, RunError::Exists { next: String::new() }, RunError::Busy];
}
