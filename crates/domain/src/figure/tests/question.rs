use super::*;

/// Received on 2 March 2020, due on 23 March, answered on 20 March; then what is said otherwise.
fn question<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs =
        vec![("subject", "Cấp giấy khai sinh"), ("received_on", "2020-03-02"), ("due_on", "2020-03-23")];
    pairs.extend_from_slice(other);
    pairs
}

fn one(other: &[(&str, &str)]) -> Source {
    year_with(Register::Questions, &[&question(other)])
}

#[test]
fn an_answer_by_the_limit_is_on_time_and_a_day_later_is_late() {
    let on_the_day = one(&[("answered_on", "2020-03-23")]);
    assert_eq!(ratio(&on_the_day, "questions.on_time"), (1, 1));
    let a_day_late = one(&[("answered_on", "2020-03-24")]);
    assert_eq!(ratio(&a_day_late, "questions.on_time"), (0, 1));
    assert_eq!(ratio(&a_day_late, "questions.answered"), (1, 1));
    assert_eq!(left_out(&a_day_late, "questions.on_time"), [(1, "late")]);
}

#[test]
fn a_progress_notice_within_the_limit_moves_it_to_the_day_it_names() {
    let notice = [("notice_on", "2020-03-23"), ("promised_on", "2020-04-10")];
    let kept = one(&[notice[0], notice[1], ("answered_on", "2020-04-10")]);
    assert_eq!(ratio(&kept, "questions.on_time"), (1, 1));
    let broken = one(&[notice[0], notice[1], ("answered_on", "2020-04-11")]);
    assert_eq!(ratio(&broken, "questions.on_time"), (0, 1));
    let too_late =
        one(&[("notice_on", "2020-03-24"), ("promised_on", "2020-04-10"), ("answered_on", "2020-04-01")]);
    assert_eq!(ratio(&too_late, "questions.on_time"), (0, 1));
    let without_day = one(&[("notice_on", "2020-03-20"), ("answered_on", "2020-04-01")]);
    assert_eq!(ratio(&without_day, "questions.on_time"), (0, 1));
}

#[test]
fn an_open_question_is_late_once_its_limit_has_come_and_left_out_before() {
    let late = one(&[]);
    assert_eq!(ratio(&late, "questions.on_time"), (0, 1));
    assert_eq!(ratio(&late, "questions.answered"), (0, 1));
    assert_eq!(left_out(&late, "questions.answered"), [(1, "open")]);
    let running = year_with(
        Register::Questions,
        &[&[("subject", "a"), ("received_on", "2020-12-30"), ("due_on", "2021-01-21")]],
    );
    assert_eq!(count(&running, "questions.received"), 1);
    assert_eq!(ratio(&running, "questions.on_time"), (0, 0));
    assert_eq!(left_out(&running, "questions.on_time"), [(1, "not_due_yet")]);
    let on_the_last_day = year_with(
        Register::Questions,
        &[&[("subject", "a"), ("received_on", "2020-12-10"), ("due_on", "2020-12-31")]],
    );
    assert_eq!(ratio(&on_the_last_day, "questions.on_time"), (0, 1));
}

#[test]
fn what_happens_after_the_period_has_not_happened_yet() {
    let source = year_with(
        Register::Questions,
        &[&[
            ("subject", "a"),
            ("received_on", "2020-12-10"),
            ("due_on", "2020-12-31"),
            ("answered_on", "2021-01-04"),
            ("published_on", "2021-01-05"),
            ("outcome", "answered"),
        ]],
    );
    assert_eq!(ratio(&source, "questions.answered"), (0, 1));
    assert_eq!(ratio(&source, "questions.on_time"), (0, 1));
    assert_eq!(left_out(&source, "questions.published"), [(1, "after_period")]);
    assert_eq!(figure(&source, "questions.mean_days").amount, Amount::NoData);
}

#[test]
fn a_question_counts_to_the_period_in_which_it_was_received() {
    let source = year_with(
        Register::Questions,
        &[&[
            ("subject", "a"),
            ("received_on", "2019-12-30"),
            ("due_on", "2020-01-21"),
            ("answered_on", "2020-01-20"),
        ]],
    );
    assert_eq!(count(&source, "questions.received"), 0);
    for id in ["questions.received", "questions.answered", "questions.on_time", "questions.rerouted"] {
        assert_eq!(left_out(&source, id), [(1, "outside_period")], "{id}");
    }
}

