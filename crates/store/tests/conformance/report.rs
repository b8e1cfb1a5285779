//! Reports: their rows, frozen sets, steps, files and links.

use domain::id::ReportId;
use domain::report::State;
use store::blob::BlobRow;
use store::report::{ReportFileRow, ReportRow, ReportVersionRow};
use store::{Digest, StoreError, blob, ledger, report};
use testkit::{Office, for_each_backend};

use crate::cast::{self, day};

fn begun(office: &Office) -> ReportRow {
    let unit = cast::unit(office);
    office
        .db
        .write(&office.actor(), |tx| {
            let id = tx.new_id()?;
            report::insert(tx, &row(id, unit))
        })
        .unwrap()
}

pub fn row(id: ReportId, unit: domain::id::UnitId) -> ReportRow {
    ReportRow {
        id,
        unit,
        period_first: day("2019-12-15"),
        period_last: day("2020-12-14"),
        template: "seed".into(),
        title: "Báo cáo năm 2020".into(),
        state: State::Draft,
        frozen_version: 0,
        narrative: "{}".into(),
        request_letter: "{}".into(),
        recipients: "[]".into(),
        signer: "{}".into(),
        drafters: "[]".into(),
        cleared_digest: None,
        number: None,
        issued_on: None,
        created_by: String::new(),
        created_at: domain::time::Timestamp::UNIX_EPOCH,
        updated_at: domain::time::Timestamp::UNIX_EPOCH,
        version: 0,
    }
}

fn version(report: &ReportRow, number: i64) -> ReportVersionRow {
    ReportVersionRow {
        report: report.id,
        version: number,
        frozen_set: "{}".into(),
        digest: "ab".repeat(32),
        ledger_sequence: 2,
        ledger_hash: "cd".repeat(32),
        reason: String::new(),
        frozen_by: "system".into(),
        frozen_at: report.created_at,
    }
}

#[test]
fn a_report_is_begun_changed_and_found() {
    for_each_backend(|office| {
        let mut report = begun(office);
        assert_eq!((report.version, report.created_by.as_str()), (1, "system"));
        assert_eq!(report.created_at, office.db.sources().clock.now());
        report.state = State::Issued;
        report.number = Some("123/BC-UBND".into());
        report.issued_on = Some(day("2020-12-20"));
        report.cleared_digest = Some("x".into());
        office.clock.advance_minutes(1);
        let saved =
            office.db.write(&office.actor(), |tx| report::update(tx, "report.issued", &report)).unwrap();
        assert_eq!(saved.version, 2);
        assert!(saved.updated_at > saved.created_at);
        let stale = office.db.write(&office.actor(), |tx| report::update(tx, "report.text_changed", &report));
        assert!(matches!(stale, Err(StoreError::Stale { table: "reports", .. })));
        assert_eq!(office.db.read(|r| report::find(r, report.id)).unwrap(), Some(saved.clone()));
        assert_eq!(office.db.read(|r| report::all(r)).unwrap(), [saved]);
        let history = office.db.read(|r| ledger::history(r, "report", &report.id.to_string())).unwrap();
        assert_eq!(history.last().unwrap().0.kind, "report.issued");
    });
}

#[test]
fn a_frozen_set_is_never_replaced() {
    for_each_backend(|office| {
        let report = begun(office);
        let row = version(&report, 1);
        office.db.write(&office.actor(), |tx| report::add_version(tx, &row)).unwrap();
        let again = office.db.write(&office.actor(), |tx| report::add_version(tx, &row));
        assert!(matches!(again, Err(StoreError::Unique(_))));
        let next = ReportVersionRow { reason: "Số liệu muộn".into(), ..version(&report, 2) };
        office.db.write(&office.actor(), |tx| report::add_version(tx, &next)).unwrap();
        assert_eq!(office.db.read(|r| report::versions(r, report.id)).unwrap(), [row, next]);
    });
}

#[test]
fn steps_are_numbered_and_say_who_and_when() {
    for_each_backend(|office| {
        let report = begun(office);
        office
            .db
            .write(&office.actor(), |tx| {
                report::add_step(tx, report.id, "freeze", "")?;
                report::add_step(tx, report.id, "reopen", "Thiếu câu hỏi")
            })
            .unwrap();
        let steps = office.db.read(|r| report::steps(r, report.id)).unwrap();
        let seen: Vec<_> =
            steps.iter().map(|step| (step.number, step.event.as_str(), step.note.as_str())).collect();
        assert_eq!(seen, [(1, "freeze", ""), (2, "reopen", "Thiếu câu hỏi")]);
        assert_eq!((steps[0].person.as_str(), steps[0].taken_at), ("system", report.created_at));
    });
}

#[test]
fn files_and_links_of_a_report_are_found() {
    for_each_backend(|office| {
        let report = begun(office);
        let digests = [Digest::of(b"a"), Digest::of(b"b")];
        for digest in &digests {
            let file = ReportFileRow {
                report: report.id,
                version: 1,
                kind: "pdf".into(),
                digest: digest.to_string(),
            };
            let missing = office.db.write(&office.actor(), |tx| report::put_file(tx, &file));
            assert!(matches!(missing, Err(StoreError::Dangling(_))));
            office
                .db
                .write(&office.actor(), |tx| {
                    let row =
                        BlobRow { digest: digest.clone(), size_bytes: 1, media_type: "text/plain".into() };
                    blob::register(tx, &row)?;
                    report::put_file(tx, &file)
                })
                .unwrap();
        }
        let files = office.db.read(|r| report::files(r, report.id)).unwrap();
        assert_eq!((files.len(), files[0].digest.as_str()), (1, digests[1].as_str()));
        office.db.write(&office.actor(), |tx| report::add_short_link(tx, "abc", report.id)).unwrap();
        let taken = office.db.write(&office.actor(), |tx| report::add_short_link(tx, "abc", report.id));
        assert!(matches!(taken, Err(StoreError::Unique(_))));
        office
            .db
            .read(|r| {
                assert_eq!(report::by_short_link(r, "abc")?, Some(report.id));
                assert_eq!(report::by_short_link(r, "ab")?, None);
                assert_eq!(report::short_link(r, report.id)?.as_deref(), Some("abc"));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}
