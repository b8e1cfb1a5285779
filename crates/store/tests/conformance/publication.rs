//! Publications and what the public sees of them and of registers.

use domain::id::{PublicationId, UnitId};
use domain::publication::item::Item;
use domain::publication::workflow::State;
use domain::publication::{Attachment, Content, Kind, Purpose};
use domain::register::{Register, Value};
use domain::time::Timestamp;
use store::public_item::{self, Facet, Filter};
use store::publication::{self, PublicationRow, VersionRow};
use store::register::{self, Insertion, NewRecord};
use store::{Digest, StoreError, Tx};
use testkit::{Office, for_each_backend};

use crate::cast::{self, day};

pub fn content(title: &str) -> Content {
    let file = Attachment {
        digest: Digest::of(title.as_bytes()).to_string(),
        name: "tep.pdf".into(),
        media_type: "application/pdf".into(),
        size: 3,
        purpose: Purpose::Attachment,
        text: "Toàn văn".into(),
    };
    Content { title: title.into(), body: "<p>Nội dung</p>".into(), files: vec![file], ..Content::default() }
}

pub fn row(id: PublicationId, unit: UnitId) -> PublicationRow {
    PublicationRow {
        id,
        unit,
        kind: Kind::News,
        state: State::Draft,
        content: content("Kết quả bầu cử"),
        writers: vec!["an".into()],
        approved_digest: None,
        approved_by: None,
        approved_at: None,
        publish_at: None,
        publish_note: String::new(),
        expires_at: None,
        review_on: None,
        published_version: 0,
        first_posted_on: None,
        is_public: false,
        created_by: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        version: 0,
    }
}

pub fn version(id: PublicationId, number: i64, title: &str, at: Timestamp) -> (VersionRow, Item) {
    let content = content(title);
    let item = Item::of_content(Kind::News, &content, day("2020-05-04"));
    let row = VersionRow {
        publication: id,
        version: number,
        content,
        note: if number > 1 { "Sửa số liệu".into() } else { String::new() },
        is_correction: number > 1,
        writers: vec!["an".into(), "chi".into()],
        approved_by: "binh".into(),
        published_by: "an".into(),
        published_at: at,
    };
    (row, item)
}

fn publish(tx: &mut Tx<'_>, id: PublicationId, number: i64, title: &str) -> Result<(), StoreError> {
    let (row, item) = version(id, number, title, tx.now());
    publication::publish(tx, &row, &item)
}

fn begun(office: &Office) -> PublicationRow {
    let unit = cast::unit(office);
    office
        .db
        .write(&office.actor(), |tx| {
            let id = tx.new_id()?;
            publication::insert(tx, &row(id, unit))
        })
        .unwrap()
}

#[test]
fn a_working_copy_is_begun_changed_found_and_listed() {
    for_each_backend(|office| {
        let mut row = begun(office);
        assert_eq!((row.version, row.created_by.as_str()), (1, "system"));
        let now = office.db.sources().clock.now();
        row.state = State::Scheduled;
        row.publish_at = Some(now);
        row.approved_digest = Some(row.content.digest());
        row.review_on = Some(day("2021-01-01"));
        row.content.fields.insert("author".into(), "Nguyễn Văn An".into());
        let saved =
            office.db.write(&office.actor(), |tx| publication::update(tx, "publication.schedule", &row));
        let saved = saved.unwrap();
        assert_eq!(saved.version, 2);
        let stale = office.db.write(&office.actor(), |tx| publication::update(tx, "publication.edit", &row));
        assert!(matches!(stale, Err(StoreError::Stale { table: "publications", .. })));
        let read = |filter: &publication::Filter| {
            office.db.read(|r| {
                Ok::<_, StoreError>((publication::list(r, filter)?, publication::count(r, filter)?))
            })
        };
        let first = publication::Filter { page: 1, per_page: 10, ..publication::Filter::default() };
        for (filter, found) in [
            (first.clone(), 1),
            (publication::Filter { search: "nguyen BAU".into(), ..first.clone() }, 1),
            (publication::Filter { search: "100%".into(), ..first.clone() }, 0),
            (publication::Filter { kind: Some(Kind::Document), ..first.clone() }, 0),
            (publication::Filter { state: Some(State::Scheduled), ..first.clone() }, 1),
        ] {
            let (rows, count) = read(&filter).unwrap();
            assert_eq!((rows.len(), count), (found, i64::try_from(found).unwrap()), "{filter:?}");
        }
        assert_eq!(office.db.read(|r| publication::find(r, row.id)).unwrap(), Some(saved.clone()));
        assert_eq!(office.db.read(|r| publication::due(r, now, 10)).unwrap(), [saved]);
        let earlier = now.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap();
        assert_eq!(office.db.read(|r| publication::due(r, earlier, 10)).unwrap(), []);
    });
}

