//! Takes a text; reads it as a message is read and as rustc reads `format!`: what the one takes as pieces and fields the
//! other takes so too, and what the one refuses is refused by the other or is what a message has not.
#![no_main]
#![allow(dead_code, unreachable_pub, unused_imports)]

use libfuzzer_sys::fuzz_target;
use ra_ap_rustc_parse_format::{Count, ParseMode, Parser, Piece, Position};

#[path = "../../macros/src/lang/mod.rs"]
mod lang;

use lang::template::{self, FieldRef};

/// A text, or a field with the fields that are its width and precision.
#[derive(Debug, PartialEq)]
enum Part {
    Text(String),
    Field(String, Vec<String>),
}

fn push(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        Some(Part::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

fn name(field: &FieldRef) -> Option<String> {
    match field {
        FieldRef::Named(name) => Some(name.clone()),
        FieldRef::Index(index) => Some(index.to_string()),
        FieldRef::Next => None,
    }
}

/// As a message has it; `None` where it names a field by nothing, which no message has and each check refuses.
fn by_us(text: &str) -> Result<Option<Vec<Part>>, ()> {
    let mut parts = Vec::new();
    for piece in template::parse(text).map_err(drop)?.pieces {
        match piece {
            template::Piece::Text(text) => push(&mut parts, &text),
            template::Piece::Field { field, spec } => {
                let Some(field) = name(&field) else { return Ok(None) };
                let counts = template::spec_fields(&spec).iter().filter_map(name).collect();
                parts.push(Part::Field(field, counts));
            }
        }
    }
    Ok(Some(parts))
}

/// As rustc has it; `None` where it takes what a message has not.
fn by_rustc(text: &str) -> Result<Option<Vec<Part>>, ()> {
    let mut parser = Parser::new(text, None, None, false, ParseMode::Format);
    let pieces: Vec<Piece<'_>> = parser.by_ref().collect();
    if !parser.errors.is_empty() {
        return Err(());
    }
    let mut parts = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Lit(text) => push(&mut parts, text),
            Piece::NextArgument(argument) => {
                let plain = |name: &str| name.strip_prefix("r#").unwrap_or(name).to_owned();
                let field = match argument.position {
                    Position::ArgumentIs(index) => index.to_string(),
                    Position::ArgumentNamed(name) => plain(name),
                    Position::ArgumentImplicitlyIs(_) => return Ok(None),
                };
                let format = argument.format;
                let mut counts = Vec::new();
                for count in [format.width, format.precision] {
                    match count {
                        Count::CountIsName(name, _) => counts.push(plain(name)),
                        Count::CountIsParam(index) => counts.push(index.to_string()),
                        Count::CountIs(_) | Count::CountImplied => {}
                        Count::CountIsStar(_) => return Ok(None),
                    }
                }
                // Which traits there are is not for rustc's parser to say.
                if !["", "?", "x", "X", "o", "b", "e", "E", "p"].contains(&format.ty) {
                    return Err(());
                }
                parts.push(Part::Field(field, counts));
            }
        }
    }
    Ok(Some(parts))
}

fuzz_target!(|text: &str| {
    match (by_us(text), by_rustc(text)) {
        (Ok(Some(ours)), Ok(Some(rustcs))) => assert_eq!(ours, rustcs, "{text:?}"),
        // What is taken here and refused by rustc would be an error in code that the user has not written.
        // Which letters beyond ASCII stand in a name, the fields know, among which it is then sought; and a raw name is
        // that of a field, where `format!` takes none.
        (Ok(Some(ours)), Err(())) if text.is_ascii() && !text.contains("r#") => {
            panic!("only we take {text:?} as {ours:?}")
        }
        (Err(()), Ok(Some(rustcs))) => panic!("only rustc takes {text:?} as {rustcs:?}"),
        _ => {}
    }
});
