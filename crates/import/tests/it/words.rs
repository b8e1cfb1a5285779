//! Every finding has its text in both languages.

use std::path::Path;
use std::sync::OnceLock;

use import::{Code, Finding};

fn texts(language: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(language).join("import.toml");
    let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    table["import"]["finding"].as_table().unwrap().clone()
}

#[test]
fn every_code_has_its_text_and_every_text_its_code() {
    for language in ["vi", "en"] {
        let texts = texts(language);
        for code in Code::ALL {
            assert!(texts.contains_key(code.word()), "{language} lacks {}", code.word());
        }
        for key in texts.keys() {
            assert!(Code::ALL.iter().any(|code| code.word() == key), "{language}: {key} is no code");
        }
    }
}

/// The text of a finding has no placeholder the finding does not fill. Called for every finding of every test.
pub fn fills(finding: &Finding) {
    static TEXTS: OnceLock<toml::Table> = OnceLock::new();
    let text = TEXTS.get_or_init(|| texts("vi"))[finding.code.word()].as_str().unwrap();
    let given: Vec<&str> = finding.placeholders().iter().map(|(name, _)| *name).collect();
    for part in text.split('{').skip(1) {
        let name = part.split('}').next().unwrap();
        assert!(given.contains(&name), "{} lacks {name}: {finding:?}", finding.code.word());
    }
}
