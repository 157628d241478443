//! All errors, a line each.

use super::OK;
use super::failure::Failure;
use super::look::{Style, count, put, rule, status};
use super::session::Session;
use crate::book::{Contract, Entry};

pub(super) fn list(contract: &Contract, session: &mut Session<'_>) -> Result<u8, Failure> {
    let head = ["Code", "Status", "Retry?", "Who acts", "Section"];
    let rows: Vec<_> = contract.errors.iter().map(row).collect();
    let mut text = session.look.table(&head, &rows);
    // Who reads a pipe counts lines himself.
    if session.look.width.is_some() {
        text.push_str(&footer(contract, session));
    }
    session.print(&text)?;
    Ok(OK)
}

/// What stands in the table of one error.
pub(super) fn row(entry: &Entry) -> Vec<(Style, String)> {
    let code = match &entry.deprecated {
        Some(_) => (Style::Soft, format!("{} (deprecated)", entry.code)),
        None => (Style::Strong, entry.code.clone()),
    };
    vec![
        code,
        (Style::Plain, status(entry.status)),
        (Style::of(&entry.retry), rule(&entry.retry)),
        (Style::Plain, entry.act.name().to_owned()),
        (Style::Soft, entry.section.clone().unwrap_or_else(|| "-".to_owned())),
    ]
}

fn footer(contract: &Contract, session: &Session<'_>) -> String {
    let mut told = count(contract.errors.len(), "error");
    if !contract.retired.is_empty() {
        put!(told, ", and {} that went", count(contract.retired.len(), "code"));
    }
    let how = format!("{} show CODE", session.program);
    format!(
        "\n{} {}\n",
        session.paint(Style::Soft, &format!("{told}. All of one:")),
        session.paint(Style::Strong, &how)
    )
}
