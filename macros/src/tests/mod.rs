//! The macros from outside: declarations in, expansions out, and what happens when the tokens make no sense.

mod envelope;