#[test]
fn published_versions_stay_and_readers_see_the_last_with_what_changed() {
    for_each_backend(|office| {
        let row = begun(office);
        office.db.write(&office.actor(), |tx| publish(tx, row.id, 1, "Tin đầu")).unwrap();
        office.db.write(&office.actor(), |tx| publish(tx, row.id, 2, "Tin sửa")).unwrap();
        let again = office.db.write(&office.actor(), |tx| publish(tx, row.id, 2, "Tin khác"));
        assert!(matches!(again, Err(StoreError::Unique { .. })), "{again:?}");
        let versions = office.db.read(|r| publication::versions(r, row.id)).unwrap();
        assert_eq!(
            versions.iter().map(|v| v.content.title.as_str()).collect::<Vec<_>>(),
            ["Tin đầu", "Tin sửa"]
        );
        let seen = office.db.read(|r| public_item::find(r, row.id)).unwrap().unwrap();
        assert_eq!((seen.item.title.as_str(), seen.item.slug.as_str()), ("Tin sửa", "tin-sua"));
        assert_eq!(seen.notes.len(), 1);
        assert!(seen.notes[0].is_correction && seen.withdrawn.is_none());
        let old = Digest::of("Tin đầu".as_bytes());
        let new = Digest::of("Tin sửa".as_bytes());
        let file =
            |digest: &Digest| office.db.read(|r| public_item::file(r, digest, day("2020-06-01"))).unwrap();
        assert_eq!(file(&old), None, "a file of an earlier version is not public");
        assert_eq!(file(&new).unwrap().name, "tep.pdf");
    });
}

#[test]
fn nothing_of_what_is_withdrawn_is_left_but_that_it_was_there() {
    for_each_backend(|office| {
        let row = begun(office);
        let filter = Filter::of(&["news"], day("2020-06-01"));
        office.db.write(&office.actor(), |tx| publish(tx, row.id, 1, "Tin có tên người")).unwrap();
        assert_eq!(office.db.read(|r| public_item::count(r, &filter)).unwrap(), 1);
        let before = office.db.read(|r| public_item::newest_change(r)).unwrap();
        office
            .db
            .write(&office.actor(), |tx| publication::withdraw(tx, row.id, day("2020-05-05"), "Sai sót"))
            .unwrap();
        let left = office.db.read(|r| public_item::find(r, row.id)).unwrap().unwrap();
        let withdrawn = left.withdrawn.clone().unwrap();
        assert_eq!((withdrawn.on, withdrawn.reason.as_str()), (day("2020-05-05"), "Sai sót"));
        assert!(!format!("{left:?}").contains("tên người"));
        assert_eq!(office.db.read(|r| public_item::list(r, &filter)).unwrap(), []);
        let digest = Digest::of("Tin có tên người".as_bytes());
        assert_eq!(office.db.read(|r| public_item::file(r, &digest, day("2020-06-01"))).unwrap(), None);
        let told = office.db.read(|r| public_item::changed_since(r, (before, "~"), 10)).unwrap();
        assert_eq!(told, [left.clone()]);
        let id = row.id.to_string();
        let stands = office.db.read(|r| public_item::standing(r, &[&id, "never was"])).unwrap();
        assert_eq!((stands.len(), stands[0].is_withdrawn, stands[0].changed), (1, true, left.changed));
        assert_eq!(office.db.read(|r| public_item::standing(r, &[])).unwrap(), []);
    });
}

