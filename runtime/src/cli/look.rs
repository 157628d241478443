//! How it looks: colours, widths, tables. Takes texts; gives lines. What anybody declared or wrote into a file controls no
//! terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::book::retry::{amount, amounts};
use crate::book::{Retry, Wait, When};
use crate::one_line::leaves_the_line;

/// Appends as `write!` does. Writing to a `String` does not fail.
macro_rules! put {
    ($out:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($format)*);
    }};
}
pub(super) use put;

/// What the reader's terminal shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) has_colors: bool,
    /// Columns; `None`: lines may be as long as they like, as in a pipe.
    pub(super) width: Option<usize>,
}

/// What a text is. Colours say one thing: whether trying again helps. Red is for what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// Headings, codes, commands.
    Strong,
    /// Labels, and what is said along the way.
    Soft,
    /// Never again.
    Never,
    /// Once more.
    Once,
    /// Several times.
    Several,
    Wrong,
}

impl Style {
    /// That of a rule.
    pub(super) fn of(retry: &Retry) -> Self {
        match (&retry.wait, retry.times) {
            (Wait::Never, _) | (_, 0) => Self::Never,
            (_, 1) => Self::Once,
            _ => Self::Several,
        }
    }

    /// The codes of the terminal (ECMA-48, SGR), in the colours that its user chose.
    fn codes(self) -> &'static str {
        match self {
            Self::Plain | Self::Never => "",
            Self::Strong => "1",
            Self::Soft => "2",
            Self::Once => "33",
            Self::Several => "36",
            Self::Wrong => "1;31",
        }
    }
}

impl Look {
    /// How wide prose is: no wider than reads well.
    pub(super) fn measure(self) -> usize {
        self.width.map_or(80, |width| width.clamp(20, 100))
    }

    /// The text in its style.
    pub(super) fn paint(self, style: Style, text: &str) -> String {
        let text = visible(text);
        match style.codes() {
            codes if self.has_colors && !codes.is_empty() && !text.is_empty() => {
                format!("\x1b[{codes}m{text}\x1b[0m")
            }
            _ => text,
        }
    }

    /// Rows below a head, their columns on one edge. Where the terminal is too narrow, the last column gives way.
    pub(super) fn table(self, head: &[&str], rows: &[Vec<(Style, String)>]) -> String {
        let columns = head.len();
        let mut widths: Vec<usize> = head.iter().map(|cell| cell.width()).collect();
        for row in rows {
            for (width, (_, cell)) in widths.iter_mut().zip(row) {
                *width = (*width).max(visible(cell).width());
            }
        }
        let before: usize = widths.iter().take(columns - 1).map(|width| width + GAP).sum();
        let room = self.width.map_or(usize::MAX, |width| width.saturating_sub(before).max(8));
        let mut out = String::new();
        let head = head.iter().map(|cell| (Style::Soft, (*cell).to_owned())).collect();
        for row in std::iter::once(&head).chain(rows) {
            let last = row.len().saturating_sub(1);
            for (at, ((style, cell), width)) in row.iter().zip(&widths).enumerate() {
                let cell = if at == columns - 1 { cut(&visible(cell), room) } else { visible(cell) };
                out.push_str(&self.paint(*style, &cell));
                if at < last {
                    out.extend(std::iter::repeat_n(' ', width + GAP - cell.width()));
                }
            }
            out.push('\n');
        }
        out
    }
}

/// Between two columns.
const GAP: usize = 2;

/// At most so many columns of it.
fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut width = 1;
    let fits = |letter: &char| {
        width += letter.width().unwrap_or(0);
        width <= room
    };
    format!("{}…", text.chars().take_while(fits).collect::<String>().trim_end())
}

/// The text without what would move a cursor, change a colour, or turn the direction of what stands behind it.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|letter| if leaves_the_line(letter) { '\u{fffd}' } else { letter }).collect()
}

/// The same of a text that has lines.
pub(super) fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// A rule in few words: whether again, after what, and for which requests.
pub(super) fn rule(retry: &Retry) -> String {
    let count = match retry.times {
        1 => "once".to_owned(),
        times => format!("{times} times"),
    };
    let condition = match retry.when {
        When::Always => String::new(),
        when => format!(", {}", when.words()),
    };
    match &retry.wait {
        _ if Style::of(retry) == Style::Never => "never".to_owned(),
        Wait::Given { .. } => format!("{count}, after Retry-After{condition}"),
        Wait::Between { least_ms, most_ms } if least_ms == most_ms => {
            format!("{count}, after {}{condition}", amount(*least_ms))
        }
        Wait::Between { least_ms, most_ms } => {
            format!("{count}, after {}..{}{condition}", amount(*least_ms), amount(*most_ms))
        }
        Wait::Backoff { schedule_ms } if schedule_ms.len() == retry.times as usize => {
            format!("backoff {}{condition}", amounts(schedule_ms))
        }
        Wait::Backoff { schedule_ms } => format!("backoff {}, {count}{condition}", amounts(schedule_ms)),
        Wait::Never => "never".to_owned(),
    }
}

/// A status by its number, or a dash.
pub(super) fn status(status: Option<u16>) -> String {
    status.map_or("-".to_owned(), |status| status.to_string())
}

/// `1 error`, `3 errors`
pub(super) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("{number} {what}") } else { format!("{number} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { has_colors: false, width: None };

    #[test]
    fn columns_stand_on_one_edge_whatever_the_width_of_letters() {
        let row = |a: &str, b: &str| vec![(Style::Plain, a.to_owned()), (Style::Plain, b.to_owned())];
        let table = PLAIN.table(&["Code", "Section"], &[row("a", "x"), row("長い名", "y")]);
        assert_eq!(table, "Code    Section\na       x\n長い名  y\n");
        let narrow =
            Look { width: Some(18), ..PLAIN }.table(&["Code", "Section"], &[row("a", "Rate limiting")]);
        assert_eq!(narrow, "Code  Section\na     Rate limiti…\n");
    }

    #[test]
    fn no_text_controls_the_terminal() {
        let colored = Look { has_colors: true, width: None };
        assert_eq!(colored.paint(Style::Strong, "a\x1b[2Jb"), "\x1b[1ma\u{fffd}[2Jb\x1b[0m");
        assert_eq!(PLAIN.paint(Style::Strong, "a\x07"), "a\u{fffd}");
        assert_eq!(visible_lines("a\u{202e}b\n\u{2028}c"), "a\u{fffd}b\n\u{fffd}c");
    }
}
