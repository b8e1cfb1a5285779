//! When a request is due: the rule of its kind in force on the day it was received, else the time the office promises
//! itself. Extension and pause only where a rule of that day allows them; the press law allows neither.

use jiff::Span;

use crate::calendar::Calendar;
use crate::deadline::{self, Deadline, Trigger};
use crate::law::{Law, Limit, Rule};
use crate::register::due;
use crate::time::Day;

/// The time an office promises where the law sets none (*ngày hẹn trả lời*); a default of the product.
pub const PROMISE: &str = "PS-OWN-ANS";
/// The time a unit has for its part, unless the spokesperson sets another (PS-RGT-2).
pub const PART: &str = "PS-OWN-PART";
/// The second look after an urgent bypass.
pub const SECOND_LOOK: &str = "PS-OWN-LOOK";
/// How long names and contacts of reporters are kept after a request was closed, in months.
const KEEP: &str = "PS-OWN-KEEP";
/// How many working days before its end a limit is reminded of.
const REMIND: &str = "PS-OWN-REMIND";
/// What is added to the id of a rule for the rule that allows its extension.
const EXTENSION: &str = "-X";
/// What is added to the id of a rule for the rule that allows its pause.
const PAUSE: &str = "-P";

/// The rule that limits a request of a kind received on `day`.
pub fn rule<'a>(law: &'a Law, kind: Option<&str>, day: Day) -> Option<&'a Rule> {
    let own = kind.map_or(&[][..], due::press_rules);
    own.iter().chain(&[PROMISE]).find_map(|id| law.rule_at(id, day).ok())
}

/// When a request of a kind received on `day` is due.
pub fn deadline(law: &Law, calendar: &Calendar, kind: Option<&str>, day: Day) -> Option<Deadline> {
    deadline::compute(rule(law, kind, day)?, Trigger::Day(day), calendar).ok()
}

/// The rule that allows to extend a limit by `rule`, as the law of the day of receipt says; none: no extension.
pub fn extension<'a>(law: &'a Law, rule: &str, day: Day) -> Option<&'a Rule> {
    law.rule_at(&format!("{rule}{EXTENSION}"), day).ok()
}

/// The first day from which on names and contacts of reporters are kept; none when no rule of `today` says how long.
pub fn kept_since(law: &Law, today: Day) -> Option<Day> {
    let Limit::Months(months) = law.rule_at(KEEP, today).ok()?.limit else { return None };
    today.checked_sub(Span::new().try_months(i64::from(months)).ok()?).ok()
}

/// The last day whose limits people are reminded of on `today` (*nhắc hạn*); none when no rule of that day asks for it.
pub fn reminded_until(law: &Law, calendar: &Calendar, today: Day) -> Option<Day> {
    let Limit::WorkingDays(days) = law.rule_at(REMIND, today).ok()?.limit else { return None };
    (0..days).try_fold(today, |day, _| calendar.next_working(day).ok())
}

/// The rule that allows to pause a limit by `rule`: its number is the most days of all pauses together.
pub fn pause<'a>(law: &'a Law, rule: &str, day: Day) -> Option<&'a Rule> {
    law.rule_at(&format!("{rule}{PAUSE}"), day).ok()
}
