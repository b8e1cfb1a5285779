use super::*;

fn request<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs =
        vec![("requester", "Báo Hà Nam"), ("subject", "Môi trường"), ("received_on", "2020-05-04")];
    pairs.extend_from_slice(other);
    pairs
}

#[test]
fn every_press_request_stands_in_exactly_one_place_at_the_end_of_the_period() {
    let source = year_with(
        Register::PressRequests,
        &[
            &request(&[("answered_on", "2020-05-10"), ("outcome", "answered")]),
            &request(&[("answered_on", "2020-05-10")]),
            &request(&[("outcome", "refused"), ("refusal_ground", "secret")]),
            &request(&[("outcome", "refused"), ("answered_on", "2020-05-08")]),
            &request(&[("outcome", "withdrawn")]),
            &request(&[("outcome", "answered")]),
            &request(&[("outcome", "open")]),
            &request(&[("outcome", "answered"), ("answered_on", "2021-01-04")]),
        ],
    );
    assert_eq!(count(&source, "press_requests.received"), 8);
    assert_eq!(counted(&source, "press_requests.answered"), [1, 2]);
    assert_eq!(counted(&source, "press_requests.refused"), [3, 4]);
    assert_eq!(counted(&source, "press_requests.open"), [7, 8]);
    let left = [(3, "refused"), (4, "refused"), (5, "withdrawn"), (6, "no_day"), (7, "open"), (8, "open")];
    assert_eq!(left_out(&source, "press_requests.answered"), left);
    assert_eq!(doubts(&source, "press_requests.answered"), [("answered_without_day", vec![6])]);
    assert_eq!(doubts(&source, "press_requests.refused"), [("refused_without_ground", vec![4])]);
}

#[test]
fn a_request_is_overdue_when_answered_late_or_still_open_at_its_limit() {
    let source = year_with(
        Register::PressRequests,
        &[
            &request(&[("due_on", "2020-05-14"), ("answered_on", "2020-05-14")]),
            &request(&[("due_on", "2020-05-14"), ("answered_on", "2020-05-15")]),
            &request(&[("due_on", "2020-12-31")]),
            &request(&[("due_on", "2021-01-01")]),
            &request(&[]),
            &request(&[("due_on", "2020-05-14"), ("outcome", "withdrawn")]),
            &request(&[("due_on", "2020-05-14"), ("outcome", "refused")]),
            &request(&[("due_on", "2020-05-14"), ("answered_on", "2021-01-05")]),
        ],
    );
    assert_eq!(counted(&source, "press_requests.overdue"), [2, 3, 8]);
    let left = [(1, "in_time"), (4, "not_due_yet"), (5, "no_limit"), (6, "withdrawn"), (7, "no_day")];
    assert_eq!(left_out(&source, "press_requests.overdue"), left);
}

#[test]
fn in_a_year_that_is_not_over_a_limit_that_has_not_come_is_not_overdue() {
    let mut source = year_with(
        Register::PressRequests,
        &[
            &request(&[("due_on", "2020-06-14")]),
            &request(&[("due_on", "2020-06-15")]),
            &request(&[("due_on", "2020-06-16")]),
        ],
    );
    source.counted_on = date(2020, 6, 15);
    assert_eq!(counted(&source, "press_requests.overdue"), [1]);
    let left = [(2, "not_due_yet"), (3, "not_due_yet")];
    assert_eq!(left_out(&source, "press_requests.overdue"), left);
}

#[test]
fn requests_are_divided_by_who_asked_and_an_unknown_asker_is_a_doubt() {
    let source = year_with(
        Register::PressRequests,
        &[
            &request(&[("requester_kind", "press_agency")]),
            &request(&[("requester_kind", "management_body")]),
            &request(&[("requester_kind", "press_agency")]),
            &request(&[]),
        ],
    );
    let expected = owned(&[("press_agency", 2), (NOT_STATED, 1), ("management_body", 1)]);
    assert_eq!(parts(&source, "press_requests.by_requester_kind"), expected);
    assert_eq!(doubts(&source, "press_requests.by_requester_kind"), [("no_requester_kind", vec![4])]);
}

fn letter<'a>(symbol: &'a str, day: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![("symbol", symbol), ("issued_on", day), ("summary", "V/v cung cấp thông tin")];
    pairs.extend_from_slice(other);
    pairs
}

const SUPPLIED: &str = "documents_supplied_on_request";

