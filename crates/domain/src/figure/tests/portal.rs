use super::*;

fn news<'a>(day: &'a str, title: &'a str, supplier: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![("posted_on", day), ("title", title)];
    if !supplier.is_empty() {
        pairs.push(("supplier", supplier));
    }
    pairs
}

#[test]
fn news_are_divided_by_supplier_whatever_the_case_and_style_of_tone_marks() {
    let lines = [
        news("2020-01-05", "a", "Đài truyền thanh huyện"),
        news("2020-01-06", "b", "Đài Truyền thanh huyện"),
        news("2020-02-06", "c", "Đài Truyền thanh huyện"),
        news("2020-02-07", "d", "Phòng Văn hoá và Thông tin"),
        news("2020-02-08", "e", "Phòng Văn hóa và Thông tin"),
        news("2020-03-08", "f", "UBND xã Thụy Lôi"),
        news("2020-03-09", "g", ""),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let source = year_with(Register::News, &lines);
    let expected = owned(&[
        ("Đài Truyền thanh huyện", 3),
        ("Phòng Văn hoá và Thông tin", 2),
        (NOT_STATED, 1),
        ("UBND xã Thụy Lôi", 1),
    ]);
    let found = parts(&source, "news.by_supplier");
    assert_eq!(found.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [3, 2, 1, 1]);
    assert_eq!(found.first(), expected.first());
    assert_eq!(found.get(2..), expected.get(2..));
    assert_eq!(count(&source, "news.from_radio"), 3);
    assert_eq!(count(&source, "portal.units_contributing"), 3);
    assert_eq!(left_out(&source, "portal.units_contributing"), [(7, "no_supplier")]);
    assert_eq!(doubts(&source, "news.by_supplier"), [("no_supplier", vec![7])]);
    assert_eq!(parts(&source, "news.by_month"), owned(&[("2020-01", 2), ("2020-02", 3), ("2020-03", 2)]));
}

#[test]
fn the_radio_station_is_known_by_its_usual_and_by_its_given_names() {
    let lines = [
        news("2020-01-05", "a", "ĐÀI TRUYỀN THANH HUYỆN KIM BẢNG"),
        news("2020-01-05", "b", "Dai truyen thanh huyen"),
        news("2020-01-05", "c", "Đài Phát thanh huyện"),
        news("2020-01-05", "d", "Trung tâm Văn hóa - Thể thao"),
        news("2020-01-05", "e", "Phòng Nội vụ"),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let mut source = year_with(Register::News, &lines);
    assert_eq!(counted(&source, "news.from_radio"), [1, 2, 3]);
    source.radio_names = vec!["Trung tâm văn hóa - thể thao".to_owned()];
    assert_eq!(counted(&source, "news.from_radio"), [1, 2, 3, 4]);
    assert_eq!(left_out(&source, "news.from_radio"), [(5, "other_supplier")]);
}

#[test]
fn what_was_withdrawn_by_the_end_of_the_period_is_left_out_everywhere() {
    let mut gone = news("2020-01-05", "a", "Đài Truyền thanh huyện");
    gone.push(("withdrawn_on", "2020-12-31"));
    let mut later = news("2020-01-05", "b", "Đài Truyền thanh huyện");
    later.push(("withdrawn_on", "2021-01-01"));
    let source = year_with(Register::News, &[&gone, &later]);
    for id in ["news.total", "news.from_radio", "news.by_supplier", "news.by_category", "news.by_month"] {
        assert_eq!(counted(&source, id), [2], "{id}");
        assert_eq!(left_out(&source, id), [(1, "withdrawn")], "{id}");
    }
}

fn document<'a>(symbol: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![("symbol", symbol), ("issued_on", "2020-06-01"), ("summary", "Kế hoạch")];
    pairs.extend_from_slice(other);
    pairs
}

#[test]
fn documents_count_by_the_day_of_posting_and_are_in_time_by_their_limit() {
    let lines = [
        document("1/KH-UBND", &[("posted_on", "2020-06-03"), ("post_due_on", "2020-06-03")]),
        document("2/KH-UBND", &[("posted_on", "2020-06-04"), ("post_due_on", "2020-06-03")]),
        document("3/KH-UBND", &[("posted_on", "2020-06-02")]),
        document("4/KH-UBND", &[("post_due_on", "2020-06-03")]),
        document("5/KH-UBND", &[("posted_on", "2021-01-02"), ("post_due_on", "2020-06-03")]),
        document("6/KH-UBND", &[("posted_on", "2020-06-02"), ("withdrawn_on", "2020-07-01")]),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let source = year_with(Register::PortalDocuments, &lines);
    assert_eq!(counted(&source, "documents_posted.total"), [1, 2, 3]);
    assert_eq!(
        left_out(&source, "documents_posted.total"),
        [(4, "not_posted"), (5, "outside_period"), (6, "withdrawn")]
    );
    assert_eq!(ratio(&source, "documents_posted.in_time"), (1, 2));
    assert_eq!(
        left_out(&source, "documents_posted.in_time"),
        [(2, "late"), (3, "no_limit"), (4, "not_posted"), (5, "outside_period"), (6, "withdrawn")]
    );
}

#[test]
fn documents_are_divided_by_type_and_issuer() {
    let lines = [
        document(
            "1/KH-UBND",
            &[("posted_on", "2020-06-03"), ("type_name", "Kế hoạch"), ("issuer", "UBND huyện")],
        ),
        document(
            "2/KH-UBND",
            &[("posted_on", "2020-06-03"), ("type_name", "KẾ HOẠCH"), ("issuer", "UBND huyện")],
        ),
        document("3/QĐ-UBND", &[("posted_on", "2020-06-03"), ("type_name", "Quyết định")]),
    ];
    let source = year_with(Register::PortalDocuments, &[&lines[0], &lines[1], &lines[2]]);
    let types: Vec<u64> =
        parts(&source, "documents_posted.by_type").into_iter().map(|(_, count)| count).collect();
    assert_eq!(types, [2, 1]);
    assert_eq!(parts(&source, "documents_posted.by_issuer"), owned(&[("UBND huyện", 2), (NOT_STATED, 1)]));
}

#[test]
fn two_documents_with_one_symbol_of_one_day_are_a_doubt_and_both_counted() {
    let lines = [
        document("12/KH-UBND", &[("posted_on", "2020-06-03")]),
        document("012/KH-UBND", &[("posted_on", "2020-06-03")]),
        document("12/KH-UBND", &[("posted_on", "2020-06-03"), ("issuer", "UBND xã Thi Sơn")]),
    ];
    let source = year_with(Register::PortalDocuments, &[&lines[0], &lines[1], &lines[2]]);
    assert_eq!(count(&source, "documents_posted.total"), 3);
    assert_eq!(doubts(&source, "documents_posted.total"), [("same_symbol", vec![1, 2])]);
}

#[test]
fn news_of_the_year_before_are_counted_by_the_same_days_and_never_guessed() {
    let mut gone = news("2019-05-05", "c", "");
    gone.push(("withdrawn_on", "2019-06-01"));
    let lines = [news("2020-01-05", "a", ""), news("2019-02-06", "b", ""), gone, news("2018-12-31", "d", "")];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let source = year_with(Register::News, &lines);
    assert_eq!(counted(&source, "news.total"), [1]);
    assert_eq!(counted(&source, "news.year_before"), [2]);
    assert_eq!(left_out(&source, "news.year_before"), [(3, "withdrawn")]);
    let fresh = year_with(Register::News, &lines[..1]);
    assert_eq!(figure(&fresh, "news.year_before").amount, Amount::NoData, "nothing of 2019 was written down");
}

#[test]
fn units_that_supplied_nothing_are_named_and_suppliers_that_are_no_units_are_doubted() {
    let lines = [
        news("2020-01-05", "a", "UBND xã Thi Sơn"),
        news("2020-01-06", "b", "Xã Tượng Lĩnh"),
        news("2020-01-07", "c", "Đài Truyền thanh huyện"),
        news("2020-01-08", "d", ""),
    ];
    let lines: Vec<&[(&str, &str)]> = lines.iter().map(Vec::as_slice).collect();
    let mut source = year_with(Register::News, &lines);
    assert_eq!(figure(&source, "portal.units_not_contributing").amount, Amount::NoData, "no list of units");
    source.audience = ["UBND xã Thi Sơn", "UBND xã Tượng Lĩnh", "UBND xã Lê Hồ", "Phòng Nội vụ"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(count(&source, "portal.units_not_contributing"), 2);
    let silent = owned(&[("UBND xã Lê Hồ", 0), ("Phòng Nội vụ", 0)]);
    let mut found = parts(&source, "portal.units_not_contributing");
    found.sort();
    let mut expected = silent;
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(doubts(&source, "portal.units_not_contributing"), [("supplier_not_in_audience", vec![3])]);
    assert_eq!(
        left_out(&source, "portal.units_not_contributing"),
        [(1, "has_contributed"), (2, "has_contributed"), (3, "has_contributed"), (4, "no_supplier")]
    );
}
