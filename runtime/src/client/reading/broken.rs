//! Bodies that are not whole: how deep they are, and what can be made of one that ends before its time.

/// Whether more objects and arrays stand in one another than this, in a text that closes them all.
pub(super) fn is_deeper(json: &str, max_depth: usize) -> bool {
    // Each takes two brackets.
    json.len() / 2 > max_depth && brackets(json) > max_depth && {
        let mut depth = 0_usize;
        Tokens::of(json).any(|(_, token)| {
            match token {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > max_depth
        })
    }
}

/// How many brackets open in a text, those in strings among them: where there are few, nobody needs to know which these are.
fn brackets(json: &str) -> usize {
    // One bit tells the two apart. A number of one byte holds the sum of a chunk, and many of them are added at once.
    let opens = |byte: &u8| u8::from(byte | 0x20 == b'{');
    json.as_bytes().chunks(128).map(|chunk| usize::from(chunk.iter().map(opens).sum::<u8>())).sum()
}

/// What is whole of a JSON text that was cut, with the brackets closed that were open: without its last member or item,
/// of which nobody can tell where it would have ended.
pub(super) fn mended(json: &str) -> Option<String> {
    let mut open = Vec::new();
    // Each bracket is whole by itself, so that those that are open at the end are those that are open here.
    let mut end = None;
    for (place, token) in Tokens::of(json) {
        end = match token {
            b'[' | b'{' => {
                open.push(if token == b'[' { ']' } else { '}' });
                Some(place + 1)
            }
            b']' | b'}' => {
                open.pop()?;
                Some(place + 1)
            }
            b',' => Some(place),
            _ => continue,
        };
    }
    let mut mended = json.get(..end?)?.to_owned();
    mended.extend(open.iter().rev());
    Some(mended)
}

/// The bytes of a JSON text that stand in no string, each with its place.
struct Tokens<'j> {
    bytes: std::iter::Enumerate<std::str::Bytes<'j>>,
}

impl<'j> Tokens<'j> {
    fn of(json: &'j str) -> Self {
        Self { bytes: json.bytes().enumerate() }
    }
}

impl Iterator for Tokens<'_> {
    type Item = (usize, u8);

    fn next(&mut self) -> Option<(usize, u8)> {
        let (place, byte) = self.bytes.next()?;
        if byte == b'"' {
            while let Some((_, inside)) = self.bytes.next() {
                match inside {
                    b'"' => break,
                    b'\\' => _ = self.bytes.next(),
                    _ => {}
                }
            }
        }
        Some((place, byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_that_of_what_stands_outside_strings() {
        for (json, depth) in
            [("1", 0), ("[]", 1), (r#"{"a":[{}]}"#, 3), (r#"["[[[[\"[["]"#, 1), ("[[],[],[]]", 2)]
        {
            assert!(!is_deeper(json, depth), "{json}");
            assert!(depth == 0 || is_deeper(json, depth - 1), "{json}");
        }
    }

    #[test]
    fn brackets_are_counted() {
        assert_eq!(brackets(&"[{]}\u{3b}\u{db}[".repeat(1000)), 3000);
    }

    #[test]
    fn what_is_whole_of_a_cut_text_is_json() {
        for (cut, whole) in [
            (r#"{"a":1,"b":"x"#, Some(r#"{"a":1}"#)),
            (r#"{"a":{"b":[1,2"#, Some(r#"{"a":{"b":[1]}}"#)),
            (r#"[{"a":"],","b":{"#, Some(r#"[{"a":"],","b":{}}]"#)),
            ("{", Some("{}")),
            (r#""abc"#, None),
            ("", None),
            ("]", None),
        ] {
            assert_eq!(mended(cut).as_deref(), whole, "{cut}");
        }
    }
}
