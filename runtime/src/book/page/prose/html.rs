//! A text of the service's own as HTML. Takes what is left of it; gives elements without attributes, links apart.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::events;
use crate::book::page::escape::{Text, put};

/// Writes the elements of a text, its headings moved down by so many levels.
pub(in crate::book::page) fn write(out: &mut String, markdown: &str, shift: usize) {
    let (mut columns, mut column, mut is_head) = (Vec::new(), 0, false);
    for event in events(markdown, shift) {
        match event {
            Event::Text(text) => put!(out, "{}", Text(&text)),
            Event::Code(text) => put!(out, "<code>{}</code>", Text(&text)),
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("<br>\n"),
            Event::Rule => out.push_str("<hr>\n"),
            Event::Start(tag) => match tag {
                Tag::Table(alignments) => {
                    columns = alignments;
                    out.push_str("<table>\n");
                }
                Tag::TableHead => {
                    (column, is_head) = (0, true);
                    out.push_str("<thead><tr>");
                }
                Tag::TableRow => {
                    column = 0;
                    out.push_str("<tr>");
                }
                Tag::TableCell => {
                    let is_right = columns.get(column) == Some(&Alignment::Right);
                    column += 1;
                    let class = if is_right { " class=\"figure\"" } else { "" };
                    put!(out, "<{}{class}>", if is_head { "th scope=\"col\"" } else { "td" });
                }
                Tag::List(Some(first)) if first != 1 => put!(out, "<ol start=\"{first}\">\n"),
                Tag::Link { dest_url, .. } => put!(out, "<a href=\"{}\">", Text(&dest_url)),
                Tag::CodeBlock(_) => out.push_str("<pre><code>"),
                tag => {
                    if let Some(name) = name(tag.to_end()) {
                        put!(out, "<{name}>");
                    }
                }
            },
            Event::End(tag) => match tag {
                TagEnd::TableHead => {
                    is_head = false;
                    out.push_str("</tr></thead>\n<tbody>\n");
                }
                TagEnd::TableCell => out.push_str(if is_head { "</th>" } else { "</td>" }),
                TagEnd::Table => out.push_str("</tbody></table>\n"),
                TagEnd::CodeBlock => out.push_str("</code></pre>\n"),
                tag => {
                    if let Some(name) = name(tag) {
                        put!(out, "</{name}>");
                        if !matches!(
                            tag,
                            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
                        ) {
                            out.push('\n');
                        }
                    }
                }
            },
            // What needs an option that is off.
            _ => {}
        }
    }
}

/// The element of what has no more to it than a name.
fn name(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(level) => ["h1", "h2", "h3", "h4", "h5", "h6"][level as usize - 1],
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "del",
        TagEnd::Link => "a",
        TagEnd::TableRow => "tr",
        _ => return None,
    })
}
