//! The rules in the sections of the law text, found by the letters their ids begin with.

/// The letters of a section and its word; locale key `law.section.<word>`.
pub(super) const SECTIONS: [(&str, &str); 8] = [
    ("PS", "press_speech"),
    ("PL", "press_law"),
    ("PT", "portal"),
    ("DOC", "documents"),
    ("AI", "access"),
    ("GD", "grassroots"),
    ("CP", "citizens"),
    ("RP", "reports"),
];

/// Rules of none of them, added by the office.
pub(super) const OTHER: &str = "other";

/// All words, in the order of the page.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    SECTIONS.iter().map(|(_, word)| *word).chain([OTHER])
}

/// The word of the section of a rule.
pub(super) fn of(id: &str) -> &'static str {
    let letters: String = id.chars().take_while(char::is_ascii_uppercase).collect();
    SECTIONS.iter().find(|(known, _)| *known == letters).map_or(OTHER, |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use domain::law::Law;

    use super::*;

    #[test]
    fn every_shipped_rule_belongs_to_a_section() {
        for rule in &Law::shipped().rules {
            assert_ne!(of(&rule.id), OTHER, "{}", rule.id);
        }
        assert_eq!(of("PT26-OUT"), "portal");
        assert_eq!(of("KB-1"), OTHER);
    }
}
