//! Turns `locales/{vi,en}/*.toml` into two sorted tables of (key, text). A file that cannot be read, a value that is
//! not text or a key given twice stops the build and says where.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

type Words = BTreeMap<String, (String, PathBuf)>;

#[expect(clippy::disallowed_methods, reason = "cargo hands a build script its folder only this way")]
fn main() -> Result<(), Box<dyn Error>> {
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    let mut source = String::new();
    for (name, folder) in [("VI", "vi"), ("EN", "en")] {
        let words = read(&locales.join(folder))?;
        writeln!(source, "pub(crate) static {name}: &[(&str, &str)] = &[")?;
        for (key, (text, _)) in &words {
            writeln!(source, "    ({key:?}, {text:?}),")?;
        }
        writeln!(source, "];")?;
    }
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    std::fs::write(Path::new(&out).join("tables.rs"), source)?;
    Ok(())
}

fn read(folder: &Path) -> Result<Words, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let mut words = Words::new();
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let table: toml::Table = text.parse().map_err(|error| format!("{}: {error}", file.display()))?;
        flatten(&table, "", &file, &mut words)?;
    }
    Ok(words)
}

fn flatten(table: &toml::Table, prefix: &str, file: &Path, words: &mut Words) -> Result<(), Box<dyn Error>> {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(inner, &key, file, words)?,
            toml::Value::String(text) => {
                if let Some((_, other)) = words.insert(key.clone(), (text.clone(), file.to_owned())) {
                    return Err(format!("{key}: both in {} and {}", other.display(), file.display()).into());
                }
            }
            _ => return Err(format!("{}: {key} is not text", file.display()).into()),
        }
    }
    Ok(())
}
