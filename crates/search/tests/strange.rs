//! Whatever is typed or put in, there is an answer that holds together.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::time::Day;
use proptest::prelude::*;
use search::{Change, DEEPEST, Entry, Facet, Index, LARGEST_PAGE, LONGEST_QUERY, Marked, Order, Query};

const TODAY: Day = Day::constant(2026, 11, 23);

fn entry(id: usize, title: &str, body: &str) -> Entry {
    Entry {
        id: id.to_string(),
        kind: "news".into(),
        title: title.into(),
        number_symbol: Some(title.into()),
        summary: body.into(),
        body: body.into(),
        attachments: vec![title.into()],
        section: Some(title.into()),
        day: TODAY,
        ..Entry::default()
    }
}

fn filled(texts: &[(String, String)]) -> Index {
    let index = Index::in_memory().unwrap();
    let batch: Vec<Change> = texts
        .iter()
        .enumerate()
        .map(|(id, (title, body))| Change::Put(Box::new(entry(id, title, body))))
        .collect();
    index.apply(&batch, 1).unwrap();
    index
}

fn holds_together(marked: &Marked) {
    let mut at = 0;
    for range in &marked.ranges {
        assert!(at <= range.start && range.start < range.end && range.end <= marked.text.len(), "{marked:?}");
        assert!(marked.text.get(range.clone()).is_some(), "{marked:?}");
        at = range.end;
    }
    let joined: String = marked.pieces().map(|(text, _)| text).collect();
    assert_eq!(joined, marked.text);
}

/// Vietnamese syllables, signs of query languages, marks standing apart, hidden signs, anything.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("quyết định".to_owned()),
        Just("\"".to_owned()),
        Just("“hoà".to_owned()),
        Just("29/2019/QĐ-UBND ".to_owned()),
        Just("NEAR(kind:* ^2 -\\ ) ".to_owned()),
        Just("\u{301}\u{200b}\u{ad}".to_owned()),
        Just("quyeets ".to_owned()),
        Just("'; DROP --".to_owned()),
        ".{0,12}",
        "[a-zđ0-9/ -]{0,9}",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_question_to_any_content_is_answered_and_its_highlights_lie_in_the_text(
        texts in proptest::collection::vec((text(), text()), 1..6),
        question in text(),
        offset in 0_usize..5,
        limit in 0_usize..5,
    ) {
        let index = filled(&texts);
        for order in [Order::Relevance, Order::Newest] {
            let query = Query { offset, limit, order, ..Query::new(question.as_str(), TODAY) };
            let results = index.search(&query).unwrap();
            prop_assert!(results.hits.len() <= limit);
            prop_assert!(results.total <= texts.len() as u64);
            for hit in &results.hits {
                holds_together(&hit.title);
                holds_together(&hit.excerpt);
                holds_together(hit.number_symbol.as_ref().unwrap());
            }
        }
    }

    #[test]
    fn an_item_is_found_by_its_own_title_in_every_way_of_typing_it(title in "[a-zăâđêôơưáàảãạốờữịỳ]{1,6}( [a-zđểụ]{1,6}){0,5}") {
        use unicode_normalization::UnicodeNormalization;
        let index = filled(&[(title.clone(), String::new())]);
        let typed = [
            title.clone(),
            title.to_uppercase(),
            title.nfd().collect(),
            domain::text::fold(&title),
            format!("\"{title}\""),
        ];
        for question in typed {
            let results = index.search(&Query::new(question.as_str(), TODAY)).unwrap();
            prop_assert_eq!(results.total, 1, "{}", question);
        }
    }
}

#[test]
fn long_questions_deep_pages_and_odd_filters_are_cut_not_refused() {
    let index = filled(&[("Họp dân".into(), "Thân bài".into())]);
    for question in ["a ".repeat(10_000), "\"".repeat(10_000), "từ".repeat(5_000), "NEAR(".repeat(2_000)] {
        let results = index.search(&Query::new(question.as_str(), TODAY)).unwrap();
        assert!(results.cut || question.len() <= LONGEST_QUERY);
    }
    let deep = Query { offset: usize::MAX, limit: usize::MAX, ..Query::new("", TODAY) };
    let results = index.search(&deep).unwrap();
    assert!(results.cut && results.hits.is_empty() && results.total == 1);
    const { assert!(DEEPEST > LARGEST_PAGE) };
    let odd = Query::new("", TODAY).with(Facet::Year, "năm ngoái").with(Facet::Kind, "\0");
    assert_eq!(index.search(&odd).unwrap().total, 0);
    let backwards = Query { from: Some(TODAY), to: Some(Day::MIN), ..Query::new("", TODAY) };
    assert_eq!(index.search(&backwards).unwrap().total, 0);
}

#[test]
fn an_item_with_huge_texts_is_taken_in_and_found() {
    let index = Index::in_memory().unwrap();
    let huge = Entry { body: "đất đai ".repeat(400_000), ..entry(1, &"x".repeat(200_000), "lead") };
    index.apply(&[Change::Put(Box::new(huge))], 1).unwrap();
    let results = index.search(&Query::new("đất đai", TODAY)).unwrap();
    assert_eq!(results.total, 1);
    assert!(results.hits[0].excerpt.text.len() < 400);
}
