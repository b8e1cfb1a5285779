//! Work of the repository that is no part of the program: `cargo xtask example` writes the registers in `examples/`.

use std::path::Path;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match std::env::args().nth(1).as_deref() {
        Some("example") => xtask::example::write(&root.join("examples")),
        _ => bail!("cargo xtask example: writes the registers in examples/ anew"),
    }
}
