//! Thousands of hostile texts (NEWS-A01). The cleaned ones are also left in `hostile.json` beside the build, for the
//! browser journey that puts each into a page.

mod corpus;

use std::path::Path;

use rich_text::clean;

/// What may be left, told apart from the list of the sanitiser: elements and their attributes.
const LEFT: &[(&str, &[&str])] = &[
    ("p", &[]),
    ("br", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("strong", &[]),
    ("b", &[]),
    ("em", &[]),
    ("i", &[]),
    ("u", &[]),
    ("s", &[]),
    ("sub", &[]),
    ("sup", &[]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &[]),
    ("blockquote", &[]),
    ("hr", &[]),
    ("a", &["href", "title", "rel"]),
    ("img", &["src", "alt", "width", "height"]),
    ("figure", &[]),
    ("figcaption", &[]),
    ("table", &[]),
    ("caption", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope", "colspan", "rowspan"]),
    ("td", &["colspan", "rowspan"]),
    ("code", &[]),
    ("pre", &[]),
    ("abbr", &["title"]),
];

/// What is wrong with a cleaned text; read strictly, as cleaning writes it.
fn fault(clean: &str) -> Option<String> {
    for tag in clean.split('<').skip(1) {
        let Some((tag, text)) = tag.split_once('>') else { return Some(format!("<{tag} is not closed")) };
        if text.contains('\0') {
            return Some("a zero sign".to_owned());
        }
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        let Some((_, attributes)) = LEFT.iter().find(|(known, _)| *known == name) else {
            return Some(format!("element {name}"));
        };
        let mut rest = tag.trim_start_matches('/')[name.len()..].trim_start();
        while !rest.is_empty() {
            let Some((attribute, after)) = rest.split_once("=\"") else {
                return Some(format!("written {rest}"));
            };
            let Some((value, after)) = after.split_once('"') else { return Some(format!("open {rest}")) };
            if !attributes.contains(&attribute) {
                return Some(format!("attribute {attribute} of {name}"));
            }
            if ["href", "src"].contains(&attribute) && !is_harmless(attribute, value) {
                return Some(format!("{attribute} {value}"));
            }
            rest = after.trim_start();
        }
    }
    None
}

/// As browsers read an address: blanks and control signs at the ends and breaks inside do not count.
fn is_harmless(attribute: &str, value: &str) -> bool {
    let value: String = value.replace("&amp;", "&").replace("&nbsp;", "\u{a0}").to_lowercase();
    let value: String = value.chars().filter(|sign| !['\t', '\n', '\r'].contains(sign)).collect();
    let value = value.trim_start_matches(|sign: char| sign <= ' ').replace('\\', "/");
    if attribute == "src" {
        return value.starts_with("/tep/") && !value.replace("%2e", ".").contains("..");
    }
    if value.starts_with("//") {
        return false;
    }
    let Some((scheme, _)) = value.split_once(':') else { return true };
    let is_scheme = scheme.starts_with(|sign: char| sign.is_ascii_lowercase())
        && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign));
    !is_scheme || ["http", "https", "mailto", "tel"].contains(&scheme)
}

#[test]
fn no_element_attribute_or_scheme_comes_through_and_cleaning_twice_changes_nothing_more() {
    let corpus = corpus::all();
    assert!(corpus.len() >= 20_000, "{}", corpus.len());
    let mut cleaned = Vec::with_capacity(corpus.len());
    for hostile in &corpus {
        let once = clean(hostile).unwrap();
        assert_eq!(fault(&once), None, "{hostile:?} gave {once:?}");
        assert_eq!(clean(&once).unwrap(), once, "{hostile:?}");
        cleaned.push(once);
    }
    cleaned.sort_unstable();
    cleaned.dedup();
    assert!(cleaned.len() > 300, "the texts differ: {}", cleaned.len());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(folder.join("hostile.json"), serde_json::to_vec(&cleaned).unwrap()).unwrap();
}

#[test]
fn the_check_itself_finds_what_may_not_be_left() {
    let bad = [
        "<script>",
        "<p onclick=\"x\">",
        "<p style=\"x\">",
        "<a href=\"javascript:x\">",
        "<a href=\"java\tscript:x\">",
        "<a href=\"/\t/evil.example\">",
        "<a href=\"\\\\evil.example\">",
        "<img src=\"/x.png\">",
        "<img src=\"/tep/%2E./x\">",
        "<p",
        "<p title=x>",
    ];
    for text in bad {
        assert!(fault(text).is_some(), "{text}");
    }
    assert_eq!(fault("<p>a <a href=\"/x?a:b\" rel=\"noopener noreferrer\">b</a></p>"), None);
}
