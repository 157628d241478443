//! Texts that want to be more than text, in every place of a contract where one may stand: none of them becomes a script, a
//! handler, a style, an address or an element of the page, in HTML or in what Markdown is made into.

use errorbook::book::{self, Contract};
use errorbook_tests::contracts;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

const TEXTS: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "\" onmouseover=\"alert(1)\" x=\"",
    "' onfocus='alert(1)' autofocus='",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "[x](JaVa&#115;cript:alert(1))",
    "[x](data:text/html,<script>1</script>)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "` <b>x</b> `",
    "``````\n<script>alert(1)</script>",
    "```\"onclick=\"x\n<i>\n```",
    "| a |\n|---|\n| <svg onload=alert(1)> |",
    "x | y \\| z `|` <u>|</u>\n# heading\n- <a href=\"javascript:1\">",
    "<!-- --> <![CDATA[<b>]]> <?x?>",
    "&lt;script&gt; &#60;script&#62;",
    "\u{202e}\u{0}\u{7}\r\n\r\nset-cookie: x",
    "]]>--></textarea></title><iframe src=//evil.example>",
    "<https://ok.example/\"onclick=\"x>",
    "\\<script>alert(1)\\</script>",
    "](javascript:alert(1)) [x",
    "!<https://x.example>",
    ">\r```\n<b>",
    "* * *\n1. <details open ontoggle=alert(1)>",
];

/// Every text of a JSON in place of which the hostile one may stand: not those that are one of a few words.
fn replace(json: &mut Value, text: &str) {
    match json {
        Value::String(old) => text.clone_into(old),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, text)),
        Value::Object(members) => {
            let old = std::mem::take(members);
            for (name, mut value) in old {
                let is_word = matches!(&*name, "kind" | "when" | "act" | "origin" | "codes");
                if !is_word {
                    replace(&mut value, text);
                }
                members.insert(name, value);
            }
            if members.contains_key("members") || members.contains_key("type") {
                members.insert(text.to_owned(), Value::String(text.to_owned()));
            }
        }
        _ => {}
    }
}

/// The contract of `story` with every optional part there, and this text wherever one may stand.
fn hostile(text: &str) -> Contract {
    let mut json: Value = serde_json::from_str(&contracts::story().to_json()).unwrap();
    for entry in json["errors"].as_array_mut().unwrap() {
        entry["deprecated"] = serde_json::json!({ "note": "x", "successor": "x" });
        entry["docs"] = "x".into();
        entry["meta"] = serde_json::json!({ "number": "x" });
        entry["example_request"] = "x".into();
        entry["headers"] = serde_json::json!([{ "name": "x", "value": [{ "text": "x" }, { "field": "x" }] }]);
        entry["fields"] = serde_json::json!([
            { "name": "x", "ty": "x", "schema": { "type": "x" }, "description": "x", "detail": "x", "example": "x" },
            { "name": "x", "ty": "x", "schema": {}, "description": "x", "is_shown": true, "example": ["x"] },
        ]);
        entry["message"] =
            serde_json::json!({ "is_known": true, "pieces": [{ "text": "x" }, { "field": "x" }] });
    }
    json["sections"] = ["introduction", "statuses", "retrying", "reporting", "x"]
        .map(|place| serde_json::json!({ "place": place, "title": "x", "markdown": "x" }))
        .to_vec()
        .into();
    replace(&mut json, text);
    for (index, section) in json["sections"].as_array_mut().unwrap().iter_mut().enumerate().take(4) {
        section["place"] = ["introduction", "statuses", "retrying", "reporting"][index].into();
    }
    serde_json::from_value(json).unwrap()
}

fn extension(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

/// The tags of a page with their attributes, as a browser reads them; and whether the text ever left the text.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut tags = Vec::new();
    for token in html5gum::Tokenizer::new(html).flatten() {
        if let html5gum::Token::StartTag(tag) = token {
            let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
            tags.push((text(&tag.name), attributes.collect()));
        }
    }
    tags
}

/// The attributes of a page.
const ATTRIBUTES: &str = "
    action aria-hidden aria-keyshortcuts aria-label autocomplete charset checked class content cx cy
    data-report data-retry data-section data-status for height hidden href id lang name open overflow
    placeholder r rel role scope spellcheck start style transform type value width x x1 x2 y y1 y2
";

