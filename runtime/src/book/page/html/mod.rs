//! The page as HTML: one file, complete without scripts, that asks the network for nothing. Takes an outline; gives the
//! whole page, or that of a single code.
//!
//! Colour and the line over each code say one thing: whether trying again helps. Everything else is ink.

mod code;
mod envelope;
mod retrying;
mod side;
mod statuses;
mod track;

use super::clock::Scale;
use super::escape::{Encoded, Text, Words, put};
use super::files::{Links, file_name};
use super::outline::{Group, Item, Outline, Pace};
use super::{prose, words};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// More errors than this are shown with their examples and their part of the contents closed.
const MANY: usize = 60;

/// What all parts of a page are written with.
pub(super) struct Page<'o, 'c> {
    pub(super) outline: &'o Outline<'c>,
    pub(super) scale: Scale,
    pub(super) links: Links,
}

impl<'o, 'c> Page<'o, 'c> {
    pub(super) fn new(outline: &'o Outline<'c>, links: Links) -> Self {
        Self { outline, scale: Scale::new(outline), links }
    }

    /// All errors on one page.
    pub(super) fn whole(&self) -> String {
        let contract = self.outline.contract;
        let title = format!("{} errors", contract.title);
        let description = contract.description.as_deref().map(prose::first_paragraph).unwrap_or_default();
        let mut out = String::with_capacity(64 * 1024 + self.outline.items.len() * 3000);
        self.head(&mut out, &title, &description, "");
        let many = if self.outline.items.len() > MANY { " class=\"many\"" } else { "" };
        put!(
            out,
            "<body{many}>\n<a class=\"skip\" href=\"#page~codes\">Skip to the codes</a>\n<div class=\"page\">\n"
        );
        side::write(&mut out, self);
        out.push_str("<main id=\"page~top\">\n");
        self.opening(&mut out, &title);
        envelope::write(&mut out, self);
        retrying::write(&mut out, self);
        statuses::write(&mut out, self);
        self.reporting(&mut out);
        self.own_parts(&mut out);
        self.codes(&mut out);
        self.footer(&mut out);
        put!(
            out,
            "</main>\n</div>\n<p class=\"aloud\" id=\"page~said\" role=\"status\"></p>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
        );
        out
    }

    /// The page of one code.
    pub(super) fn single(&self, code: &str, items: &[&Item<'c>]) -> String {
        let contract = self.outline.contract;
        let shown = items.first().map_or(code, |item| words::name(item.entry));
        let title = format!("{shown}: {} errors", contract.title);
        let first = items.first().and_then(|item| item.entry.description.as_deref());
        let mut out = String::new();
        self.head(&mut out, &title, &first.map(prose::first_paragraph).unwrap_or_default(), code);
        put!(
            out,
            "<body class=\"single\">\n<div class=\"page\">\n<nav class=\"back\" aria-label=\"Where this page belongs\"><a href=\"{}\">{} \
             errors</a></nav>\n<main id=\"page~top\">\n",
            Text(&self.links.whole()),
            Text(&contract.title),
        );
        put!(out, "<h1 class=\"aloud\">{}</h1>\n", Text(shown));
        for item in items {
            code::write(&mut out, self, item, true);
        }
        if let Some((retired, id)) = self.outline.retired.iter().find(|(retired, _)| retired.code == code)
            && items.is_empty()
        {
            code::write_retired(&mut out, self, retired, id);
        }
        self.footer(&mut out);
        put!(
            out,
            "</main>\n</div>\n<p class=\"aloud\" id=\"page~said\" role=\"status\"></p>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
        );
        out
    }

    fn head(&self, out: &mut String, title: &str, description: &str, code: &str) {
        put!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n",
            Text(title)
        );
        if !description.is_empty() {
            put!(out, "<meta name=\"description\" content=\"{}\">\n", Text(description));
        }
        // Else a browser asks for one.
        out.push_str("<link rel=\"icon\" href=\"data:,\">\n");
        for (media_type, address) in self.links.alternates(code) {
            put!(out, "<link rel=\"alternate\" type=\"{media_type}\" href=\"{}\">\n", Text(&address));
        }
        put!(out, "<style>\n{STYLE}</style>\n</head>\n");
    }

