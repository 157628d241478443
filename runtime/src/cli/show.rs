//! Everything of one error, as a page for the terminal. Takes what a user calls it; gives that page, or near words.

use super::failure::Failure;
use super::look::{Look, Style, put, visible};
use super::session::Session;
use super::{OK, prose};
use crate::book::page::{indented, who};
use crate::book::{Contract, Entry, Field, Origin, Piece, Retired};

pub(super) fn show(contract: &Contract, asked: &str, session: &mut Session<'_>) -> Result<u8, Failure> {
    let entries = named(contract, asked);
    let mut pages: Vec<String> = entries.iter().map(|entry| page(entry, session.look)).collect();
    if pages.is_empty() {
        let retired = contract.retired.iter().filter(|retired| retired.code == asked);
        pages.extend(retired.map(|retired| tombstone(retired, session.look)));
    }
    if pages.is_empty() {
        return Err(Failure::usage(unknown(contract, asked, session)));
    }
    session.print(&pages.join("\n"))?;
    Ok(OK)
}

/// The errors that are meant: by code, by the name of a variant, by status.
fn named<'c>(contract: &'c Contract, asked: &str) -> Vec<&'c Entry> {
    let all = |is_meant: &dyn Fn(&Entry) -> bool| -> Vec<&'c Entry> {
        contract.errors.iter().filter(|entry| is_meant(entry)).collect()
    };
    let by_code = all(&|entry| entry.code == asked);
    if !by_code.is_empty() {
        return by_code;
    }
    let name = asked.rsplit("::").next().unwrap_or(asked);
    // What follows from a status alone has no name.
    let by_name = all(&|entry| !name.is_empty() && entry.name == name);
    if !by_name.is_empty() {
        return by_name;
    }
    all(&|entry| entry.status.is_some_and(|status| status.to_string() == asked))
}

fn unknown(contract: &Contract, asked: &str, session: &Session<'_>) -> String {
    let codes = contract.errors.iter().map(|entry| &*entry.code);
    let codes = codes.chain(contract.retired.iter().map(|retired| &*retired.code));
    let plain =
        |code: &str| code.to_ascii_lowercase().replace(|sign: char| !sign.is_ascii_alphanumeric(), "");
    let wanted = plain(asked);
    let mut near: Vec<(f64, &str)> = codes
        .map(|code| {
            let code_is_longer = wanted.len() > 3 && plain(code).contains(&wanted);
            let likeness = strsim::jaro_winkler(&plain(code), &wanted);
            (if code_is_longer { 1.0 } else { likeness }, code)
        })
        .filter(|(likeness, _)| *likeness > 0.85)
        .collect();
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    near.dedup_by_key(|(_, code)| *code);
    let near: Vec<String> = near.iter().take(3).map(|(_, code)| format!("`{code}`")).collect();
    let help = match near.join(", or ") {
        none if none.is_empty() => format!("`{} list` lists the codes that there are", session.program),
        near => format!("did you mean {near}?"),
    };
    format!("no error is called `{}`\n  help: {help}", visible(asked))
}

/// Labels on one edge, and what stands behind them on another.
const LABEL: usize = 12;

struct Page {
    look: Look,
    out: String,
}

impl Page {
    fn row(&mut self, label: &str, style: Style, lines: Vec<String>) {
        for (at, line) in lines.into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            let label = self.look.paint(Style::Soft, &format!("{label:LABEL$}"));
            let line = if style == Style::Plain { line } else { self.look.paint(style, &line) };
            self.out.push_str(format!("  {label}{line}").trim_end());
            self.out.push('\n');
        }
    }

    fn room(&self) -> usize {
        self.look.measure() - LABEL - 2
    }

    fn text(&mut self, label: &str, style: Style, text: &str) {
        let lines = prose::wrap(self.look, text, self.room());
        self.row(label, style, lines);
    }

    fn markdown(&mut self, label: &str, markdown: Option<&str>) {
        if let Some(markdown) = markdown {
            let lines = prose::lines(self.look, markdown, self.room());
            self.row(label, Style::Plain, lines);
        }
    }
}

fn page(entry: &Entry, look: Look) -> String {
    let mut page = Page { look, out: String::new() };
    let answer = match entry.status {
        Some(status) => phrase(status),
        None => "no status: it stands inside another answer".to_owned(),
    };
    put!(page.out, "{}  {answer}\n", look.paint(Style::Strong, &entry.code));
    put!(page.out, "{}\n\n", visible(&entry.title));
    if let Some(deprecated) = &entry.deprecated {
        let note = if deprecated.note.is_empty() { "It is to go." } else { &deprecated.note };
        page.text("Deprecated", Style::Strong, note);
    }
    page.text("Retry?", Style::of(&entry.retry), &entry.retry.sentence);
    page.text("Who acts", Style::Plain, who(entry.act));
    page.markdown("When", entry.description.as_deref());
    page.markdown("What to do", entry.remedy.as_deref());
    let message = match &entry.message.is_known {
        true => pieces(&entry.message.pieces),
        false => "made by a `Display` that was written by hand".to_owned(),
    };
    page.text("Message", Style::Plain, &message);
    fields(&mut page, entry);
    for (at, header) in entry.headers.iter().enumerate() {
        let maybe = if header.is_optional { "  (may be left out)" } else { "" };
        let label = if at == 0 { "Headers" } else { "" };
        page.row(
            label,
            Style::Plain,
            vec![visible(&format!("{}: {}{maybe}", header.name, pieces(&header.value)))],
        );
    }
    for (label, text) in [("Link", &entry.docs), ("Request", &entry.example_request)] {
        if let Some(text) = text {
            page.row(label, Style::Plain, vec![visible(text)]);
        }
    }
    if entry.code_is_omitted {
        page.text("Code", Style::Plain, "kept off the wire");
    }
    if !entry.services.is_empty() {
        page.text("API", Style::Plain, &entry.services.join(", "));
    }
    if entry.origin == Origin::Middleware {
        page.text("Answered by", Style::Plain, "the middleware around the service");
    }
    declared(&mut page, entry);
    example(&mut page, entry);
    page.out
}

