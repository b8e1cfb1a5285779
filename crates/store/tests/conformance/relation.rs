//! What public documents do to each other, and how each stands.

use domain::id::PublicationId;
use domain::publication::effect::Status;
use domain::publication::item::Item;
use domain::publication::relation::{Act, Relation};
use domain::publication::{Content, Kind};
use domain::register::{Register, Value};
use store::public_item::{self, Facet, Filter, PublicItem};
use store::public_relation;
use store::publication::{self, VersionRow};
use testkit::{Office, for_each_backend};

use crate::cast::{self, day};
use crate::publication::row;

const ISSUER: &str = "Ủy ban nhân dân huyện Kim Bảng";

fn decision(symbol: &str, issued: &str, effective: Option<&str>, relations: Vec<Relation>) -> Content {
    let mut fields = std::collections::BTreeMap::new();
    for (key, value) in [
        ("symbol", Some(symbol)),
        ("issued_on", Some(issued)),
        ("effective_on", effective),
        ("issuer", Some(ISSUER)),
    ] {
        fields.extend(value.map(|value| (key.to_owned(), value.to_owned())));
    }
    Content {
        title: format!("Về quy chế {symbol}"),
        body: "<p>Nội dung</p>".into(),
        section: "Quyết định".into(),
        fields,
        relations,
        ..Content::default()
    }
}

fn does(act: Act, symbol: &str, issued: Option<&str>) -> Relation {
    Relation { act, symbol: symbol.into(), issued_on: issued.map(day), issuer: String::new() }
}

fn begin(office: &Office) -> PublicationId {
    let unit = cast::unit(office);
    let begun = office.db.write(&office.actor(), |tx| {
        let id = tx.new_id()?;
        publication::insert(tx, &publication::PublicationRow { kind: Kind::Document, ..row(id, unit) })
    });
    begun.unwrap().id
}

fn publish(office: &Office, id: PublicationId, number: i64, content: &Content) {
    let published = office.db.write(&office.actor(), |tx| {
        let version = VersionRow {
            publication: id,
            version: number,
            content: content.clone(),
            note: String::new(),
            is_correction: false,
            writers: vec!["an".into()],
            approved_by: "binh".into(),
            published_by: "an".into(),
            published_at: tx.now(),
        };
        publication::publish(tx, &version, &Item::of_content(Kind::Document, content, day("2020-05-04")))
    });
    published.unwrap();
}

fn item(office: &Office, id: PublicationId) -> PublicItem {
    office.db.read(|r| public_item::find(r, id)).unwrap().unwrap()
}

fn status(office: &Office, id: PublicationId, on: &str) -> Option<Status> {
    let id = id.to_string();
    let found = office.db.read(|r| public_relation::statuses(r, &[&id], day(on))).unwrap();
    found.get(&id).copied()
}

/// Who acts on it, as readers see it.
fn suffered(office: &Office, id: PublicationId) -> Vec<(Act, PublicationId)> {
    let found = item(office, id);
    let relations = office.db.read(|r| public_relation::of(r, id, &found.item, day("2022-01-01"))).unwrap();
    relations.suffered.into_iter().map(|(act, named)| (act, named.id)).collect()
}

#[test]
fn a_document_that_comes_later_is_found_and_its_state_follows_every_change_of_the_other() {
    for_each_backend(|office| {
        let replaces = vec![does(Act::Replaces, "7/2020/QĐ-UBND", Some("2020-03-02"))];
        let newer = begin(office);
        publish(office, newer, 1, &decision("09/2021/QĐ-UBND", "2021-01-20", Some("2021-02-01"), replaces));
        assert_eq!(status(office, newer, "2021-01-31"), Some(Status::NotYet));
        let relations = |id| {
            let found = item(office, id);
            office.db.read(|r| public_relation::of(r, id, &found.item, day("2022-01-01"))).unwrap()
        };
        assert_eq!(relations(newer).said[0].1, None, "it is not one of ours yet");

        let older = begin(office);
        publish(office, older, 1, &decision("07/2020/QĐ-UBND", "2020-03-02", Some("2020-03-15"), vec![]));
        assert_eq!(relations(newer).said[0].1.as_ref().map(|named| named.id), Some(older));
        assert_eq!(suffered(office, older), [(Act::Replaces, newer)]);
        for (on, is) in [
            ("2020-03-14", Status::NotYet),
            ("2020-03-15", Status::InForce),
            ("2021-01-31", Status::InForce),
            ("2021-02-01", Status::Ended),
        ] {
            assert_eq!(status(office, older, on), Some(is), "{on}");
            let found = item(office, older);
            assert_eq!(relations(older).effect(&found.item, day(on)).map(|effect| effect.status), Some(is));
        }

        let before = item(office, older).changed;
        let amends = vec![does(Act::Amends, "07/2020/QĐ-UBND", Some("2020-03-02"))];
        publish(office, newer, 2, &decision("09/2021/QĐ-UBND", "2021-01-20", Some("2021-02-01"), amends));
        assert_eq!(status(office, older, "2021-02-01"), Some(Status::PartlyEnded));
        assert!(item(office, older).changed > before, "an index learns that the other one changed");

        let gone = office
            .db
            .write(&office.actor(), |tx| publication::withdraw(tx, newer, day("2021-03-01"), "Đăng nhầm"));
        gone.unwrap();
        assert_eq!(status(office, older, "2021-02-01"), Some(Status::InForce));
        assert_eq!((suffered(office, older), status(office, newer, "2021-02-01")), (vec![], None));
    });
}