/// The elements of a page.
const ELEMENTS: &str = "
    a article aside b blockquote body br button caption circle code dd del details div dl dt em
    fieldset figcaption figure footer form g h1 h2 h3 h4 h5 h6 head header hr html i input kbd label
    legend li line link main meta nav ol option p pre q rect script section select span strong style
    summary svg table tbody td th thead title tr ul var wbr
";

fn check_html(html: &str, text: &str) {
    let (mut scripts, mut styles) = (0, 0);
    for (name, attributes) in tags(html) {
        scripts += usize::from(name == "script");
        styles += usize::from(name == "style");
        assert!(ELEMENTS.split_whitespace().any(|known| known == name), "<{name}> from {text:?}");
        for (attribute, value) in attributes {
            assert!(
                ATTRIBUTES.split_whitespace().any(|known| known == attribute),
                "{attribute} from {text:?}"
            );
            if attribute == "href" {
                let is_ours = value.starts_with("../errors")
                    || value == "data:,"
                    || matches!(extension(&value), "md" | "html" | "json");
                let is_safe =
                    ["#", "/", "http://", "https://", "mailto:"].iter().any(|start| value.starts_with(start));
                assert!(
                    is_ours && !value.contains(':') || is_safe || value == "data:,",
                    "href={value:?} from {text:?}"
                );
            }
            if attribute == "style" {
                let is_ours =
                    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:;./% ".contains(&byte));
                assert!(is_ours, "style={value:?} from {text:?}");
            }
        }
    }
    assert_eq!((scripts, styles), (1, 1), "from {text:?}");
}

fn check_markdown(markdown: &str, text: &str) {
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                panic!("{html:?} is HTML, from {text:?} in\n{markdown}")
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let starts = ["#", "/", "http://", "https://", "mailto:", "errors/", "errors."];
                assert!(
                    starts.iter().any(|start| dest_url.starts_with(start)),
                    "a link to {dest_url:?} from {text:?}"
                );
            }
            Event::Start(Tag::Image { dest_url, .. }) => panic!("an image {dest_url:?} from {text:?}"),
            _ => {}
        }
    }
}

#[test]
fn no_declared_text_is_more_than_text() {
    for text in TEXTS {
        let contract = hostile(text);
        check_html(&book::html(&contract), text);
        check_markdown(&book::markdown(&contract), text);
        for (path, page) in book::pages(&contract) {
            let name = path.rsplit('/').next().unwrap();
            let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.=".contains(letter);
            assert!(name.chars().all(is_plain) && !name.starts_with('.'), "{path:?}");
            if extension(&path) == "html" {
                check_html(&page, text);
            } else if extension(&path) != "json" {
                check_markdown(&page, text);
            }
        }
    }
}

#[test]
fn a_contract_of_nothing_is_a_page() {
    let contract = Contract::builder("").build();
    check_html(&book::html(&contract), "");
    check_markdown(&book::markdown(&contract), "");
    assert_eq!(book::pages(&contract).count(), 4);
}

/// Pieces that mean something to Markdown or to HTML, in any order.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<",
        ">",
        "</",
        "<b>",
        "<script>",
        "<!--",
        "`",
        "``",
        "```",
        "~~~",
        "``````",
        "[",
        "]",
        "](",
        ")",
        "](/",
        "javascript:x",
        "<https://x.example>",
        "[a]: ",
        "!",
        "\n",
        "\n\n",
        "\\\n",
        "  \n",
        "    ",
        "\t",
        "- ",
        "* ",
        "1. ",
        "> ",
        "|",
        "\n|---|---|\n",
        "\\",
        "*",
        "**",
        "_",
        "~~",
        "&lt;",
        "&",
        "&#60;",
        "#",
        "# ",
        "=",
        "---",
        ":",
        "x",
        "word ",
        "ü",
        "\u{0}",
        "\r",
        "\"",
        "'",
        "$",
        "^",
        "{",
        "}",
    ];
    proptest::collection::vec(proptest::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_text_at_all_is_more_than_text(text in pieces(), line in pieces()) {
        let mut contract = contracts::decks();
        contract.description = Some(text.clone());
        contract.errors.truncate(1);
        contract.title = line;
        for error in &mut contract.errors {
            error.remedy = Some(text.clone());
            error.title.clone_from(&text);
            error.example_request = Some(text.clone());
            error.docs = Some(format!("/{text}"));
        }
        check_html(&book::html(&contract), &text);
        check_markdown(&book::markdown(&contract), &text);
    }
}
