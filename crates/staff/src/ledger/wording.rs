//! Entries of the ledger in words people read.

use domain::register::Register;
use web_kit::Language;

/// `questions.amended` → "Sửa dòng: Sổ hỏi – đáp"; `unit.added` → "Thêm cơ quan, đơn vị". A kind without words shows
/// itself.
pub fn what(t: Language, kind: &str) -> String {
    let (subject, verb) = kind.split_once('.').unwrap_or((kind, ""));
    if let Some(register) = Register::from_word(subject) {
        let name = t.text(&format!("register.{}.name", register.word()));
        let done = t.find(&format!("ledger.record.{verb}")).unwrap_or(verb);
        return format!("{done}: {name}");
    }
    if let Some(words) = t.find(&format!("ledger.event.{subject}.{verb}")) {
        return words.to_owned();
    }
    // Acts on a report have the words of their buttons.
    let act = (subject == "report").then(|| t.find(&format!("report.event.{verb}"))).flatten();
    act.map_or_else(|| kind.to_owned(), |words| format!("{}: {words}", t.text("ledger.report")))
}

/// Who acted, also where it was no person.
pub fn who(t: Language, who: &str) -> String {
    t.find(&format!("ledger.actor.{}", who.replace([' ', '-'], "_"))).unwrap_or(who).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_registers_and_of_other_things_have_words_in_both_languages() {
        for t in Language::ALL {
            for kind in [
                "questions.recorded",
                "news.amended",
                "questions.personal_forgotten",
                "unit.added",
                "report_version.frozen",
                "report.sign",
                "ledger.erased",
                "blob.removed",
                "personal_data.forgotten",
                "import.file_forgotten",
                "import.rejected_taken",
            ] {
                assert_ne!(what(t, kind), kind);
            }
            assert_eq!(what(t, "something.new"), "something.new");
        }
    }
}
