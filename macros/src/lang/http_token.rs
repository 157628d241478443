//! Takes characters and texts; gives whether they make a token of HTTP (RFC 9110, section 5.6.2), as names of headers,
//! media types and their parameters are.

pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_character)
}

pub(crate) fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_letters_digits_and_fifteen_signs() {
        let all: String = ('\0'..='ÿ').filter(|character| is_token_character(*character)).collect();
        assert_eq!(all.len(), 26 + 26 + 10 + 15);
        assert!(is_token(&all));
        for text in ["", "a b", "a/b", "a\"", "größe", "a\n"] {
            assert!(!is_token(text), "{text:?}");
        }
    }
}
