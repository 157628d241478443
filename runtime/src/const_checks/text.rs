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

const DECIMAL: &[u8; 10] = b"0123456789";

/// A text put together while the crate is checked; what does not fit is cut off.
pub(super) struct ConstText {
    bytes: [u8; 1024],
    length: usize,
}

impl ConstText {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; 1024], length: 0 }
    }

    pub(super) const fn with(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if self.length + text.len() <= self.bytes.len() {
            let mut index = 0;
            while index < text.len() {
                self.bytes[self.length + index] = text[index];
                index += 1;
            }
            self.length += text.len();
        }
        self
    }

    pub(super) const fn with_status(self, status: u16) -> Self {
        if status == 0 {
            return self.with("without a status");
        }
        let status = status as usize;
        let digits = [DECIMAL[status / 100 % 10], DECIMAL[status / 10 % 10], DECIMAL[status % 10]];
        match str::from_utf8(&digits) {
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
