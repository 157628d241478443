//! Texts of the service's own, which are Markdown, for a terminal. Takes a text and a width; gives lines. Code keeps its
//! backticks, so that it is told apart in a pipe as well.

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

use super::look::{Look, Style, visible};

/// The text in lines of at most this width, but for words that are longer.
pub(super) fn lines(look: Look, markdown: &str, width: usize) -> Vec<String> {
    // A rustdoc link, as in [`NotFound`], leads nowhere outside: its text is left.
    let resolve = |_: BrokenLink<'_>| Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
    let mut writer = Writer { look, width, ..Writer::new() };
    for event in Parser::new_with_broken_link_callback(markdown, Options::ENABLE_TABLES, Some(resolve)) {
        writer.event(event);
    }
    writer.end_block();
    writer.lines
}

/// One plain text in lines.
pub(super) fn wrap(look: Look, text: &str, width: usize) -> Vec<String> {
    let mut writer = Writer { look, width, ..Writer::new() };
    writer.text(text);
    writer.end_block();
    writer.lines
}

struct Writer {
    look: Look,
    width: usize,
    lines: Vec<String>,
    /// The words of the paragraph so far, each of pieces in their style.
    words: Vec<Vec<(Style, String)>>,
    /// Whether the next piece belongs to the last word.
    is_glued: bool,
    style: Style,
    /// The numbers of the lists that are open; `None` where they have points.
    lists: Vec<Option<u64>>,
    /// What stands before the next line, once.
    marker: Option<String>,
    is_code: bool,
    wants_gap: bool,
}

impl Writer {
    fn new() -> Self {
        Self {
            look: Look { has_colors: false, width: None },
            width: 80,
            lines: Vec::new(),
            words: Vec::new(),
            is_glued: false,
            style: Style::Plain,
            lists: Vec::new(),
            marker: None,
            is_code: false,
            wants_gap: false,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) if self.is_code => {
                for line in text.lines() {
                    self.line(&format!("    {}", visible(line)));
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.piece(&format!("`{text}`")),
            Event::SoftBreak => self.is_glued = false,
            Event::HardBreak | Event::End(TagEnd::TableHead | TagEnd::TableRow) => self.flush(),
            Event::Rule => self.end_block(),
            Event::Start(Tag::Strong | Tag::Heading { .. }) => self.style = Style::Strong,
            Event::End(TagEnd::Heading(_)) => {
                self.style = Style::Plain;
                self.end_block();
            }
            Event::End(TagEnd::Strong) => self.style = Style::Plain,
            Event::Start(Tag::CodeBlock(_)) => {
                self.end_block();
                self.is_code = true;
            }
            Event::End(TagEnd::CodeBlock) => {
                self.is_code = false;
                self.wants_gap = true;
            }
            Event::Start(Tag::List(first)) => {
                self.flush();
                self.wants_gap &= self.lists.is_empty();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
                self.wants_gap = self.lists.is_empty();
            }
            Event::Start(Tag::Item) => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.marker = Some(marker);
            }
            Event::End(TagEnd::Item) => {
                self.flush();
                self.wants_gap = false;
                self.marker = None;
            }
            Event::End(TagEnd::TableCell) => {
                self.is_glued = false;
                self.piece("|");
                self.is_glued = false;
            }
            Event::End(TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::Table | TagEnd::HtmlBlock) => {
                self.end_block();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            if at > 0 {
                self.is_glued = false;
            }
            if !word.is_empty() {
                self.piece(word);
            }
        }
    }

    fn piece(&mut self, text: &str) {
        let piece = (self.style, visible(text));
        match self.words.last_mut().filter(|_| self.is_glued) {
            Some(word) => word.push(piece),
            None => self.words.push(vec![piece]),
        }
        self.is_glued = true;
    }

    fn end_block(&mut self) {
        self.flush();
        self.wants_gap = !self.lines.is_empty();
    }

    /// The words so far become lines.
    fn flush(&mut self) {
        self.is_glued = false;
        let words = std::mem::take(&mut self.words);
        if words.is_empty() {
            return;
        }
        let depth = self.lists.len() * 2;
        let room = self.width.saturating_sub(depth).max(10);
        let (mut line, mut width) = (String::new(), 0);
        for word in words {
            let of_word: usize = word.iter().map(|(_, text)| text.width()).sum();
            if width > 0 && width + 1 + of_word > room {
                self.line(&std::mem::take(&mut line));
                width = 0;
            }
            if width > 0 {
                line.push(' ');
                width += 1;
            }
            width += of_word;
            for (style, text) in word {
                line.push_str(&self.look.paint(style, &text));
            }
        }
        self.line(&line);
    }

    fn line(&mut self, text: &str) {
        if std::mem::take(&mut self.wants_gap) {
            self.lines.push(String::new());
        }
        let depth = self.lists.len() * 2;
        let indent = match self.marker.take() {
            Some(marker) => format!("{marker:>depth$}"),
            None => " ".repeat(depth),
        };
        self.lines.push(format!("{indent}{text}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { has_colors: false, width: None };

    #[test]
    fn words_are_wrapped_and_code_keeps_its_backticks() {
        let text = "Send the key as\n`Authorization: Bearer KEY`, **always**. See [`NotFound`] and [the guide](https://x.example).";
        assert_eq!(
            lines(PLAIN, text, 40),
            ["Send the key as", "`Authorization: Bearer KEY`, always. See", "`NotFound` and the guide."]
        );
    }

    #[test]
    fn lists_and_code_keep_their_form() {
        let text = "Do this:\n\n- one\n  more\n- two, which is a little longer\n\n```sh\nls -l\n  x\n```\n\n1. a\n2. b\n\nEnd <b>.";
        assert_eq!(
            lines(PLAIN, text, 24),
            [
                "Do this:",
                "",
                "- one more",
                "- two, which is a little",
                "  longer",
                "",
                "    ls -l",
                "      x",
                "",
                "1. a",
                "2. b",
                "",
                "End <b>."
            ]
        );
    }
}
