//! Constant texts, made so that appending one costs as little as can be.

use super::Buffer;

/// A text of at most this length lies in a block of its own.
const BLOCK: usize = 32;

/// A text that is appended many times. A short one lies in a block of a fixed size, which is copied as a whole:
/// that spares the question how long it is.
#[derive(Debug)]
pub(crate) struct Constant(Form);

#[derive(Debug)]
enum Form {
    Short { block: [u8; BLOCK], length: usize },
    Long(String),
}

impl Constant {
    pub(crate) fn new(text: String) -> Self {
        let mut block = [0; BLOCK];
        let length = text.len();
        match block.get_mut(..length) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                Self(Form::Short { block, length })
            }
            None => Self(Form::Long(text)),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        match &self.0 {
            Form::Short { block, length } => {
                block.get(..*length).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
            }
            Form::Long(text) => text,
        }
    }
}

impl Default for Constant {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl Buffer {
    #[inline]
    pub(crate) fn push_constant(&mut self, text: &Constant) {
        match &text.0 {
            Form::Short { block, length } => self.push_first(block, *length),
            Form::Long(text) => self.push_long(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_texts_of_every_length_arrive() {
        for length in 0..70 {
            let text = "0123456789".repeat(7)[..length].to_owned();
            let constant = Constant::new(text.clone());
            assert_eq!(constant.as_str(), text);
            let mut out = Buffer::new();
            for _ in 0..40 {
                out.push_constant(&constant);
            }
            assert_eq!(out.as_slice(), text.repeat(40).as_bytes());
        }
    }
}
