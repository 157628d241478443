//! An error on the page: its line and its name, then the answers in the order of the questions. Takes an item; gives an
//! article, with the example beside it.

use serde_json::Value;

use super::{Page, track};
use crate::book::entry::RetryAfter;
use crate::book::page::escape::{Breaking, Encoded, Text, Words, put};
use crate::book::page::outline::{Item, Pace};
use crate::book::page::{prose, wire, words};
use crate::book::{Act, Field, Piece, Retired};

pub(super) fn write(out: &mut String, page: &Page<'_, '_>, item: &Item<'_>, is_open: bool) {
    let entry = item.entry;
    let helps = Pace::of(&entry.retry);
    let class = match entry.status {
        Some(status) => format!("{}xx", status / 100),
        None => "none".to_owned(),
    };
    put!(
        out,
        "<article class=\"code\" id=\"{}\" data-status=\"{class}\" data-section=\"{}\" data-retry=\"{}\">\n<div>\n",
        Text(&item.anchor),
        Text(&item.group),
        helps.name(),
    );
    track::write(out, &page.scale.track(&entry.retry));
    name(out, item, entry.deprecated.is_some());
    out.push_str("<dl class=\"about\">\n");
    if let Some(deprecation) = &entry.deprecated {
        out.push_str("<dt>Deprecated</dt> <dd>");
        prose::write_html(out, &deprecation.note, 4);
        if deprecation.note.is_empty() {
            out.push_str("It is going to be removed. ");
        }
        if let Some(successor) = &deprecation.successor {
            out.push_str("<p>Use instead: ");
            page.link_to_code(out, successor);
            out.push_str("</p>");
        }
        out.push_str("</dd>\n");
    }
    let more = words::verdict_more(&entry.retry);
    put!(
        out,
        "<dt>Retry?</dt> <dd><strong class=\"{}\">{}</strong>{}<span class=\"soft\">{}</span></dd>\n",
        helps.name(),
        Words(&words::verdict(&entry.retry)),
        if more.is_empty() { "" } else { " " },
        Words(&more)
    );
    put!(out, "<dt>Who acts</dt> <dd>{}", words::who(entry.act));
    if entry.act == Act::Operator && !entry.code_is_omitted {
        let status = entry.status.map(|status| status.to_string()).unwrap_or_default();
        put!(
            out,
            " <span class=\"report\" data-report=\"{}\"></span>",
            Text(format!("{} {status}", entry.code).trim())
        );
    }
    out.push_str("</dd>\n");
    for (label, text) in [("When", &entry.description), ("What to do", &entry.remedy)] {
        if let Some(text) = text {
            put!(out, "<dt>{label}</dt> <dd>");
            prose::write_html(out, text, 4);
            out.push_str("</dd>\n");
        }
    }
    cases(out, page, item);
    out.push_str("</dl>\n");
    facts(out, page, item);
    out.push_str("</div>\n");
    example(out, item, is_open);
    out.push_str("</article>\n");
}

fn name(out: &mut String, item: &Item<'_>, is_deprecated: bool) {
    let entry = item.entry;
    let status = entry.status.map(|status| status.to_string());
    put!(out, "<header class=\"name{}\">\n", if is_deprecated { " deprecated" } else { "" });
    match &status {
        Some(status) => put!(out, "<span class=\"status\">{status}</span> "),
        None => out.push_str("<span class=\"status\"><span aria-hidden=\"true\">–</span><span class=\"aloud\">No status</span></span> "),
    }
    let shown = words::name(entry);
    if entry.code_is_omitted {
        put!(out, "<div><h4 class=\"words\">{}</h4>", Text(shown));
    } else {
        put!(out, "<div><h4>{}</h4>", Breaking(shown));
    }
    put!(
        out,
        "<a class=\"anchor\" href=\"#{}\" aria-label=\"Link to {}\">#</a></div>\n",
        Encoded(&item.anchor),
        Text(shown)
    );
    let phrase = match entry.status {
        Some(status) => words::phrase(status),
        None => "Never a response of its own",
    };
    let title = item.title();
    match (entry.code_is_omitted, title) {
        (true, _) => out.push_str("<p>The body has no code: go by the status.</p>\n"),
        (false, Some(title)) => put!(out, "<p>{phrase} · {}</p>\n", Text(title)),
        (false, None) => put!(out, "<p>{phrase}</p>\n"),
    }
    out.push_str("</header>\n");
}

