//! JSON text of the user's own, made fit for every reader. Takes text that is JSON by its grammar (RFC 8259), which allows
//! more than readers take: any depth, halves of surrogate pairs, numbers beyond `f64`. Gives text that all of them read, or
//! says that there is none.

/// Half a surrogate pair stands for no character (RFC 8259 section 8.2): the replacement character takes its place. `false`
/// where objects and arrays stand deeper in one another than `levels`, or where an `f64` does not hold a number.
pub(super) fn make_readable(text: &mut [u8], levels: u8) -> bool {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => {
                at = behind_string(text, at + 1);
                continue;
            }
            b'-' | b'0'..=b'9' => {
                let number = text.get(at..).unwrap_or_default();
                let length = number.iter().take_while(|byte| is_of_number(**byte)).count();
                if !is_readable(number.get(..length).unwrap_or_default()) {
                    return false;
                }
                at += length;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > usize::from(levels) {
            return false;
        }
        at += 1;
    }
    true
}

fn is_of_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}

/// Whether it is within what an `f64` holds: without an exponent it is, if it is not very long.
fn is_readable(number: &[u8]) -> bool {
    const CERTAIN: usize = 300;
    if number.len() < CERTAIN && !number.iter().any(|byte| matches!(byte, b'e' | b'E')) {
        return true;
    }
    // Read by `serde_json` too, which is not as exact at the very edge.
    let exact = str::from_utf8(number).ok().and_then(|text| text.parse::<f64>().ok());
    exact.is_some_and(f64::is_finite) && serde_json::from_slice::<f64>(number).is_ok()
}

/// Goes to the end of a string, whose beginning is read.
fn behind_string(text: &mut [u8], mut at: usize) -> usize {
    // The first half of a pair, as long as the second may come.
    let mut first: Option<usize> = None;
    loop {
        let unit = escaped_unit(text, at);
        let is_second = matches!(unit, Some(0xDC00..=0xDFFF));
        match first.take() {
            Some(_) if is_second => {}
            lone => {
                for place in lone.into_iter().chain(is_second.then_some(at)) {
                    replace(text, place);
                }
            }
        }
        first = matches!(unit, Some(0xD800..=0xDBFF)).then_some(at);
        at += match (text.get(at), unit) {
            (None, _) => return at,
            (Some(b'"'), _) => return at + 1,
            (_, Some(_)) => 6,
            (Some(b'\\'), None) => 2,
            (Some(_), None) => 1,
        };
    }
}

/// What `\uXXXX` says, if it stands here.
fn escaped_unit(text: &[u8], at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

fn replace(text: &mut [u8], at: usize) {
    if let Some(place) = text.get_mut(at..at + 6) {
        place.copy_from_slice(b"\\ufffd");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let mut bytes = text.as_bytes().to_vec();
        let readable = make_readable(&mut bytes, 3).then(|| String::from_utf8(bytes).unwrap());
        assert_eq!(readable.as_deref(), expected, "{text}");
        if let Some(readable) = readable {
            serde_json::from_str::<serde_json::Value>(&readable).unwrap();
        }
    }

    #[test]
    fn what_readers_take_stays() {
        for text in [
            "null",
            r#"{"a":[1,-2.5e3,"x"],"b\"[[[[":[[true]]}"#,
            r#""\ud83e\udd80 \\ud800 \u0041 ü""#,
            "[1e308,1e-999,-0,0.0000000001E+5]",
        ] {
            check(text, Some(text));
        }
        let long = "1".repeat(305);
        check(&long, Some(&long));
    }

    #[test]
    fn half_a_pair_is_replaced() {
        check(r#""\ud800""#, Some(r#""\ufffd""#));
        check(
            r#"{"\uDFFF":"a\ud83e\ud83e\udd80\ud83ex"}"#,
            Some(r#"{"\ufffd":"a\ufffd\ud83e\udd80\ufffdx"}"#),
        );
        check(r#"["\udd80\ud83e","\udd80"]"#, Some(r#"["\ufffd\ufffd","\ufffd"]"#));
    }

    #[test]
    fn what_no_reader_takes_is_refused() {
        let long = "1".repeat(400);
        for text in ["1e999", "[-1E400]", "[[[[]]]]", r#"{"a":{"b":{"c":{}}}}"#, &long] {
            check(text, None);
        }
    }
}
