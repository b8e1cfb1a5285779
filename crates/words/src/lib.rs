//! The words people see, in Vietnamese and English: texts by key, numbers and days as each language writes them.
//!
//! The texts are `locales/{vi,en}/*.toml`, one file per feature, built into the program. A key is the path of
//! tables joined with dots (`register.questions.name`); the file name is not part of it. Vietnamese is the source.
//!
//! Keys stand in the code as literals inside [`Language::text`], [`Language::fill`], [`Language::counted`] (in
//! templates `t.text("…")`, `t.fill("…", …)`) or [`key!`]; a test finds them there and fails when one is missing.
//!
//! Knows nothing of HTTP, HTML or the domain.

mod number;
mod table;

use std::fmt::{Display, Write as _};

/// A language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Vietnamese, the source and the language of every official document.
    #[default]
    Vi,
    /// English, of the screen only.
    En,
}

/// Marks a literal as a key that is handed on as data (`FieldError { key: key!("form.required"), .. }`), so that
/// the test of keys finds it. Gives the literal.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $key
    };
}

impl Language {
    /// Both, the source first.
    pub const ALL: [Language; 2] = [Language::Vi, Language::En];

    /// The tag of BCP 47: `vi`, `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }

    /// The language with this tag. Nothing for any other text.
    pub fn from_tag(tag: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// How speakers name it: `Tiếng Việt`, `English`.
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::Vi => "Tiếng Việt",
            Language::En => "English",
        }
    }

    /// The text with this key; without one, the Vietnamese text; without that, the key itself.
    pub fn text(self, key: &str) -> &'static str {
        self.find(key).or_else(|| Language::Vi.find(key)).unwrap_or_else(|| table::unknown(key))
    }

    /// The text with this key in this language.
    pub fn find(self, key: &str) -> Option<&'static str> {
        table::find(self, key)
    }

    /// The text with this key, each `{name}` replaced by the value given for it. A placeholder without a value
    /// stays as it is written.
    pub fn fill(self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let mut out = String::new();
        let mut rest = self.text(key);
        while let Some((before, placeholder, after)) = next_placeholder(rest) {
            out.push_str(before);
            match values.iter().find(|(name, _)| *name == placeholder) {
                Some((_, value)) => _ = write!(out, "{value}"),
                None => _ = write!(out, "{{{placeholder}}}"),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// `<key>.one` for exactly one, else `<key>.other`, with `{count}` as this language writes it.
    pub fn counted(self, key: &str, count: u64) -> String {
        let form = if count == 1 { "one" } else { "other" };
        self.fill(&format!("{key}.{form}"), &[("count", &self.number(count))])
    }

    /// The label of a stored word of a register's field: `word.<register>.<field>.<word>`.
    pub fn word(self, register: &str, field: &str, word: &str) -> &'static str {
        self.text(&format!("word.{register}.{field}.{word}"))
    }

    /// The label of a register's field: `register.<register>.<field>`.
    pub fn field(self, register: &str, field: &str) -> &'static str {
        self.text(&format!("register.{register}.{field}"))
    }
}

/// All keys of a language, sorted.
pub fn keys(language: Language) -> impl Iterator<Item = &'static str> {
    table::of(language).iter().map(|(key, _)| *key)
}

/// The names of the placeholders in `text`, in order, with repeats.
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, placeholder, after)) = next_placeholder(rest) {
        found.push(placeholder);
        rest = after;
    }
    found
}

fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, tail) = text.split_once('{')?;
    let (name, after) = tail.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_key_and_an_unknown_key_shows_itself() {
        assert_eq!(Language::Vi.text("role.clerk"), "Văn thư");
        assert_eq!(Language::En.text("role.clerk"), "Records clerk");
        assert_eq!(Language::En.text("no.such_key"), "no.such_key");
        assert_eq!(Language::En.find("no.such_key"), None);
    }

    #[test]
    fn placeholders_take_their_values_and_unfilled_ones_stay() {
        let text = Language::Vi.fill("form.too_long", &[("max", &"500")]);
        assert!(text.contains("500") && !text.contains('{'), "{text}");
        assert!(Language::Vi.fill("form.too_long", &[]).contains("{max}"));
        assert_eq!(placeholders("{a} b {c} {a"), ["a", "c"]);
    }

    #[test]
    fn one_and_many_have_their_own_forms() {
        assert_eq!(Language::En.counted("list.found", 1), "1 line");
        assert_eq!(Language::En.counted("list.found", 1_600), "1,600 lines");
        assert_eq!(Language::Vi.counted("list.found", 1_600), "1.600 dòng");
    }

    #[test]
    fn a_language_is_found_by_its_tag_only() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
        }
        assert_eq!(Language::from_tag("fr"), None);
        assert_eq!(Language::from_tag("VI\r\n"), None);
    }
}
