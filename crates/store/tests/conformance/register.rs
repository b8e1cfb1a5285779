//! Registers: recording, finding, changing, deleting.

use domain::period::Period;
use domain::register::{Presence, Record, Register, Value, Values};
use store::register::{self, Filter, Insertion, NewRecord, Sort};
use store::{StoreError, ledger};
use testkit::{Office, for_each_backend};

use crate::cast::{self, day, text};

fn new(office: &Office, register: Register, values: Values) -> NewRecord {
    NewRecord { register, unit: cast::unit(office), values, import: None }
}

fn insert(office: &Office, new: &NewRecord) -> Record {
    let insertion = office.db.write(&office.actor(), |tx| register::insert(tx, new)).unwrap();
    let Insertion::Inserted(id) = insertion else { unreachable!("a duplicate") };
    office.db.read(|r| register::find(r, new.register, id)).unwrap().unwrap().record
}

fn titles(records: &[Record]) -> Vec<&str> {
    records.iter().map(Record::title).collect()
}

/// A value for every field.
fn full(register: Register, number: i64) -> Values {
    use domain::register::FieldKind;
    let mut values = Values::new();
    for field in register.fields() {
        let value = match field.kind {
            FieldKind::Line(_) | FieldKind::Text | FieldKind::Unit | FieldKind::Symbol => {
                text(&format!("Giá trị \"{}\" số {number}", field.key))
            }
            FieldKind::Day => Value::Day(day("2020-02-29")),
            FieldKind::Clock => text("08:30"),
            FieldKind::Count => Value::Count(number),
            FieldKind::Flag => Value::Flag(number % 2 == 0),
            FieldKind::Word(words) => Value::Word(words[0].0),
        };
        assert!(values.set(field, value));
    }
    values
}

#[test]
fn every_field_of_every_register_comes_back_as_it_went_in() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        for register in Register::ALL {
            let mut least = full(register, 2);
            for field in register.fields().iter().filter(|field| field.presence == Presence::Optional) {
                least.clear(field.key);
            }
            for values in [full(register, 1), least] {
                let new = NewRecord { register, unit, values, import: None };
                assert_eq!(insert(office, &new).values, new.values);
            }
        }
        let verification = office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap();
        assert_eq!(verification.first_fault, None);
    });
}

#[test]
fn the_same_line_twice_is_one_record_whatever_its_spelling() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let first = cast::news("2020-03-02", "Hòa bình ở Kim Bảng");
        let again = cast::news("2020-03-02", "HOÀ BÌNH  ở Kim Bảng");
        let other = cast::news("2020-03-03", "Hòa bình ở Kim Bảng");
        let done = office
            .db
            .write(&office.actor(), |tx| {
                register::insert_many(tx, Register::News, unit, None, &[first.clone(), again.clone(), other])
            })
            .unwrap();
        assert_eq!((done.inserted.len(), done.existing), (2, vec![1]));
        let new = NewRecord { register: Register::News, unit, values: again, import: None };
        let insertion = office.db.write(&office.actor(), |tx| register::insert(tx, &new)).unwrap();
        assert_eq!(insertion, Insertion::Duplicate(done.inserted[0]));
        let verification = office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap();
        assert_eq!(verification.entries, 4, "unit, opening, two records");
    });
}

#[test]
fn thousands_of_lines_go_in_at_once_and_once() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let rows: Vec<Values> =
            (0..1_234).map(|number| cast::news("2020-05-01", &format!("Tin số {number}"))).collect();
        for expected in [(1_234, 0), (0, 1_234)] {
            let done = office
                .db
                .write(&office.actor(), |tx| register::insert_many(tx, Register::News, unit, None, &rows))
                .unwrap();
            assert_eq!((done.inserted.len(), done.existing.len()), expected);
        }
        let verification = office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap();
        assert_eq!((verification.entries, verification.first_fault), (1_236, None));
    });
}

#[test]
fn a_change_from_an_old_version_is_refused_and_changes_nothing() {
    for_each_backend(|office| {
        let values = cast::question("2020-06-01", "Thủ tục đất đai", "Nguyễn Văn Ha");
        let mut record = insert(office, &new(office, Register::Questions, values));
        let old = record.clone();
        record.values.set(Register::Questions.field("answered_on").unwrap(), Value::Day(day("2020-06-05")));
        let version = office.db.write(&office.actor(), |tx| register::update(tx, &record)).unwrap();
        assert_eq!(version, 2);
        let stale = office.db.write(&office.actor(), |tx| register::update(tx, &old));
        assert!(matches!(stale, Err(StoreError::Stale { table: "questions", .. })));
        let found = office.db.read(|r| register::find(r, Register::Questions, record.id)).unwrap().unwrap();
        assert_eq!(found.record, Record { version: 2, ..record });
    });
}