#[test]
fn a_line_of_a_register_is_public_while_it_says_posted() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let today = day("2020-06-01");
        let rows = [cast::news("2020-05-01", "Tin một"), cast::news("2020-07-01", "Tin của tương lai")];
        let ids = office
            .db
            .write(&office.actor(), |tx| register::insert_many(tx, Register::News, unit, None, &rows))
            .unwrap()
            .inserted;
        let titles = |today| {
            let filter = Filter::of(&["news"], today);
            let items = office.db.read(|r| public_item::list(r, &filter)).unwrap();
            items.into_iter().map(|found| found.item.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(today), ["Tin một"]);
        assert_eq!(titles(day("2020-07-01")).len(), 2);
        let sections = Filter::of(&[], today);
        assert_eq!(office.db.read(|r| public_item::facet(r, Facet::Section, &sections)).unwrap(), []);
        let mut record =
            office.db.read(|r| register::find(r, Register::News, ids[0])).unwrap().unwrap().record;
        record.values.set(Register::News.field("title").unwrap(), cast::text("Tin một, sửa"));
        record.values.set(Register::News.field("category").unwrap(), cast::text("Thời sự"));
        record.version = office.db.write(&office.actor(), |tx| register::update(tx, &record)).unwrap();
        assert_eq!(titles(today), ["Tin một, sửa"]);
        assert_eq!(
            office.db.read(|r| public_item::facet(r, Facet::Section, &sections)).unwrap(),
            [("Thời sự".into(), 1)]
        );
        let section = Filter { section: Some("Thời sự".into()), year: Some("2019".into()), ..sections };
        assert_eq!(office.db.read(|r| public_item::count(r, &section)).unwrap(), 0);
        let withdrawn_on = Register::News.field("withdrawn_on").unwrap();
        record.values.set(withdrawn_on, Value::Day(today));
        record.version = office.db.write(&office.actor(), |tx| register::update(tx, &record)).unwrap();
        assert_eq!(titles(today), Vec::<String>::new());
        record.values.clear("withdrawn_on");
        record.version = office.db.write(&office.actor(), |tx| register::update(tx, &record)).unwrap();
        assert_eq!(titles(today), ["Tin một, sửa"]);
        office
            .db
            .write(&office.actor(), |tx| register::delete(tx, Register::News, record.id, record.version))
            .unwrap();
        assert_eq!(titles(today), Vec::<String>::new());
    });
}

