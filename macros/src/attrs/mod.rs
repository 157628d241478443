//! What stands in `#[api(…)]`, and in the attributes of others that matter here. Takes syn's attributes; gives the values
//! of one place each. What they mean together is for `model` to say.

pub(crate) mod container;
pub(crate) mod either;
pub(crate) mod field;
pub(crate) mod foreign;
pub(crate) mod keys;
pub(crate) mod list;
mod unknown;
mod unquoted;
pub(crate) mod values;
pub(crate) mod variant;

use syn::Attribute;

use crate::errors::Errors;
use container::ContainerAttrs;
use keys::StructKey;
use list::each_key;
use variant::VariantAttrs;

/// A struct's keys are those of an error and those of a container.
pub(crate) fn of_struct(attrs: &[Attribute], errors: &mut Errors) -> (VariantAttrs, ContainerAttrs) {
    let (mut found, mut container) = (VariantAttrs::default(), ContainerAttrs::default());
    found.attempted = each_key(attrs, errors, |key, at, input, errors| match key {
        StructKey::Error(key) => found.read(key, at, input, errors),
        StructKey::Container(key) => container.read(key, at, input, errors),
    });
    (found, container)
}
