//! Every figure, reason, doubt and unit has its words in both languages.

use super::*;

#[test]
fn every_figure_reason_doubt_and_unit_has_words_in_both_languages() {
    let files = [
        include_str!("../../../../../locales/vi/figure.toml"),
        include_str!("../../../../../locales/en/figure.toml"),
    ];
    for file in files {
        let words: toml::Table = file.parse().unwrap();
        let has = |path: &str| {
            let mut at = &toml::Value::Table(words.clone());
            let found = path.split('.').all(|key| match at.get(key) {
                Some(next) => {
                    at = next;
                    true
                }
                None => false,
            });
            assert!(found && at.as_str().is_some_and(|text| !text.is_empty()), "no text {path}");
        };
        for definition in ALL {
            has(&format!("figure.{}.title", definition.id));
            has(&format!("figure.{}.definition", definition.id));
            has(&format!("unit_of_count.{}", definition.unit));
        }
        for word in LEFT_OUT {
            has(&format!("left_out.{word}"));
        }
        for word in DOUBTS {
            has(&format!("doubt.{word}"));
        }
        has("part_label.not_stated");
    }
}
