//! Texts and chains of others, which may have no end. Takes one and a bound; gives what is within.

#[cfg(any(feature = "tower", feature = "axum-extract"))]
use std::error::Error;
use std::fmt::{self, Display, Write};

/// So many causes of one error are looked at: a `source` that leads back to itself has no end.
pub(crate) const MOST_CAUSES: usize = 32;

/// So many bytes of one text are told to operators: some errors and panics show a whole value.
pub(crate) const LONGEST_TEXT: usize = 8 * 1024;

/// An error's causes from this one on, the nearest first.
#[cfg(any(feature = "tower", feature = "axum-extract"))]
pub(crate) fn chain<'a>(
    first: Option<&'a (dyn Error + 'static)>,
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(first, |error: &&'a (dyn Error + 'static)| (*error).source()).take(MOST_CAUSES)
}

/// The longest beginning of a text that has at most so many bytes.
pub(crate) fn prefix(text: &str, most: usize) -> &str {
    let cut = || (0..=most).rev().find_map(|end| text.get(..end)).unwrap_or_default();
    if text.len() <= most { text } else { cut() }
}

/// What a `Display` says.
pub(crate) enum Shown {
    Whole(String),
    /// As far as the bound.
    Cut(String),
    Failed,
}

/// What a `Display` says, of which no more is asked than so many bytes.
pub(crate) fn shown(value: &(impl Display + ?Sized), most: usize) -> Shown {
    let mut within = Within { text: String::new(), most, is_cut: false };
    let written = write!(within, "{value}");
    match (within.is_cut, written) {
        (true, _) => Shown::Cut(within.text),
        (false, Ok(())) => Shown::Whole(within.text),
        (false, Err(_)) => Shown::Failed,
    }
}

struct Within {
    text: String,
    most: usize,
    is_cut: bool,
}

impl Write for Within {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !self.is_cut {
            let fitting = prefix(text, self.most - self.text.len());
            self.text.push_str(fitting);
            self.is_cut = fitting.len() < text.len();
        }
        // There is no need to go on.
        if self.is_cut { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_a_whole_character() {
        assert_eq!(prefix("aü", 3), "aü");
        assert_eq!(prefix("aü", 2), "a");
        assert_eq!(prefix("ü", 0), "");
    }

    #[test]
    fn an_endless_display_is_asked_no_further_than_the_bound() {
        struct Endless;

        impl Display for Endless {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                loop {
                    formatter.write_str("ab")?;
                }
            }
        }

        /// Goes on, whatever it hears.
        struct Deaf;

        impl Display for Deaf {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                for _ in 0..100 {
                    let _ = formatter.write_str("abc");
                    let _ = formatter.write_str("d");
                }
                Ok(())
            }
        }

        assert!(matches!(shown(&Endless, 5), Shown::Cut(text) if text == "ababa"));
        assert!(matches!(shown(&Deaf, 5), Shown::Cut(text) if text == "abcda"));
        assert!(matches!(shown("abcde", 5), Shown::Whole(text) if text == "abcde"));
    }

    #[cfg(any(feature = "tower", feature = "axum-extract"))]
    #[test]
    fn a_chain_that_runs_in_a_circle_has_an_end() {
        #[derive(Debug)]
        struct Circle;

        impl Display for Circle {
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                Ok(())
            }
        }

        impl Error for Circle {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                Some(self)
            }
        }

        assert_eq!(chain(Some(&Circle)).count(), MOST_CAUSES);
    }
}
