//! The stages read only the one before: expanding looks at no attribute, and parsing writes no tokens.

use std::fs;
use std::path::Path;

/// The lines of code of all files below this folder of the crate, each with its file.
fn lines(folder: &str) -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            found.extend(code.map(|line| (path.display().to_string(), line.to_owned())));
        }
    }
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder), &mut found);
    assert!(found.len() > 100, "there is code in {folder}");
    found
}

#[test]
fn expanding_looks_at_no_attribute() {
    let looking: Vec<_> = lines("expand").into_iter().filter(|(_, line)| line.contains(".attrs")).collect();
    assert!(looking.is_empty(), "ask the model instead: {looking:?}");
}

#[test]
fn parsing_writes_no_tokens() {
    for folder in ["attrs", "lang", "model", "envelope/parse"] {
        let mut code = lines(folder);
        // Tests write tokens to read.
        code.retain(|(_, line)| !line.contains("parse_quote!"));
        let writing: Vec<_> = code
            .into_iter()
            .filter(|(_, line)| line.contains("quote!(") || line.contains("quote! {"))
            .collect();
        assert!(writing.is_empty(), "leave that to expanding: {writing:?}");
    }
}
