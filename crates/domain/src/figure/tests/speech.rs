use super::*;

#[test]
fn turns_of_speech_and_of_information_are_counted_apart_and_per_unit() {
    let lines: [&[(&str, &str)]; 5] = [
        &[
            ("held_on", "2020-03-05"),
            ("form", "press_conference"),
            ("turn", "speech"),
            ("occasion", "periodic"),
            ("subject", "Họp báo quý I"),
            ("unit", "Văn phòng"),
        ],
        &[
            ("held_on", "2020-04-05"),
            ("form", "exchange_or_briefing"),
            ("turn", "information"),
            ("occasion", "own_initiative"),
            ("subject", "Giao ban"),
            ("unit", "Văn phòng"),
        ],
        &[("held_on", "2020-05-05"), ("form", "direct_or_interview"), ("subject", "Phỏng vấn")],
        &[("held_on", "2021-01-05"), ("form", "press_conference"), ("subject", "Họp báo quý IV")],
        &[
            ("held_on", "2020-06-05"),
            ("form", "direct_or_interview"),
            ("turn", "speech"),
            ("subject", "Trả lời phỏng vấn"),
            ("unit", "UBND xã Thi Sơn"),
        ],
    ];
    let source = year_with(Register::Statements, &lines);
    assert_eq!(counted(&source, "press_conferences.held"), [1]);
    assert_eq!(counted(&source, "briefings.attended"), [2]);
    assert_eq!(counted(&source, "speech.turns"), [1, 2, 3, 5]);
    assert_eq!(doubts(&source, "speech.turns"), [("no_turn", vec![3])]);
    assert_eq!(parts(&source, "speech.by_unit"), owned(&[("UBND xã Thi Sơn", 1), ("Văn phòng", 1)]));
    assert_eq!(left_out(&source, "speech.by_unit"), [(2, "is_information"), (3, "no_turn")]);
    assert_eq!(parts(&source, "information.by_unit"), owned(&[("Văn phòng", 1)]));
    assert_eq!(
        left_out(&source, "information.by_unit"),
        [(1, "is_speech"), (3, "no_turn"), (5, "is_speech")]
    );
    assert_eq!(count(&source, "speech.units"), 2);
    assert_eq!(left_out(&source, "speech.units"), [(2, "same_unit"), (3, "no_unit")]);
    assert_eq!(
        left_out(&source, "press_conferences.held"),
        [(2, "not_a_press_conference"), (3, "not_a_press_conference"), (5, "not_a_press_conference")]
    );
}

#[test]
fn an_extraordinary_case_is_on_time_as_was_decided_when_the_office_spoke() {
    let case = |subject: &'static str, more: &[(&'static str, &'static str)]| {
        let mut pairs = vec![("arose_on", "2020-08-29"), ("class", "high_impact"), ("subject", subject)];
        pairs.extend_from_slice(more);
        pairs
    };
    let lines = [
        case("Kịp", &[("due_at", "30/08/2020 22:30"), ("spoken_on", "2020-08-30"), ("on_time", "yes")]),
        case("Muộn", &[("due_at", "30/08/2020 22:30"), ("spoken_on", "2020-08-31"), ("on_time", "no")]),
        case("Chưa", &[("due_at", "30/08/2020 22:30")]),
        case("Không hạn", &[("spoken_on", "2020-08-30")]),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let source = year_with(Register::ExtraordinaryCases, &lines);
    assert_eq!(figure(&source, "extraordinary.spoken").amount, Amount::Ratio { part: 3, whole: 4 });
    assert_eq!(figure(&source, "extraordinary.on_time").amount, Amount::Ratio { part: 1, whole: 3 });
}

#[test]
fn an_extraordinary_case_whose_clock_still_runs_is_no_miss() {
    let case = |due: &'static str| {
        vec![("arose_on", "2020-12-30"), ("class", "high_impact"), ("subject", "Vụ"), ("due_at", due)]
    };
    let lines = [case("30/12/2020 22:30"), case("31/12/2020 09:00"), case("01/01/2021 07:15")];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let mut source = year_with(Register::ExtraordinaryCases, &lines);
    assert_eq!(ratio(&source, "extraordinary.on_time"), (0, 2));
    let left = [(1, "not_spoken"), (2, "not_spoken"), (3, "not_due_yet")];
    assert_eq!(left_out(&source, "extraordinary.on_time"), left, "beyond the period");
    source.counted_on = date(2020, 12, 31);
    assert_eq!(ratio(&source, "extraordinary.on_time"), (0, 1));
    let left = [(1, "not_spoken"), (2, "not_due_yet"), (3, "not_due_yet")];
    assert_eq!(left_out(&source, "extraordinary.on_time"), left, "counted while the clock runs");
}

#[test]
fn coordination_is_measured_by_what_units_sent_in_time_and_what_was_waived_does_not_count() {
    let asked = |subject: &'static str, more: &[(&'static str, &'static str)]| {
        let mut pairs = vec![
            ("asked_on", "2020-06-01"),
            ("unit", "Phòng Nội vụ"),
            ("subject", subject),
            ("due_on", "2020-06-04"),
        ];
        pairs.extend_from_slice(more);
        pairs
    };
    let lines = [
        asked("a", &[("answered_on", "2020-06-04"), ("outcome", "answered")]),
        asked("b", &[("answered_on", "2020-06-05"), ("outcome", "answered")]),
        asked("c", &[("outcome", "waived")]),
        asked("d", &[("outcome", "open")]),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let source = year_with(Register::InternalRequests, &lines);
    assert_eq!(figure(&source, "coordination.in_time").amount, Amount::Ratio { part: 1, whole: 3 });
    assert_eq!(left_out(&source, "coordination.in_time"), [(2, "late"), (3, "waived"), (4, "not_answered")]);
}

#[test]
fn trainings_are_counted_and_the_people_of_them_summed() {
    let lines: [&[(&str, &str)]; 3] = [
        &[("held_on", "2020-06-01"), ("title", "Kỹ năng phát ngôn"), ("people", "45")],
        &[("held_on", "2020-09-01"), ("title", "Xử lý khủng hoảng"), ("people", "30")],
        &[("held_on", "2020-10-01"), ("title", "Không ghi số người")],
    ];
    let source = year_with(Register::Trainings, &lines);
    assert_eq!(count(&source, "training.sessions"), 3);
    assert_eq!(count(&source, "training.people"), 75);
}
