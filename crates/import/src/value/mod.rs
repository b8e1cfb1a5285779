//! A raw cell checked into a value of its field, with everything there is to say about it.

pub(crate) mod day;
pub(crate) mod plain;
pub(crate) mod symbol;

use domain::register::{Field, FieldKind, Presence, Value};
use domain::text;
use domain::time::{self, Day};

use crate::source::Raw;
use crate::{Code, Finding, Severity};
use day::DayContext;

/// Where a cell stands and what it should hold.
pub(crate) struct Place<'p> {
    pub(crate) sheet: &'p str,
    pub(crate) cell: String,
    pub(crate) field: &'static Field,
    pub(crate) day: DayContext,
    /// Whether the field puts the record into a period.
    pub(crate) orders: bool,
}

/// What a cell gives.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) value: Option<Value>,
    pub(crate) findings: Vec<Finding>,
    /// A day that stood behind a symbol.
    pub(crate) day_beside: Option<Day>,
}

impl Place<'_> {
    fn finding(&self, severity: Severity, code: Code, raw: &Raw) -> Finding {
        Finding::new(severity, code)
            .at(self.sheet, self.cell.clone())
            .of(&raw.written())
            .in_field(self.field.key)
    }

    fn required(&self) -> bool {
        self.field.presence == Presence::Required
    }

    /// A cell that gives no value: bad when the field is needed or something was meant, else a doubt.
    fn unread(&self, code: Code, raw: &Raw) -> Checked {
        let meant = raw.written().contains(|sign: char| sign.is_ascii_digit());
        let severity = if self.required() || meant { Severity::Bad } else { Severity::Doubt };
        Checked { findings: vec![self.finding(severity, code, raw)], ..Checked::default() }
    }

    fn read(&self, value: Value, note: Option<Code>, raw: &Raw) -> Checked {
        let severity = match note {
            Some(Code::DayFromNumber | Code::SymbolRepaired) => Severity::Info,
            _ => Severity::Doubt,
        };
        let findings = note.map(|code| self.finding(severity, code, raw)).into_iter().collect();
        Checked { value: Some(value), findings, day_beside: None }
    }
}

/// The value that a text typed by hand gives for a field; nothing when it gives none.
pub fn read_value(field: &'static Field, typed: &str) -> Option<Value> {
    let place = Place { sheet: "", cell: String::new(), field, day: DayContext::default(), orders: false };
    check(&Raw::Text(typed.to_owned()), &place).value
}

/// Checks one cell.
pub(crate) fn check(raw: &Raw, place: &Place<'_>) -> Checked {
    if let Raw::Error(_) = raw {
        let severity = if place.required() { Severity::Bad } else { Severity::Doubt };
        return Checked {
            findings: vec![place.finding(severity, Code::CellError, raw)],
            ..Checked::default()
        };
    }
    if says_nothing(raw) && !matches!(place.field.kind, FieldKind::Flag) {
        return Checked::default();
    }
    match place.field.kind {
        FieldKind::Line(limit) => line(raw, place, usize::from(limit)),
        FieldKind::Unit => line(raw, place, 200),
        FieldKind::Text => text_of(text::clean_text(&raw.written())),
        FieldKind::Day => a_day(raw, place),
        FieldKind::Clock => match plain::clock(raw) {
            Ok(at) => place.read(Value::Text(time::clock_in_table(at)), None, raw),
            Err(code) => place.unread(code, raw),
        },
        FieldKind::Count => match plain::count(raw) {
            Ok((count, note)) => place.read(Value::Count(count), note, raw),
            Err(code) => place.unread(code, raw),
        },
        FieldKind::Flag => match plain::flag(raw) {
            Ok(flag) => place.read(Value::Flag(flag), None, raw),
            Err(code) => place.unread(code, raw),
        },
        FieldKind::Word(_) => a_word(raw, place),
        FieldKind::Symbol => a_symbol(raw, place),
    }
}

/// Dashes and dots that fill an empty cell.
fn says_nothing(raw: &Raw) -> bool {
    matches!(raw, Raw::Text(text) if text.trim().chars().all(|sign| "-–—.…_/\\ ".contains(sign) || sign.is_whitespace()))
}

fn text_of(text: String) -> Checked {
    Checked { value: (!text.is_empty()).then_some(Value::Text(text)), ..Checked::default() }
}

fn line(raw: &Raw, place: &Place<'_>, limit: usize) -> Checked {
    let mut checked = text_of(text::clean_line(&raw.written()));
    if let Some(Value::Text(text)) = &checked.value {
        let length = text.chars().count();
        if length > limit {
            let finding = place.finding(Severity::Doubt, Code::TooLong, raw);
            checked.findings.push(finding.with("limit", limit).with("length", length));
        }
    }
    checked
}

fn a_day(raw: &Raw, place: &Place<'_>) -> Checked {
    match day::read(raw, place.day) {
        Ok(read) => {
            let mut checked = place.read(Value::Day(read.day), read.note, raw);
            if let Some(finding) = checked.findings.first_mut() {
                finding.args.push(("day", time::day_in_table(read.day)));
            }
            let far = place.day.year.is_some_and(|year| (year - read.day.year()).abs() > 1);
            if place.orders && far {
                let finding = place.finding(Severity::Doubt, Code::YearUnlikeTitle, raw);
                checked.findings.push(finding.with("year", place.day.year.unwrap_or_default()));
            }
            checked
        }
        Err(code) => place.unread(code, raw),
    }
}

