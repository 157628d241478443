//! The error itself, made of what was read.

use super::Evidence;
use crate::api_error::Catalogued;

/// The error that this tells of, where it can be made of that alone.
pub(crate) fn rebuild<E: Catalogued>(evidence: &Evidence<'_>) -> Option<E> {
    E::__errorbook_rebuild(evidence)
}
