//! Rooms one can see across: about 400 lines to a file and 60 to a function is where to look for the seam; these are the
//! walls. Tests read from top to bottom and have a little more room. And every file is somebody's module.

use super::{code, none, root, rust};

/// The most lines of a file and of a function, by where they stand.
const WALLS: [(&str, usize, usize); 2] = [("src", 480, 90), ("tests", 640, 130)];

#[test]
fn files_and_functions_end() {
    let mut problems = Vec::new();
    for (place, longest_file, longest_function) in WALLS {
        for file in rust(place) {
            let lines = file.text.lines().count();
            if lines > longest_file {
                problems.push(format!("{}: {lines} lines", file.path));
            }
            for (name, line, lines) in code::functions(&file.text) {
                if lines > longest_function {
                    problems.push(format!("{}:{line}: `{name}` has {lines} lines", file.path));
                }
            }
        }
    }
    none(&problems);
}

/// A file that no `mod` names is never compiled: a test that does not run, code that nobody sees.
#[test]
fn every_file_is_a_module() {
    let mut problems = Vec::new();
    for file in rust("src").iter().chain(&rust("tests")) {
        if matches!(&*file.path, "src/lib.rs" | "src/main.rs" | "tests/suite.rs") {
            continue;
        }
        let path = file.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let (directory, name) = path.rsplit_once('/').unwrap();
        let parents = match directory {
            "src" => vec!["src/lib.rs".to_owned()],
            "tests" => vec!["tests/suite.rs".to_owned()],
            other => vec![format!("{other}.rs"), format!("{other}/mod.rs")],
        };
        let declared = parents.iter().any(|parent| {
            std::fs::read_to_string(root().join(parent)).is_ok_and(|text| {
                let lines = code::lines(&text);
                lines.iter().any(|line| {
                    let mut words = line.code.split_whitespace().rev();
                    words.next() == Some(&format!("{name};")) && words.next() == Some("mod")
                })
            })
        });
        if !declared {
            problems.push(format!(
                "{}: no `mod {name};` in {}",
                file.path,
                parents.join(" or ")
            ));
        }
    }
    none(&problems);
}

/// Every module begins by saying what it is for.
#[test]
fn every_module_says_what_it_is_for() {
    let mut problems = Vec::new();
    for file in rust("src").iter().chain(&rust("tests")) {
        if !file.text.starts_with("//! ") {
            problems.push(format!("{}: does not begin with `//! …`", file.path));
        }
    }
    none(&problems);
}
