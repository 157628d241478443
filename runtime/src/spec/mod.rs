//! What was declared, as constants: one [`ErrorSpec`] for each error and one [`Catalog`] for each type, made by the derive;
//! read by the renderer, the documentation and the client.

mod act;
mod catalog;
mod error;
mod example;
mod field;
mod header;
mod level;
mod message;
mod meta;

pub use act::Act;
pub use catalog::Catalog;
pub use catalog::Nested;
#[doc(hidden)]
pub use catalog::SchemaOf;
pub use error::ErrorSpec;
#[doc(hidden)]
pub use error::{MoreSpec, row};
pub use example::Example;
pub use field::FieldSpec;
pub use header::HeaderSpec;
pub use level::Level;
#[doc(hidden)]
pub use message::MessageKind;
pub use message::{MessagePiece, MessageSource};
pub use meta::MetaValue;