/// The other errors of the same code.
fn cases(out: &mut String, page: &Page<'_, '_>, item: &Item<'_>) {
    if item.entry.code_is_omitted {
        return;
    }
    let others: Vec<_> = page
        .outline
        .of_code(&item.entry.code)
        .into_iter()
        .filter(|other| other.anchor != item.anchor)
        .collect();
    if others.is_empty() {
        return;
    }
    out.push_str("<dt>Also when</dt> <dd>");
    for (index, other) in others.into_iter().enumerate() {
        let what = other.entry.description.as_deref().map(prose::first_paragraph);
        let what = what.unwrap_or_else(|| other.entry.title.clone());
        let comma = if index > 0 { "<br>" } else { "" };
        let status = other.entry.status.map(|status| format!("{status}: ")).unwrap_or_default();
        // Of all errors with this code there is one page, so a link within it does.
        put!(out, "{comma}<a href=\"#{}\">{status}{}</a>", Encoded(&other.anchor), Text(&what));
    }
    out.push_str("</dd>\n");
}

/// What programs look at: message, details, headers. On a phone it folds.
fn facts(out: &mut String, page: &Page<'_, '_>, item: &Item<'_>) {
    let entry = item.entry;
    let headers = headers(item);
    let meta = meta(page, item);
    let link = item.link();
    let details: Vec<&Field> = item.in_details().collect();
    let mut parts = Vec::new();
    for (is_there, part) in [
        (item.has_message(), "message"),
        (!details.is_empty(), "details"),
        (!headers.is_empty(), "headers"),
        (!meta.is_empty(), "constants"),
        (link.is_some(), "link"),
    ] {
        if is_there {
            parts.push(part);
        }
    }
    let Some(first) = parts.first() else { return };
    let mut summary = parts.join(", ");
    summary.replace_range(..1, &first[..1].to_uppercase());
    put!(out, "<details class=\"more\" open>\n<summary>{summary}</summary>\n<dl class=\"about\">\n");
    if item.has_message() {
        out.push_str("<dt>Message</dt> <dd><q class=\"template\">");
        for piece in &entry.message.pieces {
            match piece {
                Piece::Text(text) => put!(out, "{}", Text(text)),
                Piece::Field(name) => put!(out, "<var>{{{}}}</var>", Text(name)),
            }
        }
        out.push_str("</q>");
        let shown: Vec<&Field> = item.in_message().collect();
        fields(out, &shown, "What the message shows");
        out.push_str("</dd>\n");
    }
    if !details.is_empty() {
        out.push_str("<dt>Details</dt> <dd>");
        fields(out, &details, "The details");
        out.push_str("</dd>\n");
    }
    if !headers.is_empty() {
        out.push_str("<dt>Headers</dt> <dd>");
        for header in headers {
            put!(out, "<p>{header}</p>");
        }
        out.push_str("</dd>\n");
    }
    if !meta.is_empty() {
        out.push_str("<dt>Constants</dt> <dd>");
        for (name, value) in meta {
            put!(out, "<p><code class=\"free\">{}: {}</code></p>", Text(name), Text(&value.to_string()));
        }
        out.push_str("</dd>\n");
    }
    if let Some(link) = link {
        put!(out, "<dt>Link</dt> <dd><a class=\"free\" href=\"{}\">{}</a></dd>\n", Text(link), Text(link));
    }
    out.push_str("</dl>\n</details>\n");
}

