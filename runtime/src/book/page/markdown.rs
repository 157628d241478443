//! The page as Markdown, for repositories, terminals and language models. Takes an outline; gives the same facts as the HTML,
//! in the same order. A heading is the bare code, so that what makes anchors of headings makes the same as the HTML has.

use super::escape::put;
use super::outline::{Item, Outline, Pace, each_code};
use super::prose::{code_span, escape};
use super::{prose, wire, words};
use crate::book::entry::RetryAfter;
use crate::book::{Body, Field, Origin, Piece, Retired};

/// All errors.
pub(super) fn whole(outline: &Outline<'_>) -> String {
    let contract = outline.contract;
    let mut out = format!("# {} errors\n\n", escape(&contract.title));
    if let Some(version) = &contract.version {
        put!(out, "Version {}\n\n", escape(version));
    }
    if let Some(description) = &contract.description {
        put!(out, "{}\n\n", prose::write_markdown(description, 2));
    }
    notes(&mut out, outline, "introduction");
    for (term, sentence) in words::terms(contract) {
        put!(out, "- **{term}:** {sentence}\n");
    }
    out.push('\n');
    envelope(&mut out, outline);
    retrying(&mut out, outline);
    statuses(&mut out, outline);
    out.push_str("## When you report a problem\n\nSend along what finds the request again, and never your API key:\n\n");
    for (what, place) in words::report(contract) {
        put!(out, "- **{what}:** {place}\n");
    }
    out.push('\n');
    notes(&mut out, outline, "reporting");
    for (section, _) in &outline.parts {
        put!(
            out,
            "## {}\n\n{}\n\n",
            escape(section.title.as_deref().unwrap_or(&section.place)),
            prose::write_markdown(&section.markdown, 2)
        );
    }
    for group in &outline.groups {
        put!(out, "## {}\n\n", escape(group.heading.unwrap_or("The codes")));
        if group.origin == Origin::Middleware {
            out.push_str(
                "Before a request reaches the API, or when something breaks under it. The body has the same form, and the rules are \
                 the same.\n\n",
            );
        }
        let (plain, told): (Vec<_>, Vec<_>) = group.items.iter().partition(|item| item.is_plain());
        for item in told {
            code(&mut out, outline, item, 3);
        }
        if !plain.is_empty() {
            out.push_str("Where nothing more is known, the status tells the code:\n\n| Status | Code | Retry? |\n|---|---|---|\n");
            for item in plain {
                let retry = &item.entry.retry;
                let status = item.entry.status.map(|status| status.to_string()).unwrap_or_default();
                let (name, more) = (code_span(words::name(item.entry)), words::verdict_more(retry));
                put!(out, "| {status} | {} | {} {more} |\n", in_table(&name), words::verdict(retry));
            }
            out.push('\n');
        }
    }
    if !contract.retired.is_empty() {
        out.push_str("## Retired\n\nNo server sends these any more, and none of them will ever mean something else.\n\n");
        contract.retired.iter().for_each(|one| retired(&mut out, one, 3));
    }
    finish(&out)
}

/// One code, with all errors that it stands for.
pub(super) fn single(outline: &Outline<'_>, name: &str, items: &[&Item<'_>]) -> String {
    let mut out = String::new();
    for item in items {
        code(&mut out, outline, item, 1);
    }
    if items.is_empty() {
        let gone = outline.contract.retired.iter().filter(|one| one.code == name);
        gone.for_each(|one| retired(&mut out, one, 1));
    }
    finish(&out)
}

fn finish(out: &str) -> String {
    format!("{}\n", out.trim_end())
}

fn notes(out: &mut String, outline: &Outline<'_>, place: &str) {
    for section in outline.contract.sections.iter().filter(|section| section.place == place) {
        if let Some(title) = &section.title {
            put!(out, "### {}\n\n", escape(title));
        }
        put!(out, "{}\n\n", prose::write_markdown(&section.markdown, 2));
    }
}

fn envelope(out: &mut String, outline: &Outline<'_>) {
    let contract = outline.contract;
    if contract.bodies.is_empty() {
        return;
    }
    out.push_str("## The envelope\n\n");
    for (index, body) in contract.bodies.iter().enumerate() {
        let items: Vec<&Item<'_>> = outline.items.iter().filter(|item| item.entry.body == index).collect();
        if index == 0 {
            let all = if contract.bodies.len() == 1 {
                "Every error has this one form, whatever part of the service answers."
            } else {
                "Most errors have this form."
            };
            put!(out, "{all} Its media type is {}.\n\n", code_span(&body.media_type));
        } else if items.is_empty() {
            continue;
        } else {
            let names: Vec<String> = items.iter().map(|item| link(outline, item)).collect();
            put!(
                out,
                "### Another form\n\nOf these errors, as {}: {}\n\n",
                code_span(&body.media_type),
                names.join(", ")
            );
        }
        members(out, outline, body);
        if let Some(item) = items.iter().max_by_key(|item| {
            let length = item.entry.example.as_ref().map_or(0, |example| example.body.len());
            (item.entry.status.is_some(), item.in_details().next().is_some(), length)
        }) {
            response(out, item);
        }
    }
}

