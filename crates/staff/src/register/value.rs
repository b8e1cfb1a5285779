//! Values of records as pages show them.

use domain::register::{Field, FieldKind, Record, Register, Value};
use domain::time::Day;
use web_kit::Language;
use web_kit::component::{Badge, Tone};
use web_kit::show;

/// A value in the language of the page.
pub(crate) fn shown(t: Language, register: Register, field: &Field, value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Day(day) => show::day(t, *day),
        Value::Count(count) => t.number(count.unsigned_abs()),
        Value::Flag(flag) => t.text(if *flag { "flag.yes" } else { "flag.no" }).to_owned(),
        Value::Word(word) => t.word(register.word(), field.key, word).to_owned(),
    }
}

/// A value as a form shows it: what the same form reads again.
pub(super) fn typed(value: &Value) -> String {
    match value {
        Value::Flag(flag) => if *flag { YES } else { NO }.to_owned(),
        other => app::register::shown_value(other),
    }
}

/// What a form sends for yes and no: the words that registers write.
pub(super) const YES: &str = "Có";
/// See [`YES`].
pub(super) const NO: &str = "Không";

/// A text that the history keeps, in the language of the page: words are kept as stored words.
pub(super) fn of_history(t: Language, register: Register, key: &str, text: &str) -> String {
    match register.field(key).map(|field| field.kind) {
        Some(FieldKind::Word(_)) => t.word(register.word(), key, text).to_owned(),
        Some(FieldKind::Flag) => t.text(if text == "x" { "flag.yes" } else { "flag.no" }).to_owned(),
        _ => text.to_owned(),
    }
}

/// What to call a record: its title, else what one line of its register is called.
pub(crate) fn title(t: Language, record: &Record) -> String {
    let title = record.title();
    if title.is_empty() { super::one(t, record.register).to_owned() } else { title.to_owned() }
}

/// The mark beside a value of a list: how an affair ended, a limit that passed.
pub(super) fn mark(t: Language, record: &Record, field: &Field, today: Day) -> Option<Badge> {
    match field.key {
        "outcome" => {
            let word = record.values.word("outcome")?;
            let tone = match word {
                "answered" | "corrected" | "feedback_published" | "removed" => Tone::Done,
                "open" | "pending" => Tone::Info,
                _ => Tone::Plain,
            };
            Some(Badge::new(tone, t.word(record.register.word(), "outcome", word)))
        }
        "due_on" => late(t, record, today),
        _ => None,
    }
}

/// The limit, or the day promised in time to the asker, as the figures judge it.
fn binding_limit(record: &Record) -> Option<Day> {
    let values = &record.values;
    let due = values.day("due_on")?;
    let told_in_time = values.day("notice_on").is_some_and(|notice| notice <= due);
    Some(values.day("promised_on").filter(|_| told_in_time).unwrap_or(due))
}

/// Who did something: a name, or what acts without one.
pub(crate) fn who(t: Language, name: &str) -> String {
    t.find(&format!("ledger.actor.{name}")).unwrap_or(name).to_owned()
}

fn late(t: Language, record: &Record, today: Day) -> Option<Badge> {
    record.register.field("answered_on")?;
    let due = binding_limit(record)?;
    let closed = matches!(record.values.word("outcome"), Some("refused" | "rerouted" | "withdrawn"));
    match record.values.day("answered_on") {
        Some(answered) if answered > due => {
            Some(Badge::new(Tone::Bad, t.text("register_list.answered_late")))
        }
        None if !closed && today > due => Some(Badge::new(Tone::Bad, t.text("register_list.overdue"))),
        _ => None,
    }
}
