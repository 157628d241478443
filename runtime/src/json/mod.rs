//! JSON text, written: the buffer, texts and numbers, and what the user's `Serialize` says.

mod buffer;
mod constant;
mod digits;
mod escape;
mod members;
mod readable;
mod serializer;

pub(crate) use buffer::{Buffer, with_scratch};
pub(crate) use constant::Constant;
pub(crate) use digits::{push_integer, small_number};
pub(crate) use escape::{EscapingWriter, PlainWriter, escape, is_plain, push_escaped, push_string};
pub(crate) use members::Members;
pub(crate) use serializer::push_serialized;
