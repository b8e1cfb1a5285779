//! Keeping the index in step with the database.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::time::Day;
use search::{Change, Entry, Error, Index, Mark, Query};

const TODAY: Day = Day::constant(2026, 11, 23);

fn put(id: &str, title: &str) -> Change {
    Change::Put(Box::new(entry(id, title)))
}

fn entry(id: &str, title: &str) -> Entry {
    Entry { id: id.into(), kind: "news".into(), title: title.into(), day: TODAY, ..Entry::default() }
}

fn total(index: &Index, text: &str) -> u64 {
    index.search(&Query::new(text, TODAY)).unwrap().total
}

#[test]
fn a_removed_item_is_found_no_more_when_apply_returns() {
    let index = Index::in_memory().unwrap();
    index.apply(&[put("a", "Canary hoàng yến"), put("b", "Họp dân")], 2).unwrap();
    assert_eq!(total(&index, "hoàng yến"), 1);
    index.apply(&[Change::Remove("a".into())], 3).unwrap();
    assert_eq!((total(&index, "hoàng yến"), total(&index, "canary"), total(&index, "")), (0, 0, 1));
    assert_eq!(index.upto().unwrap(), 3);
}

#[test]
fn a_changed_item_is_found_by_its_new_words_only() {
    let index = Index::in_memory().unwrap();
    index.apply(&[put("a", "Bản cũ")], 1).unwrap();
    index.apply(&[put("a", "Bản mới"), put("a", "Bản mới nhất")], 2).unwrap();
    assert_eq!((total(&index, "cũ"), total(&index, "nhất"), index.len()), (0, 1, 1));
}

#[test]
fn the_sequence_survives_closing_and_a_batch_taken_in_twice_does_no_harm() {
    let dir = tempfile::tempdir().unwrap();
    {
        let index = Index::open(dir.path()).unwrap();
        assert_eq!((index.upto().unwrap(), index.is_empty()), (0, true));
        index.apply(&[put("a", "Một"), put("b", "Hai")], 41).unwrap();
        index.apply(&[], 42).unwrap();
    }
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.upto().unwrap(), index.len()), (42, 2));
    index.apply(&[put("a", "Một"), put("b", "Hai")], 41).unwrap();
    assert_eq!((index.upto().unwrap(), index.len()), (42, 2));
    let mark = Mark { sequence: 43, proof: "c0ffee".into() };
    index.apply(&[], mark.clone()).unwrap();
    index.apply(&[], 42).unwrap();
    assert_eq!(index.mark().unwrap(), mark);
}

#[test]
fn rebuilding_shows_the_old_content_until_it_is_finished_and_then_only_the_new() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.apply(&[put("a", "Cũ")], 5).unwrap();
    let mut rebuild = index.rebuild().unwrap();
    rebuild.put(&entry("b", "Mới")).unwrap();
    assert_eq!((total(&index, "cũ"), total(&index, "mới")), (1, 0));
    rebuild.finish(9).unwrap();
    assert_eq!((total(&index, "cũ"), total(&index, "mới"), index.upto().unwrap()), (0, 1, 9));
    index.apply(&[put("c", "Sau đó")], 10).unwrap();
    assert_eq!(total(&index, "sau đó"), 1);
}

#[test]
fn a_rebuild_given_up_leaves_the_old_content() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    index.apply(&[put("a", "Cũ")], 5).unwrap();
    let mut rebuild = index.rebuild().unwrap();
    rebuild.put(&entry("b", "Mới")).unwrap();
    drop(rebuild);
    index.apply(&[put("c", "Thêm")], 6).unwrap();
    assert_eq!((total(&index, "cũ"), total(&index, "mới"), total(&index, "thêm")), (1, 0, 1));
}

