//! The shipped rows, and what a set of rows refuses.

use super::*;
use crate::period::Period;
use jiff::civil::date;

#[test]
fn the_shipped_rows_are_right_and_the_shipped_law_is_not_empty() {
    let law = Law::parse_all(&SHIPPED).unwrap();
    assert!(law.rules.len() > 120, "{}", law.rules.len());
    assert_eq!(law, Law::shipped());
}

#[test]
fn the_24_hour_clock_changes_its_trigger_on_1_july_2026() {
    let law = Law::shipped();
    assert!(law.rule_at("PS-EXT-3", date(2026, 6, 30)).is_ok());
    assert_eq!(
        law.rule_at("PS-EXT-3", date(2026, 7, 1)),
        Err(NoRule::NotInForce("PS-EXT-3".into(), date(2026, 7, 1)))
    );
    assert_eq!(law.rule_at("PS-EXT-4", date(2026, 7, 1)).unwrap().limit, Limit::Hours(24));
}

#[test]
fn drafts_of_policy_are_a_ground_on_30_june_2026_and_not_on_1_july() {
    let law = Law::shipped();
    let has = |day| law.grounds_at(day).any(|ground| ground.code == "draft_policy");
    assert!(has(date(2026, 6, 30)) && !has(date(2026, 7, 1)));
    assert_eq!(law.grounds_at(date(2026, 7, 1)).count(), 3);
}

#[test]
fn rows_of_one_rule_that_overlap_are_told() {
    let mut law = Law::shipped();
    let mut copy = law.rules[0].clone();
    copy.valid_from = copy.valid_from.tomorrow().unwrap();
    law.rules.push(copy);
    assert_eq!(law.complaints().len(), 1);
}

#[test]
fn every_ground_is_a_word_of_the_register() {
    use crate::register::Register;
    let field = Register::PressRequests.field("refusal_ground").unwrap();
    let law = Law::shipped();
    let mut press = law.grounds.iter().filter(|ground| ground.refuses == Refuses::Press);
    assert!(press.all(|ground| field.word(&ground.code).is_some()));
}

#[test]
fn rows_are_written_back_equal_in_toml_and_json() {
    let law = Law::shipped();
    assert_eq!(Law::parse(&toml::to_string(&law).unwrap()), Ok(law.clone()));
    let json = serde_json::to_string(&law).unwrap();
    assert_eq!(serde_json::from_str::<Law>(&json).unwrap(), law);
}

#[test]
fn all_faults_are_told_at_once_with_row_and_field() {
    let row = |id: &str, limit: &str, more: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\ntitle = \"t\"\nlimit = {limit}\nwho = \"w\"\ntrigger = \"t\"\n\
             valid_from = \"2026-07-01\"\nbasis = \"b\"\nconfidence = \"read_in_text\"\norigin = \"law\"\n{more}\n"
        )
    };
    let text = [
        row("X-1", "{ unit = \"hours\", value = 0 }", ""),
        row("X-2", "{ unit = \"fortnights\", value = 1 }", ""),
        row("X-3", "{ unit = \"hours\", value = 1 }", "wo = \"typo\""),
        row("X-4", "{ unit = \"before_day_of_year\", value = 1332 }", ""),
        row("X-5", "{ unit = \"open\" }", "valid_to = \"2026-06-30\""),
        row("X-6", "{ unit = \"open\" }", "").replace("title = \"t\"", "title = \" \""),
        "[[rules]]\nid = \"X-7\"".to_owned(),
    ]
    .join("\n");
    let faults = Law::parse(&text).unwrap_err().0;
    for (row, field) in [
        ("X-1", "limit must be"),
        ("X-2", "fortnights"),
        ("X-3", "`wo`"),
        ("X-4", "no day of the year"),
        ("X-5", "valid_to"),
        ("X-6", "title is empty"),
        ("rules", "not one of"),
    ] {
        assert!(
            faults.iter().any(|fault| fault.contains(row) && fault.contains(field)),
            "{row}: {faults:#?}"
        );
    }
    assert_eq!(faults.len(), 7, "{faults:#?}");
}

#[test]
fn what_is_not_read_in_the_text_is_doubtful_and_our_defaults_say_so() {
    let law = Law::shipped();
    let question = law.rule_at("PT-QA-4", date(2026, 11, 16)).unwrap();
    assert!(question.confidence.is_doubtful());
    assert_eq!(question.origin, Origin::ProductDefault);
    let kept = law.rule_at("PL-COR-2", date(2026, 7, 1)).unwrap();
    assert_eq!((kept.limit, kept.confidence), (Limit::Open, Confidence::Doubtful));
}

