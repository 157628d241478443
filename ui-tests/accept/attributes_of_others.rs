//! What other macros and the compiler read on a type, a variant or a field is left to them.

use errorbook::ApiError;

/// Errors of stories.
#[doc = concat!("Made ", "in pieces.")]
#[doc(alias = "problem")]
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, thiserror::Error, ApiError)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
#[must_use = "an error is an answer"]
pub enum StoryError {
    /// The story is gone.
    #[doc = include_str!("raw_identifiers.rs")]
    #[error("gone")]
    #[serde(rename = "gone")]
    #[api(status = 410)]
    #[non_exhaustive]
    Gone {
        /// Which one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[api(detail)]
        id: Option<u64>,
    },
    #[error("old")]
    #[deprecated(since = "1.0.0", note = "say `gone`")]
    #[api(status = 404, code = "old")]
    Old,
}

#[derive(ApiError)]
#[repr(u8)]
enum Numbered {
    #[api(status = 404, message = "One.")]
    One = 1 << 3,
    #[api(status = 404, message = "Two.")]
    Two = { 2 + 3 },
    #[api(status = 404, message = "Three.")]
    Three = if BIG { 7 } else { three() },
    #[api(status = 404, message = "Four.")]
    Four = u8::MAX - 1,
}

const BIG: bool = false;

const fn three() -> u8 {
    3
}

fn main() {
    assert_eq!(StoryError::catalog().entries().count(), 2);
    assert_eq!(Numbered::Two as u8 + Numbered::Three as u8, 8);
    assert_eq!(Numbered::One.status(), Numbered::Four.status());
}
