//! Whether and when to send a request again: all rules in one picture, and in a table that says the same. Takes the rules
//! of the contract; gives both.
//!
//! The picture is a grid of the page, not an image: a lane for each rule, with its statuses and its line. So its text has one
//! size at every width, and on a phone the same lanes stand closer.

use super::track::{self, percent};
use super::{Page, statuses};
use crate::book::page::clock::Track;
use crate::book::page::escape::{Text, Words, put};
use crate::book::page::outline::{Pace, Rule, each_code};
use crate::book::page::words;
use crate::book::{Retry, When};

/// More errors than this under one rule are told by their statuses.
const MOST_CODES: usize = 24;
/// More statuses than this in a lane are cut.
const MOST_STATUSES: usize = 7;
/// Labels closer than this, in percent of the line, touch on a phone.
const ROOM: f64 = 8.0;
/// How many rows a lane has in the grid.
const ROWS: usize = 4;

pub(super) fn write(out: &mut String, page: &Page<'_, '_>) {
    out.push_str("<section class=\"part preface\" id=\"page~retrying\">\n<h2>Retrying</h2>\n");
    page.notes(out, "retrying", 2);
    out.push_str("<div class=\"text\">");
    for sentence in words::repeating(page.outline) {
        put!(out, "<p>{}</p>\n", Words(&sentence));
    }
    out.push_str("</div>\n");
    if !page.outline.rules.is_empty() {
        figure(out, page);
        table(out, page);
    }
    out.push_str("</section>\n\n");
}

fn figure(out: &mut String, page: &Page<'_, '_>) {
    let rules = &page.outline.rules;
    let tracks: Vec<Track> = rules.iter().map(|rule| page.scale.track(rule.retry)).collect();
    let sentences: Vec<String> =
        rules.iter().map(|rule| format!("{}: {}", statuses_of(rule), words::verdict(rule.retry))).collect();
    put!(
        out,
        "<figure class=\"map\">\n<div class=\"lanes\" style=\"--count:{}\" role=\"img\" aria-label=\"Each error answer goes one of {} \
         ways. {} The table below says the same.\">\n",
        rules.len(),
        rules.len(),
        Text(&sentences.join(" ").replace('`', ""))
    );
    out.push_str(
        "<div class=\"origin\"><b>An error answer</b> <span class=\"soft\">Its code decides; one that you do not know, its \
         status.</span></div>\n",
    );
    axis(out, page, &tracks);
    for (index, (rule, track)) in rules.iter().zip(&tracks).enumerate() {
        // Neighbours with one condition ask it once, below the last of them.
        let is_same = rules.get(index + 1).is_some_and(|next| next.retry.when == rule.retry.when);
        lane(out, rule, track, index, rules.len(), is_same);
    }
    out.push_str("<span class=\"start\"></span>\n</div>\n<figcaption>A filled dot is the answer, a ring another try, a bar the end; dots \
                  are a wait of any length, which the answer tells");
    if tracks.iter().any(|track| {
        track.waits.iter().any(|wait| matches!(wait.kind, crate::book::page::clock::StretchKind::Range(_)))
    }) {
        out.push_str("; a hollow bar is one between two lengths");
    }
    out.push_str(". ");
    if !page.scale.ticks().is_empty() {
        out.push_str("Times count from the answer");
        out.push_str(if page.scale.is_linear() {
            ". "
        } else {
            ", and stand closer together the later they are. "
        });
    }
    out.push_str(
        "The same line, to the same scale, stands over every code on this page.</figcaption>\n</figure>\n",
    );
}

/// Lines at round times, behind the lanes that have a time.
fn axis(out: &mut String, page: &Page<'_, '_>, tracks: &[Track]) {
    let ticks = page.scale.ticks();
    let Some(first) = tracks.iter().position(|track| !track.waits.is_empty()) else { return };
    if ticks.is_empty() {
        return;
    }
    let (from, to) = (row(first), row(tracks.len()));
    put!(out, "<div class=\"axis\" style=\"grid-row:{from}/{}\">", to + 1);
    for (place, label) in &ticks {
        put!(out, "<span style=\"left:{}\"><i>{}</i></span>", percent(*place), Text(label));
    }
    out.push_str("</div>\n");
}

/// The first row of a lane.
fn row(index: usize) -> usize {
    2 + index * ROWS
}