    fn opening(&self, out: &mut String, title: &str) {
        let contract = self.outline.contract;
        put!(out, "<header class=\"preface\">\n<div class=\"spread\">\n<div>\n<h1>{}</h1>\n", Text(title));
        if let Some(description) = &contract.description {
            out.push_str("<div class=\"lede\">");
            prose::write_html(out, description, 2);
            out.push_str("</div>\n");
        }
        self.notes(out, "introduction", 2);
        out.push_str("</div>\n");
        let alternates = self.links.alternates("");
        if contract.version.is_some() || !alternates.is_empty() {
            out.push_str("<dl class=\"facts\">\n");
            if let Some(version) = &contract.version {
                put!(out, "<dt>Version</dt> <dd>{}</dd>\n", Text(version));
            }
            if !alternates.is_empty() {
                out.push_str("<dt>Also as</dt> <dd>");
                for (index, (media_type, address)) in alternates.iter().enumerate() {
                    let what = if *media_type == "text/markdown" { "Markdown" } else { "JSON" };
                    let comma = if index > 0 { ", " } else { "" };
                    put!(out, "{comma}<a href=\"{}\">{what}</a>", Text(address));
                }
                out.push_str("</dd>\n");
            }
            out.push_str("</dl>\n");
        }
        out.push_str("</div>\n<dl class=\"terms\">\n");
        for (term, sentence) in words::terms(contract) {
            put!(out, "<dt>{term}</dt> <dd>{}</dd>\n", Words(&sentence));
        }
        out.push_str("</dl>\n</header>\n\n");
    }

    fn reporting(&self, out: &mut String) {
        let contract = self.outline.contract;
        out.push_str(
            "<section class=\"part preface\" id=\"page~reporting\">\n<h2>When you report a problem</h2>\n",
        );
        out.push_str("<div class=\"text\"><p>Send along what finds the request again, and never your API key:</p></div>\n<dl class=\"terms\">\n");
        for (what, place) in words::report(contract) {
            put!(out, "<dt>{what}</dt> <dd>{}</dd>\n", Words(&place));
        }
        out.push_str("</dl>\n");
        self.notes(out, "reporting", 2);
        out.push_str("</section>\n\n");
    }

    /// What the service itself has to say at a place of the page.
    fn notes(&self, out: &mut String, place: &str, shift: usize) {
        for section in self.outline.contract.sections.iter().filter(|section| section.place == place) {
            out.push_str("<div class=\"text own\">");
            if let Some(title) = &section.title {
                put!(out, "<h3>{}</h3>\n", Text(title));
            }
            prose::write_html(out, &section.markdown, shift);
            out.push_str("</div>\n");
        }
    }

    fn own_parts(&self, out: &mut String) {
        for (section, id) in &self.outline.parts {
            put!(
                out,
                "<section class=\"part preface\" id=\"{}\">\n<h2>{}</h2>\n<div class=\"text own\">",
                Text(id),
                Text(section.title.as_deref().unwrap_or(&section.place))
            );
            prose::write_html(out, &section.markdown, 2);
            out.push_str("</div>\n</section>\n\n");
        }
    }

