#![doc = include_str!("../../../docs/page.md")]

// Takes a contract; gives whole documents.

mod clock;
mod escape;
mod files;
mod html;
mod markdown;
mod outline;
mod prose;
mod site;
mod wire;
mod words;

use super::Contract;
use files::Links;
use html::Page;
use outline::Outline;

pub use site::Site;
#[cfg(feature = "cli")]
pub(crate) use wire::plain as indented;
#[cfg(feature = "cli")]
pub(crate) use words::who;

/// The error page in Markdown.
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::book::{self, Contract};
///
/// #[derive(ApiError)]
/// enum StoryError {
///     /// No story has this id.
///     #[api(status = 404, message = "There is no story with this id.", remedy = "Check the id.")]
///     NotFound,
/// }
///
/// let page = book::markdown(&Contract::builder("Story API").catalog(StoryError::catalog()).build());
/// assert!(page.starts_with("# Story API errors\n"));
/// assert!(page.contains("### `not_found`\n\n**404 Not Found** · Retry? **Never.**\n"));
/// ```
#[must_use]
pub fn markdown(contract: &Contract) -> String {
    markdown::whole(&Outline::new(contract))
}

/// The error page as one HTML file, which asks the network for nothing and is complete without scripts; they add search and
/// filters.
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::book::{self, Contract};
///
/// #[derive(ApiError)]
/// enum StoryError {
///     /// No story has this id. Not even <i>one</i>.
///     #[api(status = 404, message = "There is no story with this id.")]
///     NotFound,
/// }
///
/// let page = book::html(&Contract::builder("Story API").catalog(StoryError::catalog()).build());
/// assert!(page.contains("<article class=\"code\" id=\"not_found\""));
/// // HTML in a declared text is text.
/// assert!(page.contains("Not even &lt;i&gt;one&lt;/i&gt;."));
/// ```
#[must_use]
pub fn html(contract: &Contract) -> String {
    Page::new(&Outline::new(contract), Links::Alone).whole()
}

/// The error page as files, each a path and its text: `errors.html` with its twins `errors.md` and `errors.json`, for each
/// code `errors/CODE.html` and `errors/CODE.md`, and an [`llms.txt`](https://llmstxt.org).
///
/// The names hold nothing but ASCII letters, digits, `_`, `-`, `.` and `=`, whatever a code holds: `a/b` is `a=2Fb`.
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::book::{self, Contract};
///
/// #[derive(ApiError)]
/// #[api(status = 404, code = "not_found", message = "There is no story with this id.")]
/// struct NotFound;
///
/// let contract = Contract::builder("Story API").catalog(NotFound::catalog()).build();
/// let paths: Vec<String> = book::pages(&contract).map(|(path, _)| path).collect();
/// assert_eq!(paths, [
///     "errors.html", "errors.md", "errors.json", "llms.txt", "errors/not_found.html", "errors/not_found.md",
/// ]);
/// ```
pub fn pages(contract: &Contract) -> impl Iterator<Item = (String, String)> + use<> {
    files::all(contract).into_iter()
}
