//! Where an error is declared. Takes a file as rustc calls it, and a line; gives both as an editor finds them.

use std::fmt;

/// Where an error is declared. Written out it is `src/story.rs:12`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// The file, as rustc was given it, without the ways there and back of a `#[path]`.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
}

impl Source {
    pub(super) fn new(file: &str, line: u32) -> Self {
        Self { file: resolved(file), line }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.file, self.line)
    }
}

/// `a/story.rs` for `a/b/../story.rs`, as rustc names a file that `#[path]` leads to.
fn resolved(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("..", Some(last)) if !matches!(*last, "" | "..") => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_without_detours() {
        assert_eq!(resolved("a/b/../story.rs"), "a/story.rs");
        assert_eq!(resolved("../../a/./x.rs"), "../../a/./x.rs");
        assert_eq!(resolved("/a/../../x.rs"), "/../x.rs");
    }
}
