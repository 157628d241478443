//! Takes the tokens of the body; gives parts of the tree: objects, arrays, members, slots, `?`. Which names may stand
//! beside each other is for `rules` to say.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Lit, LitStr};

use super::cursor::{Cursor, begins_value, described, written};
use super::{Parser, Reported};
use crate::envelope::slots::{self, CONSTANTS, DETAILS, FIELD};
use crate::envelope::{Node, Part};
use crate::lang::Reason;
use crate::lang::words::quoted;
use crate::literal::{negative_to_json, no_number, to_json};
use crate::tokens::is_punct;

/// How deep objects and arrays may stand in each other. `serde_json` reads 128 levels, and details, which may be
/// deep themselves, need some of them.
const DEEPEST: usize = 64;

/// How a `for` begins.
const EACH: &str = "for field in details";

/// What stands in a list whose parts are divided by commas.
#[derive(Clone, Copy, PartialEq)]
enum Container {
    Object,
    Array,
}

impl Parser<'_> {
    pub(super) fn object(&mut self, group: &Group) -> Node {
        self.parts(group, Container::Object).map_or(Node::Mistake, Node::Object)
    }

    pub(super) fn array(&mut self, group: &Group) -> Node {
        self.parts(group, Container::Array).map_or(Node::Mistake, Node::Array)
    }

    fn parts(&mut self, group: &Group, container: Container) -> Result<Vec<Part>, Reported> {
        if self.depth == DEEPEST {
            let help = format!("at most {DEEPEST} objects and arrays may stand in each other");
            return Err(self.wrong(group, "this stands too deep", help));
        }
        self.depth += 1;
        let mut tokens = Cursor::new(group.stream());
        let mut parts = Vec::new();
        while let Some(token) = tokens.next() {
            if is_punct(&token, ',') {
                self.nothing_before(&token);
                continue;
            }
            let part = match container {
                Container::Object => self.member(token, &mut tokens),
                Container::Array => self.item(token, &mut tokens),
            };
            let part = part.unwrap_or_else(|Reported| Part::default());
            self.end_of_part(container, &part, &mut tokens);
            parts.push(part);
        }
        self.depth -= 1;
        Ok(parts)
    }

    /// The comma behind a part, or the end.
    fn end_of_part(&mut self, container: Container, part: &Part, tokens: &mut Cursor) {
        let rest =
            if matches!(part.node, Node::Mistake) || tokens.at_end_of_part() { None } else { tokens.peek() };
        if let Some(token) = rest.cloned() {
            let begins_part = match (&token, container) {
                (TokenTree::Ident(_) | TokenTree::Literal(_), _) => true,
                (token, Container::Object) => is_punct(token, '.'),
                (token, Container::Array) => is_punct(token, '.') || begins_value(token),
            };
            if let TokenTree::Ident(word) = &token
                && word == "else"
            {
                self.else_without_for(word);
            } else if begins_part {
                self.wrong(&token, "a comma is missing before this", "put a `,` behind the value");
                return;
            } else if container == Container::Array && is_punct(&token, ':') {
                let help = "write the value alone, or an object, as in `[{ \"code\": code }]`";
                self.wrong(&token, "an array's items have no names", help);
            } else {
                let wrong = format!("{} has no meaning behind a value", described(&token));
                self.wrong(&token, wrong, "a value ends with `,`, or with `?,` where it may be left out");
            }
        }
        tokens.take_part();
        tokens.next_punct(',');
    }

    /// The member that begins with this token.
    fn member(&mut self, first: TokenTree, tokens: &mut Cursor) -> Result<Part, Reported> {
        let name = match first {
            TokenTree::Punct(dot) if dot.as_char() == '.' && tokens.next_is('.') => {
                return self.spread(&dot, tokens);
            }
            TokenTree::Literal(literal) => self.name(&literal)?,
            TokenTree::Ident(word) if word == "for" && !tokens.next_is(':') => {
                return Err(self.for_in_no_array(&word));
            }
            TokenTree::Ident(word) => self.name_without_quotes(&word, tokens)?,
            token => {
                let wrong = format!("a member begins with its name, not with {}", described(&token));
                return Err(self.wrong(token, wrong, "members look like `\"name\": value`"));
            }
        };
        if let Some(mark) = tokens.next_punct('?') {
            let help = format!("put it behind the value, `{}: …?`", name.token());
            self.wrong(mark, "the `?` stands behind the value, not behind the name", help);
        }
        self.colon(&name, tokens)?;
        let value = match tokens.next_in_part() {
            Some(token) => self.value(token, tokens),
            None => Err(self.no_value(&name)),
        };
        // The name is kept where the value is a mistake, so that a second member of that name is one too.
        Ok(Part { name: Some(name), ..value.unwrap_or_else(|Reported| Part::default()) })
    }

    fn name(&mut self, literal: &Literal) -> Result<LitStr, Reported> {
        if let Lit::Str(name) = Lit::new(literal.clone()) {
            return self.plain(&name).map(|()| name);
        }
        let wrong = format!("a member's name is a string, not {}", quoted(&literal.to_string()));
        Err(self.wrong(literal, wrong, "members look like `\"name\": value`"))
    }

    /// In `code: code` the quotes are missing, and in `code` alone the name is.
    fn name_without_quotes(&mut self, word: &Ident, tokens: &mut Cursor) -> Result<LitStr, Reported> {
        let text = word.unraw().to_string();
        if tokens.next_is(':') {
            self.wrong(word, "a member's name stands in quotes", format!("write `\"{text}\"`"));
            return Ok(LitStr::new(&text, word.span()));
        }
        let mut all = word.to_token_stream();
        all.extend(tokens.take_dotted());
        let value = written(&all);
        let help = match (slots::find(&text), value.rsplit('.').next()) {
            (Ok(_), Some(name)) => format!("write `\"{name}\": {value}`"),
            _ => "members look like `\"name\": value`".to_owned(),
        };
        Err(self.wrong(&all, format!("{} stands here without a member's name", quoted(&value)), help))
    }

    fn colon(&mut self, name: &LitStr, tokens: &mut Cursor) -> Result<(), Reported> {
        if tokens.next_punct(':').is_some() {
            return Ok(());
        }
        let next = match tokens.peek() {
            Some(token) if !is_punct(token, ',') => token.clone(),
            _ => return Err(self.no_value(name)),
        };
        let wrong = "a colon is missing between name and value";
        let behind_name = format!("write `{}:`", name.token());
        if let Some(sign) = tokens.next_punct('=') {
            let mut arrow = sign.into_token_stream();
            arrow.extend(tokens.next_punct('>').map(TokenTree::from));
            self.wrong(arrow, wrong, "write `:`");
        } else if begins_value(&next) {
            self.wrong(name, wrong, behind_name);
        } else {
            return Err(self.wrong(next, wrong, "write `:`"));
        }
        Ok(())
    }

    fn no_value(&mut self, name: &LitStr) -> Reported {
        let slot = slots::find(&name.value()).map_or("message", |kind| kind.word);
        let wrong = format!("the member {} has no value", quoted(&name.value()));
        self.wrong(name, wrong, format!("write a slot or JSON behind it, as in `{}: {slot}`", name.token()))
    }

    /// `..details`, of which the first dot is read.
    fn spread(&mut self, first: &Punct, tokens: &mut Cursor) -> Result<Part, Reported> {
        let mut all = first.to_token_stream();
        all.extend(tokens.take_dotted());
        let value = written(&all);
        let slot = value.trim_start_matches('.');
        if slot != DETAILS {
            let reason =
                Reason::new(format!("{} cannot be spread", quoted(slot)), format!("write `..{DETAILS}`"))
                    .with_note("only details have members that can stand beside others");
            return Err(self.report(all, &reason));
        }
        if value.len() != slot.len() + 2 {
            return Err(self.wrong(all, "a spread has two dots", format!("write `..{DETAILS}`")));
        }
        if let Some(mark) = tokens.next_punct('?') {
            let help = "drop the `?`: where there are no details, nothing is spread";
            self.wrong(mark, format!("`..{DETAILS}` needs no `?`"), help);
        }
        Ok(Part { name: None, node: Node::Spread, tokens: all, optional: None })
    }

    /// The item of an array that begins with this token.
    fn item(&mut self, first: TokenTree, tokens: &mut Cursor) -> Result<Part, Reported> {
        match first {
            TokenTree::Punct(dot) if dot.as_char() == '.' && tokens.next_is('.') => self.spread(&dot, tokens),
            TokenTree::Ident(word) if word == "for" => self.each(&word, tokens),
            token => self.value(token, tokens),
        }
    }

    /// `for field in details ITEM else ITEM`, of which the `for` is read.
    fn each(&mut self, word: &Ident, tokens: &mut Cursor) -> Result<Part, Reported> {
        let mut all = word.to_token_stream();
        let mut is_right = true;
        for expected in [FIELD, "in", DETAILS] {
            let next = tokens.next_word();
            is_right &= next.as_ref().is_some_and(|word| word == expected);
            all.extend(next.map(TokenTree::from));
        }
        if !is_right {
            let wrong = "a `for` goes through the field errors of the details";
            return Err(self.wrong(all, wrong, format!("write `{EACH} {{ … }}`")));
        }
        let mut items = vec![self.item_of_each(&all, "this `for` has no item", EACH, tokens)?];
        if let Some(word) = tokens.next_word_if("else") {
            let example = format!("{EACH} {{ … }} else");
            items.push(self.item_of_each(&word, "this `else` has no item", &example, tokens)?);
        }
        Ok(Part { name: None, node: Node::Each(items), tokens: all, optional: None })
    }

    fn for_in_no_array(&mut self, word: &Ident) -> Reported {
        let help = format!("write `\"errors\": [{EACH} {{ … }}]`");
        self.wrong(word, "a `for` stands among the items of an array", help)
    }

    fn else_without_for(&mut self, word: &Ident) -> Reported {
        let help = format!("write `[{EACH} {{ … }} else {{ … }}]`");
        self.wrong(word, "an `else` stands behind the item of a `for`", help)
    }

    /// What stands behind `for field in details` or `else`.
    fn item_of_each(
        &mut self,
        before: &impl ToTokens,
        wrong: &str,
        example: &str,
        tokens: &mut Cursor,
    ) -> Result<Part, Reported> {
        let Some(first) = tokens.next_in_part() else {
            return Err(self.wrong(before, wrong, format!("write it behind, as in `{example} {{ … }}`")));
        };
        let mut item = self.value(first, tokens)?;
        if let Some(mark) = item.optional.take() {
            let help = "drop the `?`: it stands behind the array, and leaves that out where it has no item";
            self.wrong(mark, "an item of a `for` is never left out", help);
        }
        Ok(item)
    }

    /// The value that begins with this token, and the `?` behind it.
    fn value(&mut self, first: TokenTree, tokens: &mut Cursor) -> Result<Part, Reported> {
        let (node, all) = match first {
            TokenTree::Group(group) => match group.delimiter() {
                Delimiter::Brace => (self.object(&group), group.into_token_stream()),
                Delimiter::Bracket => (self.array(&group), group.into_token_stream()),
                Delimiter::Parenthesis | Delimiter::None => {
                    let wrong = "parentheses have no meaning in JSON";
                    return Err(self.wrong(group, wrong, "an object stands in `{…}`, an array in `[…]`"));
                }
            },
            TokenTree::Literal(literal) => {
                let json = to_json(&Lit::new(literal.clone()));
                let json = json.map_err(|reason| self.report(&literal, &reason))?;
                (Node::Literal(json), literal.into_token_stream())
            }
            TokenTree::Ident(word) if word == "for" => return Err(self.for_in_no_array(&word)),
            TokenTree::Ident(word) if word == "else" => return Err(self.else_without_for(&word)),
            TokenTree::Ident(word) => self.word(&word, tokens)?,
            TokenTree::Punct(sign) if sign.as_char() == '-' => self.negative(&sign, tokens)?,
            TokenTree::Punct(dot) if dot.as_char() == '.' && tokens.next_is('.') => {
                let spread = self.spread(&dot, tokens)?;
                let help = format!("write `{DETAILS}`; a spread stands in place of a member or an item");
                return Err(self.wrong(spread.tokens, "a spread is no value", help));
            }
            TokenTree::Punct(sign) => {
                let wrong = format!("no value begins with {}", quoted(&sign.to_string()));
                return Err(self.wrong(sign, wrong, "write a slot, as in `message`, or JSON"));
            }
        };
        let optional = self.question_mark(&node, tokens);
        Ok(Part { name: None, node, tokens: all, optional })
    }

    fn question_mark(&mut self, node: &Node, tokens: &mut Cursor) -> Option<Punct> {
        let mark = tokens.next_punct('?')?;
        if matches!(node, Node::Literal(_)) {
            let help = "drop the `?`: it stands behind slots, objects and arrays";
            self.wrong(&mark, "a constant is never left out", help);
        }
        while let Some(second) = tokens.next_punct('?') {
            self.wrong(second, "a second `?` says nothing new", "drop it");
        }
        Some(mark)
    }

    /// One of JSON's own words, or a slot.
    fn word(&mut self, word: &Ident, tokens: &mut Cursor) -> Result<(Node, TokenStream), Reported> {
        let text = word.unraw().to_string();
        if let Some(constant) = CONSTANTS.into_iter().find(|constant| *constant == text) {
            return Ok((Node::Literal(constant.to_owned()), word.to_token_stream()));
        }
        let mut all = word.to_token_stream();
        // What is behind the dot of an unknown word may be right.
        let kind = slots::find(&text).map_err(|reason| self.report(word, &reason))?;
        let behind: Vec<TokenTree> = tokens.take_dotted().into_iter().collect();
        all.extend(behind.iter().cloned());
        let name = match &*behind {
            [] => None,
            [_dot, TokenTree::Ident(name)] => Some(name.unraw().to_string()),
            _ => {
                let help = format!("write one word, as in `{}`", kind.example());
                return Err(self.wrong(&all, format!("{} is no slot", quoted(&written(&all))), help));
            }
        };
        match slots::with_name(kind, name) {
            Ok(slot) => Ok((Node::Slot(slot), all)),
            Err(reason) => Err(self.report(all, &reason)),
        }
    }

    /// The number behind a minus.
    fn negative(&mut self, sign: &Punct, tokens: &mut Cursor) -> Result<(Node, TokenStream), Reported> {
        let number = match tokens.peek() {
            Some(TokenTree::Literal(literal)) => Lit::new(literal.clone()),
            _ => return Err(self.report(sign, &no_number())),
        };
        if !matches!(number, Lit::Int(_) | Lit::Float(_)) {
            return Err(self.report(sign, &no_number()));
        }
        tokens.next();
        let json = negative_to_json(&number).map_err(|reason| self.report(&number, &reason))?;
        let mut all = sign.to_token_stream();
        number.to_tokens(&mut all);
        Ok((Node::Literal(json), all))
    }
}
