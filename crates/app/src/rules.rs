//! Dated rules and the working calendar: what the office goes by, editable with a source; the public calculator.

use std::collections::BTreeSet;

use domain::access::Capability;
use domain::calendar::{Calendar, DayKind, SpecialDay, Year};
use domain::deadline::{self, Deadline, NoDeadline, Trigger};
use domain::law::{Closing, Ground, Law, NoRule, Rule};
use domain::text;
use domain::time::{self, Day, Timestamp};

use crate::{ActionError, Actor, App, Invalid, duty, press, reports};

/// The whole office; closures of a single unit come with their feature.
const SCOPE: &str = "office";
const CONFIRMED: &str = "confirmed";
const PROVISIONAL: &str = "provisional";
/// Grounds of refusal stand among the rules under ids that begin so.
const GROUND: &str = "ground:";
/// Closing dates of reports, likewise.
const CLOSING: &str = "closing:";
/// Rows that other rooms read, likewise.
const OF_OTHER_ROOMS: [&str; 3] = [reports::TEMPLATE, duty::DUTY, press::CHAIN];

/// Law and calendar as they stand now.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The rules.
    pub law: Law,
    /// The calendar.
    pub calendar: Calendar,
}

/// Law and calendar of the installation.
///
/// # Errors
/// When a stored row cannot be read.
pub fn policy(app: &App) -> Result<Policy, ActionError> {
    app.read(load)
}

pub(crate) fn load(r: &mut store::Reader<'_>) -> Result<Policy, ActionError> {
    Ok(Policy { law: load_law(r)?, calendar: load_calendar(r)? })
}

fn load_law(r: &mut store::Reader<'_>) -> Result<Law, ActionError> {
    let mut law = Law::default();
    for row in store::rule::all(r)? {
        if row.id.starts_with(GROUND) {
            law.grounds.push(serde_json::from_str::<Ground>(&row.body).map_err(anyhow::Error::new)?);
        } else if row.id.starts_with(CLOSING) {
            law.closings.push(serde_json::from_str::<Closing>(&row.body).map_err(anyhow::Error::new)?);
        } else if !OF_OTHER_ROOMS.iter().any(|kind| row.id.starts_with(kind)) {
            law.rules.push(serde_json::from_str::<Rule>(&row.body).map_err(anyhow::Error::new)?);
        }
    }
    Ok(law)
}

fn load_calendar(r: &mut store::Reader<'_>) -> Result<Calendar, ActionError> {
    let days = store::calendar::days(r)?
        .into_iter()
        .filter_map(|row| {
            Some(SpecialDay { day: row.day, kind: DayKind::from_word(&row.kind)?, source: row.source })
        })
        .collect();
    let years = store::calendar::years(r)?
        .into_iter()
        .filter_map(|row| {
            let year = i16::try_from(row.year).ok()?;
            Some(Year { year, is_confirmed: row.state == CONFIRMED, note: row.source })
        })
        .collect();
    Ok(Calendar::new(days, years))
}

/// Writes the shipped rules and calendar into a new installation.
pub(crate) fn install(tx: &mut store::Tx<'_>) -> Result<(), ActionError> {
    let law = Law::shipped();
    for rule in &law.rules {
        save_rule(tx, rule, 0)?;
    }
    for ground in &law.grounds {
        save_ground(tx, ground, 0)?;
    }
    for closing in &law.closings {
        save_closing(tx, closing, 0)?;
    }
    reports::install(tx)?;
    let calendar = Calendar::shipped();
    for special in calendar.days() {
        store::calendar::save_day(tx, &day_row(special, 0))?;
    }
    for year in calendar.years() {
        let row = store::calendar::CalendarYearRow {
            year: i64::from(year.year),
            state: if year.is_confirmed { CONFIRMED } else { PROVISIONAL }.to_owned(),
            source: year.note.clone(),
            confirmed_by: None,
            confirmed_at: None,
            version: 0,
        };
        store::calendar::save_year(tx, &row)?;
    }
    Ok(())
}

/// Adds what `law`, that of this version of the program, has and an older installation has never known: rules, grounds and closing
/// dates. What the office changed, ended or deleted stays as it is. Gives how many rows were added.
///
/// # Errors
/// When the database fails.
pub fn add_shipped(app: &App, law: &Law) -> Result<usize, ActionError> {
    if !crate::installation::is_made(app)? || app.read(|r| unknown_of(r, law))?.count() == 0 {
        return Ok(0);
    }
    app.write(&Actor::system(), |tx| {
        // Of several nodes that start at once the second finds nothing to add.
        let unknown = unknown_of(tx, law)?;
        unknown.rules.iter().try_for_each(|rule| save_rule(tx, rule, 0))?;
        unknown.grounds.iter().try_for_each(|ground| save_ground(tx, ground, 0))?;
        unknown.closings.iter().try_for_each(|closing| save_closing(tx, closing, 0))?;
        Ok(unknown.count())
    })
}

