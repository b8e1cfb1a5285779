//! Suggestions while typing.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::time::Day;
use search::{Change, Entry, Index, MOST_SUGGESTIONS};

const TODAY: Day = Day::constant(2026, 11, 23);

fn entry(id: &str, number: Option<&str>, title: &str) -> Entry {
    Entry {
        id: id.into(),
        kind: "document".into(),
        number_symbol: number.map(str::to_owned),
        title: title.into(),
        day: TODAY,
        ..Entry::default()
    }
}

fn index(entries: impl IntoIterator<Item = Entry>) -> Index {
    let index = Index::in_memory().unwrap();
    let batch: Vec<Change> = entries.into_iter().map(|entry| Change::Put(Box::new(entry))).collect();
    index.apply(&batch, 1).unwrap();
    index
}

fn titles(index: &Index, typed: &str) -> Vec<String> {
    index.suggest(typed, 5, TODAY).unwrap().into_iter().map(|found| found.title.text).collect()
}

fn office() -> Index {
    index([
        entry("a", Some("29/2019/QĐ-UBND"), "Quy chế phát ngôn"),
        entry("b", Some("290/2019/QĐ-UBND"), "Giao đất"),
        entry("c", None, "Lịch phát sóng truyền thanh"),
        entry("d", None, "Lịch phát sóng truyền thanh"),
    ])
}

#[test]
fn a_half_typed_word_is_continued_with_or_without_marks() {
    let index = office();
    for typed in ["phat ng", "phát ngô", "PHÁT NGÔN", "quy che phat n", "pha\u{301}t ng"] {
        assert_eq!(titles(&index, typed), ["Quy chế phát ngôn"], "{typed}");
    }
    assert_eq!(titles(&index, "phat ng "), Vec::<String>::new(), "a word followed by a space is whole");
    assert_eq!(titles(&index, "xyz"), Vec::<String>::new());
    assert_eq!(titles(&index, " \" "), Vec::<String>::new());
}

#[test]
fn a_number_is_continued_in_its_own_form() {
    let index = office();
    assert_eq!(titles(&index, "29/20"), ["Quy chế phát ngôn"]);
    let both = titles(&index, "29");
    assert_eq!((both[0].as_str(), both.len()), ("Quy chế phát ngôn", 2));
    assert_eq!(titles(&index, "290/2019/qd"), ["Giao đất"]);
}

#[test]
fn a_type_with_a_number_begun_suggests_documents_of_that_type() {
    let typed = |id: &str, number: &str, kind: &str, title: &str| Entry {
        document_type: Some(kind.into()),
        ..entry(id, Some(number), title)
    };
    let index = index([
        typed("a", "7/QĐ-UBND", "Quyết định", "Một"),
        typed("b", "712/QĐ-UBND", "Quyết định", "Hai"),
        typed("c", "7/KH-UBND", "Kế hoạch", "Ba"),
        typed("d", "75/UBND-VX", "Công văn", "Bốn"),
    ]);
    for start in ["qd 7", "QĐ7", "quyết định 7", "quyet dinh so 7"] {
        assert_eq!(titles(&index, start), ["Một", "Hai"], "{start}");
    }
    assert_eq!(titles(&index, "cv 7"), ["Bốn"]);
    assert_eq!(titles(&index, "qd 7 "), ["Một"], "a number followed by a space is whole");
}

#[test]
fn one_title_is_suggested_once_and_suggestions_are_few() {
    assert_eq!(titles(&office(), "truyen th"), ["Lịch phát sóng truyền thanh"]);
    let many = index((0..30).map(|n| entry(&n.to_string(), None, &format!("Họp dân lần {n}"))));
    assert_eq!(many.suggest("họp", usize::MAX, TODAY).unwrap().len(), MOST_SUGGESTIONS);
    assert_eq!(many.suggest("họp", 0, TODAY).unwrap(), []);
}

#[test]
fn a_removed_item_is_suggested_no_more() {
    let index = office();
    index.apply(&[Change::Remove("a".into())], 2).unwrap();
    assert_eq!(titles(&index, "phat ngo"), Vec::<String>::new());
}