#[test]
fn what_is_counted_is_what_is_listed_after_every_sort_of_change() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let write = |rows: &[_]| {
            let insert = |tx: &mut Tx<'_>| register::insert_many(tx, Register::News, unit, None, rows);
            office.db.write(&office.actor(), insert).unwrap().inserted
        };
        let agree = |expected: i64| {
            for today in ["2019-12-31", "2020-06-01", "2021-01-01"] {
                let years = [None, Some("2019"), Some("2020")];
                for (year, section) in years.into_iter().flat_map(|y| [(y, None), (y, Some("Thời sự"))]) {
                    let filter = Filter {
                        year: year.map(Into::into),
                        section: section.map(Into::into),
                        per_page: 100,
                        ..Filter::of(&["news"], day(today))
                    };
                    let read = |r: &mut store::Reader<'_>| -> Result<_, StoreError> {
                        let years = public_item::facet(r, Facet::Year, &filter)?;
                        Ok((public_item::list(r, &filter)?, public_item::count(r, &filter)?, years))
                    };
                    let (listed, counted, years) = office.db.read(read).unwrap();
                    assert_eq!(i64::try_from(listed.len()).unwrap(), counted, "{filter:?}");
                    assert_eq!(years.iter().map(|(_, items)| items).sum::<i64>(), counted, "{filter:?}");
                }
            }
            let all = Filter::of(&[], day("2021-01-01"));
            assert_eq!(office.db.read(|r| public_item::count(r, &all)).unwrap(), expected);
        };
        agree(0);
        let ids = write(&["2019-12-31", "2020-01-01", "2020-06-02"].map(|on| cast::news(on, on)));
        agree(3);
        let mut record =
            office.db.read(|r| register::find(r, Register::News, ids[0])).unwrap().unwrap().record;
        let mut change = |field: &str, value: Option<Value>| {
            match value {
                Some(value) => assert!(record.values.set(Register::News.field(field).unwrap(), value)),
                None => record.values.clear(field),
            }
            record.version = office.db.write(&office.actor(), |tx| register::update(tx, &record)).unwrap();
            record.clone()
        };
        change("category", Some(cast::text("Thời sự")));
        agree(3);
        change("posted_on", Some(Value::Day(day("2020-02-29"))));
        agree(3);
        change("withdrawn_on", Some(Value::Day(day("2020-03-01"))));
        agree(2);
        let last = change("withdrawn_on", None);
        agree(3);
        let delete = |tx: &mut Tx<'_>| register::delete(tx, Register::News, last.id, last.version);
        office.db.write(&office.actor(), delete).unwrap();
        agree(2);
        let row = begun(office);
        for (number, total) in [(1, 3), (2, 3)] {
            office.db.write(&office.actor(), |tx| publish(tx, row.id, number, "Tin có bài")).unwrap();
            agree(total);
        }
        let withdraw = |tx: &mut Tx<'_>| publication::withdraw(tx, row.id, day("2020-05-05"), "Sai sót");
        office.db.write(&office.actor(), withdraw).unwrap();
        agree(2);
    });
}

#[test]
fn readers_see_a_published_text_as_it_was_approved_whatever_its_line_says() {
    for_each_backend(|office| {
        let row = begun(office);
        let values = cast::news("2020-05-04", "Kết quả bầu cử");
        let new = NewRecord { register: Register::News, unit: row.unit, values, import: None };
        let record_id = row.id.to_string().parse().unwrap();
        let inserted = office
            .db
            .write(&office.actor(), |tx| {
                let inserted = register::insert_as(tx, record_id, &new)?;
                publish(tx, row.id, 1, "Kết quả bầu cử")?;
                Ok::<_, StoreError>(inserted)
            })
            .unwrap();
        assert_eq!(inserted, Insertion::Inserted(record_id));
        let other = office.db.write(&office.actor(), |tx| {
            let id = tx.new_id()?;
            register::insert_as(tx, id, &new)
        });
        assert_eq!(other.unwrap(), Insertion::Duplicate(record_id));
        let mut record =
            office.db.read(|r| register::find(r, Register::News, record_id)).unwrap().unwrap().record;
        let approved = office.db.read(|r| public_item::find(r, row.id)).unwrap().unwrap();
        assert_eq!((approved.item.body.as_str(), approved.item.files.len()), ("<p>Nội dung</p>", 1));
        for (key, value) in [
            ("title", cast::text("Tiêu đề khác")),
            ("author", cast::text("Lê Văn Bình")),
            ("posted_on", Value::Day(day("2019-01-01"))),
            ("withdrawn_on", Value::Day(day("2020-05-05"))),
        ] {
            assert!(record.values.set(Register::News.field(key).unwrap(), value));
            record.version = office.db.write(&office.actor(), |tx| register::update(tx, &record)).unwrap();
        }
        let delete = |tx: &mut Tx<'_>| register::delete(tx, Register::News, record.id, record.version);
        office.db.write(&office.actor(), delete).unwrap();
        assert_eq!(office.db.read(|r| public_item::find(r, row.id)).unwrap().unwrap(), approved);
    });
}

