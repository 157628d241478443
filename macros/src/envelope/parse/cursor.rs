//! Takes tokens; gives them one by one: what comes next is looked at, taken, or skipped up to the next comma.

use std::iter::Peekable;
use std::vec::IntoIter;

use proc_macro2::{Delimiter, Ident, Punct, TokenStream, TokenTree};

use crate::lang::words::quoted;
use crate::tokens::{is_punct, without_invisible_groups};

/// Where reading stands.
pub(super) struct Cursor(Peekable<IntoIter<TokenTree>>);

impl Cursor {
    pub(super) fn new(stream: TokenStream) -> Self {
        Self(without_invisible_groups(stream).into_iter().peekable())
    }

    pub(super) fn peek(&mut self) -> Option<&TokenTree> {
        self.0.peek()
    }

    pub(super) fn next(&mut self) -> Option<TokenTree> {
        self.0.next()
    }

    pub(super) fn next_is(&mut self, sign: char) -> bool {
        self.peek().is_some_and(|token| is_punct(token, sign))
    }

    pub(super) fn next_punct(&mut self, sign: char) -> Option<Punct> {
        match self.0.next_if(|token| is_punct(token, sign)) {
            Some(TokenTree::Punct(punct)) => Some(punct),
            _ => None,
        }
    }

    pub(super) fn next_word(&mut self) -> Option<Ident> {
        match self.0.next_if(|token| matches!(token, TokenTree::Ident(_))) {
            Some(TokenTree::Ident(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn next_word_if(&mut self, wanted: &str) -> Option<Ident> {
        match self.0.next_if(|token| matches!(token, TokenTree::Ident(word) if word == wanted)) {
            Some(TokenTree::Ident(word)) => Some(word),
            _ => None,
        }
    }

    /// The next token before the comma.
    pub(super) fn next_in_part(&mut self) -> Option<TokenTree> {
        self.0.next_if(|token| !is_punct(token, ','))
    }

    /// Whether the comma or the end comes next.
    pub(super) fn at_end_of_part(&mut self) -> bool {
        self.peek().is_none_or(|token| is_punct(token, ','))
    }

    /// Takes what is left before the next comma.
    pub(super) fn take_part(&mut self) -> TokenStream {
        std::iter::from_fn(|| self.next_in_part()).collect()
    }

    /// Takes dots and the names behind them, as far as they go.
    pub(super) fn take_dotted(&mut self) -> TokenStream {
        let mut behind_dot = false;
        std::iter::from_fn(|| {
            let token = self.0.next_if(|token| {
                is_punct(token, '.') || (behind_dot && matches!(token, TokenTree::Ident(_)))
            })?;
            behind_dot = is_punct(&token, '.');
            Some(token)
        })
        .collect()
    }
}

/// Whether a value may begin with this token.
pub(super) fn begins_value(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() != Delimiter::Parenthesis,
        TokenTree::Punct(punct) => punct.as_char() == '-',
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    }
}

/// A token as a message names it: a group by its first sign.
pub(super) fn described(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "`(`".to_owned(),
            Delimiter::Brace => "`{`".to_owned(),
            Delimiter::Bracket | Delimiter::None => "`[`".to_owned(),
        },
        token => quoted(&token.to_string()),
    }
}

/// Tokens as they are written where no space stands between them.
pub(super) fn written(tokens: &TokenStream) -> String {
    tokens.clone().into_iter().map(|token| token.to_string()).collect()
}