/// Rows that become blocks on a phone; the roles are said again, as a table laid out in another way is none to some.
fn fields(out: &mut String, fields: &[&Field], caption: &str) {
    if fields.is_empty() {
        return;
    }
    put!(
        out,
        "<table class=\"stack fields\" role=\"table\">\n<caption class=\"aloud\">{caption}</caption>\n<thead role=\"rowgroup\"><tr \
         role=\"row\"><th scope=\"col\" role=\"columnheader\">Name</th><th scope=\"col\" role=\"columnheader\">Type</th><th \
         scope=\"col\" role=\"columnheader\">Meaning</th><th scope=\"col\" role=\"columnheader\">Example</th></tr></thead>\n<tbody \
         role=\"rowgroup\">\n"
    );
    for field in fields {
        let name = words::field_name(field);
        let ty = words::json_type(&field.schema);
        put!(
            out,
            "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"><code>{}</code></th><td role=\"cell\">{}{}{}</td><td \
             role=\"cell\" class=\"full\">",
            Breaking(name),
            Text(&ty),
            if field.is_nullable { " or null" } else { "" },
            if field.is_optional && !field.is_nullable { ", optional" } else { "" },
        );
        if let Some(description) = &field.description {
            prose::write_html(out, description, 5);
        }
        out.push_str("</td><td role=\"cell\" class=\"eg\">");
        if let Some(text) = words::sample(field) {
            put!(out, "<code>{}</code>", Text(&text));
        }
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// The headers that this error has beside those of every response, as HTML.
fn headers(item: &Item<'_>) -> Vec<String> {
    let entry = item.entry;
    let mut rows = Vec::new();
    let wait = item.example_header("retry-after");
    let told = entry.retry_after();
    if wait.is_some() || told != RetryAfter::Never && Pace::of(&entry.retry) != Pace::Never {
        let value = wait.map(|wait| format!(": {wait}")).unwrap_or_default();
        let maybe = if told == RetryAfter::Sometimes { ", where it is known" } else { "" };
        rows.push(format!(
            "<code class=\"free\">Retry-After{}</code> <span class=\"soft\">seconds to wait{maybe}</span>",
            Text(&value)
        ));
    }
    for header in &entry.headers {
        let mut row = format!("<code class=\"free\">{}: ", Text(&header.name));
        let mut meaning = String::new();
        for piece in &header.value {
            match piece {
                Piece::Text(text) => put!(row, "{}", Text(text)),
                Piece::Field(name) => {
                    put!(row, "<var>{{{}}}</var>", Text(name));
                    let field = entry.fields.iter().find(|field| field.name == *name);
                    if let Some(description) = field.and_then(|field| field.description.as_deref()) {
                        meaning.push_str(&prose::plain(description));
                    }
                }
            }
        }
        let maybe = if header.is_optional { " (not always)" } else { "" };
        put!(row, "</code> <span class=\"soft\">{}{maybe}</span>", Text(&meaning));
        rows.push(row);
    }
    rows
}

/// The constants that callers see.
fn meta<'e>(page: &Page<'_, '_>, item: &Item<'e>) -> Vec<(&'e String, &'e Value)> {
    let body = page.outline.contract.bodies.get(item.entry.body);
    let is_seen = |name: &str| {
        body.is_some_and(|body| {
            body.members.iter().any(|member| member.slot.strip_prefix("meta.") == Some(name))
        })
    };
    item.entry.meta.iter().filter(|(name, _)| is_seen(name)).collect()
}

fn example(out: &mut String, item: &Item<'_>, is_open: bool) {
    let entry = item.entry;
    let Some(example) = &entry.example else { return };
    let open = if is_open { " open" } else { "" };
    let what = if entry.status.is_some() { "Example response" } else { "Example, inside a result" };
    put!(out, "<details class=\"wire\"{open}>\n<summary>{what}</summary>\n<pre><code>");
    if let (Some(request), Some(_)) = (&entry.example_request, entry.status) {
        for line in request.lines() {
            put!(out, "<span class=\"r long in0\">&gt; {}</span>\n", Text(line));
        }
        out.push('\n');
    }
    response(out, item, &example.body);
    out.push_str("</code></pre>\n</details>\n");
}

/// Status line, headers and body.
pub(super) fn response(out: &mut String, item: &Item<'_>, body: &str) {
    let entry = item.entry;
    if let (Some(status), Some(example)) = (entry.status, &entry.example) {
        put!(out, "<b>{status} {}</b>\n", words::phrase(status));
        for (name, value) in &example.headers {
            let is_long = name.len() + 2 + value.len() > wire::NARROW;
            let (open, close) = if is_long { ("<span class=\"long in0\">", "</span>") } else { ("", "") };
            put!(
                out,
                "{open}<span class=\"k\">{}</span>: <span class=\"s\">{}</span>{close}\n",
                Text(name),
                Text(value)
            );
        }
        out.push('\n');
    }
    let code = if entry.code_is_omitted { "" } else { &*entry.code };
    wire::write_html(out, body, code);
}

/// A code that is no more.
pub(super) fn write_retired(out: &mut String, page: &Page<'_, '_>, retired: &Retired, id: &str) {
    put!(
        out,
        "<article class=\"code retired\" id=\"{}\" data-status=\"gone\" data-section=\"section~retired\" \
         data-retry=\"gone\">\n<div>\n<svg class=\"track\" aria-hidden=\"true\" height=\"14\"><line class=\"rest\" x2=\"100%\" y1=\"7\" \
         y2=\"7\"/></svg>\n<header class=\"name\">\n<span class=\"status\">{}</span> <div><h4>{}</h4></div>\n</header>\n<dl class=\"about\">\n",
        Text(id),
        retired.status.map_or_else(|| "–".to_owned(), |status| status.to_string()),
        Breaking(&retired.code)
    );
    let since = retired.date.as_ref().map(|date| format!("Since {date}. ")).unwrap_or_default();
    put!(out, "<dt>Retired</dt> <dd>{}No server sends this code any more.</dd>\n", Text(&since));
    if let Some(reason) = &retired.reason {
        out.push_str("<dt>Why</dt> <dd>");
        prose::write_html(out, reason, 4);
        out.push_str("</dd>\n");
    }
    if let Some(successor) = &retired.successor {
        out.push_str("<dt>Use instead</dt> <dd>");
        page.link_to_code(out, successor);
        out.push_str("</dd>\n");
    }
    out.push_str("</dl>\n</div>\n</article>\n");
}