#[test]
fn of_two_documents_that_could_be_meant_none_is() {
    for_each_backend(|office| {
        let newer = begin(office);
        let repeals = vec![does(Act::Repeals, "07/2020/QĐ-UBND", None)];
        publish(office, newer, 1, &decision("09/2021/QĐ-UBND", "2021-01-20", Some("2021-02-01"), repeals));
        let (one, two) = (begin(office), begin(office));
        let older = decision("07/2020/QĐ-UBND", "2020-03-02", Some("2020-03-15"), vec![]);
        publish(office, one, 1, &older);
        assert_eq!(status(office, one, "2021-02-01"), Some(Status::Ended));
        publish(office, two, 1, &older);
        assert_eq!(status(office, one, "2021-02-01"), Some(Status::InForce));
        assert_eq!((suffered(office, one), suffered(office, two)), (vec![], vec![]));
        let other = decision("07/2020/QĐ-HĐND", "2020-03-02", Some("2020-03-15"), vec![]);
        publish(office, two, 2, &other);
        assert_eq!(status(office, one, "2021-02-01"), Some(Status::Ended), "again the only one");
    });
}

#[test]
fn lists_and_facets_tell_documents_apart_by_their_state() {
    for_each_backend(|office| {
        for (symbol, effective) in [
            ("01/2020/QĐ-UBND", Some("2020-02-01")),
            ("02/2020/QĐ-UBND", Some("2020-09-01")),
            ("03/2020/QĐ-UBND", None),
        ] {
            publish(office, begin(office), 1, &decision(symbol, "2020-01-20", effective, vec![]));
        }
        publish(
            office,
            begin(office),
            1,
            &decision("1234/QĐ-UBND", "2020-01-20", Some("2020-01-20"), vec![]),
        );
        let all = Filter::of(&["document"], day("2020-06-01"));
        let facet = office.db.read(|r| public_item::facet(r, Facet::Effect, &all)).unwrap();
        let said: Vec<(&str, i64)> = facet.iter().map(|(word, count)| (word.as_str(), *count)).collect();
        assert_eq!(said, [("in_force", 1), ("not_yet", 1), ("unknown", 1)]);
        for (effect, symbol) in [
            (Status::InForce, "01/2020/QĐ-UBND"),
            (Status::NotYet, "02/2020/QĐ-UBND"),
            (Status::Unknown, "03/2020/QĐ-UBND"),
        ] {
            let filter = Filter { effect: Some(effect), ..all.clone() };
            let (found, count) = office
                .db
                .read(|r| {
                    Ok::<_, store::StoreError>((
                        public_item::list(r, &filter)?,
                        public_item::count(r, &filter)?,
                    ))
                })
                .unwrap();
            assert_eq!((found[0].item.fields["symbol"].as_str(), found.len(), count), (symbol, 1, 1));
        }
        let later = Filter { effect: Some(Status::InForce), ..Filter::of(&["document"], day("2020-09-01")) };
        assert_eq!(office.db.read(|r| public_item::count(r, &later)).unwrap(), 2, "the day makes it so");
    });
}

#[test]
fn a_line_of_the_register_without_a_text_has_a_state_too() {
    for_each_backend(|office| {
        let register = Register::PortalDocuments;
        let values = cast::values(
            register,
            &[
                ("symbol", cast::text("07/2020/QĐ-UBND")),
                ("type_name", cast::text("Quyết định")),
                ("issuer", cast::text(ISSUER)),
                ("summary", cast::text("Về quy chế")),
                ("issued_on", Value::Day(day("2020-03-02"))),
                ("effective_on", Value::Day(day("2020-03-15"))),
                ("posted_on", Value::Day(day("2020-03-05"))),
            ],
        );
        let unit = cast::unit(office);
        let inserted = office
            .db
            .write(&office.actor(), |tx| store::register::insert_many(tx, register, unit, None, &[values]))
            .unwrap()
            .inserted;
        let line = inserted[0];
        let id: PublicationId = line.to_string().parse().unwrap();
        assert_eq!(status(office, id, "2020-03-15"), Some(Status::InForce));
        let newer = begin(office);
        let replaces = vec![does(Act::Replaces, "07/2020/QĐ-UBND", Some("2020-03-02"))];
        publish(office, newer, 1, &decision("09/2021/QĐ-UBND", "2021-01-20", Some("2021-02-01"), replaces));
        assert_eq!(status(office, id, "2021-02-01"), Some(Status::Ended));
    });
}
