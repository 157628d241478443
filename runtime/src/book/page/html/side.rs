//! How to find things: search, filters and contents. Takes the outline; gives the column beside the page, or the bar over it
//! where there is no room. Search and filters are for scripts, and hidden without them.

use super::{MANY, Page};
use crate::book::page::escape::{Encoded, Text, put};
use crate::book::page::outline::Pace;
use crate::book::page::words;

pub(super) fn write(out: &mut String, page: &Page<'_, '_>) {
    let contract = page.outline.contract;
    put!(
        out,
        "<div class=\"rail\">\n<p class=\"brand\"><a href=\"#page~top\">{} errors</a></p>\n",
        Text(&contract.title)
    );
    search(out, page);
    out.push_str("<nav aria-label=\"Contents\">\n<details class=\"contents\">\n<summary>Contents</summary>\n<div><div class=\"groups\">\n<div class=\"group\">\n<ul class=\"places\">\n");
    let has_body = !contract.bodies.is_empty();
    let own = page.outline.parts.iter();
    let own = own.map(|(part, id)| (id.clone(), part.title.clone().unwrap_or_else(|| part.place.clone())));
    let fixed = [
        ("envelope", "The envelope", has_body),
        ("retrying", "Retrying", true),
        ("statuses", "Statuses in use", true),
        ("reporting", "Reporting a problem", true),
    ];
    let places = fixed
        .into_iter()
        .filter(|(_, _, is_there)| *is_there)
        .map(|(id, name, _)| (format!("page~{id}"), name.to_owned()))
        .chain(own);
    for (id, name) in places {
        put!(out, "<li><a href=\"#{}\"><span>{}</span></a></li>\n", Encoded(&id), Text(&name));
    }
    out.push_str("</ul>\n</div>\n");
    let is_folded = page.outline.items.len() > MANY;
    for group in &page.outline.groups {
        let heading = group.heading.unwrap_or("Codes");
        out.push_str("<div class=\"group\">\n");
        if is_folded {
            put!(
                out,
                "<details class=\"fold\"><summary>{} <span>{}</span></summary>\n",
                Text(heading),
                group.items.len()
            );
        } else {
            put!(out, "<p>{}</p>\n", Text(heading));
        }
        out.push_str("<ul>\n");
        for item in group.items.iter().filter(|item| !item.is_plain()) {
            let helps = Pace::of(&item.entry.retry).name();
            let status = item.entry.status.map_or_else(|| "–".to_owned(), |status| status.to_string());
            let name = Text(words::name(item.entry));
            let tag = if item.entry.code_is_omitted { "span" } else { "code" };
            put!(
                out,
                "<li><a href=\"#{}\"><{tag}>{name}</{tag}> <span class=\"{helps}\">{status}</span></a></li>\n",
                Encoded(&item.anchor)
            );
        }
        out.push_str(if is_folded { "</ul>\n</details>\n</div>\n" } else { "</ul>\n</div>\n" });
    }
    if !contract.retired.is_empty() {
        put!(
            out,
            "<div class=\"group\">\n<ul class=\"places\">\n<li><a href=\"#section~retired\"><span>Retired</span> \
             <span>{}</span></a></li>\n</ul>\n</div>\n",
            contract.retired.len()
        );
    }
    out.push_str("</div></div>\n</details>\n</nav>\n</div>\n\n");
}

fn search(out: &mut String, page: &Page<'_, '_>) {
    out.push_str(
        "<form role=\"search\" hidden>\n<div class=\"search\"><input name=\"q\" type=\"search\" aria-label=\"Search codes, statuses and \
         words\" placeholder=\"Code, status or word\" autocomplete=\"off\" spellcheck=\"false\" aria-keyshortcuts=\"/\"><kbd \
         aria-hidden=\"true\">/</kbd></div>\n<details>\n<summary>Filter</summary>\n<div class=\"choices\">\n",
    );
    let items = &page.outline.items;
    let paces = [Pace::Never, Pace::Once, Pace::Often].into_iter();
    let paces: Vec<_> = paces
        .filter(|pace| items.iter().any(|item| Pace::of(&item.entry.retry) == *pace))
        .map(|pace| match pace {
            Pace::Never => ("never", "Never"),
            Pace::Once => ("once", "Once"),
            Pace::Often => ("often", "Several"),
        })
        .collect();
    radios(out, "retry", "Retry", &paces);
    let has =
        |class: Option<u16>| items.iter().any(|item| item.entry.status.map(|status| status / 100) == class);
    let classes: Vec<_> = [(Some(4), ("4xx", "4xx")), (Some(5), ("5xx", "5xx")), (None, ("none", "None"))]
        .into_iter()
        .filter(|(class, _)| has(*class))
        .map(|(_, choice)| choice)
        .collect();
    radios(out, "status", "Status", &classes);
    if page.outline.groups.len() > 1 {
        out.push_str("<p class=\"row\"><label for=\"page~section\">Section</label> <select id=\"page~section\" name=\"section\">\n<option value=\"\">Any</option>\n");
        for group in &page.outline.groups {
            put!(
                out,
                "<option value=\"{}\">{}</option>\n",
                Text(&group.id),
                Text(group.heading.unwrap_or("The codes"))
            );
        }
        out.push_str("</select></p>\n");
    }
    put!(
        out,
        "</div>\n</details>\n<p class=\"found\"><span id=\"page~found\" role=\"status\">{} errors</span> <button type=\"button\" \
         id=\"page~clear\" hidden>Clear</button></p>\n</form>\n",
        items.len()
    );
}

fn radios(out: &mut String, name: &str, legend: &str, choices: &[(&str, &str)]) {
    if choices.len() < 2 {
        return;
    }
    put!(
        out,
        "<fieldset><legend>{legend}</legend><div><label><input type=\"radio\" name=\"{name}\" value=\"\" \
         checked><span>Any</span></label>"
    );
    for (value, label) in choices {
        put!(
            out,
            "<label><input type=\"radio\" name=\"{name}\" value=\"{value}\"><span>{label}</span></label>"
        );
    }
    out.push_str("</div></fieldset>\n");
}
