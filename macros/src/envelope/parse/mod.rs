//! Takes the tokens of `envelope!`; gives the tree: `crate = path` and the media type are read here, the body in `body`. A
//! mistake costs its own argument, member or item: reading goes on behind the next comma, so that all are reported in
//! one go.

mod body;
mod cursor;

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Lit, LitStr};

use super::{Input, Part};
use crate::errors::Errors;
use crate::lang::Reason;
use crate::lang::words::quoted;
use crate::literal::check_suffix;
use crate::runtime_path::RuntimePath;
use crate::tokens::is_punct;
use cursor::Cursor;

pub(super) fn parse(input: TokenStream, errors: &mut Errors) -> Input {
    let mut parser = Parser { errors, depth: 0 };
    let mut tokens = Cursor::new(input);
    let mut read = Arguments::default();
    while let Some(token) = tokens.next() {
        if is_punct(&token, ',') {
            parser.nothing_before(&token);
        } else {
            parser.argument(token, &mut tokens, &mut read);
        }
    }
    if !read.body_was_meant {
        parser.no_body(read.input.media_type.as_ref());
    }
    read.input
}

/// The arguments of `envelope!` that were read so far.
#[derive(Default)]
struct Arguments {
    input: Input,
    any: bool,
    /// Something stood where the body belongs.
    body_was_meant: bool,
}

struct Parser<'e> {
    errors: &'e mut Errors,
    /// How many objects and arrays stand around what is being read.
    depth: usize,
}

/// What is wrong here is reported already.
struct Reported;

impl Parser<'_> {
    fn wrong(
        &mut self,
        tokens: impl ToTokens,
        wrong: impl Into<String>,
        help: impl Into<String>,
    ) -> Reported {
        self.report(tokens, &Reason::new(wrong, help))
    }

    fn report(&mut self, tokens: impl ToTokens, reason: &Reason) -> Reported {
        self.errors.at(tokens, reason);
        Reported
    }

    /// A string that is one to JSON too.
    fn plain(&mut self, text: &LitStr) -> Result<(), Reported> {
        check_suffix(text).map_err(|reason| self.report(text, &reason))
    }

    fn nothing_before(&mut self, comma: &TokenTree) {
        self.wrong(comma, "nothing stands before this comma", "leave it out");
    }

    /// One argument, with the comma behind it.
    fn argument(&mut self, first: TokenTree, tokens: &mut Cursor, read: &mut Arguments) {
        let is_first = !std::mem::replace(&mut read.any, true);
        match first {
            TokenTree::Ident(word) if tokens.next_is('=') => {
                if let Ok(path) = self.runtime(&word, is_first, tokens) {
                    read.input.runtime = Some(path);
                }
            }
            TokenTree::Literal(name) if !read.body_was_meant && tokens.next_is(':') => {
                read.body_was_meant = true;
                let mut members = name.into_token_stream();
                while let Some(token) = tokens.next() {
                    members.extend([token]);
                }
                let help = format!("put braces around them, as in {EXAMPLE}");
                self.wrong(members, "these members stand in no object", help);
                return;
            }
            TokenTree::Literal(literal) if !read.body_was_meant => {
                let media_type = self.media_type(&literal, &mut read.input.media_type);
                if let Ok(media_type) = media_type
                    && !tokens.at_end_of_part()
                {
                    let help = format!("write `{},`", media_type.token());
                    self.wrong(media_type, "a comma is missing behind this media type", help);
                    return;
                }
            }
            token if !std::mem::replace(&mut read.body_was_meant, true) => {
                if let Ok(body) = self.body(token, tokens) {
                    read.input.body = body;
                }
            }
            TokenTree::Literal(literal) => {
                self.wrong(literal, "something stands behind the body", "a media type stands before it");
            }
            token => {
                self.wrong(token, "something stands behind the body", "leave it out");
            }
        }
        tokens.take_part();
        tokens.next_punct(',');
    }

    /// `= path`, behind `crate`.
    fn runtime(&mut self, word: &Ident, is_first: bool, tokens: &mut Cursor) -> Result<syn::Path, Reported> {
        const FORM: &str = "it looks like `envelope!(crate = ::path, { … })`";
        if word != "crate" {
            let wrong = format!("`envelope!` has no argument {}", quoted(&word.to_string()));
            return Err(self.wrong(
                word,
                wrong,
                "it looks like `envelope!(\"type/subtype\", { … })` or `envelope!({ … })`",
            ));
        }
        tokens.next_punct('=');
        let path = tokens.take_part();
        if !is_first {
            return Err(self.wrong(word, "`crate` is the first argument", FORM));
        }
        if path.is_empty() {
            return Err(self.wrong(word, "`crate` stands here without a path", FORM));
        }
        RuntimePath::parse(path.clone())
            .ok_or_else(|| self.wrong(path, "this is no path to `errorbook`", FORM))
    }

    fn media_type(&mut self, literal: &Literal, found: &mut Option<LitStr>) -> Result<LitStr, Reported> {
        let Lit::Str(text) = Lit::new(literal.clone()) else {
            return Err(self.wrong(
                literal,
                "a media type is a string",
                "write it in quotes, as in `\"application/json\"`",
            ));
        };
        self.plain(&text)?;
        if let Some(first) = found {
            let reported = self.wrong(&text, "an envelope has one media type", "leave one of them out");
            self.errors.first_was_here(first, "the media type is first given here");
            return Err(reported);
        }
        *found = Some(text.clone());
        Ok(text)
    }

    /// The object or array that begins with this token; nothing but a comma stands behind it.
    fn body(&mut self, token: TokenTree, tokens: &mut Cursor) -> Result<Part, Reported> {
        let (node, group) = match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => (self.object(&group), group),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => (self.array(&group), group),
            token => {
                let mut all = token.into_token_stream();
                all.extend(tokens.take_part());
                let wrong = "an envelope's body is an object or an array";
                return Err(self.wrong(all, wrong, format!("it looks like {EXAMPLE}")));
            }
        };
        if let Some(mark) = tokens.next_punct('?') {
            return Err(self.wrong(mark, "the body itself is never left out", "drop the `?`"));
        }
        let rest = tokens.take_part();
        if !rest.is_empty() {
            return Err(self.wrong(rest, "something stands behind the body", "leave it out"));
        }
        Ok(Part { name: None, node, tokens: group.into_token_stream(), optional: None })
    }

    fn no_body(&mut self, media_type: Option<&LitStr>) {
        let reason = Reason::new("this envelope has no body", format!("write it as JSON, as in {EXAMPLE}"));
        match media_type {
            Some(text) => self.errors.at(text, &reason),
            None => self.errors.at_span(Span::call_site(), &reason),
        }
    }
}

const EXAMPLE: &str = "`envelope!({ \"code\": code, \"message\": message })`";