/// A table of what varies: what callers see, then what the message alone shows.
fn fields(page: &mut Page, entry: &Entry) {
    let is_seen = |field: &&Field| field.detail.is_some() || field.is_details || field.is_shown;
    let rows: Vec<[String; 3]> = entry.fields.iter().filter(is_seen).map(field_row).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (names, types) = (width(0), width(1));
    let beside = names + types + 4;
    // Where the terminal is narrow, what is said of a field stands below it.
    let (indent, room) = match page.room().saturating_sub(beside) {
        room if room < 24 => (2, page.room() - 2),
        room => (beside, room),
    };
    for (at, [name, ty, told]) in rows.iter().enumerate() {
        let mut told = prose::lines(page.look, told, room);
        let first = if indent == beside && !told.is_empty() { told.remove(0) } else { String::new() };
        let mut lines = vec![format!("{name:names$}  {ty:types$}  {first}").trim_end().to_owned()];
        lines.extend(told.iter().map(|line| format!("{:indent$}{line}", "")));
        page.row(if at == 0 { "Fields" } else { "" }, Style::Plain, lines);
    }
}

fn field_row(field: &Field) -> [String; 3] {
    let name = match (&field.detail, field.is_details) {
        (Some(detail), _) => format!("details.{detail}"),
        (None, true) => "details".to_owned(),
        (None, false) => format!("{{{}}}", field.name),
    };
    let ty = field.schema["type"].as_str().unwrap_or("any");
    let mut ty = ty.to_owned();
    if field.is_nullable {
        ty.push_str(" or null");
    } else if field.is_optional {
        ty.push('?');
    }
    let mut told = field.description.clone().unwrap_or_default();
    if let Some(example) = &field.example {
        let space = if told.is_empty() { "" } else { " " };
        put!(told, "{space}For example `{example}`.");
    }
    [visible(&name), visible(&ty), told]
}

fn declared(page: &mut Page, entry: &Entry) {
    if entry.type_name.is_empty() && entry.source.is_none() {
        return;
    }
    let path = if entry.type_name == entry.name || entry.type_name.is_empty() {
        entry.name.clone()
    } else {
        format!("{}::{}", entry.type_name, entry.name)
    };
    let place = entry.source.as_ref().map(|source| format!(", {source}")).unwrap_or_default();
    page.row("Declared", Style::Soft, vec![visible(&format!("{path}{place}"))]);
}

fn example(page: &mut Page, entry: &Entry) {
    let Some(example) = &entry.example else { return };
    page.out.push('\n');
    if let Some(status) = entry.status {
        page.out.push_str(&page.look.paint(Style::Soft, &format!("    HTTP/1.1 {}", phrase(status))));
        page.out.push('\n');
        for (name, value) in &example.headers {
            page.out.push_str(&page.look.paint(Style::Soft, &format!("    {name}: {value}")));
            page.out.push('\n');
        }
        page.out.push('\n');
    }
    for line in indented(&example.body).lines() {
        put!(page.out, "    {}\n", visible(line));
    }
}

fn tombstone(retired: &Retired, look: Look) -> String {
    let mut page = Page { look, out: String::new() };
    let date = retired.date.as_ref().map(|date| format!(" on {}", visible(date))).unwrap_or_default();
    put!(
        page.out,
        "{}  went{date}, and stands for nothing else ever after\n\n",
        look.paint(Style::Strong, &retired.code)
    );
    if let Some(successor) = &retired.successor {
        page.text("Use instead", Style::Plain, &format!("`{successor}`"));
    }
    if let Some(reason) = &retired.reason {
        page.text("Because", Style::Plain, reason);
    }
    if let Some(status) = retired.status {
        page.text("It was", Style::Plain, &phrase(status));
    }
    page.out
}

fn phrase(status: u16) -> String {
    match http::StatusCode::from_u16(status) {
        Ok(code) => format!("{status} {}", crate::status::reason_phrase(code)),
        Err(_) => status.to_string(),
    }
}

fn pieces(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Field(name) => format!("{{{name}}}"),
    };
    pieces.iter().map(piece).collect()
}
