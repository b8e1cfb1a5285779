//! Days of one line that cannot stand in this order: a document that arrived before it was signed, an answer before its
//! question. In January people write last year's year, or none.

use domain::register::{Register, Value};
use domain::time::{self, Day};

use super::{Content, Filled};
use crate::source::letter;
use crate::{Code, Finding, Severity};

/// Days further apart than this are not brought together by another year.
const NEAR: i32 = 183;

/// The fields of days that lie before, and those that lie after, the day that puts the record into a period.
const fn around(register: Register) -> (&'static [&'static str], &'static [&'static str]) {
    match register {
        Register::OutgoingDocuments => (&[], &["sent_on"]),
        Register::IncomingDocuments => (&["issued_on"], &["forwarded_on", "due_on"]),
        Register::PressRequests => (&[], &["due_on", "answered_on"]),
        Register::PressItems => (&[], &["action_on", "outcome_on"]),
        Register::News => (&[], &["withdrawn_on"]),
        Register::PortalDocuments => (&["issued_on"], &["withdrawn_on"]),
        Register::Questions => (&[], &["due_on", "notice_on", "promised_on", "answered_on", "published_on"]),
        Register::Regulations => (&[], &["effective_on", "ended_on"]),
        Register::RollOuts => (&[], &["acknowledged_on"]),
        Register::Spokespersons => (&[], &["ends_on"]),
        Register::Statements => (&["notice_on"], &[]),
        Register::ExtraordinaryCases => (&[], &["spoken_on"]),
        Register::InternalRequests => (&[], &["due_on", "answered_on"]),
        Register::Trainings => (&[], &[]),
        Register::Outages => (&[], &["ended_on"]),
    }
}

/// Tells of an answer without its day: no figure can count it.
pub(super) fn check_answer(content: &mut Content, filled: &[Filled], sheet: &str, row: u32) {
    let answered = matches!(content.values.get("outcome"), Some(Value::Word("answered")));
    let unread = content.findings.iter().any(|finding| finding.field == "answered_on");
    if !answered || unread || content.values.day("answered_on").is_some() {
        return;
    }
    if let Some(filled) = filled.iter().find(|filled| filled.field.key == "outcome") {
        let finding = Finding::new(Severity::Doubt, Code::AnsweredWithoutDay)
            .at(sheet, format!("{}{row}", letter(filled.cell.column)))
            .of(&filled.cell.raw.written());
        content.findings.push(finding.in_field("outcome"));
    }
}

/// Takes the year before or after for a day without a year where that puts the days in order; else tells the doubt.
pub(super) fn check(register: Register, content: &mut Content, filled: &[Filled], sheet: &str, row: u32) {
    let Some(main) = content.values.day(register.day_field()) else { return };
    let (before, after) = around(register);
    let sides = before.iter().map(|key| (*key, -1)).chain(after.iter().map(|key| (*key, 1)));
    for (key, side) in sides {
        let (Some(day), Some(field)) = (content.values.day(key), register.field(key)) else { continue };
        if (side < 0 && day <= main) || (side > 0 && day >= main) {
            continue;
        }
        let guessed = content
            .findings
            .iter_mut()
            .find(|finding| finding.field == key && finding.code == Code::YearFromTitle);
        if let Some((finding, moved)) = guessed.zip(in_order(day, main, side)) {
            finding.code = Code::YearFromNeighbour;
            finding.args = vec![("day", time::day_in_table(moved)), ("other", time::day_in_table(main))];
            content.values.set(field, Value::Day(moved));
            continue;
        }
        let Some(cell) = filled.iter().find(|filled| filled.field == field).map(|filled| &filled.cell) else {
            continue;
        };
        let finding = Finding::new(Severity::Doubt, Code::DaysOutOfOrder)
            .at(sheet, format!("{}{row}", letter(cell.column)))
            .of(&cell.raw.written())
            .in_field(key);
        content.findings.push(finding.with("other", time::day_in_table(main)));
    }
}

/// The same day and month in the year that puts it near and on its side of the main day.
fn in_order(day: Day, main: Day, side: i16) -> Option<Day> {
    let moved = Day::new(day.year().checked_add(side)?, day.month(), day.day()).ok()?;
    let apart = (moved - main).get_days();
    let right = if side < 0 { (-NEAR..=0).contains(&apart) } else { (0..=NEAR).contains(&apart) };
    right.then_some(moved)
}