#[test]
fn a_rebuilt_index_gives_the_same_answers() {
    let titles = ["Họp dân phường", "Lịch họp dân", "Dân họp", "Giao đất cho dân"];
    let grown = Index::in_memory().unwrap();
    for (sequence, title) in (1..).zip(titles) {
        grown
            .apply(
                &[put(&format!("x{sequence}"), "Bản nháp dân"), put(&format!("x{sequence}"), title)],
                sequence,
            )
            .unwrap();
    }
    let fresh = Index::in_memory().unwrap();
    let mut rebuild = fresh.rebuild().unwrap();
    for (sequence, title) in (1..).zip(titles) {
        rebuild.put(&entry(&format!("x{sequence}"), title)).unwrap();
    }
    rebuild.finish(4).unwrap();
    for text in ["dân", "họp dân", "hop", "\"giao đất\"", "nháp", ""] {
        let ids = |index: &Index| -> Vec<String> {
            index.search(&Query::new(text, TODAY)).unwrap().hits.into_iter().map(|hit| hit.id).collect()
        };
        assert_eq!(ids(&grown), ids(&fresh), "{text}");
    }
}

#[test]
fn a_second_writer_is_told_that_the_index_is_busy_but_may_search() {
    let dir = tempfile::tempdir().unwrap();
    let first = Index::open(dir.path()).unwrap();
    first.apply(&[put("a", "Một")], 1).unwrap();
    let second = Index::open(dir.path()).unwrap();
    assert_eq!(total(&second, "một"), 1);
    assert!(matches!(second.apply(&[put("b", "Hai")], 2), Err(Error::Busy)));
    first.apply(&[put("b", "Hai")], 2).unwrap();
    second.refresh().unwrap();
    assert_eq!(total(&second, "hai"), 1);
}

#[test]
fn a_damaged_index_is_opened_as_an_empty_one() {
    let dir = tempfile::tempdir().unwrap();
    Index::open(dir.path()).unwrap().apply(&[put("a", "Một")], 7).unwrap();
    let home = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
    std::fs::write(home.join("meta.json"), "{ broken").unwrap();
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.upto().unwrap(), index.len()), (0, 0));
    index.apply(&[put("a", "Một")], 8).unwrap();
    assert_eq!(total(&index, "một"), 1);
}

#[test]
fn a_lost_file_of_the_index_makes_it_empty_instead_of_failing() {
    let dir = tempfile::tempdir().unwrap();
    Index::open(dir.path()).unwrap().apply(&[put("a", "Một")], 7).unwrap();
    let home = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
    for file in std::fs::read_dir(&home).unwrap().flatten() {
        if file.path().extension().is_some_and(|ending| ending == "term" || ending == "store") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    let index = Index::open(dir.path()).unwrap();
    assert_eq!((index.upto().unwrap(), index.len()), (0, 0));
}

#[test]
fn an_item_of_a_later_day_is_found_when_that_day_comes() {
    let index = Index::in_memory().unwrap();
    let tomorrow = TODAY.tomorrow().unwrap();
    let later = Entry { visible_from: tomorrow, ..entry("a", "Lịch cắt điện") };
    index.apply(&[Change::Put(Box::new(later))], 1).unwrap();
    let on = |day| {
        let results = index.search(&Query::new("cắt điện", day)).unwrap();
        (
            results.total,
            results.facets.values().map(Vec::len).sum::<usize>(),
            index.suggest("cắt", 5, day).unwrap().len(),
        )
    };
    assert_eq!(on(TODAY), (0, 0, 0));
    assert_eq!(on(tomorrow), (1, 2, 1));
}

#[test]
fn who_claims_the_right_to_write_keeps_others_from_it() {
    let dir = tempfile::tempdir().unwrap();
    let (serving, other) = (Index::open(dir.path()).unwrap(), Index::open(dir.path()).unwrap());
    serving.claim().unwrap();
    serving.claim().unwrap();
    assert!(matches!(other.claim(), Err(Error::Busy)));
    assert!(matches!(other.rebuild(), Err(Error::Busy)));
    drop(serving);
    other.claim().unwrap();
}
