//! Files as they were in a revision of a git repository, `REV:PATH`, read through the user's own git.

use super::{FileLimits, LoadError, LoadErrorKind, Read, Reader, is_ron};
use crate::text::{Diagnostic, Sources, safe::shorten};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whether a text is meant as `REV:PATH`: there is a colon, and no file of that name.
#[must_use]
pub fn is_revision(text: &str) -> bool {
    let parts = text.split_once(':');
    parts.is_some_and(|(revision, _)| !revision.is_empty()) && !Path::new(text).exists()
}

/// Reads a file, or every `.ron` file of a directory, as of a revision: `HEAD~3:data/case`. The path goes from the root of
/// the repository or, where nothing is there, from the working directory. Files are named `HEAD~3:data/case/people.ron`.
///
/// # Errors
/// [`LoadError`] when there is no git, no repository, no such revision or path, or no file can be used.
pub fn read_revision(
    text: &str,
    limits: &FileLimits,
) -> Result<(Sources, Vec<Diagnostic>), LoadError> {
    let (revision, path) = text.split_once(':').unwrap_or((text, ""));
    let commit = commit(revision)?;
    let object = object(&commit, path).ok_or_else(|| {
        refused(
            &format!("there is no `{path}` in revision `{revision}`"),
            "",
        )
    })?;
    let mut files = entries(&object, text)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let mut reader = Reader::new(limits);
    // No more is asked of git than will be admitted.
    let mut bytes = 0_u64;
    let wanted: Vec<&File> = files
        .iter()
        .filter(|file| file.size <= limits.file_bytes)
        .take(limits.files)
        .take_while(|file| {
            let admitted = bytes <= limits.total_bytes;
            bytes = bytes.saturating_add(file.size);
            admitted
        })
        .collect();
    let mut contents = contents(&wanted)?.into_iter();
    for file in &files {
        reader.admit(&file.path, |most| {
            Ok(if file.size > most {
                Read::TooLarge
            } else {
                Read::Bytes(contents.next().unwrap_or_default())
            })
        });
    }
    reader.finish(&[PathBuf::from(text)])
}

/// A file of a revision.
struct File {
    path: PathBuf,
    object: String,
    size: u64,
}

/// The commit that a revision names. Nothing that begins with a hyphen reaches git: it would be an option.
fn commit(revision: &str) -> Result<String, LoadError> {
    if revision.starts_with('-') {
        return Err(refused(&format!("`{revision}` is no revision"), ""));
    }
    let name = format!("{revision}^{{commit}}");
    let said = git(&["rev-parse", "--verify", "--quiet", &name])?;
    if said.is_empty() {
        return Err(refused(
            &format!("git knows no revision `{revision}` here"),
            "name a path, or a revision and a path of this repository: `HEAD~1:casebook.ron`",
        ));
    }
    Ok(line(&said))
}

fn object(commit: &str, path: &str) -> Option<String> {
    let path = path.trim_end_matches('/');
    let places = [format!("{commit}:{path}"), format!("{commit}:./{path}")];
    places.iter().find_map(|place| {
        let said = git(&["rev-parse", "--verify", "--quiet", place]).ok()?;
        (!said.is_empty()).then(|| line(&said))
    })
}

/// The files of an object: itself, or the `.ron` files of a directory, hidden ones left out.
fn entries(object: &str, name: &str) -> Result<Vec<File>, LoadError> {
    if line(&git(&["cat-file", "-t", object])?) == "blob" {
        let size = line(&git(&["cat-file", "-s", object])?);
        return Ok(vec![File {
            path: PathBuf::from(name),
            object: object.to_owned(),
            size: size.parse().unwrap_or(u64::MAX),
        }]);
    }
    let listed = git(&["ls-tree", "-r", "-z", "-l", "--full-tree", object])?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let files = listed.split('\0').filter_map(|entry| {
        let (about, path) = entry.split_once('\t')?;
        let mut about = about.split_whitespace();
        let (mode, kind, object, size) =
            (about.next()?, about.next()?, about.next()?, about.next()?);
        // No symbolic links: what they lead to is not part of the revision.
        let plain = kind == "blob" && mode.starts_with("100");
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        (plain && !hidden && is_ron(Path::new(path))).then(|| File {
            path: PathBuf::from(format!("{}/{path}", name.trim_end_matches('/'))),
            object: object.to_owned(),
            size: size.parse().unwrap_or(u64::MAX),
        })
    });
    Ok(files.collect())
}

/// The bytes of files, in order, as `git cat-file --batch` gives them: a line `OBJECT blob SIZE`, the bytes, a line feed.
fn contents(files: &[&File]) -> Result<Vec<Vec<u8>>, LoadError> {
    let mut batch = Command::new("git")
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| no_git(&error))?;
    let asked: String = files
        .iter()
        .map(|file| format!("{}\n", file.object))
        .collect();
    let input = batch.stdin.take();
    let output = std::thread::scope(|scope| {
        // git answers while it is still asked: somebody else must do the asking.
        scope.spawn(move || input.map(|mut input| input.write_all(asked.as_bytes())));
        batch.wait_with_output()
    });
    let output = output.map_err(|error| no_git(&error))?.stdout;
    let mut rest = output.as_slice();
    let mut contents = Vec::with_capacity(files.len());
    for file in files {
        let head = rest
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(rest.len(), |at| at + 1);
        let size = usize::try_from(file.size).unwrap_or(usize::MAX);
        let Some(bytes) = head.checked_add(size).and_then(|end| rest.get(head..end)) else {
            let name = file.path.display();
            return Err(refused(&format!("git does not give `{name}`"), ""));
        };
        contents.push(bytes.to_vec());
        rest = rest.get(head + size + 1..).unwrap_or_default();
    }
    Ok(contents)
}

/// What git writes; empty where it refuses.
fn git(arguments: &[&str]) -> Result<Vec<u8>, LoadError> {
    let output = Command::new("git")
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|error| no_git(&error))?;
    Ok(if output.status.success() {
        output.stdout
    } else {
        Vec::new()
    })
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

fn no_git(error: &io::Error) -> LoadError {
    LoadError {
        kind: LoadErrorKind::InputOutput,
        message: format!("git cannot be run: {error}"),
        help: "install git, or name two paths".to_owned(),
    }
}

fn refused(message: &str, help: &str) -> LoadError {
    LoadError {
        kind: LoadErrorKind::NotLoadable,
        message: shorten(message, 300),
        help: help.to_owned(),
    }
}