/// Rows of the shipped law.
struct Unknown {
    rules: Vec<Rule>,
    grounds: Vec<Ground>,
    closings: Vec<Closing>,
}

impl Unknown {
    fn count(&self) -> usize {
        self.rules.len() + self.grounds.len() + self.closings.len()
    }
}

/// The shipped rows under ids of which this installation has no row, and never had this one.
fn unknown_of(r: &mut store::Reader<'_>, law: &Law) -> Result<Unknown, ActionError> {
    let known: BTreeSet<String> = store::rule::all(r)?.into_iter().map(|row| row.id).collect();
    let mut is_unknown = |id: &str, from: Day| -> Result<bool, ActionError> {
        if known.contains(id) {
            return Ok(false);
        }
        let filter = store::ledger::Filter {
            subject_kind: Some("rule".to_owned()),
            subject: Some(format!("{id}/{from}")),
            ..store::ledger::Filter::default()
        };
        Ok(store::ledger::page(r, &filter, 1)?.0.is_empty())
    };
    let mut unknown = Unknown { rules: Vec::new(), grounds: Vec::new(), closings: Vec::new() };
    for rule in &law.rules {
        if is_unknown(&rule.id, rule.valid_from)? {
            unknown.rules.push(rule.clone());
        }
    }
    for ground in &law.grounds {
        if is_unknown(&ground_id(&ground.code), ground.valid_from)? {
            unknown.grounds.push(ground.clone());
        }
    }
    for closing in &law.closings {
        if is_unknown(&closing_id(&closing.id), closing.valid_from)? {
            unknown.closings.push(closing.clone());
        }
    }
    Ok(unknown)
}

fn day_row(special: &SpecialDay, version: i64) -> store::calendar::CalendarDayRow {
    store::calendar::CalendarDayRow {
        day: special.day,
        scope: SCOPE.to_owned(),
        kind: special.kind.word().to_owned(),
        name: String::new(),
        source: special.source.clone(),
        version,
    }
}

fn save_rule(tx: &mut store::Tx<'_>, rule: &Rule, version: i64) -> Result<(), ActionError> {
    let body = serde_json::to_string(rule).map_err(anyhow::Error::new)?;
    let row = store::rule::RuleRow {
        id: rule.id.clone(),
        valid_from: rule.valid_from,
        valid_to: rule.valid_to,
        body,
        version,
    };
    store::rule::save(tx, &row)?;
    Ok(())
}

fn ground_id(code: &str) -> String {
    format!("{GROUND}{code}")
}

fn save_ground(tx: &mut store::Tx<'_>, ground: &Ground, version: i64) -> Result<(), ActionError> {
    let row = store::rule::RuleRow {
        id: ground_id(&ground.code),
        valid_from: ground.valid_from,
        valid_to: ground.valid_to,
        body: serde_json::to_string(ground).map_err(anyhow::Error::new)?,
        version,
    };
    store::rule::save(tx, &row)?;
    Ok(())
}

fn closing_id(id: &str) -> String {
    format!("{CLOSING}{id}")
}

fn save_closing(tx: &mut store::Tx<'_>, closing: &Closing, version: i64) -> Result<(), ActionError> {
    let row = store::rule::RuleRow {
        id: closing_id(&closing.id),
        valid_from: closing.valid_from,
        valid_to: closing.valid_to,
        body: serde_json::to_string(closing).map_err(anyhow::Error::new)?,
        version,
    };
    store::rule::save(tx, &row)?;
    Ok(())
}

/// Makes a day what it is: a holiday, a swapped day, a working Saturday, a local closure; or what its weekday says.
///
/// # Errors
/// Without the right; without a source (every special day names the decision that made it).
pub fn set_day(app: &App, actor: &Actor, day: Day, kind: DayKind, source: &str) -> Result<(), ActionError> {
    actor.require(Capability::WriteCalendar)?;
    let source = text::clean_line(source);
    if source.is_empty() {
        return Err(ActionError::invalid("source", "required"));
    }
    app.write(actor, |tx| {
        let days = store::calendar::days_between(tx, day, day)?;
        let present = days.iter().find(|row| row.scope == SCOPE);
        let version = present.map_or(0, |row| row.version);
        let special = SpecialDay { day, kind, source };
        let plain = Calendar::default().kind_of(day);
        if kind == plain {
            match present {
                Some(row) => store::calendar::delete_day(tx, day, SCOPE, row.version)?,
                None => return Err(ActionError::Refused("day_is_that_already")),
            }
        } else {
            store::calendar::save_day(tx, &day_row(&special, version))?;
        }
        Ok(())
    })
}