#[test]
fn a_reply_that_is_also_an_outgoing_document_is_one_document_and_the_document_is_shown() {
    let mut source = year_with(
        Register::PressRequests,
        &[&request(&[("answered_on", "2020-05-10"), ("reply_symbol", "0512 /UBND-VHTT")])],
    );
    let marked = letter("512/UBND-VHTT", "2020-05-08", &[("supplied_to", "press_agency")]);
    let unmarked = letter("900/UBND-VP", "2020-06-08", &[]);
    add(&mut source, Register::OutgoingDocuments, &[&marked, &unmarked]);
    let found = figure(&source, SUPPLIED);
    assert_eq!(found.amount, Amount::Count { count: 1 });
    assert_eq!(found.counted.first().map(|counted| counted.register), Some(Register::OutgoingDocuments));
    assert_eq!(left_out(&source, SUPPLIED), [(1, "same_document")]);
    assert!(found.doubts.is_empty());
}

#[test]
fn one_letter_to_two_requesters_is_one_document() {
    let reply = [("answered_on", "2020-05-10"), ("reply_symbol", "512/UBND-VHTT")];
    let mut source = year_with(Register::PressRequests, &[&request(&reply), &request(&reply)]);
    assert_eq!(count(&source, SUPPLIED), 1);
    assert_eq!(doubts(&source, SUPPLIED), [("reply_not_in_register", vec![1])]);
    add(&mut source, Register::OutgoingDocuments, &[&letter("512/UBND-VHTT", "2020-05-08", &[])]);
    assert_eq!(count(&source, SUPPLIED), 1);
    assert_eq!(left_out(&source, SUPPLIED), [(1, "same_document"), (2, "same_document")]);
}

#[test]
fn the_same_number_of_another_year_is_another_document() {
    let mut source = year_with(
        Register::PressRequests,
        &[
            &request(&[
                ("received_on", "2019-12-20"),
                ("answered_on", "2020-01-02"),
                ("reply_symbol", "7/UBND-VP"),
            ]),
            &request(&[("answered_on", "2020-12-28"), ("reply_symbol", "7/UBND-VP")]),
        ],
    );
    let lines = [letter("7/UBND-VP", "2019-01-10", &[]), letter("7/UBND-VP", "2020-01-02", &[])];
    add(&mut source, Register::OutgoingDocuments, &[&lines[0], &lines[1]]);
    let found = figure(&source, SUPPLIED);
    assert_eq!(
        found.amount,
        Amount::Count { count: 1 },
        "the number is that of January, the year is the same"
    );
    let mut next = source.clone();
    next.period = Period::calendar_year(2021).unwrap();
    next.records.insert(
        Register::PressRequests,
        vec![record(
            Register::PressRequests,
            1,
            &request(&[("answered_on", "2021-01-05"), ("reply_symbol", "7/UBND-VP")]),
        )],
    );
    assert_eq!(doubts(&next, SUPPLIED), [("reply_not_in_register", vec![1])]);
}

#[test]
fn documents_marked_as_supplied_count_without_a_press_request() {
    let lines = [
        letter("1/UBND-VHTT", "2020-03-01", &[("supplied_to", "management_body")]),
        letter("01/UBND-VHTT", "2020-03-01", &[("supplied_to", "management_body")]),
        letter("2/UBND-VHTT", "2020-03-02", &[]),
        letter("3/UBND-VHTT", "2021-03-02", &[("supplied_to", "press_agency")]),
    ];
    let source = year_with(Register::OutgoingDocuments, &[&lines[0], &lines[1], &lines[2], &lines[3]]);
    assert_eq!(counted(&source, SUPPLIED), [1]);
    assert_eq!(left_out(&source, SUPPLIED), [(2, "same_document")]);
}

#[test]
fn a_refusal_and_an_oral_answer_supply_no_document() {
    let source = year_with(
        Register::PressRequests,
        &[
            &request(&[("answered_on", "2020-05-10"), ("outcome", "refused"), ("reply_symbol", "9/UBND-VP")]),
            &request(&[("answered_on", "2020-05-10")]),
            &request(&[]),
            &request(&[("answered_on", "2021-01-10"), ("reply_symbol", "10/UBND-VP")]),
        ],
    );
    assert_eq!(count(&source, SUPPLIED), 0);
    assert_eq!(left_out(&source, SUPPLIED), [(1, "refused"), (2, "no_document"), (3, "open"), (4, "open")]);
}

