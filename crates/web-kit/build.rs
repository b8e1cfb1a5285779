//! Builds the files of `assets/` into the program: each with a content hash for its address and, where that helps,
//! compressed ahead.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

#[expect(clippy::disallowed_methods, reason = "cargo hands a build script its folder only this way")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mut source = String::from("static ASSETS: &[Asset] = &[\n");
    for file in files {
        let name = file.file_name().and_then(|name| name.to_str()).ok_or("a name that is not UTF-8")?;
        let bytes = std::fs::read(&file)?;
        let hash = hex::encode(Sha256::digest(&bytes));
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&bytes)?;
        let packed = encoder.finish()?;
        let gzip = if packed.len() < bytes.len() {
            let path = out.join(format!("{name}.gz"));
            std::fs::write(&path, packed)?;
            format!("Some(include_bytes!(r#\"{}\"#))", path.display())
        } else {
            "None".to_owned()
        };
        writeln!(
            source,
            "    Asset {{ name: {name:?}, hash: {:?}, bytes: include_bytes!(r#\"{}\"#), gzip: {gzip} }},",
            &hash[..16],
            file.display()
        )?;
    }
    source.push_str("];\n");
    std::fs::write(out.join("assets.rs"), source)?;
    Ok(())
}
