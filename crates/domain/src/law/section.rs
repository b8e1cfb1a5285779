//! The sections of the law text, found by the letters a rule's id begins with.

/// The letters of a section, and its word; locale key `law.section.<word>`.
const SECTIONS: [(&str, &str); 9] = [
    ("PS", "press_speech"),
    ("PL", "press_law"),
    ("PT", "portal"),
    ("DOC", "documents"),
    ("AI", "access"),
    ("GD", "grassroots"),
    ("CP", "citizens"),
    ("PD", "personal_data"),
    ("RP", "reports"),
];

/// The word of rules of none of them: those an office added under letters of its own.
const OTHER: &str = "other";

/// The words of all sections, in the order in which pages show them.
pub fn sections() -> impl Iterator<Item = &'static str> {
    SECTIONS.iter().map(|(_, word)| *word).chain([OTHER])
}

/// The word of the section of the rule with this id.
pub fn section_of(id: &str) -> &'static str {
    let letters: String = id.chars().take_while(char::is_ascii_uppercase).collect();
    SECTIONS.iter().find(|(known, _)| *known == letters).map_or(OTHER, |(_, word)| word)
}

/// Whether a rule is only about how an office works inside: its reminders, how long it keeps things (`PS-OWN-…`).
pub fn is_internal(id: &str) -> bool {
    id.split('-').nth(1) == Some("OWN")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Law;

    #[test]
    fn every_shipped_rule_belongs_to_a_section() {
        for rule in &Law::shipped().rules {
            assert_ne!(section_of(&rule.id), OTHER, "{}", rule.id);
        }
        assert_eq!(section_of("PT26-OUT"), "portal");
        assert_eq!(section_of("KB-1"), OTHER);
    }
}
