//! The statuses in use. Takes the errors by status; gives a strip for each, its line over it.

use super::{Page, track};
use crate::book::page::escape::put;
use crate::book::page::outline::{Status, each_code};
use crate::book::page::words;

/// More codes than this of one status fold.
const MOST_CODES: usize = 8;

pub(super) fn write(out: &mut String, page: &Page<'_, '_>) {
    out.push_str(
        "<section class=\"part preface\" id=\"page~statuses\">\n<h2>Statuses in use</h2>\n<div class=\"text\"><p>The status tells \
         the kind of failure, the code tells which.</p></div>\n",
    );
    page.notes(out, "statuses", 2);
    out.push_str("<ul class=\"statuses\">\n");
    for status in &page.outline.statuses {
        one(out, page, status);
    }
    out.push_str("</ul>\n</section>\n\n");
}

fn one(out: &mut String, page: &Page<'_, '_>, status: &Status<'_>) {
    put!(out, "<li id=\"{}\">\n", anchor(status.number));
    let first = status.items.first().map(|item| &item.entry.retry);
    match first {
        Some(retry) if status.items.iter().all(|item| item.entry.retry == *retry) => {
            track::write(out, &page.scale.track(retry));
        }
        // No line can stand for several rules.
        _ => out.push_str("<svg class=\"track\" aria-hidden=\"true\" height=\"14\"><line class=\"rest\" x2=\"100%\" y1=\"7\" y2=\"7\"/></svg>\n"),
    }
    let phrase = status.number.map_or("Never a response of its own", words::phrase);
    put!(out, "<p><b>{}</b> {phrase}</p>\n<ul>\n", label(status.number));
    let named = each_code(&status.items);
    for (index, item) in named.iter().enumerate() {
        if index == MOST_CODES {
            put!(out, "</ul>\n<details><summary>{} more</summary><ul>\n", named.len() - MOST_CODES);
        }
        out.push_str("<li>");
        page.link(out, item);
        out.push_str("</li>\n");
    }
    out.push_str(if named.len() > MOST_CODES { "</ul></details>\n</li>\n" } else { "</ul>\n</li>\n" });
}

/// The place of a status on the page.
pub(super) fn anchor(status: Option<u16>) -> String {
    status.map_or_else(|| "status~none".to_owned(), |status| format!("status~{status}"))
}

pub(super) fn label(status: Option<u16>) -> String {
    status.map_or_else(|| "–".to_owned(), |status| status.to_string())
}
