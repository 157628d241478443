//! What is printed. Takes a call, its response and what was logged meanwhile; gives lines with the body indented.

use std::io::IsTerminal;

use crate::calls::{Call, Response};

/// Text in colour, where a terminal shows it.
pub(crate) fn paint(code: &str, text: &str) -> String {
    if std::io::stdout().is_terminal() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// Both sides of a call: what its caller gets, and what the operator reads.
pub(crate) fn call(call: &Call, response: &Response, log: &str) {
    println!("{}\n  {}\n", paint("1;4", call.what), paint("36", &call.summary()));
    let status = if response.status.starts_with('2') { "32" } else { "31" };
    println!("  the caller gets\n    {}", paint(status, &response.status));
    for header in &response.headers {
        println!("    {header}");
    }
    print_lines("33", &indented(&response.body));
    if !log.is_empty() {
        println!("  the log says");
        print_lines("2", log);
    }
    println!();
}

fn print_lines(colour: &str, text: &str) {
    for line in text.lines() {
        println!("    {}", paint(colour, line));
    }
}

/// JSON on lines, its members in the order in which they were sent.
fn indented(json: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let (mut in_string, mut is_escaped) = (false, false);
    for character in json.chars() {
        let closes = !in_string && matches!(character, '}' | ']');
        if closes {
            depth -= 1;
            new_line(&mut out, depth);
        }
        out.push(character);
        if in_string {
            in_string = character != '"' || is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            continue;
        }
        match character {
            '"' => in_string = true,
            ':' => out.push(' '),
            ',' => new_line(&mut out, depth),
            '{' | '[' => {
                depth += 1;
                new_line(&mut out, depth);
            }
            _ => {}
        }
    }
    out
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}
