//! Texts in constants: what `==` and `format!` do at run time.

pub(super) const fn contains(texts: &[&str], wanted: &str) -> bool {
    let mut index = 0;
    while index < texts.len() {
        if is_same(texts[index], wanted) {
            return true;
        }
        index += 1;
    }
    false
}

/// `==` of strings, which constants cannot call.
pub(super) const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// The same without looking at the case of ASCII letters.
pub(super) const fn is_same_ignoring_case(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if !one[index].eq_ignore_ascii_case(&other[index]) {
            return false;
        }
        index += 1;
    }
    true
}

/// Whether one word is the other with at most one letter more, less, or another, or with two neighbours swapped: what a
/// slip of the finger makes of it.
pub(super) const fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    // Of shorter words, each is near to many.
    if shorter.len() < 3 || longer.len() - shorter.len() > 1 {
        return false;
    }
    let mut start = 0;
    while start < shorter.len() && shorter[start].eq_ignore_ascii_case(&longer[start]) {
        start += 1;
    }
    let mut end = 0;
    while end < shorter.len() - start
        && shorter[shorter.len() - 1 - end].eq_ignore_ascii_case(&longer[longer.len() - 1 - end])
    {
        end += 1;
    }
    let (left, left_of_longer) = (shorter.len() - start - end, longer.len() - start - end);
    left_of_longer <= 1
        || left == 2
            && left_of_longer == 2
            && shorter[start].eq_ignore_ascii_case(&longer[start + 1])
            && shorter[start + 1].eq_ignore_ascii_case(&longer[start])
}

/// A text put together while the crate is checked; what does not fit is cut off.
pub(super) struct ConstText {
    bytes: [u8; 2048],
    length: usize,
    /// Whether something did not fit.
    is_full: bool,
}

const CUT_OFF: &str = "…";

impl ConstText {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; 2048], length: 0, is_full: false }
    }

    pub(super) const fn with(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        // Behind what was cut off nothing is joined to what stands before it.
        if self.is_full {
            return self;
        }
        if self.length + text.len() + CUT_OFF.len() <= self.bytes.len() {
            let mut index = 0;
            while index < text.len() {
                self.bytes[self.length + index] = text[index];
                index += 1;
            }
            self.length += text.len();
        } else {
            self.is_full = true;
            let (mut index, mark) = (0, CUT_OFF.as_bytes());
            while index < mark.len() {
                self.bytes[self.length + index] = mark[index];
                index += 1;
            }
            self.length += mark.len();
        }
        self
    }

    /// A text in backticks.
    pub(super) const fn quoted(self, text: &str) -> Self {
        self.with("`").with(text).with("`")
    }

    pub(super) const fn with_number(self, number: u64) -> Self {
        let (mut digits, mut start, mut rest) = ([b'0'; 20], 20, number);
        while rest > 0 || start == 20 {
            start -= 1;
            digits[start] = b"0123456789"[(rest % 10) as usize];
            rest /= 10;
        }
        match str::from_utf8(digits.split_at(start).1) {
            Ok(digits) => self.with(digits),
            Err(_) => self,
        }
    }

    pub(super) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