#[test]
fn other_tracks_and_questions_passed_on_are_no_questions_received() {
    let source = year_with(
        Register::Questions,
        &[
            &question(&[("track", "complaint")]),
            &question(&[("track", "denunciation"), ("answered_on", "2020-03-05")]),
            &question(&[("track", "complaint")]),
            &question(&[("track", "question"), ("outcome", "rerouted")]),
            &question(&[("track", "question"), ("answered_on", "2020-03-05")]),
            &question(&[("answered_on", "2020-03-05")]),
        ],
    );
    assert_eq!(counted(&source, "questions.received"), [5, 6]);
    let left = [(1, "not_a_question"), (2, "not_a_question"), (3, "not_a_question"), (4, "rerouted")];
    assert_eq!(left_out(&source, "questions.received"), left);
    assert_eq!(ratio(&source, "questions.on_time"), (2, 2));
    assert_eq!(
        parts(&source, "questions.rerouted"),
        owned(&[("complaint", 2), ("denunciation", 1), ("question", 1)])
    );
    assert_eq!(left_out(&source, "questions.rerouted"), [(5, "is_a_question"), (6, "is_a_question")]);
}

#[test]
fn a_refused_question_is_received_and_not_answered_and_neither_late_nor_on_time() {
    let source = one(&[("outcome", "refused"), ("answered_on", "2020-04-30")]);
    assert_eq!(count(&source, "questions.refused"), 1);
    assert_eq!(ratio(&source, "questions.answered"), (0, 1));
    assert_eq!(left_out(&source, "questions.answered"), [(1, "refused")]);
    assert_eq!(ratio(&source, "questions.on_time"), (0, 0));
    assert_eq!(left_out(&source, "questions.on_time"), [(1, "refused")]);
}

#[test]
fn an_answer_without_a_day_is_not_proved_and_said_so() {
    let source = one(&[("outcome", "answered")]);
    assert_eq!(ratio(&source, "questions.answered"), (0, 1));
    assert_eq!(ratio(&source, "questions.on_time"), (0, 1));
    assert_eq!(left_out(&source, "questions.answered"), [(1, "no_day")]);
    assert_eq!(doubts(&source, "questions.answered"), [("answered_without_day", vec![1])]);
    assert_eq!(doubts(&source, "questions.on_time"), [("answered_without_day", vec![1])]);
}

#[test]
fn a_question_without_a_limit_is_left_out_of_the_ratio_and_is_a_doubt() {
    let lines: &[(&str, &str)] =
        &[("subject", "a"), ("received_on", "2020-03-02"), ("answered_on", "2020-03-05")];
    let source = year_with(Register::Questions, &[lines]);
    assert_eq!(ratio(&source, "questions.on_time"), (0, 0));
    assert_eq!(left_out(&source, "questions.on_time"), [(1, "no_limit")]);
    assert_eq!(doubts(&source, "questions.on_time"), [("no_limit", vec![1])]);
}

#[test]
fn days_are_counted_from_receipt_to_answer_without_the_first() {
    let source = year_with(
        Register::Questions,
        &[
            &question(&[("answered_on", "2020-03-02")]),
            &question(&[("answered_on", "2020-03-05")]),
            &question(&[("answered_on", "2020-03-12")]),
            &question(&[]),
        ],
    );
    assert_eq!(figure(&source, "questions.mean_days").amount, Amount::TenthsOfDay { tenths: 43 });
    assert_eq!(figure(&source, "questions.p90_days").amount, Amount::TenthsOfDay { tenths: 100 });
    assert_eq!(left_out(&source, "questions.mean_days"), [(4, "open")]);
}

#[test]
fn an_answer_before_its_question_is_a_doubt_and_has_no_days() {
    let source = one(&[("answered_on", "2020-02-20")]);
    assert_eq!(doubts(&source, "questions.answered"), [("day_order", vec![1])]);
    assert_eq!(left_out(&source, "questions.mean_days"), [(1, "day_order")]);
}

#[test]
fn an_answer_said_to_be_open_counts_by_its_day_and_is_a_doubt() {
    let source = one(&[("answered_on", "2020-03-05"), ("outcome", "open")]);
    assert_eq!(ratio(&source, "questions.answered"), (1, 1));
    assert_eq!(doubts(&source, "questions.answered"), [("outcome_contradicts_day", vec![1])]);
}
