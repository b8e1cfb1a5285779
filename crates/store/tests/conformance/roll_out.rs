//! Regulations sent to units: what was sent never changes, each answer is saved once from a version.

use domain::id::{RecordId, RollOutId, UnitId};
use domain::publication::{Attachment, Purpose};
use domain::roll_out::{State, digest_of};
use domain::time::Timestamp;
use store::StoreError;
use store::roll_out::{self, AnswerRow, CampaignRow};
use testkit::for_each_backend;

use crate::cast::{self, day};

pub fn rows(unit: UnitId) -> (CampaignRow, AnswerRow) {
    let campaign = CampaignRow {
        id: RollOutId::from_parts(1, 1),
        unit,
        symbol: "29/2019/QĐ-UBND".into(),
        title: "Quy chế phát ngôn".into(),
        body: "Điều 1.".into(),
        digest: digest_of("Điều 1."),
        due_on: day("2020-06-10"),
        created_by: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
        replaces: None,
        about: domain::roll_out::About {
            issuer: "UBND tỉnh".into(),
            file: Some(file()),
            ..Default::default()
        },
    };
    let answer = AnswerRow {
        id: RecordId::from_parts(1, 1),
        campaign: campaign.id,
        unit,
        state: State::Sent,
        question: String::new(),
        reply: String::new(),
        person: None,
        digest: String::new(),
        answered_at: None,
        version: 1,
        via: None,
        own_symbol: String::new(),
        own_issued_on: None,
        own_file: None,
        paper: None,
    };
    (campaign, answer)
}

fn file() -> Attachment {
    Attachment {
        digest: "00".repeat(32),
        name: "quy-che.pdf".into(),
        media_type: "application/pdf".into(),
        size: 12,
        purpose: Purpose::Attachment,
        text: "12/QĐ-PVHTT".into(),
    }
}

#[test]
fn what_was_sent_is_listed_and_an_answer_is_saved_once() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let (campaign, answer) = rows(unit);
        let write = |row: &AnswerRow| office.db.write(&office.actor(), |tx| roll_out::insert_answer(tx, row));
        let kept = office.db.write(&office.actor(), |tx| roll_out::insert(tx, &campaign)).unwrap();
        let first = write(&answer).unwrap();
        let twice = write(&AnswerRow { id: RecordId::from_parts(2, 2), ..answer });
        assert!(matches!(twice, Err(StoreError::Unique(_))));
        assert_eq!(office.db.read(|r| roll_out::find(r, kept.id)).unwrap(), Some(kept.clone()));
        assert_eq!(office.db.read(|r| roll_out::all(r)).unwrap(), vec![kept.clone()]);
        let done = AnswerRow {
            state: State::Acknowledged,
            digest: kept.digest.clone(),
            own_symbol: "12/QĐ-PVHTT".into(),
            own_issued_on: Some(day("2020-06-20")),
            own_file: Some(file()),
            ..first
        };
        let counts = || office.db.read(|r| roll_out::counts(r)).unwrap();
        assert_eq!(counts(), [(kept.id, State::Sent, 1)]);
        let save = || {
            office.db.write(&office.actor(), |tx| {
                roll_out::update_answer(tx, "roll_out_answer.acknowledge", &done)
            })
        };
        save().unwrap();
        assert!(matches!(save(), Err(StoreError::Stale { .. })));
        assert_eq!(counts(), [(kept.id, State::Acknowledged, 1)]);
        let answers = office.db.read(|r| roll_out::answers(r, kept.id)).unwrap();
        assert_eq!((answers.len(), answers[0].state, answers[0].version), (1, State::Acknowledged, 2));
        assert_eq!(office.db.read(|r| roll_out::find_answer(r, done.id)).unwrap(), answers.first().cloned());
        assert_eq!(
            (answers[0].own_symbol.as_str(), answers[0].own_issued_on, answers[0].own_file.clone()),
            ("12/QĐ-PVHTT", Some(day("2020-06-20")), Some(file()))
        );
    });
}

#[test]
fn a_newer_roll_out_names_the_one_it_replaces_and_an_answer_the_one_that_handed_it_on() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let (campaign, answer) = rows(unit);
        let newer =
            CampaignRow { id: RollOutId::from_parts(2, 1), replaces: Some(campaign.id), ..campaign.clone() };
        let below = AnswerRow {
            id: RecordId::from_parts(3, 3),
            campaign: newer.id,
            via: Some(answer.id),
            ..answer.clone()
        };
        let write = || {
            office.db.write(&office.actor(), |tx| {
                roll_out::insert(tx, &campaign)?;
                roll_out::insert(tx, &newer)?;
                roll_out::insert_answer(tx, &answer)?;
                roll_out::insert_answer(tx, &below)
            })
        };
        assert_eq!(write().unwrap().via, Some(answer.id));
        let found = office.db.read(|r| roll_out::find(r, newer.id)).unwrap().unwrap();
        assert_eq!(found.replaces, Some(campaign.id));
        assert_eq!(
            office.db.read(|r| roll_out::find_answer(r, below.id)).unwrap().unwrap().via,
            Some(answer.id)
        );
    });
}
