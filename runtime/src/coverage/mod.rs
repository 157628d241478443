//! Which errors a run of tests made into answers. The feature `coverage` writes each down once for a test binary, the command
//! `coverage` reads it. Both agree here on the place and on the form of the files.

#[cfg(feature = "cli")]
mod read;
#[cfg(feature = "coverage")]
mod write;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

#[cfg(feature = "cli")]
pub(crate) use read::{Found, clear, read};
#[cfg(feature = "coverage")]
pub(crate) use write::record;

/// Names the folder, where it is not the one in cargo's target directory.
const VARIABLE: &str = "ERRORBOOK_COVERAGE";

/// The first line of a file.
const HEAD: &str = "errorbook coverage 1";

/// Where the files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    /// Whether somebody chose it. What is in there is then taken as it is, from whatever machine it comes.
    pub(crate) is_chosen: bool,
}

/// The folder that the variable names; else that in the target directory in which this program was built. `None`: it was
/// not built by cargo here, as a service that is installed.
pub(crate) fn folder() -> Option<Folder> {
    if let Some(path) = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        return Some(Folder { path: path.into(), is_chosen: true });
    }
    let path = target_directory(&std::env::current_exe().ok()?)?.join("errorbook-coverage");
    Some(Folder { path, is_chosen: false })
}

/// cargo marks its directory by a tag for programs that make backups. Where it is missing, as in a directory that was
/// copied, the place tells: `target/debug/deps/tests-0123`, `target/debug/examples/errors`.
fn target_directory(program: &Path) -> Option<PathBuf> {
    let tagged = program.ancestors().skip(1).find(|folder| folder.join("CACHEDIR.TAG").is_file());
    let by_place = || {
        let folder = program.parent()?;
        let is_cargos = [OsStr::new("deps"), OsStr::new("examples")].contains(&folder.file_name()?);
        folder.parent()?.parent().filter(|_| is_cargos)
    };
    tagged.or_else(by_place).map(Path::to_owned)
}

/// When a program was built, in nanoseconds since 1970; `None` where it is not there.
fn built(program: &Path) -> Option<u128> {
    let modified = program.metadata().ok()?.modified().ok()?;
    Some(modified.duration_since(UNIX_EPOCH).ok()?.as_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_examples_of_one_build_find_one_folder() {
        let target = std::env::temp_dir().join(format!("errorbook-target-{}", std::process::id()));
        let of = |program: &str| target_directory(&target.join(program));
        assert_eq!(of("debug/deps/tests-0123"), Some(target.clone()));
        assert_eq!(of("debug/examples/errors"), Some(target.clone()));
        assert_eq!(of("debug/service"), None);
        std::fs::create_dir_all(&target).unwrap();
        std::fs::write(target.join("CACHEDIR.TAG"), "").unwrap();
        assert_eq!(of("debug/service"), Some(target.clone()));
        assert_eq!(of("x86_64-unknown-linux-gnu/release/deps/tests-0123"), Some(target.clone()));
        std::fs::remove_dir_all(&target).unwrap();
    }
}