fn members(out: &mut String, outline: &Outline<'_>, body: &Body) {
    out.push_str("| Member | Type | Present | Meaning |\n|---|---|---|---|\n");
    for member in &body.members {
        let pointer = if member.pointer.is_empty() { "/" } else { &member.pointer };
        put!(
            out,
            "| {} | {}{} | {} | {} |\n",
            in_table(&code_span(pointer)),
            escape(&words::member_type(member, body)),
            if member.nullable { " or null" } else { "" },
            words::presence(member, outline.contract),
            in_table(&words::source(member, outline.contract)),
        );
    }
    out.push('\n');
}

fn retrying(out: &mut String, outline: &Outline<'_>) {
    out.push_str("## Retrying\n\n");
    notes(out, outline, "retrying");
    for sentence in words::repeating(outline) {
        put!(out, "{sentence}\n\n");
    }
    if outline.rules.is_empty() {
        return;
    }
    out.push_str("| Retry? | Codes |\n|---|---|\n");
    for rule in &outline.rules {
        let names: Vec<String> = each_code(&rule.items).into_iter().map(|item| link(outline, item)).collect();
        let more = words::verdict_more(rule.retry);
        let space = if more.is_empty() { "" } else { " " };
        put!(out, "| **{}**{space}{more} | {} |\n", words::verdict(rule.retry), names.join(", "));
    }
    out.push('\n');
}

fn statuses(out: &mut String, outline: &Outline<'_>) {
    out.push_str("## Statuses in use\n\n");
    notes(out, outline, "statuses");
    out.push_str("| Status | Codes |\n|---|---|\n");
    for status in &outline.statuses {
        let names: Vec<String> =
            each_code(&status.items).into_iter().map(|item| link(outline, item)).collect();
        let name = match status.number {
            Some(number) => format!("{number} {}", words::phrase(number)),
            None => "none: never a response of its own".to_owned(),
        };
        put!(out, "| {} | {} |\n", name.trim_end(), names.join(", "));
    }
    out.push('\n');
}

/// A code, which leads to its heading; the second of one code leads to the first.
fn link(outline: &Outline<'_>, item: &Item<'_>) -> String {
    let entry = item.entry;
    if entry.code_is_omitted {
        return in_table(&escape(words::name(entry)));
    }
    let name = in_table(&code_span(&entry.code));
    match outline.anchor(&entry.code) {
        Some(anchor) => format!("[{name}](#{})", super::escape::Encoded(anchor)),
        None => name,
    }
}

fn code(out: &mut String, outline: &Outline<'_>, item: &Item<'_>, level: usize) {
    let entry = item.entry;
    let marks = "#".repeat(level);
    if entry.code_is_omitted {
        put!(out, "{marks} {}\n\n", escape(words::name(entry)));
    } else {
        put!(out, "{marks} {}\n\n", code_span(&entry.code));
    }
    let status = match entry.status {
        Some(status) => format!("{status} {}", words::phrase(status)),
        None => "No status: never a response of its own".to_owned(),
    };
    let more = words::verdict_more(&entry.retry);
    let space = if more.is_empty() { "" } else { " " };
    put!(out, "**{}** · Retry? **{}**{space}{more}\n\n", status.trim_end(), words::verdict(&entry.retry));
    if entry.code_is_omitted {
        out.push_str("The body has no code: go by the status.\n\n");
    } else if let Some(title) = item.title() {
        put!(out, "*{}*\n\n", escape(title));
    }
    if let Some(deprecation) = &entry.deprecated {
        labelled(out, "Deprecated", &deprecation.note);
        if let Some(successor) = &deprecation.successor {
            put!(out, "**Use instead:** {}\n\n", code_span(successor));
        }
    }
    put!(out, "**Who acts:** {}\n\n", words::who(entry.act));
    for (label, text) in [("When", &entry.description), ("What to do", &entry.remedy)] {
        if let Some(text) = text {
            labelled(out, label, text);
        }
    }
    if !entry.code_is_omitted {
        for other in outline.of_code(&entry.code).into_iter().filter(|other| other.anchor != item.anchor) {
            let what = other.entry.description.as_deref().map(prose::first_paragraph);
            let what = what.unwrap_or_else(|| other.entry.title.clone());
            let status = other.entry.status.map(|status| format!("{status}: ")).unwrap_or_default();
            put!(out, "**Also when:** {status}{}\n\n", escape(&what));
        }
    }
    if item.has_message() {
        let pieces = entry.message.pieces.iter().map(|piece| match piece {
            // Blanks at the ends belong to what stands beside.
            Piece::Text(text) => {
                let ends = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
                let space = |is: bool| if is { " " } else { "" };
                format!("{}{}{}", space(ends.0), escape(text), space(ends.1 && !text.trim().is_empty()))
            }
            Piece::Field(name) => code_span(&format!("{{{name}}}")),
        });
        put!(out, "**Message:** “{}”\n\n", pieces.collect::<String>());
        fields(out, item.in_message());
    }
    if item.in_details().next().is_some() {
        out.push_str("**Details:**\n\n");
        fields(out, item.in_details());
    }
    headers(out, item);
    let body = outline.contract.bodies.get(entry.body);
    for (name, value) in &entry.meta {
        let slot = format!("meta.{name}");
        if body.is_some_and(|body| body.members.iter().any(|member| member.slot == slot)) {
            put!(out, "**Constant:** {}\n\n", code_span(&format!("{name}: {value}")));
        }
    }
    if let Some(docs) = item.link() {
        put!(out, "**Link:** [{}]({})\n\n", escape(docs), prose::destination(docs));
    }
    if let Some(request) = &entry.example_request {
        put!(out, "**Example request:** {}\n\n", code_span(request));
    }
    response(out, item);
}