    fn codes(&self, out: &mut String) {
        out.push_str("<section class=\"part\" id=\"page~codes\">\n<h2>The codes</h2>\n<p id=\"page~none\" hidden>Nothing matches.</p>\n");
        let is_open = self.outline.items.len() <= MANY;
        for group in &self.outline.groups {
            put!(out, "<section class=\"section\" id=\"{}\">\n", Text(&group.id));
            match group.heading {
                Some(heading) => put!(out, "<header><h3>{}</h3>", Text(heading)),
                None => out.push_str("<header><h3 class=\"aloud\">All</h3>"),
            }
            if group.origin == crate::book::Origin::Middleware {
                out.push_str(
                    "<p>Before a request reaches the API, or when something breaks under it. The body has the same form, and \
                     the rules are the same.</p>",
                );
            }
            out.push_str("</header>\n");
            for item in group.items.iter().filter(|item| !item.is_plain()) {
                code::write(out, self, item, is_open);
            }
            plain(out, group);
            out.push_str("</section>\n");
        }
        let retired = &self.outline.retired;
        if !retired.is_empty() {
            out.push_str(
                "<section class=\"section\" id=\"section~retired\">\n<header><h3>Retired</h3><p>No server sends these \
                 any more, and none of them will ever mean something else.</p></header>\n",
            );
            for (one, id) in retired {
                code::write_retired(out, self, one, id);
            }
            out.push_str("</section>\n");
        }
        out.push_str("</section>\n");
    }

    fn footer(&self, out: &mut String) {
        let version = self.outline.contract.version.as_deref();
        let version = version.map(|version| format!(", version {version}")).unwrap_or_default();
        put!(
            out,
            "<footer><p>{}{}. Made from the declarations of its errors.</p></footer>\n",
            Text(&self.outline.contract.title),
            Text(&version)
        );
    }

    /// A link to an error, by its code where callers see it.
    fn link(&self, out: &mut String, item: &Item<'_>) {
        let address = self.links.code(&item.anchor, &item.entry.code);
        let name = words::name(item.entry);
        if item.entry.code_is_omitted {
            put!(out, "<a href=\"{}\">{}</a>", Text(&address), Text(name));
        } else {
            put!(out, "<a href=\"{}\"><code>{}</code></a>", Text(&address), Text(name));
        }
    }

    /// A code that another's text names, as a link where it leads somewhere.
    fn link_to_code(&self, out: &mut String, code: &str) {
        match self.outline.anchor(code) {
            Some(anchor) => {
                put!(
                    out,
                    "<a href=\"{}\"><code>{}</code></a>",
                    Text(&self.links.code(anchor, code)),
                    Text(code)
                );
            }
            None => put!(out, "<code>{}</code>", Text(code)),
        }
    }
}

/// What follows from the status alone.
fn plain(out: &mut String, group: &Group<'_>) {
    let mut items = group.items.iter().filter(|item| item.is_plain()).peekable();
    if items.peek().is_none() {
        return;
    }
    out.push_str(
        "<table class=\"plain stack\" role=\"table\">\n<caption>Where nothing more is known, the status tells the code:</caption>\n\
         <thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\">Status</th><th scope=\"col\" \
         role=\"columnheader\">Code</th><th scope=\"col\" role=\"columnheader\">Retry?</th></tr></thead>\n<tbody role=\"rowgroup\">\n",
    );
    for item in items {
        let retry = &item.entry.retry;
        let pace = Pace::of(retry).name();
        let status = item.entry.status;
        put!(
            out,
            "<tr role=\"row\" id=\"{}\" data-status=\"{}xx\" data-section=\"{}\" data-retry=\"{pace}\"><td role=\"cell\">{}</td><th \
             scope=\"row\" role=\"rowheader\"><code>{}</code></th><td role=\"cell\" class=\"full\"><span class=\"{pace}\">{}</span> \
             <span class=\"soft\">{}</span></td></tr>\n",
            Text(&item.anchor),
            status.unwrap_or_default() / 100,
            Text(&item.group),
            statuses::label(status),
            Text(words::name(item.entry)),
            Words(&words::verdict(retry)),
            Words(&words::verdict_more(retry)),
        );
    }
    out.push_str("</tbody>\n</table>\n");
}

impl Links {
    /// Where an error stands, seen from this page.
    pub(super) fn code(&self, anchor: &str, code: &str) -> String {
        match self {
            Self::Within { is_code: true, extension } => format!("{}{extension}", Encoded(&file_name(code))),
            _ => format!("#{}", Encoded(anchor)),
        }
    }
}
