//! Features that stand for a crate before its 1.0: a user must know for which version of it.

/// Each of them bears the name of its crate.
const OF_A_CRATE_BEFORE_1_0: [&str; 6] = ["axum", "garde", "metrics", "tower", "tracing", "validator"];

const WORKSPACE: &str = include_str!("../../Cargo.toml");
const RUNTIME: &str = include_str!("../../runtime/Cargo.toml");
const README: &str = include_str!("../../README.md");

/// `0.8` for `0.8.4`: before 1.0 the second number is the major one.
fn major_version(name: &str) -> String {
    let line = WORKSPACE.lines().find(|line| line.starts_with(&format!("{name} = ")));
    let line = line.unwrap_or_else(|| panic!("the workspace does not depend on {name}"));
    let version = line.split('"').find(|part| part.starts_with(|first: char| first.is_ascii_digit()));
    let parts: Vec<_> = version.expect("a dependency has a version").split('.').take(2).collect();
    parts.join(".")
}

fn features() -> impl Iterator<Item = &'static str> {
    let features = RUNTIME.split("[features]").nth(1).and_then(|rest| rest.split("\n[").next());
    let lines = features.expect("the runtime has features").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
}

#[test]
fn the_readme_says_for_which_version_a_feature_stands() {
    for name in OF_A_CRATE_BEFORE_1_0 {
        let version = format!("{name} {}", major_version(name));
        let is_said =
            README.lines().any(|line| line.contains(&format!("`{name}`")) && line.contains(&version));
        assert!(is_said, "no line of the README says that the feature `{name}` stands for {version}");
    }
}

#[test]
fn the_readme_says_which_major_version_tells_the_types_of_details() {
    for name in ["schemars", "utoipa"] {
        let major = major_version(name);
        let version = format!("{name} {}", major.split('.').next().unwrap());
        assert!(README.contains(&version), "the README does not say that it is {version}");
    }
}

#[test]
fn each_feature_is_in_the_readme() {
    for name in features().filter(|name| *name != "default") {
        assert!(README.contains(&format!("`{name}`")), "the README does not name the feature `{name}`");
    }
}

#[test]
fn a_feature_of_a_crates_name_is_one_of_those_before_1_0() {
    for name in features() {
        let is_a_crate = WORKSPACE.lines().any(|line| line.starts_with(&format!("{name} = ")));
        assert_eq!(
            is_a_crate && major_version(name).starts_with("0."),
            OF_A_CRATE_BEFORE_1_0.contains(&name),
            "{name} belongs into the list, or does not"
        );
    }
}
