//! Choosing the period: a year by the calendar, one from 15/12 to 14/12, or days of one's own.

use domain::period::{BadPeriod, Period};
use domain::time;
use serde::Deserialize;
use web_kit::Language;
use web_kit::component::{Choice, Field, Kind};
use web_kit::form::{FieldError, FormState};
use words::key;

use crate::figure::view;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    period: String,
    from: String,
    to: String,
}

/// What it means: the period, when one was asked for, and the fields with what is wrong with them.
pub(super) struct Chosen {
    pub(super) period: Option<Period>,
    pub(super) form: FormState,
}

impl Asked {
    /// Own days come before a period of the list.
    pub(super) fn read(&self) -> Chosen {
        let typed = [("from", self.from.clone()), ("to", self.to.clone())];
        let mut form = FormState::of(typed);
        let mut day = |name: &str, text: &str| {
            let read = app::rules::read_day(text);
            if read.is_none() {
                form.refuse(FieldError::new(name, key!("form.not_a_day")));
            }
            read
        };
        if self.from.trim().is_empty() && self.to.trim().is_empty() {
            return Chosen { period: self.period.parse().ok(), form };
        }
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        let period = match from.zip(to).map(|(from, to)| Period::new(from, to)) {
            Some(Ok(period)) => Some(period),
            Some(Err(BadPeriod::Backwards | BadPeriod::Unreadable(_))) => {
                form.refuse(FieldError::new("to", key!("period.backwards")));
                None
            }
            None => None,
        };
        Chosen { period, form }
    }
}

/// The periods of these years, newest first, and the one shown where it is none of them.
pub(super) fn choices(t: Language, years: &[i16], shown: Period) -> Vec<Choice> {
    let mut choices = Vec::new();
    for year in years {
        let both = [Period::calendar_year(*year), Period::closing_year(*year)];
        choices.extend(both.into_iter().flatten().map(|period| choice(t, period)));
    }
    let value = shown.to_string();
    if !choices.iter().any(|choice| choice.value == value) {
        choices.insert(0, choice(t, shown));
    }
    choices
}

fn choice(t: Language, period: Period) -> Choice {
    let span = view::period(t, period);
    let is_closing = Period::closing_year(period.year()).is_ok_and(|closing| closing == period);
    let label = if is_closing {
        t.fill("period.closing", &[("year", &period.year()), ("span", &span)])
    } else if period.is_calendar_year() {
        t.fill("period.calendar", &[("year", &period.year())])
    } else {
        span
    };
    Choice::new(period.to_string(), label)
}

/// The fields for days of one's own.
pub(super) fn own_days(t: Language, form: &FormState, shown: Period) -> Vec<Field> {
    let filled = FormState::of([
        ("from", time::day_in_table(shown.first())),
        ("to", time::day_in_table(shown.last())),
    ]);
    let form = if form.has_errors() { form } else { &filled };
    vec![
        Field::new(form, t, "from", t.text("period.from"), Kind::Day),
        Field::new(form, t, "to", t.text("period.to"), Kind::Day),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(period: &str, from: &str, to: &str) -> Chosen {
        Asked { period: period.into(), from: from.into(), to: to.into() }.read()
    }

    #[test]
    fn own_days_come_before_the_list_and_backwards_days_are_refused() {
        assert_eq!(asked("2020", "", "").period, Period::calendar_year(2020).ok());
        let own = asked("2020", "15/12/2019", "14/12/2020");
        assert_eq!(own.period, Period::closing_year(2020).ok());
        for (from, to) in [("31/12/2020", "01/01/2020"), ("30/02/2020", "01/03/2020"), ("01/01/2020", "")] {
            let wrong = asked("2020", from, to);
            assert!(wrong.period.is_none() && wrong.form.has_errors(), "{from} {to}");
        }
    }

    #[test]
    fn the_period_shown_is_always_among_the_choices() {
        let own: Period = "2020-03-01..2020-03-31".parse().unwrap();
        let choices = choices(Language::Vi, &[2020], own);
        assert_eq!(choices.len(), 3);
        assert_eq!(choices[0].value, own.to_string());
        assert_eq!(choices[2].value, "2020-closing");
    }
}
