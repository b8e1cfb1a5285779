//! Draws the seed's report into a folder, to look at it: `cargo run -p report --example draw -- /tmp/out`.
#![expect(clippy::unwrap_used, reason = "the year of the seed is taken from the tests")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::sync::Arc;

use typeset::Fonts;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let fonts = Arc::new(Fonts::find(&[])?);
    for template in [common::template(), common::statutory()] {
        let mut input = common::input();
        if template.id == "nd-244-2026" {
            input.office.parent = Some("TỈNH NINH BÌNH".to_owned());
            input.office.header = vec!["ỦY BAN NHÂN DÂN".to_owned(), "PHƯỜNG LÝ THƯỜNG KIỆT".to_owned()];
            input.office.addressees.push("Văn phòng UBND tỉnh".to_owned());
            input.number = None;
            input.date = None;
            input.layout.preset = report::layout::Preset::Large;
        }
        let document = report::compose(&template, &input)?;
        let name = |ending: &str| folder.join(format!("{}.{ending}", template.id));
        std::fs::write(name("docx"), report::docx(&document)?)?;
        std::fs::write(name("pdf"), report::pdf(&document, &fonts)?.bytes)?;
        std::fs::write(name("html"), report::html::page(&document))?;
    }
    Ok(())
}