fn lane(out: &mut String, rule: &Rule<'_>, track: &Track, index: usize, count: usize, is_joined: bool) {
    let row = row(index);
    let pace = track.pace.name();
    // The lane that turns off first is the innermost.
    put!(
        out,
        "<span class=\"trunk {pace}\" style=\"grid-row:2/{};--at:{}\"></span>\n",
        row + 2,
        count - 1 - index
    );
    put!(out, "<span class=\"who\" style=\"grid-row:{row}\"><b>{}</b>", Text(&statuses_of(rule)));
    let named = each_code(&rule.items);
    if named.len() <= 2 {
        for item in named.iter().filter(|item| !item.entry.code_is_omitted) {
            put!(out, " <code class=\"soft\">{}</code>", Text(&item.entry.code));
        }
    }
    out.push_str("</span>\n");
    put!(out, "<span class=\"way {pace}\" style=\"grid-row:{}\"></span>\n", row + 1);
    if track.pace == Pace::Never {
        put!(
            out,
            "<span class=\"stop\" style=\"grid-row:{}\"><b>Never.</b> <span class=\"soft\">Something has to change \
             first.</span></span>\n",
            row + 1
        );
        return;
    }
    let labels: Vec<(f64, &str)> = track
        .waits
        .iter()
        .filter(|stretch| !stretch.label.is_empty())
        .map(|stretch| {
            // What holds for each wait stands over them all.
            let end = if stretch.label.ends_with(" each") { track.end } else { stretch.to };
            (f64::midpoint(stretch.from, end), &*stretch.label)
        })
        .collect();
    let is_near = labels.windows(2).any(|pair| matches!(pair, [(one, _), (next, _)] if next - one < ROOM));
    let near = if is_near { " near" } else { "" };
    put!(out, "<span class=\"waits{near} {pace}\" style=\"--row:{row}\">");
    for (middle, label) in labels {
        put!(out, "<span style=\"left:{}\">{}</span>", percent(middle), Words(label));
    }
    out.push_str("</span>\n");
    put!(out, "<span class=\"line\" style=\"grid-row:{}\">", row + 1);
    track::write(out, track);
    put!(out, "<span class=\"up\" style=\"left:{}\">give up</span></span>\n", percent(track.end));
    gate(out, rule.retry, row, is_joined);
}

/// Where repeating has a condition: a question on the way, and a branch to an end of its own.
fn gate(out: &mut String, retry: &Retry, row: usize, is_joined: bool) {
    let question = match retry.when {
        When::Always => return,
        When::IfIdempotent => "Not idempotent, and no `Idempotency-Key`? Then never.",
        When::IfSafe => "Not a request that reads? Then never.",
    };
    if is_joined {
        put!(out, "<span class=\"joint\" style=\"grid-row:{}/{}\"></span>", row + 1, row + 2 + ROWS);
    }
    put!(out, "<span class=\"gate\" style=\"grid-row:{}\"></span>\n", row + 1);
    if is_joined {
        return;
    }
    put!(out, "<span class=\"branch\" style=\"grid-row:{}/{}\"></span>", row + 2, row + 4);
    put!(out, "<span class=\"ask\" style=\"grid-row:{}\">{}</span>\n", row + 3, Words(question));
}

/// The statuses of a rule, as far as there is room.
fn statuses_of(rule: &Rule<'_>) -> String {
    let mut numbers: Vec<u16> = rule.items.iter().filter_map(|item| item.entry.status).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let has_none = rule.items.iter().any(|item| item.entry.status.is_none());
    let cut = numbers.len() > MOST_STATUSES;
    let mut shown: Vec<String> = numbers.iter().take(MOST_STATUSES).map(ToString::to_string).collect();
    if cut {
        shown.push("…".to_owned());
    }
    if has_none && shown.is_empty() {
        shown.push("no status".to_owned());
    }
    shown.join(" ")
}

fn table(out: &mut String, page: &Page<'_, '_>) {
    out.push_str(
        "<table class=\"rules\" role=\"table\">\n<caption class=\"aloud\">The rule of each code</caption>\n<thead class=\"aloud\" \
         role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\">Line</th><th scope=\"col\" \
         role=\"columnheader\">Rule</th><th scope=\"col\" role=\"columnheader\">Codes</th></tr></thead>\n<tbody role=\"rowgroup\">\n",
    );
    for rule in &page.outline.rules {
        out.push_str("<tr role=\"row\"><td role=\"cell\">");
        let track = page.scale.track(rule.retry);
        track::write(out, &track);
        let more = words::verdict_more(rule.retry);
        put!(
            out,
            "</td><td role=\"cell\" class=\"verdict\"><strong class=\"{}\">{}</strong>{}</td><td role=\"cell\">",
            track.pace.name(),
            Words(&words::verdict(rule.retry)),
            if more.is_empty() {
                String::new()
            } else {
                format!(" <span class=\"soft\">{}</span>", Words(&more))
            }
        );
        let named = each_code(&rule.items);
        if named.len() > MOST_CODES {
            put!(out, "{} codes, by status: ", named.len());
            let mut numbers: Vec<Option<u16>> = rule.items.iter().map(|item| item.entry.status).collect();
            numbers.sort_unstable();
            numbers.dedup();
            for number in numbers {
                put!(out, "<a href=\"#{}\">{}</a> ", statuses::anchor(number), statuses::label(number));
            }
        } else {
            for item in named {
                page.link(out, item);
                out.push(' ');
            }
        }
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}
