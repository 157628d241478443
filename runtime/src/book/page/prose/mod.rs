//! Texts of the service's own, which are Markdown with rustdoc's habits. Takes such a text; gives it as HTML, as Markdown
//! or as plain words. What could do more than be read is text or gone: HTML, images, and links to nowhere.

mod html;
mod markdown;

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub(super) use html::write as write_html;
pub(super) use markdown::{code_span, destination, escape, longest_run, write as write_markdown};

/// As one line of words.
pub(super) fn plain(markdown: &str) -> String {
    let mut words = String::new();
    for event in events(markdown, 0) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::Start(
                Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::CodeBlock(_) | Tag::TableCell,
            )
            | Event::Rule
            | Event::SoftBreak
            | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first paragraph, as one line of words.
pub(super) fn first_paragraph(markdown: &str) -> String {
    plain(markdown.trim().split("\n\n").next().unwrap_or_default())
}

/// Whether the text begins with words, and not with a list, a table or the like.
pub(super) fn begins_with_paragraph(markdown: &str) -> bool {
    matches!(events(markdown, 0).first(), Some(Event::Start(Tag::Paragraph)))
}

/// What is left of a text when all is gone that is not for reading, headings moved down by so many levels.
fn events(markdown: &str, shift: usize) -> Vec<Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let resolve = |link: BrokenLink<'_>| {
        is_rust_path(&link.reference).then_some((CowStr::Borrowed("rustdoc:"), CowStr::Borrowed("")))
    };
    let mut kept = Vec::new();
    // For each link that is open, whether it leads anywhere.
    let mut links = Vec::new();
    for event in Parser::new_with_broken_link_callback(markdown, options, Some(resolve)) {
        match event {
            // A text comes in pieces wherever something in it might have been more; what means more at a line's start is
            // known of the whole alone.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => match kept.last_mut() {
                Some(Event::Text(before)) => *before = format!("{before}{text}").into(),
                _ => kept.push(Event::Text(text)),
            },
            Event::Start(Tag::HtmlBlock) => kept.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => kept.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                links.push(is_safe(dest_url));
                if is_safe(dest_url) {
                    kept.push(event);
                }
            }
            Event::End(TagEnd::Link) => {
                if links.pop().unwrap_or(false) {
                    kept.push(event);
                }
            }
            // A page asks the network for nothing, so an image is what its text says.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Heading { level, .. }) => {
                let (level, classes, attrs) = (lower(level, shift), Vec::new(), Vec::new());
                kept.push(Event::Start(Tag::Heading { level, id: None, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => {
                kept.push(Event::End(TagEnd::Heading(lower(level, shift))));
            }
            event => kept.push(event),
        }
    }
    kept
}

fn lower(level: HeadingLevel, shift: usize) -> HeadingLevel {
    HeadingLevel::try_from((level as usize + shift).min(6)).unwrap_or(HeadingLevel::H6)
}

/// Whether a link may stay: one to the web, to a mailbox, or within the site.
pub(super) fn is_safe(url: &str) -> bool {
    let starts_with =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    !url.chars().any(char::is_control)
        && (["https://", "http://", "mailto:"].into_iter().any(starts_with)
            || url.starts_with('/')
            || url.starts_with('#'))
}

/// Whether `[this]` is a link of rustdoc's, by its looks: `Foo`, `` `Foo::bar()` ``, `crate::x`, `macro@y!`. Taken
/// wrongly: a word in brackets, which loses them; missed: a type with arguments.
fn is_rust_path(reference: &str) -> bool {
    let path = reference.trim_matches('`');
    path.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && path.chars().all(|letter| letter.is_alphanumeric() || "_:()!@".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(markdown: &str) -> String {
        let mut out = String::new();
        write_html(&mut out, markdown, 3);
        out.trim_end().replace('\n', "")
    }

    fn markdown(text: &str) -> String {
        write_markdown(text, 3)
    }

    #[test]
    fn links_of_rustdoc_are_their_text() {
        for text in ["[`Foo`]", "[`Foo`](crate::Foo)", "[`Foo`][Foo]", "[`Foo`][f]\n\n[f]: crate::Foo"] {
            assert_eq!(html(text), "<p><code>Foo</code></p>", "{text}");
            assert_eq!(markdown(text), "`Foo`", "{text}");
        }
        assert_eq!(html("[1] and [a b]"), "<p>[1] and [a b]</p>");
    }

    #[test]
    fn links_that_lead_somewhere_stay() {
        assert_eq!(
            html("[a](https://x.example/?q=\"&b)"),
            r#"<p><a href="https://x.example/?q=&quot;&amp;b">a</a></p>"#
        );
        assert_eq!(html("[a](/b) [c](#d)"), r##"<p><a href="/b">a</a> <a href="#d">c</a></p>"##);
        for text in
            ["[a](javascript:x)", "[a](JaVaScript:x)", "[a](data:text/html,x)", "[a](b.html)", "<vbscript:x>"]
        {
            assert!(!html(text).contains("href"), "{text}");
        }
        assert_eq!(markdown("[a](https://x.example/b)"), "[a](https://x.example/b)");
    }

    #[test]
    fn html_is_text() {
        assert_eq!(html("a <b onclick=x>"), "<p>a &lt;b onclick=x&gt;</p>");
        assert_eq!(html("<script>x</script>"), "<p>&lt;script&gt;x&lt;/script&gt;</p>");
        assert_eq!(markdown("<script>x</script>"), r"\<script>x\</script>");
    }

    #[test]
    fn headings_stand_below_those_of_the_page() {
        assert_eq!(html("# A\n\nb"), "<h4>A</h4><p>b</p>");
        assert_eq!(markdown("#### A"), "###### A");
    }

    #[test]
    fn code_keeps_its_backticks() {
        for text in [
            "~~~\na\n```````` b\n~~~\n\nlast",
            "- x\n\n  ~~~sh\n  ``````\n  ~~~\n\nlast",
            "> ~~~\n> ```````\n> ~~~",
        ] {
            assert_eq!(html(&markdown(text)), html(text), "{text} became {}", markdown(text));
        }
        assert_eq!(markdown("```sh\nls\n```"), "``````sh\nls\n``````");
    }

    #[test]
    fn blocks_on_one_line_stay_words_apart() {
        assert_eq!(plain("Send this:\n```\nGET /\n```\nAgain."), "Send this: GET / Again.");
        assert_eq!(plain("| a | b |\n|---|---|\n| 1 | 2 |"), "a b 1 2");
    }

    #[test]
    fn markdown_comes_back_as_it_means() {
        let same = "A *b* **c** ~~d~~ `e`:\n\n1. one\n2. two\n\n   more\n\n- x\n  - y\n\n> quoted\n\n```sh\nls `x`\n```\n\n| a | b |\n|---|--:|\n| 1 | 2\\|3 |\n\nlast\\\nline";
        assert_eq!(html(&markdown(same)), html(same), "{}", markdown(same));
        for text in [
            "1\\. x",
            "\\# x",
            "a\\_b\\_ \\*c\\*",
            "&amp;lt;",
            "\\- x",
            "snake_case_word",
            "+ a",
            "a\n\\+ b",
            "\\`x\\`",
            "\\~~x\\~~",
        ] {
            assert_eq!(html(&markdown(text)), html(text), "{text} became {}", markdown(text));
        }
    }
}
