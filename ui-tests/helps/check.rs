//! Takes sources; gives what rustc reports of each. All are modules of one crate, which is checked once.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// One error that rustc reports in a source.
#[derive(Debug, Clone)]
pub(super) struct Mistake {
    pub(super) text: String,
    /// The bytes under the caret.
    pub(super) caret: Range<usize>,
}

/// All sources below a folder, by a name that a module can have.
pub(super) fn sources(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(sources(&path).into_iter().map(|(inner, text)| (format!("{name}__{inner}"), text)));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    found
}

/// What rustc reports of each source, as modules of one crate.
pub(super) fn check(sources: &BTreeMap<String, String>) -> BTreeMap<String, Vec<Mistake>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("helps");
    let _ = fs::remove_dir_all(project.join("src"));
    fs::create_dir_all(project.join("src")).unwrap();
    let mut modules = "#![allow(warnings)]\n".to_owned();
    for (name, text) in sources {
        fs::write(project.join(format!("src/{name}.rs")), text).unwrap();
        modules.extend(["mod ", name, ";\n"]);
    }
    fs::write(project.join("src/lib.rs"), modules).unwrap();
    fs::write(project.join("Cargo.toml"), manifest(root)).unwrap();
    // The versions of the workspace, as nothing can be asked for offline.
    fs::copy(root.join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--quiet", "--message-format=json"])
        .current_dir(&project)
        .env("CARGO_TARGET_DIR", project.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let mut found: BTreeMap<String, Vec<Mistake>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(line) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let message = &line["message"];
        if message["level"] != "error" {
            continue;
        }
        let text = message["message"].as_str().unwrap_or_default();
        for span in
            message["spans"].as_array().into_iter().flatten().filter(|span| span["is_primary"] == true)
        {
            let file = PathBuf::from(span["file_name"].as_str().unwrap_or_default());
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let byte =
                |end: &str| usize::try_from(span[end].as_u64().unwrap_or_default()).unwrap_or_default();
            let mistake = Mistake { text: text.to_owned(), caret: byte("byte_start")..byte("byte_end") };
            found.entry(name).or_default().push(mistake);
        }
    }
    assert!(!found.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    found
}

/// A package with what the sources use.
fn manifest(root: &Path) -> String {
    format!(
        "[workspace]\n\
         [package]\nname = \"helps\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\n\
         axum = {{ version = \"*\", default-features = false }}\n\
         errorbook = {{ path = '{}', features = [\"axum\"] }}\n\
         http = \"*\"\nserde = {{ version = \"*\", features = [\"derive\"] }}\nserde_json = \"*\"\nthiserror = \"*\"\n",
        root.join("runtime").display(),
    )
}