#[test]
fn a_link_to_a_working_copy_ends_by_time_and_by_being_revoked() {
    for_each_backend(|office| {
        let row = begun(office);
        let now = office.db.sources().clock.now();
        let later = now.checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
        office.db.write(&office.actor(), |tx| publication::add_preview(tx, row.id, "abc", later)).unwrap();
        let seen = |at| office.db.read(|r| publication::by_preview(r, "abc", at)).unwrap().map(|row| row.id);
        assert_eq!(seen(now), Some(row.id));
        assert_eq!(seen(later), None);
        let revoked =
            office.db.write(&office.actor(), |tx| publication::revoke_previews(tx, row.id)).unwrap();
        assert_eq!((revoked, seen(now)), (1, None));
    });
}

#[test]
fn steps_are_numbered_and_name_the_text_they_were_done_to() {
    for_each_backend(|office| {
        let row = begun(office);
        let step = |event| {
            office
                .db
                .write(&office.actor(), |tx| publication::add_step(tx, row.id, event, "Ghi chú", "d1"))
                .unwrap();
        };
        step("submit");
        step("approve");
        let steps = office.db.read(|r| publication::steps(r, row.id)).unwrap();
        let seen: Vec<_> = steps.iter().map(|s| (s.number, s.event.as_str(), s.digest.as_str())).collect();
        assert_eq!(seen, [(1, "submit", "d1"), (2, "approve", "d1")]);
    });
}

#[test]
fn last_days_kept_beside_the_text_move_into_it_and_void_what_was_approved_without_them() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let end: Timestamp = "2020-12-31T17:00:00Z".parse().unwrap();
        let make = |state: State, is_public: bool| {
            let write = |tx: &mut Tx<'_>| {
                let id = tx.new_id()?;
                let approved_digest = Some(content("Kết quả bầu cử").digest());
                let row = PublicationRow {
                    state,
                    is_public,
                    approved_digest,
                    expires_at: Some(end),
                    publish_at: Some(end),
                    ..row(id, unit)
                };
                publication::insert(tx, &row)
            };
            office.db.write(&office.actor(), write).unwrap().id
        };
        let (scheduled, published) = (make(State::Scheduled, false), make(State::Published, true));
        let migration = if office.is_on_postgres() {
            include_str!("../../migrations/postgres/0047_approve_last_days.sql")
        } else {
            include_str!("../../migrations/sqlite/0047_approve_last_days.sql")
        };
        office.damage(&format!("DROP INDEX publications_by_end; {migration}"));
        let find = |id| office.db.read(|r| publication::find(r, id)).unwrap().unwrap();
        let row = find(scheduled);
        assert_eq!(row.content, Content { last_day: Some(day("2020-12-31")), ..content("Kết quả bầu cử") });
        assert_eq!((row.state, row.approved_digest, row.publish_at), (State::InReview, None, None));
        assert_eq!(row.expires_at, None);
        let row = find(published);
        assert_eq!(row.content.ends_at(), Some(end));
        assert_eq!(
            (row.state, row.expires_at, row.approved_digest.is_some()),
            (State::Published, Some(end), true)
        );
    });
}

#[test]
fn what_is_public_is_due_to_end_in_any_state_of_its_working_copy() {
    for_each_backend(|office| {
        let mut row = begun(office);
        let now = office.db.sources().clock.now();
        row.expires_at = Some(now);
        row =
            office.db.write(&office.actor(), |tx| publication::update(tx, "publication.edit", &row)).unwrap();
        assert_eq!(office.db.read(|r| publication::due(r, now, 10)).unwrap(), []);
        row.is_public = true;
        for state in State::ALL {
            row.state = state;
            row = office
                .db
                .write(&office.actor(), |tx| publication::update(tx, "publication.edit", &row))
                .unwrap();
            assert_eq!(office.db.read(|r| publication::due(r, now, 10)).unwrap(), [row.clone()], "{state:?}");
        }
    });
}