fn headers(out: &mut String, item: &Item<'_>) {
    let entry = item.entry;
    let wait = item.example_header("retry-after");
    let told = entry.retry_after();
    if wait.is_some() || told != RetryAfter::Never && Pace::of(&entry.retry) != Pace::Never {
        let value = wait.map(|wait| format!(": {wait}")).unwrap_or_default();
        let maybe = if told == RetryAfter::Sometimes { ", where it is known" } else { "" };
        put!(out, "**Header:** {}, seconds to wait{maybe}\n\n", code_span(&format!("Retry-After{value}")));
    }
    for header in &entry.headers {
        let value = header.value.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field(name) => format!("{{{name}}}"),
        });
        let maybe = if header.is_optional { ", not always" } else { "" };
        let meanings = header.value.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Field(name) => {
                let field = entry.fields.iter().find(|field| field.name == *name)?;
                Some(format!(": {}", escape(&prose::plain(field.description.as_deref()?))))
            }
        });
        let meaning = meanings.collect::<String>();
        put!(
            out,
            "**Header:** {}{maybe}{meaning}\n\n",
            code_span(&format!("{}: {}", header.name, value.collect::<String>()))
        );
    }
}

fn fields<'f>(out: &mut String, fields: impl Iterator<Item = &'f Field>) {
    let mut is_first = true;
    for field in fields {
        if is_first {
            out.push_str("| Name | Type | Meaning | Example |\n|---|---|---|---|\n");
            is_first = false;
        }
        let name = words::field_name(field);
        let example = words::sample(field).map(|text| code_span(&text));
        put!(
            out,
            "| {} | {}{}{} | {} | {} |\n",
            in_table(&code_span(name)),
            escape(&words::json_type(&field.schema)),
            if field.is_nullable { " or null" } else { "" },
            if field.is_optional && !field.is_nullable { ", optional" } else { "" },
            in_table(&escape(&field.description.as_deref().map(prose::plain).unwrap_or_default())),
            in_table(&example.unwrap_or_default()),
        );
    }
    if !is_first {
        out.push('\n');
    }
}

/// Status line, headers and body, as they go over the wire.
fn response(out: &mut String, item: &Item<'_>) {
    let Some(example) = &item.entry.example else { return };
    let body = wire::plain(&example.body);
    let mut text = String::new();
    let mut language = "json";
    if let Some(status) = item.entry.status {
        language = "http";
        put!(text, "{}\n", format!("HTTP/1.1 {status} {}", words::phrase(status)).trim_end());
        for (name, value) in &example.headers {
            put!(text, "{name}: {}\n", value.replace(['\r', '\n'], " "));
        }
        text.push('\n');
    }
    text.push_str(&body);
    let fence = "`".repeat(prose::longest_run(&text).max(2) + 1);
    put!(out, "{fence}{language}\n{text}\n{fence}\n\n");
}

fn retired(out: &mut String, one: &Retired, level: usize) {
    put!(out, "{} {}\n\n", "#".repeat(level), code_span(&one.code));
    let status = one.status.map(|status| format!("{status} {}", words::phrase(status))).unwrap_or_default();
    let since = one.date.as_ref().map(|date| format!(" since {}", escape(date))).unwrap_or_default();
    put!(
        out,
        "{}Retired{since}. No server sends this code any more.\n\n",
        if status.is_empty() { String::new() } else { format!("**{}** · ", status.trim_end()) }
    );
    if let Some(reason) = &one.reason {
        labelled(out, "Why", reason);
    }
    if let Some(successor) = &one.successor {
        put!(out, "**Use instead:** {}\n\n", code_span(successor));
    }
}

/// A text with its label before it: on the line of its first paragraph, else over its first block.
fn labelled(out: &mut String, label: &str, text: &str) {
    let markdown = prose::write_markdown(text, 4);
    let space = if prose::begins_with_paragraph(text) { " " } else { "\n\n" };
    put!(out, "**{label}:**{space}{markdown}\n\n");
}

/// What stands in a cell: a bar within it would end it.
fn in_table(markdown: &str) -> String {
    let mut out = String::new();
    let mut is_escaped = false;
    for letter in markdown.chars() {
        if letter == '|' && !is_escaped {
            out.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        out.push(letter);
    }
    out
}
