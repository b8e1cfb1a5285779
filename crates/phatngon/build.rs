//! Puts the example registers (examples/kim-bang-2020, every XLSX and CSV there) into the program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let folder = root.join("examples/kim-bang-2020");
    println!("cargo::rerun-if-changed={}", folder.display());
    let is_register = |path: &Path| path.extension().is_some_and(|end| end == "xlsx" || end == "csv");
    let mut files: Vec<PathBuf> = match std::fs::read_dir(&folder) {
        Ok(entries) => {
            entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_register(path)).collect()
        }
        Err(_) => Vec::new(),
    };
    files.sort();
    let mut code = String::from(
        "/// Name and bytes of each example register.\npub const REGISTERS: &[(&str, &[u8])] = &[\n",
    );
    for path in &files {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", path.display().to_string())?;
    }
    code.push_str("];\n");
    std::fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("example.rs"), code)?;
    Ok(())
}
