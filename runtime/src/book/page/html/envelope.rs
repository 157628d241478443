//! What every body looks like. Takes the contract's bodies; gives a table of the members of each, and an example beside it.

use super::{Page, code};
use crate::book::page::escape::{Text, Words, put};
use crate::book::page::outline::Item;
use crate::book::page::words;

pub(super) fn write(out: &mut String, page: &Page<'_, '_>) {
    let contract = page.outline.contract;
    if contract.bodies.is_empty() {
        return;
    }
    out.push_str("<section class=\"part preface\" id=\"page~envelope\">\n");
    for (index, body) in contract.bodies.iter().enumerate() {
        let items: Vec<&Item<'_>> =
            page.outline.items.iter().filter(|item| item.entry.body == index).collect();
        if items.is_empty() && index > 0 {
            continue;
        }
        out.push_str("<div class=\"spread envelope\">\n<div>\n");
        if index == 0 {
            out.push_str("<h2>The envelope</h2>\n");
            let all = if contract.bodies.len() == 1 {
                "Every error has this one form, whatever part of the service answers."
            } else {
                "Most errors have this form."
            };
            put!(out, "<p>{all} Its media type is <code>{}</code>.</p>\n", Text(&body.media_type));
        } else {
            put!(
                out,
                "<h3>Another form</h3>\n<p>Of these errors, as <code>{}</code>: ",
                Text(&body.media_type)
            );
            for item in &items {
                page.link(out, item);
                out.push(' ');
            }
            out.push_str("</p>\n");
        }
        out.push_str(
            "<table class=\"stack members\" role=\"table\">\n<caption class=\"aloud\">The members of a body</caption>\n<thead \
             role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\">Member</th><th scope=\"col\" \
             role=\"columnheader\">Type</th><th scope=\"col\" role=\"columnheader\">Present</th><th scope=\"col\" \
             role=\"columnheader\">Meaning</th></tr></thead>\n<tbody role=\"rowgroup\">\n",
        );
        for member in &body.members {
            put!(
                out,
                "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"><code>{}</code></th><td role=\"cell\">{}{}</td><td \
                 role=\"cell\">{}</td><td role=\"cell\" class=\"full\">{}</td></tr>\n",
                Text(if member.pointer.is_empty() { "/" } else { &member.pointer }),
                Text(&words::member_type(member, body)),
                if member.nullable { " or null" } else { "" },
                words::presence(member, contract),
                Words(&words::source(member, contract)),
            );
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
        // The longest shows the most members.
        let length = |item: &&&Item<'_>| item.entry.example.as_ref().map_or(0, |example| example.body.len());
        let answered = items.iter().filter(|item| item.entry.status.is_some());
        let with_details =
            answered.clone().filter(|item| item.in_details().next().is_some()).max_by_key(length);
        if let Some(item) = with_details.or_else(|| answered.max_by_key(length))
            && let Some(example) = &item.entry.example
        {
            out.push_str("<div class=\"wire\"><pre><code>");
            code::response(out, item, &example.body);
            out.push_str("</code></pre></div>\n");
        }
        out.push_str("</div>\n");
    }
    out.push_str("</section>\n\n");
}