/// Confirms a year: limits that use it are no longer provisional.
///
/// # Errors
/// Without the right, or when the year is not in the calendar.
pub fn confirm_year(app: &App, actor: &Actor, year: i16) -> Result<(), ActionError> {
    actor.require(Capability::WriteCalendar)?;
    app.write(actor, |tx| {
        let now = tx.now();
        let years = store::calendar::years(tx)?;
        let mut row = years.into_iter().find(|row| row.year == i64::from(year)).unwrap_or(
            store::calendar::CalendarYearRow {
                year: i64::from(year),
                state: PROVISIONAL.to_owned(),
                source: String::new(),
                confirmed_by: None,
                confirmed_at: None,
                version: 0,
            },
        );
        row.state = CONFIRMED.to_owned();
        row.confirmed_by = actor.person;
        row.confirmed_at = Some(now);
        store::calendar::save_year(tx, &row)?;
        Ok(())
    })
}

/// Adds a dated row of a rule. The row it follows ends the day before.
///
/// # Errors
/// Without the right; without basis or source; when it does not fit among the rows that exist.
pub fn add_rule(app: &App, actor: &Actor, rule: &Rule) -> Result<(), ActionError> {
    actor.require(Capability::WriteLaw)?;
    let texts = [("id", &rule.id), ("title", &rule.title), ("basis", &rule.basis), ("source", &rule.source)];
    let mut invalid = faults(&texts, rule.valid_from, rule.valid_to);
    if [GROUND, CLOSING].iter().chain(&OF_OTHER_ROOMS).any(|kind| rule.id.starts_with(kind)) {
        invalid.push(Invalid::new("id", "not_an_id"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let law = load_law(tx)?;
        let before = law
            .rules
            .iter()
            .filter(|row| row.id == rule.id && row.valid_from < rule.valid_from)
            .max_by_key(|row| row.valid_from);
        if let Some(before) = before.filter(|row| row.is_in_force(rule.valid_from)) {
            let last = rule.valid_from.yesterday().map_err(anyhow::Error::new)?;
            let version = store::rule::find(tx, &before.id, before.valid_from)?.map_or(0, |row| row.version);
            save_rule(tx, &Rule { valid_to: Some(last), ..before.clone() }, version)?;
        }
        save_rule(tx, rule, 0).map_err(taken)?;
        fits(tx)
    })
}

/// Adds a dated row of a ground of refusal (*căn cứ từ chối*). The row it follows ends the day before.
///
/// # Errors
/// As [`add_rule`]; when the code belongs to a ground that refuses something else.
pub fn add_ground(app: &App, actor: &Actor, ground: &Ground) -> Result<(), ActionError> {
    actor.require(Capability::WriteLaw)?;
    let texts = [
        ("code", &ground.code),
        ("title", &ground.title),
        ("basis", &ground.basis),
        ("source", &ground.source),
    ];
    let mut invalid = faults(&texts, ground.valid_from, ground.valid_to);
    let is_word = |code: &str| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if !is_word(&ground.code) {
        invalid.push(Invalid::new("code", "not_a_code"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let law = load_law(tx)?;
        let same = || law.grounds.iter().filter(|row| row.code == ground.code);
        if same().any(|row| row.refuses != ground.refuses) {
            return Err(ActionError::invalid("code", "exists_already"));
        }
        let before = same().filter(|row| row.valid_from < ground.valid_from).max_by_key(|row| row.valid_from);
        let last = ground.valid_from.yesterday().map_err(anyhow::Error::new)?;
        if let Some(before) = before.filter(|row| row.valid_to.is_none_or(|end| last < end)) {
            let stored = store::rule::find(tx, &ground_id(&before.code), before.valid_from)?;
            let ended = Ground { valid_to: Some(last), ..before.clone() };
            save_ground(tx, &ended, stored.map_or(0, |row| row.version))?;
        }
        save_ground(tx, ground, 0).map_err(taken)?;
        fits(tx)
    })
}

/// Adds a dated row of the closing dates of a report (*thời gian chốt số liệu*). The row it follows ends the day before.
///
/// # Errors
/// As [`add_rule`]; when months and days give no period in every year.
pub fn add_closing(app: &App, actor: &Actor, closing: &Closing) -> Result<(), ActionError> {
    actor.require(Capability::WriteLaw)?;
    let texts = [
        ("id", &closing.id),
        ("title", &closing.title),
        ("basis", &closing.basis),
        ("source", &closing.source),
    ];
    let mut invalid = faults(&texts, closing.valid_from, closing.valid_to);
    if !closing.gives_periods() {
        invalid.push(Invalid::new("last_day", "no_period"));
    }
    if !invalid.is_empty() {
        return Err(ActionError::Invalid(invalid));
    }
    app.write(actor, |tx| {
        let law = load_law(tx)?;
        let same = law.closings.iter().filter(|row| row.id == closing.id);
        let before = same.filter(|row| row.valid_from < closing.valid_from).max_by_key(|row| row.valid_from);
        let last = closing.valid_from.yesterday().map_err(anyhow::Error::new)?;
        if let Some(before) = before.filter(|row| row.valid_to.is_none_or(|end| last < end)) {
            let stored = store::rule::find(tx, &closing_id(&before.id), before.valid_from)?;
            let ended = Closing { valid_to: Some(last), ..before.clone() };
            save_closing(tx, &ended, stored.map_or(0, |row| row.version))?;
        }
        save_closing(tx, closing, 0).map_err(taken)?;
        fits(tx)
    })
}

/// What is wrong with a dated row before it is laid beside the others: an empty text, validity backwards.
fn faults(texts: &[(&'static str, &String)], from: Day, to: Option<Day>) -> Vec<Invalid> {
    let is_empty = |(_, value): &&(&str, &String)| text::clean_line(value).is_empty();
    let mut invalid: Vec<Invalid> =
        texts.iter().filter(is_empty).map(|(field, _)| Invalid::new(*field, "required")).collect();
    if to.is_some_and(|last| last < from) {
        invalid.push(Invalid::new("valid_to", "before_start").with("start", time::day_in_table(from)));
    }
    invalid
}

fn taken(error: ActionError) -> ActionError {
    match error {
        ActionError::Internal(_) => ActionError::invalid("valid_from", "exists_already"),
        other => other,
    }
}

fn fits(tx: &mut store::Tx<'_>) -> Result<(), ActionError> {
    if load_law(tx)?.complaints().is_empty() {
        Ok(())
    } else {
        Err(ActionError::invalid("valid_from", "overlaps"))
    }
}

/// What the calculator answers.
#[derive(Debug, Clone)]
pub struct Computed {
    /// The row that was in force.
    pub rule: Rule,
    /// When it is due and how that came about.
    pub deadline: Deadline,
}

/// Computes the limit of a rule from what a person typed: a day, or a day with an hour.
///
/// # Errors
/// When the rule is unknown or not in force that day, the day cannot be read, or the rule cannot be counted.
pub fn compute(app: &App, rule: &str, from: &str) -> Result<Computed, ActionError> {
    compute_with(&policy(app)?, rule, from)
}

/// Law and calendar as shipped with the program, for a calculator without an installation.
pub fn shipped() -> Policy {
    Policy { law: Law::shipped(), calendar: Calendar::shipped() }
}

/// Computes a limit by given rules and calendar.
///
/// # Errors
/// As [`compute`].
pub fn compute_with(policy: &Policy, rule: &str, from: &str) -> Result<Computed, ActionError> {
    let trigger = read_trigger(from).ok_or_else(|| ActionError::invalid("from", "not_a_day"))?;
    let rule = policy.law.rule_at(rule.trim(), trigger.day()).map_err(|problem| match problem {
        NoRule::Unknown(_) => ActionError::invalid("rule", "no_such_rule"),
        NoRule::NotInForce(_, _) => ActionError::invalid("rule", "not_in_force"),
    })?;
    let deadline = deadline::compute(rule, trigger, &policy.calendar).map_err(|problem| match problem {
        NoDeadline::NotCountable => ActionError::invalid("rule", "not_countable"),
        NoDeadline::NeedsHour => ActionError::invalid("from", "needs_hour"),
        NoDeadline::OutOfRange => ActionError::invalid("from", "out_of_range"),
    })?;
    Ok(Computed { rule: rule.clone(), deadline })
}

/// `24/12/2020`, `2020-12-24`, `24/12/2020 08:30`, `2020-12-24T08:30`.
pub fn read_trigger(typed: &str) -> Option<Trigger> {
    let typed = text::clean_line(typed);
    let (day, hour) =
        typed.split_once([' ', 'T']).map_or((typed.as_str(), None), |(day, hour)| (day, Some(hour)));
    let day = read_day(day)?;
    let Some(hour) = hour else { return Some(Trigger::Day(day)) };
    let (hour, minute) = hour.trim().split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    let at = day.at(hour, minute, 0, 0);
    let valid = (0..24).contains(&hour) && (0..60).contains(&minute);
    let instant: Timestamp = valid.then(|| at.to_zoned(time::vietnam()).ok())??.timestamp();
    Some(Trigger::Instant(instant))
}

/// `24/12/2020` or `2020-12-24`.
pub fn read_day(typed: &str) -> Option<Day> {
    let field = domain::register::Register::News.field("posted_on")?;
    match import::read_value(field, typed.trim())? {
        domain::register::Value::Day(day) => Some(day),
        _ => None,
    }
}
