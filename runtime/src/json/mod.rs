//! JSON text, written: the buffer, texts and numbers, and what the user's `Serialize` says.

mod buffer;
mod escape;
mod members;
mod serializer;

pub(crate) use buffer::{Buffer, Scratch};
pub(crate) use escape::{EscapingWriter, PlainWriter, escape, push_escaped, push_integer, push_string};
pub(crate) use members::Members;
pub(crate) use serializer::push_serialized;
