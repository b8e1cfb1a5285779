//! The two languages say the same things, and every key the code uses exists.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use domain::access::{Capability, Role};
use domain::register::{FieldKind, Register};
use unicode_normalization::is_nfc;
use words::{Language, keys, placeholders};

/// What stands before a literal key in code and templates.
const MARKS: [&str; 3] = [".text(\"", ".fill(\"", "key!(\""];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("target") && !path.ends_with("node_modules") {
                files(&path, found);
            }
        } else if path
            .extension()
            .is_some_and(|e| ["rs", "html", "xml", "txt"].iter().any(|known| e == *known))
        {
            found.push(path);
        }
    }
}

fn literal_keys(source: &str, mark: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some((_, after)) = rest.split_once(mark) {
        let Some((key, tail)) = after.split_once('"') else { break };
        found.push(key.to_owned());
        rest = tail;
    }
    found
}

#[test]
fn every_literal_key_in_code_and_templates_has_its_text() {
    let known: BTreeSet<&str> = keys(Language::Vi).collect();
    let mut sources = Vec::new();
    files(&root().join("crates"), &mut sources);
    let own = root().join("crates/words");
    let mut missing = BTreeSet::new();
    for file in sources.iter().filter(|file| !file.starts_with(&own)) {
        let source = std::fs::read_to_string(file).unwrap();
        for key in MARKS.iter().flat_map(|mark| literal_keys(&source, mark)) {
            // Every key has a dot; `values.text("symbol")` of a record is something else.
            if key.contains('.') && !known.contains(key.as_str()) {
                missing.insert(format!("{key} ({})", file.display()));
            }
        }
        for key in literal_keys(&source, ".counted(\"") {
            for form in ["one", "other"] {
                if !known.contains(format!("{key}.{form}").as_str()) {
                    missing.insert(format!("{key}.{form} ({})", file.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "keys without a text in locales/vi: {missing:#?}");
}

/// The codes of a refused action or field: the literal that ends the call after `mark`.
fn codes(source: &str, mark: &str) -> Vec<String> {
    let calls = source.split(mark).skip(1);
    calls
        .filter_map(|call| {
            let (arguments, _) = call.split_once("\")")?;
            let (before, code) = arguments.rsplit_once('"')?;
            let is_code =
                !code.is_empty() && code.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
            (is_code && !before.contains(';')).then(|| code.to_owned())
        })
        .collect()
}

#[test]
fn every_code_of_a_refusal_has_its_text() {
    let mut sources = Vec::new();
    files(&root().join("crates/app/src"), &mut sources);
    let mut wanted = BTreeSet::new();
    for file in sources {
        let source = std::fs::read_to_string(&file).unwrap();
        let of = |mark: &str, group: &str| -> Vec<String> {
            codes(&source, mark).into_iter().map(|code| format!("{group}.{code}")).collect()
        };
        wanted.extend(of("Refused(", "refusal"));
        wanted.extend(of("Invalid::new(", "invalid"));
        wanted.extend(of("ActionError::invalid(", "invalid"));
    }
    assert!(wanted.contains("refusal.own_rights") && wanted.len() > 40, "the scan found {wanted:#?}");
    for language in Language::ALL {
        let missing: Vec<_> = wanted.iter().filter(|key| language.find(key).is_none()).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:#?}");
    }
}

#[test]
fn the_scan_finds_codes() {
    let source =
        r#"Invalid::new("a", "not_so") Invalid::new(field.key, "nor_so"); Invalid::new(x, code); f("y")"#;
    assert_eq!(codes(source, "Invalid::new("), ["not_so", "nor_so"]);
}

#[test]
fn both_languages_have_the_same_keys() {
    let vi: BTreeSet<_> = keys(Language::Vi).collect();
    let en: BTreeSet<_> = keys(Language::En).collect();
    let only_vi: Vec<_> = vi.difference(&en).collect();
    let only_en: Vec<_> = en.difference(&vi).collect();
    assert!(only_vi.is_empty() && only_en.is_empty(), "only in vi: {only_vi:#?}; only in en: {only_en:#?}");
}

#[test]
fn both_languages_have_the_same_placeholders() {
    let names =
        |language: Language, key| placeholders(language.text(key)).into_iter().collect::<BTreeSet<_>>();
    let wrong: Vec<_> =
        keys(Language::Vi).filter(|key| names(Language::Vi, key) != names(Language::En, key)).collect();
    assert!(wrong.is_empty(), "different placeholders: {wrong:#?}");
}

#[test]
fn every_key_has_a_dot_by_which_the_scan_knows_it() {
    let without: Vec<_> = keys(Language::Vi).filter(|key| !key.contains('.')).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_text_is_nfc_trimmed_and_says_something() {
    for language in Language::ALL {
        for key in keys(language) {
            let text = language.text(key);
            assert!(is_nfc(text) && !text.is_empty() && text.trim() == text, "{key}: {text:?}");
            assert!(!text.contains('ð') && !text.contains('Ð'), "{key} has an Eth for a Đ: {text:?}");
        }
    }
}

#[test]
fn every_register_field_word_role_and_capability_has_its_label_in_both_languages() {
    let mut wanted = Vec::new();
    for register in Register::ALL {
        let name = register.word();
        wanted.extend([format!("register.{name}.name"), format!("register.{name}.one")]);
        for field in register.fields() {
            wanted.push(format!("register.{name}.{}", field.key));
            if let FieldKind::Word(all) = field.kind {
                wanted.extend(all.iter().map(|(word, _)| format!("word.{name}.{}.{word}", field.key)));
            }
        }
    }
    wanted.extend(Role::ALL.iter().map(|role| format!("role.{}", role.word())));
    wanted.extend(Capability::ALL.iter().map(|capability| format!("capability.{}", capability.word())));
    for language in Language::ALL {
        let missing: Vec<_> = wanted.iter().filter(|key| language.find(key).is_none()).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:#?}");
    }
}

#[test]
fn the_scan_finds_literal_keys() {
    assert_eq!(literal_keys("a t.text(\"x.y\") t.text(\"z\")", ".text(\""), ["x.y", "z"]);
}
