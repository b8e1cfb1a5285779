//! Every finding has its text in both languages.

use std::path::Path;

use import::Code;

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
