//! The page as files: all errors in one, and each code in one of its own, so that a search lands on what was searched for.
//! Takes a contract; gives paths and texts.

use super::escape::{Encoded, put};
use super::html::Page;
use super::outline::{Item, Outline};
use super::{markdown, prose, words};
use crate::book::Contract;

/// Where a page stands, and with it what its links look like.
#[derive(Clone, Copy)]
pub(super) enum Links {
    /// A file of its own, wherever somebody puts it.
    Alone,
    /// Beside the others: `errors{extension}`, or `errors/CODE{extension}`.
    Within { is_code: bool, extension: &'static str },
}

impl Links {
    /// From the page of a code to that of all.
    pub(super) fn whole(self) -> String {
        match self {
            Self::Within { is_code: true, extension } => format!("../errors{extension}"),
            _ => "#page~top".to_owned(),
        }
    }

    /// The same in other forms: media type and address. `code` is empty on the page of all.
    pub(super) fn alternates(self, code: &str) -> Vec<(&'static str, String)> {
        match self {
            Self::Alone => Vec::new(),
            Self::Within { is_code: true, .. } => {
                vec![("text/markdown", format!("{}.md", Encoded(&file_name(code))))]
            }
            Self::Within { .. } => vec![
                ("text/markdown", "errors.md".to_owned()),
                ("application/json", "errors.json".to_owned()),
            ],
        }
    }
}

/// A code as the name of a file: bytes that some file system or address takes for something else as `=2F`.
pub(super) fn file_name(code: &str) -> String {
    let mut name = String::new();
    for (at, byte) in code.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() || b"_-".contains(&byte) || (byte == b'.' && at > 0) {
            name.push(byte.into());
        } else {
            put!(name, "={byte:02X}");
        }
    }
    if name.is_empty() { "=".to_owned() } else { name }
}

/// Every code that callers see, once; those that are no more at the end.
pub(super) fn codes(contract: &Contract) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    let alive = contract.errors.iter().filter(|entry| !entry.code_is_omitted).map(|entry| &*entry.code);
    let retired = contract.retired.iter().map(|retired| &*retired.code);
    alive.chain(retired).filter(|code| seen.insert(*code)).collect()
}

/// All files.
pub(super) fn all(contract: &Contract) -> Vec<(String, String)> {
    let outline = Outline::new(contract);
    let whole = Links::Within { is_code: false, extension: ".html" };
    let single = Page::new(&outline, Links::Within { is_code: true, extension: ".html" });
    let mut files = vec![
        ("errors.html".to_owned(), Page::new(&outline, whole).whole()),
        ("errors.md".to_owned(), markdown::whole(&outline)),
        ("errors.json".to_owned(), contract.to_json()),
        ("llms.txt".to_owned(), llms(&outline)),
    ];
    for code in codes(contract) {
        let items = outline.of_code(code);
        let name = file_name(code);
        files.push((format!("errors/{name}.html"), single.single(code, &items)));
        files.push((format!("errors/{name}.md"), markdown::single(&outline, code, &items)));
    }
    files
}

/// What a language model reads first: <https://llmstxt.org>.
fn llms(outline: &Outline<'_>) -> String {
    let contract = outline.contract;
    let mut out = format!("# {} errors\n\n", prose::escape(&contract.title));
    if let Some(description) = &contract.description {
        put!(out, "> {}\n\n", prose::escape(&prose::plain(description)));
    }
    out.push_str("- [All errors on one page](errors.md): the envelope, retrying, statuses and every code\n");
    out.push_str("- [The contract as JSON](errors.json): the same for programs\n\n## Codes\n\n");
    for code in codes(contract) {
        let items = outline.of_code(code);
        let Some(entry) = items.first().map(|item: &&Item<'_>| item.entry) else { continue };
        let status = entry.status.map_or_else(|| "no status".to_owned(), |status| status.to_string());
        let when = entry.description.as_deref().map(prose::first_paragraph).unwrap_or_default();
        put!(
            out,
            "- [{}](errors/{}.md): {status}; retry: {} {}\n",
            prose::escape(words::name(entry)),
            Encoded(&file_name(code)),
            words::verdict(&entry.retry),
            prose::escape(&when)
        );
    }
    out
}
