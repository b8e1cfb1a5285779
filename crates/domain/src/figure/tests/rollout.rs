use super::*;

const QD29: &str = "29/2019/QĐ-UBND";

fn roll_out<'a>(recipient: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![("regulation", QD29), ("recipient", recipient), ("sent_on", "2019-09-10")];
    pairs.extend_from_slice(other);
    pairs
}

#[test]
fn a_unit_counts_once_however_its_name_is_written_and_what_was_sent_earlier_still_holds() {
    let lines = [
        roll_out("Phòng Nội vụ", &[]),
        roll_out("phòng nội vụ", &[("sent_on", "2020-02-03")]),
        roll_out("UBND xã Thi Sơn", &[("acknowledged_on", "2020-02-03")]),
        roll_out("Ủy ban nhân dân xã Thi Sơn", &[("sent_on", "2020-02-03")]),
        roll_out("UBND thị trấn Quế", &[("acknowledged_on", "2021-02-03")]),
        roll_out("UBND xã Lê Hồ", &[("sent_on", "2021-01-04")]),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let mut source = year_with(Register::RollOuts, &lines);
    assert_eq!(counted(&source, "regulation.units_sent"), [1, 3, 5]);
    assert_eq!(left_out(&source, "regulation.units_sent"), [(2, "same_unit"), (4, "same_unit")]);
    assert_eq!(counted(&source, "regulation.units_acknowledged"), [3]);
    assert_eq!(figure(&source, "regulation.units_total").amount, Amount::NoData);
    source.audience = vec!["Phòng Nội vụ".into(), "Ủy ban nhân dân xã Thi Sơn".into()];
    assert_eq!(count(&source, "regulation.units_total"), 2);
    assert_eq!(doubts(&source, "regulation.units_sent"), [("recipient_not_in_audience", vec![5])]);
}

#[test]
fn a_regulation_that_ended_before_the_period_was_not_rolled_out_in_it() {
    let regulation = |ended: &'static str| {
        vec![
            ("symbol", "557/QĐ-UBND"),
            ("issued_on", "2017-04-01"),
            ("issuer", "UBND tỉnh"),
            ("title", "Quy chế"),
            ("ended_on", ended),
        ]
    };
    let line =
        vec![("regulation", "0557/QĐ - UBND"), ("recipient", "Phòng Nội vụ"), ("sent_on", "2017-05-01")];
    let mut source = year_with(Register::RollOuts, &[&line]);
    add(&mut source, Register::Regulations, &[&regulation("2019-12-31")]);
    assert_eq!(left_out(&source, "regulation.units_sent"), [(1, "regulation_ended")]);
    let mut in_force = year_with(Register::RollOuts, &[&line]);
    add(&mut in_force, Register::Regulations, &[&regulation("2020-01-01")]);
    assert_eq!(count(&in_force, "regulation.units_sent"), 1);
}

#[test]
fn what_a_newer_text_replaces_by_the_end_of_the_period_counts_no_more() {
    let regulation = |effective: &'static str| {
        vec![
            ("symbol", "06/2020/QĐ-UBND"),
            ("issued_on", "2020-11-02"),
            ("issuer", "UBND tỉnh"),
            ("title", "Quy chế mới"),
            ("effective_on", effective),
            ("replaces", "29/2019/QĐ - UBND"),
        ]
    };
    let lines = [
        roll_out("Phòng Nội vụ", &[("acknowledged_on", "2020-02-03"), ("own_regulation_on", "2020-03-02")]),
        roll_out("Phòng Y tế", &[("acknowledged_on", "2020-02-03")]),
        vec![
            ("regulation", "06/2020/QĐ-UBND"),
            ("recipient", "Phòng Nội vụ"),
            ("sent_on", "2020-11-20"),
            ("acknowledged_on", "2020-11-25"),
        ],
    ];
    let with = |lines: &[Vec<(&str, &str)>], effective: Option<&'static str>| {
        let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
        let mut source = year_with(Register::RollOuts, &lines);
        if let Some(day) = effective {
            add(&mut source, Register::Regulations, &[&regulation(day)]);
        }
        source
    };
    let new_year = with(&lines, Some("2021-01-01"));
    assert_eq!(counted(&new_year, "regulation.units_acknowledged"), [1, 2], "the old text holds all year");
    let december = with(&lines, Some("2020-12-31"));
    assert_eq!(counted(&december, "regulation.units_sent"), [3]);
    assert_eq!(counted(&december, "regulation.units_acknowledged"), [3]);
    let left = [(1, "replaced"), (2, "replaced")];
    assert_eq!(left_out(&december, "regulation.units_acknowledged"), left);
    assert_eq!(counted(&december, "regulation.own_issued"), [1], "what a unit issued was issued");
    let mut early = december.clone();
    early.counted_on = date(2020, 12, 30);
    assert_eq!(
        counted(&early, "regulation.units_acknowledged"),
        [1, 2],
        "not in force on the day of counting"
    );
    // A roll-out says itself what it replaces, where the register of regulations does not.
    let mut said = lines.clone();
    said[2].push(("replaces", "29/2019/QĐ-UBND"));
    assert_eq!(counted(&with(&said, None), "regulation.units_sent"), [3]);
    said[2].push(("effective_on", "2021-01-01"));
    assert_eq!(counted(&with(&said, None), "regulation.units_acknowledged"), [1, 2]);
}