fn item<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![("outlet", "Báo Mẫu"), ("title", "Bài viết"), ("published_on", "2020-07-01")];
    pairs.extend_from_slice(other);
    pairs
}

#[test]
fn an_item_needs_an_answer_when_marked_or_false_or_acted_upon() {
    let source = year_with(
        Register::PressItems,
        &[
            &item(&[]),
            &item(&[("needs_answer", "yes")]),
            &item(&[("assessment", "false")]),
            &item(&[("assessment", "true"), ("action", "feedback"), ("action_on", "2020-07-05")]),
            &item(&[("assessment", "true"), ("action", "none"), ("needs_answer", "no")]),
            &item(&[("assessment", "partly"), ("action", "correction_request")]),
            &item(&[("needs_answer", "yes"), ("action", "feedback"), ("action_on", "2021-01-05")]),
        ],
    );
    assert_eq!(count(&source, "press_items.monitored"), 7);
    assert_eq!(counted(&source, "press_items.needing_answer"), [2, 3, 4, 6, 7]);
    assert_eq!(ratio(&source, "press_items.answered"), (1, 5));
    let left = [
        (1, "no_answer_needed"),
        (2, "not_answered"),
        (3, "not_answered"),
        (5, "no_answer_needed"),
        (6, "no_day"),
        (7, "after_period"),
    ];
    assert_eq!(left_out(&source, "press_items.answered"), left);
    assert_eq!(doubts(&source, "press_items.answered"), [("action_without_day", vec![6])]);
}

#[test]
fn an_item_whose_finder_is_not_written_is_left_out_of_the_ratio() {
    let source = year_with(
        Register::PressItems,
        &[&item(&[("detected_by", "unit")]), &item(&[("detected_by", "superior")]), &item(&[])],
    );
    assert_eq!(ratio(&source, "press_items.self_detected"), (1, 2));
    assert_eq!(
        left_out(&source, "press_items.self_detected"),
        [(2, "assigned_from_above"), (3, "detection_unknown")]
    );
}

#[test]
fn only_false_and_partly_true_items_are_corrections_and_each_has_one_outcome() {
    let asked = [("assessment", "false"), ("action", "correction_request"), ("action_on", "2020-07-05")];
    let with = |other: &[(&'static str, &'static str)]| {
        let mut pairs = item(&asked);
        pairs.extend_from_slice(other);
        pairs
    };
    let lines = [
        with(&[("outcome", "corrected"), ("rounds", "2")]),
        with(&[("outcome", "feedback_published"), ("rounds", "1")]),
        with(&[("outcome", "removed")]),
        with(&[("outcome", "refused"), ("rounds", "3")]),
        with(&[("outcome", "pending"), ("rounds", "1")]),
        with(&[("outcome", "corrected"), ("outcome_on", "2021-01-10"), ("rounds", "1")]),
        item(&[("assessment", "partly")]),
        item(&[("assessment", "one_sided"), ("action", "feedback"), ("action_on", "2020-07-05")]),
        item(&[("assessment", "true")]),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let source = year_with(Register::PressItems, &lines);
    assert_eq!(ratio(&source, "corrections.requested"), (6, 7));
    assert_eq!(counted(&source, "corrections.corrected"), [1, 2, 3]);
    assert_eq!(counted(&source, "corrections.refused"), [4]);
    assert_eq!(counted(&source, "corrections.pending"), [5, 6]);
    assert_eq!(count(&source, "corrections.rounds"), 2 + 1 + 1 + 3 + 1 + 1);
    assert_eq!(doubts(&source, "corrections.rounds"), [("rounds_assumed", vec![3])]);
    assert_eq!(
        left_out(&source, "corrections.requested"),
        [(7, "nothing_requested"), (8, "one_sided"), (9, "not_false")]
    );
}

#[test]
fn coverage_of_last_year_answered_this_year_counts_to_last_year() {
    let source = year_with(
        Register::PressItems,
        &[&[
            ("outlet", "Báo Mẫu"),
            ("title", "Bài viết"),
            ("published_on", "2019-12-28"),
            ("assessment", "false"),
            ("action", "feedback"),
            ("action_on", "2020-01-05"),
        ]],
    );
    for id in ["press_items.monitored", "press_items.answered", "corrections.requested", "corrections.rounds"]
    {
        assert_eq!(left_out(&source, id), [(1, "outside_period")], "{id}");
    }
}