#[test]
fn a_change_into_another_records_key_is_refused() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let of = |values| NewRecord { register: Register::News, unit, values, import: None };
        insert(office, &of(cast::news("2020-03-02", "Một")));
        let mut second = insert(office, &of(cast::news("2020-03-02", "Hai")));
        second.values.set(Register::News.field("title").unwrap(), text("MỘT"));
        let result = office.db.write(&office.actor(), |tx| register::update(tx, &second));
        assert!(matches!(result, Err(StoreError::Unique(_))));
    });
}

#[test]
fn a_deleted_record_is_gone_but_its_history_stays() {
    for_each_backend(|office| {
        let record = insert(office, &new(office, Register::News, cast::news("2020-03-02", "Một")));
        let at = office.db.read(|r| ledger::checkpoint(r)).unwrap();
        let stale = office
            .db
            .write(&office.actor(), |tx| register::delete(tx, Register::News, record.id, record.version + 1));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
        office
            .db
            .write(&office.actor(), |tx| register::delete(tx, Register::News, record.id, record.version))
            .unwrap();
        office
            .db
            .read(|r| {
                assert_eq!(register::find(r, Register::News, record.id)?, None);
                let history = ledger::history(r, "news", &record.id.to_string())?;
                let kinds: Vec<_> = history.iter().map(|(entry, _)| entry.kind.as_str()).collect();
                assert_eq!(kinds, ["news.recorded", "news.deleted"]);
                let mut then = Vec::new();
                register::records_at(r, Register::News, at.sequence, |record| {
                    then.push(record);
                    Ok(())
                })?;
                assert_eq!(then, [record.clone()]);
                register::records_at(r, Register::News, at.sequence + 1, |_| panic!("deleted"))?;
                assert_eq!(ledger::verify(r, |_, _| ())?.first_fault, None);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn the_past_is_read_as_it_was() {
    for_each_backend(|office| {
        let values = cast::question("2020-06-01", "Thủ tục", "Nguyễn Văn Ha");
        let mut record = insert(office, &new(office, Register::Questions, values));
        let before = office.db.read(|r| ledger::checkpoint(r)).unwrap();
        let original = record.clone();
        record.values.set(Register::Questions.field("note").unwrap(), text("muộn"));
        office.db.write(&office.actor(), |tx| register::update(tx, &record)).unwrap();
        office
            .db
            .read(|r| {
                let mut then = Vec::new();
                register::records_at(r, Register::Questions, before.sequence, |record| {
                    then.push(record);
                    Ok(())
                })?;
                assert_eq!(then, [original.clone()]);
                let one = register::record_at(r, Register::Questions, record.id, before.sequence)?;
                assert_eq!(one, Some(original.clone()));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn lists_search_filter_sort_and_page_and_count_what_they_list() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let rows = [
            cast::news("2020-01-05", "Đại hội Đảng bộ huyện"),
            cast::news("2020-02-10", "Phòng, chống dịch"),
            cast::news("2020-02-10", "Chống hạn 100% diện tích"),
            cast::news("2020-12-31", "Tổng kết năm"),
        ];
        office
            .db
            .write(&office.actor(), |tx| register::insert_many(tx, Register::News, unit, None, &rows))
            .unwrap();
        let all = Filter::of(Register::News);
        let cases: Vec<(Filter, Vec<&str>)> = vec![
            (Filter { search: Some("dai hoi".into()), ..all.clone() }, vec!["Đại hội Đảng bộ huyện"]),
            (Filter { search: Some("100%".into()), ..all.clone() }, vec!["Chống hạn 100% diện tích"]),
            (Filter { search: Some("_".into()), ..all.clone() }, vec![]),
            (
                Filter { from: Some(day("2020-02-01")), to: Some(day("2020-02-28")), ..all.clone() },
                vec!["Chống hạn 100% diện tích", "Phòng, chống dịch"],
            ),
            (
                Filter { equals: vec![("title".into(), text("Tổng kết năm"))], ..all.clone() },
                vec!["Tổng kết năm"],
            ),
            (Filter { equals: vec![("no_field".into(), text("x"))], ..all.clone() }, vec![]),
            (Filter { missing: vec!["title".into()], ..all.clone() }, vec![]),
            (
                Filter { sort: Some(Sort { field: "title".into(), is_descending: false }), ..all.clone() },
                // By bytes, on both databases.
                vec![
                    "Chống hạn 100% diện tích",
                    "Phòng, chống dịch",
                    "Tổng kết năm",
                    "Đại hội Đảng bộ huyện",
                ],
            ),
        ];
        for (filter, expected) in cases {
            let (page, count) = office
                .db
                .read(|r| Ok::<_, StoreError>((register::list(r, &filter)?, register::count(r, &filter)?)))
                .unwrap();
            let mut found = titles(&page.records);
            if filter.sort.is_none() {
                found.sort_unstable();
            }
            assert_eq!(found, expected, "{filter:?}");
            assert_eq!(count, expected.len() as u64);
        }
        let page = |page| {
            let filter = Filter { page, per_page: 3, ..all.clone() };
            office.db.read(|r| register::list(r, &filter)).unwrap()
        };
        assert_eq!((page(1).records.len(), page(1).has_more), (3, true));
        assert_eq!((page(2).records.len(), page(2).has_more), (1, false));
        assert_eq!(titles(&page(2).records), ["Đại hội Đảng bộ huyện"], "the newest come first");
    });
}

#[test]
fn personal_data_is_searched_only_when_asked_for() {
    for_each_backend(|office| {
        let values = cast::question("2020-06-01", "Thủ tục", "Nguyễn Văn Hà");
        insert(office, &new(office, Register::Questions, values));
        let mut filter = Filter { search: Some("van ha".into()), ..Filter::of(Register::Questions) };
        assert_eq!(office.db.read(|r| register::count(r, &filter)).unwrap(), 0);
        filter.searches_personal = true;
        assert_eq!(office.db.read(|r| register::count(r, &filter)).unwrap(), 1);
    });
}

#[test]
fn records_without_the_sorted_value_come_last_either_way() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let mut with = cast::news("2020-01-05", "Có chuyên mục");
        with.set(Register::News.field("category").unwrap(), text("A"));
        let rows = [with, cast::news("2020-01-06", "Không")];
        office
            .db
            .write(&office.actor(), |tx| register::insert_many(tx, Register::News, unit, None, &rows))
            .unwrap();
        for is_descending in [true, false] {
            let sort = Some(Sort { field: "category".into(), is_descending });
            let filter = Filter { sort, ..Filter::of(Register::News) };
            let page = office.db.read(|r| register::list(r, &filter)).unwrap();
            assert_eq!(titles(&page.records), ["Có chuyên mục", "Không"]);
        }
    });
}

#[test]
fn a_period_takes_records_with_any_of_its_days_inside() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let field = |key| Register::Questions.field(key).unwrap();
        let mut answered_later = cast::question("2019-12-30", "Trả lời năm sau", "A");
        answered_later.set(field("answered_on"), Value::Day(day("2020-01-03")));
        let rows = [
            answered_later,
            cast::question("2020-12-31", "Cuối năm", "B"),
            cast::question("2021-01-01", "Ngoài kỳ", "C"),
        ];
        office
            .db
            .write(&office.actor(), |tx| register::insert_many(tx, Register::Questions, unit, None, &rows))
            .unwrap();
        let year = Period::calendar_year(2020).unwrap();
        let fields = ["received_on", "answered_on", "subject"];
        office
            .db
            .read(|r| {
                let found = register::load_for_period(r, Register::Questions, Some(unit), &fields, year)?;
                let mut found = titles(&found);
                found.sort_unstable();
                assert_eq!(found, ["Cuối năm", "Trả lời năm sau"]);
                let ids: Vec<_> = register::load_for_period(r, Register::Questions, None, &fields, year)?
                    .iter()
                    .map(|record| record.id)
                    .collect();
                let many = register::find_many(r, Register::Questions, &ids)?;
                assert_eq!(titles(&many), ["Trả lời năm sau", "Cuối năm"], "by day");
                assert!(
                    register::load_for_period(r, Register::Questions, None, &["subject"], year)?.is_empty()
                );
                let mut streamed = 0;
                register::all(r, Register::Questions, Some(unit), |_| {
                    streamed += 1;
                    Ok(())
                })?;
                assert_eq!(streamed, 3);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn a_register_is_open_from_its_first_line_or_by_word_alone() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let opened = |r: &mut store::Reader<'_>| {
            Ok::<_, StoreError>(
                register::opened_registers(r, Some(unit))?
                    .into_iter()
                    .map(|(register, ..)| register)
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(office.db.read(opened).unwrap(), []);
        office
            .db
            .write(&office.actor(), |tx| {
                assert!(register::open(tx, Register::Questions, unit, None)?);
                assert!(!register::open(tx, Register::Questions, unit, None)?);
                register::insert_many(tx, Register::News, unit, None, &[cast::news("2020-01-01", "Tin")])
            })
            .unwrap();
        assert_eq!(office.db.read(opened).unwrap(), [Register::News, Register::Questions]);
        assert_eq!(office.db.read(|r| register::opened_registers(r, None)).unwrap().len(), 2);
    });
}