#[test]
fn a_reader_of_2016_to_2026_finds_both_periods_of_a_rule_that_changed() {
    let law = Law::shipped();
    let limit = |id, day| law.rule_at(id, day).unwrap().limit;
    let (before, after) = (date(2026, 6, 30), date(2026, 7, 1));
    for (id, old, new) in [
        ("PL-ANS-1", Limit::CalendarDays(30), Limit::CalendarDays(30)),
        ("PL-ANS-2", Limit::CalendarDays(30), Limit::WorkingDays(15)),
        ("PL-ANS-5", Limit::CalendarDays(10), Limit::WorkingDays(10)),
        ("PL-ANS-6", Limit::CalendarDays(15), Limit::WorkingDays(15)),
        ("PL-ANS-8", Limit::CalendarDays(15), Limit::WorkingDays(15)),
        ("PL-COR-5", Limit::AtOnce, Limit::CalendarDays(2)),
        ("PL-FBK-3", Limit::Rounds(3), Limit::Rounds(2)),
        ("CP-KN-ACC", Limit::CalendarDays(10), Limit::WorkingDays(7)),
    ] {
        assert_eq!((limit(id, before), limit(id, after)), (old, new), "{id}");
    }
    assert_eq!(law.rule_at("AI-PUB-6", date(2026, 8, 31)).unwrap().limit, Limit::CalendarDays(15));
    assert_eq!(law.rule_at("AI-PUB-6", date(2026, 9, 1)).unwrap().limit, Limit::CalendarDays(10));
}

#[test]
fn the_closing_dates_of_reports() {
    let law = Law::shipped();
    let days = |id, month| {
        let period = law.closing_at(id, date(2026, 1, 1)).unwrap().period(2026, month).unwrap();
        (period.first(), period.last())
    };
    assert_eq!(days("RP-M", 3), (date(2026, 2, 15), date(2026, 3, 14)));
    assert_eq!(days("RP-Q", 3), (date(2025, 12, 15), date(2026, 3, 14)));
    assert_eq!(days("RP-H1", 0), (date(2025, 12, 15), date(2026, 6, 14)));
    assert_eq!(days("RP-H2", 0), (date(2026, 6, 15), date(2026, 12, 14)));
    assert_eq!(days("RP-9M", 0), (date(2025, 12, 15), date(2026, 9, 14)));
    assert_eq!(days("RP-Y", 0), (date(2025, 12, 15), date(2026, 12, 14)));
    assert!(law.closing_at("RP-Y", date(2019, 3, 11)).is_none());
}

#[test]
fn requests_of_citizens_have_grounds_of_their_own() {
    let law = Law::shipped();
    assert_eq!(law.grounds_of(Refuses::InformationRequest, date(2020, 1, 1)).count(), 6);
    assert!(law.grounds_of(Refuses::InformationRequest, date(2018, 6, 30)).next().is_none());
}

#[test]
fn a_year_offers_the_calendar_year_and_the_periods_of_the_closing_rows_in_force() {
    let law = Law::shipped();
    let of_2018: Vec<Period> = law.periods_of(2018).iter().map(|offered| offered.period).collect();
    assert_eq!(of_2018, [Period::calendar_year(2018).unwrap()]);
    let of_2026 = law.periods_of(2026);
    let closing =
        of_2026.iter().find(|offered| offered.period == Period::closing_year(2026).unwrap()).unwrap();
    let ids: Vec<&str> = closing.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["RP-Y", "PS-RPT-3"], "one period, named by both rows");
    assert_eq!(
        of_2026.len(),
        1 + 1 + 3 + 4 + 12,
        "calendar year; year; halves and nine months; quarters; months"
    );
    assert!(law.is_offered(Period::new(date(2026, 2, 15), date(2026, 3, 14)).unwrap()));
    assert!(!law.is_offered(Period::new(date(2026, 2, 1), date(2026, 3, 14)).unwrap()));
}

#[test]
fn a_closing_row_gives_periods_only_with_days_that_every_such_month_has() {
    let row = Law::shipped().closing_at("RP-M", date(2026, 1, 1)).unwrap().clone();
    assert!(row.gives_periods());
    assert!(!Closing { last_day: 30, ..row.clone() }.gives_periods(), "February has no 30th");
    assert!(!Closing { months: 0, ..row.clone() }.gives_periods());
    assert!(!Closing { months: 24, ..row }.gives_periods());
}

#[test]
fn a_letter_cites_the_smallest_part_first_and_a_law_without_its_number() {
    let law = "Luật Báo chí số 103/2016/QH13, Điều 38 khoản 2 điểm d";
    assert_eq!(cited(law), "điểm d khoản 2 Điều 38 Luật Báo chí");
    let decree = "Nghị định số 09/2017/NĐ-CP, Điều 4 khoản 3";
    assert_eq!(cited(decree), "khoản 3 Điều 4 Nghị định số 09/2017/NĐ-CP");
    for other in ["Quy chế nội bộ", "Luật Báo chí số 103/2016/QH13, Điều 38, Điều 39", "Luật X, Điều 4 và 5"]
    {
        assert_eq!(cited(other), other);
    }
}
