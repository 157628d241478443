//! A text of the service's own as Markdown again. Takes what is left of it; gives the same in one way of writing, every
//! character escaped that would mean more than itself.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::events;
use crate::book::page::escape::put;

/// The text, its headings moved down by so many levels, without a line break at its end.
pub(in crate::book::page) fn write(markdown: &str, shift: usize) -> String {
    let mut writer = Writer::default();
    for event in events(markdown, shift) {
        writer.event(event);
    }
    writer.out.trim_end().to_owned()
}

/// Plain text where Markdown stands, on one line.
pub(in crate::book::page) fn escape(text: &str) -> String {
    let mut out = String::new();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    push_escaped(&mut out, &text, true);
    out
}

/// Text as code: within as many backticks as it needs.
pub(in crate::book::page) fn code_span(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.trim().is_empty() {
        return "` `".to_owned();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    // Else a backtick at an end would belong to the fence, and spaces at both would be gone.
    let needs_space = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let space = if needs_space { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Where a link leads, as Markdown writes it: between angle brackets where it holds more than plain letters and marks.
pub(in crate::book::page) fn destination(url: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~:/?#@!$+,;=%".contains(letter);
    if !url.is_empty() && url.chars().all(is_plain) {
        return url.to_owned();
    }
    let mut out = String::from("<");
    for letter in url.chars() {
        match letter {
            '\\' => out.push_str("%5C"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            // Else it is an end of a cell, or the beginning of an entity.
            '|' => out.push_str("%7C"),
            '&' => out.push_str("&amp;"),
            letter => out.push(letter),
        }
    }
    out.push('>');
    out
}

/// How many backticks stand in a row at most.
pub(in crate::book::page) fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

fn push_escaped(out: &mut String, text: &str, is_line_start: bool) {
    let letters: Vec<char> = text.chars().collect();
    let digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let is_word = |letter: Option<&char>| letter.is_some_and(|letter| letter.is_alphanumeric());
    for (at, letter) in letters.iter().copied().enumerate() {
        let next = letters.get(at + 1);
        let is_special = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '&' => is_word(next) || next == Some(&'#'),
            // Before a link it would make an image of it.
            '!' => next.is_none(),
            // Inside of a word it is a letter like others.
            '_' => !(at > 0 && is_word(letters.get(at - 1)) && is_word(next)),
            '#' | '-' | '+' | '>' | '=' => at == 0 && is_line_start,
            '.' | ')' => {
                at > 0 && at == digits && is_line_start && next.is_none_or(|next| next.is_whitespace())
            }
            _ => false,
        };
        if is_special {
            out.push('\\');
        }
        out.push(letter);
    }
}

#[derive(Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own about the place where it writes"
)]
struct Writer {
    out: String,
    /// What stands before each line, one for each block that is open.
    prefixes: Vec<String>,
    /// The next number of each list that is open; none of a list without numbers.
    lists: Vec<Option<u64>>,
    /// Whether a block has just begun, so that the first within it needs no line of its own.
    is_fresh: bool,
    /// Whether blocks follow each other without an empty line.
    is_tight: bool,
    is_line_start: bool,
    links: Vec<String>,
    alignments: Vec<Alignment>,
    /// What ends the code block that is open, and where the line stands that began it.
    fence: String,
    fence_start: usize,
    in_code: bool,
    in_table: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.code(&text),
            Event::Text(text) => {
                // The text of an item whose list is tight has no paragraph around it.
                self.begin_line();
                for (index, line) in text.lines().enumerate() {
                    if index > 0 && self.in_table {
                        self.out.push(' ');
                    } else if index > 0 {
                        self.new_line();
                    }
                    push_escaped(&mut self.out, line, self.is_line_start);
                    self.is_line_start = false;
                }
            }
            Event::Code(text) => {
                self.begin_line();
                let code = code_span(&text);
                self.out.push_str(&if self.in_table { code.replace('|', "\\|") } else { code });
            }
            Event::SoftBreak => self.new_line(),
            Event::HardBreak => {
                self.out.push('\\');
                self.new_line();
            }
            Event::Rule => {
                self.block();
                self.begin_line();
                self.out.push_str("***");
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.block(),
            Tag::Heading { level, .. } => {
                self.block();
                self.begin_line();
                self.out.push_str(&"#".repeat(level_of(level)));
                self.out.push(' ');
            }
            Tag::BlockQuote(_) => {
                self.block();
                self.begin_line();
                self.out.push_str("> ");
                self.is_line_start = true;
                self.is_fresh = true;
                self.prefixes.push("> ".to_owned());
            }
            Tag::List(first) => {
                if self.lists.is_empty() || !self.is_tight {
                    self.block();
                }
                self.is_fresh |= self.lists.is_empty() || !self.is_tight;
                self.lists.push(first);
                self.is_tight = true;
            }
            Tag::Item => {
                let number = self.lists.last_mut().and_then(Option::as_mut).map(|number| {
                    *number += 1;
                    *number - 1
                });
                self.line_of_item();
                self.begin_line();
                let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
                self.out.push_str(&marker);
                self.prefixes.push(" ".repeat(marker.len()));
                self.is_fresh = true;
                self.is_line_start = true;
            }
            Tag::CodeBlock(kind) => {
                self.block();
                self.begin_line();
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([',', ' ']).next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                let is_word = info.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
                "``````".clone_into(&mut self.fence);
                self.fence_start = self.out.len();
                put!(self.out, "{}{}", self.fence, if is_word { info } else { "" });
                self.in_code = true;
            }
            Tag::Table(alignments) => {
                self.block();
                self.alignments = alignments;
                self.in_table = true;
            }
            Tag::TableHead => self.begin_line(),
            Tag::TableRow => {
                self.new_line();
            }
            Tag::TableCell => self.out.push_str("| "),
            Tag::Emphasis => self.inline("*"),
            Tag::Strong => self.inline("**"),
            Tag::Strikethrough => self.inline("~~"),
            Tag::Link { dest_url, .. } => {
                self.inline("[");
                self.links.push(dest_url.into_string());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            // What follows one that is empty does not stand in it.
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.prefixes.pop();
                self.is_fresh = false;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.is_tight = !self.lists.is_empty();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.new_line();
                self.out.push_str(&self.fence);
            }
            TagEnd::Table => self.in_table = false,
            TagEnd::TableHead => {
                self.out.push('|');
                self.new_line();
                for alignment in &self.alignments {
                    self.out.push_str(if *alignment == Alignment::Right { "|--:" } else { "|---" });
                }
                self.out.push('|');
            }
            TagEnd::TableRow => self.out.push('|'),
            TagEnd::TableCell => self.out.push(' '),
            TagEnd::Emphasis => self.out.push('*'),
            TagEnd::Strong => self.out.push_str("**"),
            TagEnd::Strikethrough => self.out.push_str("~~"),
            TagEnd::Link => {
                let url = self.links.pop().unwrap_or_default();
                put!(self.out, "]({})", destination(&url));
            }
            _ => {}
        }
    }

    fn inline(&mut self, mark: &str) {
        self.begin_line();
        self.out.push_str(mark);
        self.is_line_start = false;
    }

    fn code(&mut self, text: &str) {
        // A run as long as the fence would end the block, so the fence is longer than each.
        let longer = "`".repeat((longest_run(text) + 1).saturating_sub(self.fence.len()));
        self.out.insert_str(self.fence_start, &longer);
        self.fence.push_str(&longer);
        for line in text.lines() {
            self.new_line();
            self.out.push_str(line);
        }
    }

    /// Begins a block: behind an empty line, unless it is the first of all or of an item.
    fn block(&mut self) {
        if std::mem::take(&mut self.is_fresh) {
            return;
        }
        if !self.out.is_empty() {
            self.new_line();
            self.new_line();
        }
        self.is_line_start = true;
    }

    fn line_of_item(&mut self) {
        if !std::mem::take(&mut self.is_fresh) && !self.out.is_empty() {
            self.new_line();
        }
    }

    fn new_line(&mut self) {
        let kept = self.out.trim_end_matches(' ').len();
        // Spaces at the end of a line would break it; prefixes are written anew.
        self.out.truncate(kept);
        self.out.push('\n');
        for prefix in &self.prefixes {
            self.out.push_str(prefix);
        }
        self.is_line_start = true;
        self.is_fresh = false;
    }

    fn begin_line(&mut self) {
        self.is_fresh = false;
    }
}

fn level_of(level: HeadingLevel) -> usize {
    level as usize
}
