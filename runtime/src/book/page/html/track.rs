//! A retry rule as a line: a dot is the answer, a ring another try, a bar the end; dots are a wait that the answer tells, a
//! hollow bar is a wait between two lengths. Takes a rule's places; gives an SVG that is sharp at any width, as its places
//! are in percent and its shapes in pixels.

use crate::book::page::clock::{StretchKind, Track};
use crate::book::page::escape::put;
use crate::book::page::outline::Pace;

pub(super) fn write(out: &mut String, track: &Track) {
    put!(out, "<svg class=\"track {}\" aria-hidden=\"true\" height=\"14\">", track.pace.name());
    out.push_str("<line class=\"rest\" x2=\"100%\" y1=\"7\" y2=\"7\"/><g transform=\"translate(5 7)\">");
    if track.pace == Pace::Never {
        out.push_str("<line x2=\"17\"/><line class=\"end\" x1=\"17\" x2=\"17\" y1=\"-6\" y2=\"6\"/>");
    }
    for stretch in &track.waits {
        let (from, to) = (percent(stretch.from), percent(stretch.to));
        match stretch.kind {
            StretchKind::Fixed => put!(out, "<line x1=\"{from}\" x2=\"{to}\"/>"),
            StretchKind::Told => put!(
                out,
                "<line class=\"gap\" x1=\"{from}\" x2=\"{to}\"/><line class=\"told\" x1=\"{from}\" x2=\"{to}\"/>"
            ),
            StretchKind::Range(least) => put!(
                out,
                "<line x1=\"{from}\" x2=\"{}\"/><rect x=\"{}\" y=\"-3.5\" width=\"{}\" height=\"7\"/>",
                percent(least),
                percent(least),
                percent(stretch.to - least)
            ),
        }
    }
    if !track.waits.is_empty() {
        let end = percent(track.end);
        put!(
            out,
            "<svg x=\"{end}\" overflow=\"visible\"><line x2=\"14\"/><line class=\"end\" x1=\"14\" x2=\"14\" y1=\"-6\" y2=\"6\"/></svg>"
        );
    }
    out.push_str("<circle class=\"first\" r=\"3.5\"/>");
    for stretch in &track.waits {
        put!(out, "<circle cx=\"{}\" r=\"3.5\"/>", percent(stretch.to));
    }
    out.push_str("</g></svg>\n");
}

/// With as many digits as a screen shows.
pub(super) fn percent(place: f64) -> String {
    let text = format!("{place:.2}");
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