#[test]
fn own_regulations_are_on_time_by_their_limit() {
    let own = |issued: Option<&'static str>, due: Option<&'static str>, unit: &'static str| {
        let mut pairs = roll_out(unit, &[]);
        pairs.extend(issued.map(|day| ("own_regulation_on", day)));
        pairs.extend(due.map(|day| ("own_regulation_due_on", day)));
        pairs
    };
    let lines = [
        own(Some("2020-08-17"), Some("2020-08-17"), "a"),
        own(Some("2020-08-18"), Some("2020-08-17"), "b"),
        own(None, Some("2020-12-31"), "c"),
        own(None, Some("2021-01-01"), "d"),
        own(Some("2020-08-18"), None, "e"),
        own(Some("2021-08-18"), Some("2020-12-31"), "f"),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let source = year_with(Register::RollOuts, &lines);
    assert_eq!(counted(&source, "regulation.own_issued"), [1, 2, 5]);
    assert_eq!(ratio(&source, "regulation.own_on_time"), (1, 4));
    assert_eq!(
        left_out(&source, "regulation.own_on_time"),
        [
            (2, "late"),
            (3, "no_own_regulation"),
            (4, "not_due_yet"),
            (5, "no_limit"),
            (6, "no_own_regulation")
        ]
    );
}

#[test]
fn spokespersons_in_office_during_the_period_are_persons_and_each_naming_has_its_limit() {
    let person = |name: &'static str, other: &[(&'static str, &'static str)]| {
        let mut pairs = vec![
            ("full_name", name),
            ("title", "Phó Chủ tịch"),
            ("kind", "authorised"),
            ("starts_on", "2020-03-02"),
        ];
        pairs.extend_from_slice(other);
        pairs
    };
    let timed = |at: &'static str| {
        let days = [("published_on", "2020-03-02"), ("publish_due_on", "2020-03-02")];
        [days.as_slice(), &[("publish_due_at", "20:30"), ("published_at", at)]].concat()
    };
    let lines = [
        person("A", &[("published_on", "2020-03-03"), ("publish_due_on", "2020-03-03")]),
        person("A", &[("matter", "x"), ("published_on", "2020-03-04"), ("publish_due_on", "2020-03-03")]),
        person("B", &[("publish_due_on", "2020-03-03")]),
        person("C", &[("publish_due_on", "2021-01-03")]),
        person("D", &[("published_on", "2020-03-03")]),
        person("E", &[("ends_on", "2019-12-31"), ("published_on", "2019-03-03")]),
        person("F", &[("published_on", "2021-01-04"), ("publish_due_on", "2020-03-03")]),
        person("G", &timed("20:31")),
        person("H", &timed("20:30")),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let source = year_with(Register::Spokespersons, &lines);
    assert_eq!(counted(&source, "spokespersons.published"), [1, 5, 8, 9]);
    assert_eq!(
        left_out(&source, "spokespersons.published"),
        [(2, "same_person"), (3, "not_published"), (4, "not_published"), (7, "after_period")]
    );
    assert_eq!(ratio(&source, "spokespersons.published_in_time"), (2, 6));
    assert_eq!(
        left_out(&source, "spokespersons.published_in_time"),
        [
            (2, "late"),
            (3, "not_published"),
            (4, "not_due_yet"),
            (5, "no_limit"),
            (7, "not_published"),
            (8, "late"),
        ]
    );
}
