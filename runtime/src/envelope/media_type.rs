//! What a media type says of the body. Takes it as it was declared; gives the members that its definition has at the top,
//! whose names no detail may take.

/// The names that are defined, whether or not an envelope has such a member.
pub(super) const fn members(media_type: &str) -> &'static [&'static str] {
    if is_of(media_type, "application/problem+json") {
        // RFC 9457 section 3.1.
        const { &["type", "title", "status", "detail", "instance"] }
    } else if is_of(media_type, "application/vnd.api+json") {
        // JSON:API 1.1, Top Level.
        const { &["data", "errors", "meta", "jsonapi", "links", "included"] }
    } else {
        &[]
    }
}

/// Whether it is this one, which is written small, with or without parameters.
const fn is_of(media_type: &str, essence: &str) -> bool {
    let (media_type, essence) = (media_type.as_bytes(), essence.as_bytes());
    if media_type.len() < essence.len() {
        return false;
    }
    let mut index = 0;
    while index < essence.len() {
        if media_type[index].to_ascii_lowercase() != essence[index] {
            return false;
        }
        index += 1;
    }
    media_type.len() == index || matches!(media_type[index], b' ' | b'\t' | b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_parameters_make_no_other_media_type() {
        for problem in [
            "application/problem+json",
            "Application/Problem+JSON",
            "application/problem+json; charset=utf-8",
            "application/problem+json ;a=b",
        ] {
            assert_eq!(members(problem).last(), Some(&"instance"), "{problem}");
        }
        for other in ["application/json", "application/problem+jsonx", "application/problem", ""] {
            assert!(members(other).is_empty(), "{other}");
        }
    }
}