fn a_word(raw: &Raw, place: &Place<'_>) -> Checked {
    let accepted = || plain::accepted(place.field);
    match plain::word(place.field, &raw.written()) {
        Ok((word, note)) => {
            let mut checked = place.read(Value::Word(word), note, raw);
            if let Some(finding) = checked.findings.first_mut() {
                finding.args.push(("accepted", accepted()));
            }
            checked
        }
        Err(code) => {
            let severity = if place.required() { Severity::Bad } else { Severity::Doubt };
            let finding = place.finding(severity, code, raw).with("accepted", accepted());
            Checked { findings: vec![finding], ..Checked::default() }
        }
    }
}

fn a_symbol(raw: &Raw, place: &Place<'_>) -> Checked {
    if let Raw::Day(_) = raw {
        return place.unread(Code::SymbolIsDay, raw);
    }
    let written = raw.written();
    if let Some((symbol, after)) = symbol::split_day(&written)
        && let Ok(read) = day::of_text(after, place.day)
    {
        let (symbol, _) = symbol::usual(symbol);
        let finding = place
            .finding(Severity::Info, Code::SymbolAndDay, raw)
            .with("symbol", &symbol)
            .with("day", time::day_in_table(read.day));
        return Checked {
            value: Some(Value::Text(symbol)),
            findings: vec![finding],
            day_beside: Some(read.day),
        };
    }
    let (symbol, repaired) = symbol::usual(&written);
    if symbol.is_empty() {
        return Checked::default();
    }
    let note = repaired.then_some(Code::SymbolRepaired);
    let mut checked = place.read(Value::Text(symbol.clone()), note, raw);
    if let Some(finding) = checked.findings.first_mut() {
        finding.args.push(("symbol", symbol));
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::register::Register;
    use jiff::civil::date;

    fn check_text(register: Register, key: &str, written: &str) -> Checked {
        let field = register.field(key).unwrap();
        let day = DayContext { year: Some(2020), since_1904: false };
        let place =
            Place { sheet: "Sổ", cell: "C7".into(), field, day, orders: key == register.day_field() };
        check(&Raw::Text(written.to_owned()), &place)
    }

    fn codes(checked: &Checked) -> Vec<(Severity, Code)> {
        checked.findings.iter().map(|finding| (finding.severity, finding.code)).collect()
    }

    #[test]
    fn a_required_cell_that_cannot_be_read_is_bad_an_optional_remark_a_doubt() {
        let news = Register::News;
        assert_eq!(
            codes(&check_text(news, "posted_on", "31/02/2020")),
            [(Severity::Bad, Code::DayImpossible)]
        );
        assert_eq!(codes(&check_text(news, "posted_on", "chưa rõ")), [(Severity::Bad, Code::DayUnreadable)]);
        assert_eq!(
            codes(&check_text(news, "withdrawn_on", "chưa gỡ")),
            [(Severity::Doubt, Code::DayUnreadable)]
        );
        assert_eq!(
            codes(&check_text(news, "withdrawn_on", "31/2/2020")),
            [(Severity::Bad, Code::DayImpossible)]
        );
        assert!(codes(&check_text(news, "withdrawn_on", "-")).is_empty());
    }

    #[test]
    fn an_unknown_word_names_what_is_accepted() {
        let checked = check_text(Register::PressRequests, "outcome", "Lạ");
        assert_eq!(codes(&checked), [(Severity::Doubt, Code::WordUnknown)]);
        let accepted = checked.findings.first().unwrap().args.first().unwrap();
        assert!(accepted.1.contains("Đã trả lời"), "{accepted:?}");
        let required = check_text(Register::Spokespersons, "kind", "Lạ");
        assert_eq!(codes(&required), [(Severity::Bad, Code::WordUnknown)]);
    }

    #[test]
    fn a_long_line_warns_and_is_kept_whole() {
        let long = "a".repeat(501);
        let checked = check_text(Register::News, "title", &long);
        assert_eq!(codes(&checked), [(Severity::Doubt, Code::TooLong)]);
        assert_eq!(checked.value, Some(Value::Text(long)));
    }

    #[test]
    fn a_year_far_from_that_of_the_sheet_is_a_doubt_only_where_it_orders() {
        let outgoing = Register::OutgoingDocuments;
        let codes_of = |key, written| codes(&check_text(outgoing, key, written));
        assert_eq!(codes_of("issued_on", "20/11/2002"), [(Severity::Doubt, Code::YearUnlikeTitle)]);
        assert!(codes_of("issued_on", "20/11/2019").is_empty());
        assert!(codes_of("sent_on", "20/11/2002").is_empty());
    }

    #[test]
    fn symbol_and_day_in_one_cell_are_split() {
        let checked = check_text(Register::OutgoingDocuments, "symbol", "1140/STTTT-TTBCXB ngày 20/11/2020");
        assert_eq!(checked.value, Some(Value::Text("1140/STTTT-TTBCXB".into())));
        assert_eq!(checked.day_beside, Some(date(2020, 11, 20)));
    }
}
