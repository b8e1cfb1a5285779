//! No change without a ledger entry: walks every public function that changes something.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::id::NoticeId;
use domain::register::Register;
use domain::time::Timestamp;
use store::blob::BlobRow;
use store::calendar::{CalendarDayRow, CalendarYearRow};
use store::import::ImportRow;
use store::notice::{self, NoticeRow};
use store::person::{self};
use store::register::{Insertion, NewRecord};
use store::report::{ReportFileRow, ReportVersionRow};
use store::rule::RuleRow;
use store::unit::{UnitLinkRow, UnitRow};
use store::uploaded_document::{State, UploadedRow};
use store::{
    Digest, StoreError, Tx, blob, calendar, import, ledger, publication, register, report, rule, setting,
    unit, uploaded_document,
};
use store::{press, programme};
use testkit::for_each_backend;

use crate::cast::{self, day};

/// What changes no business data: who is signed in, tries, jobs, the list of files, the time of the last
/// sign-in. Reading functions that take a transaction stand here too.
const WITHOUT_ENTRY: &[&str] = &[
    "attempt::clear",
    "attempt::count_up",
    "attempt::count_up_by",
    "attempt::sweep",
    "attempt::use_key",
    "blob::forget",
    "blob::register",
    "file_check::put",
    "file_text::put",
    "import::claim_file",
    "import::end_claims",
    "job::enqueue",
    "job::extend",
    "job::move_to",
    "job::note_done",
    "job::requeue",
    "job::settle",
    "job::sweep",
    "ledger::erase",
    "mail::again",
    "mail::hasten",
    "mail::queue",
    "mail::settle",
    "mail::sweep",
    "outside_link::remove",
    "outside_link::save",
    "page_view::add",
    "person::note_seen",
    "picture_size::put",
    "recording::put",
    "security::append",
    "security::remove_before",
    "session::delete",
    "session::delete_of_person",
    "session::insert",
    "session::prove",
    "session::sweep",
    "session::touch",
    "standstill::sign",
];

type Step<'s> = (&'static str, Box<dyn FnMut(&mut Tx<'_>) -> Result<(), StoreError> + 's>);

/// Every `pub fn name(tx: &mut Tx` of the crate, as `module::name`.
fn changing_functions() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path.strip_prefix(&source).unwrap();
            let module = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split("\npub fn ").skip(1) {
                let (name, rest) = part.split_once('(').unwrap();
                if rest.trim_start().starts_with("tx: &mut Tx") {
                    found.insert(format!("{module}::{name}"));
                }
            }
        }
    }
    found
}

#[test]
#[expect(clippy::too_many_lines, reason = "one line per function that changes something")]
fn every_function_that_changes_business_data_writes_an_entry() {
    for_each_backend(|office| {
        let mut ids = None;
        office
            .db
            .write(&office.actor(), |tx| {
                ids = Some((cast::add_unit(tx, "A")?, cast::add_unit(tx, "B")?, cast::person(tx, "an")?));
                let blob = |digest| BlobRow { digest, size_bytes: 0, media_type: "text/plain".into() };
                blob::register(tx, &blob(Digest::of(b"")))?;
                blob::register(tx, &blob(Digest::of(b"unused")))?;
                let unit = cast::add_unit(tx, "D")?;
                let asked = [cast::question("2020-01-01", "Thủ tục", "Nguyễn Văn A")];
                register::insert_many(tx, Register::Questions, unit, None, &asked)
            })
            .unwrap();
        let (unit_a, unit_b, person_id) = ids.unwrap();
        let import_id = office.db.write(&office.actor(), |tx| tx.new_id()).unwrap();
        let import_row = ImportRow {
            id: import_id,
            register: Register::News,
            unit: unit_a,
            file_name: "a.csv".into(),
            file_digest: Some(Digest::of(b"").to_string()),
            person: "system".into(),
            imported_at: office.db.sources().clock.now(),
            options: "{}".into(),
            counts: "{}".into(),
            status: "running".into(),
            version: 1,
        };
        let report_id = office.db.write(&office.actor(), |tx| tx.new_id()).unwrap();
        let publication_id = office.db.write(&office.actor(), |tx| tx.new_id()).unwrap();
        let uploaded = UploadedRow {
            id: office.db.write(&office.actor(), |tx| tx.new_id()).unwrap(),
            ..crate::uploaded_document::row("a.pdf")
        };
        let notice_id = NoticeId::from_parts(1, 1);
        let breach = crate::data_request::breach(unit_a);
        let asked = crate::data_request::given(unit_a, 1);
        let (campaign, answer) = crate::roll_out::rows(unit_a);
        let emergency = crate::press::emergency(unit_a);
        let conference = crate::press::conference(unit_a);
        let absence = crate::press::absence(person_id);
        let packet = crate::press::packet(unit_a);
        let release = crate::press::release(unit_a, 1, domain::press::statement::State::Draft);
        let case = crate::press::case(unit_a, 1);
        let part = crate::press::part_of(unit_a, Some(case.id), 1);
        let agency = crate::press::agency("Báo Hà Nam");
        let reporter = store::press::ReporterRow { is_active: false, ..crate::press::reporter(&agency) };
        let batch = domain::id::BatchId::from_parts(1, 1);
        let number = crate::outgoing_number::row(unit_a, 7);
        let slot = crate::programme::slot(unit_a, "2020-03-05", 330);
        let calendar_day = CalendarDayRow {
            day: day("2020-09-02"),
            scope: String::new(),
            kind: "holiday".into(),
            name: String::new(),
            source: String::new(),
            version: 0,
        };
        let record = std::cell::RefCell::new(None);
        let new = NewRecord {
            register: Register::News,
            unit: unit_a,
            values: cast::news("2020-01-01", "Tin"),
            import: None,
        };
        let steps: Vec<Step<'_>> = vec![
            ("unit::insert", Box::new(|tx| cast::add_unit(tx, "C").map(drop))),
            ("unit::update", Box::new(|tx| unit::update(tx, &cast::unit_row(unit_a, "A2")))),
            (
                "unit::link",
                Box::new(|tx| {
                    let link = UnitLinkRow {
                        predecessor: unit_a,
                        successor: unit_b,
                        changed_on: day("2025-07-01"),
                        basis: String::new(),
                    };
                    unit::link(tx, &link)
                }),
            ),
            (
                "security::anchor",
                Box::new(|tx| {
                    let event = store::security::NewEvent::default();
                    store::security::append(tx, &[event])?;
                    store::security::anchor(tx).map(drop)
                }),
            ),
            ("unit::unlink", Box::new(|tx| unit::unlink(tx, unit_a, unit_b).map(drop))),
            ("person::insert", Box::new(|tx| cast::person(tx, "binh").map(drop))),
            ("person::update", Box::new(|tx| person::update(tx, &cast::person_row(person_id, "an2")))),
            ("person::set_password", Box::new(|tx| person::set_password(tx, person_id, "x", false))),
            ("person::set_second_factor", Box::new(|tx| person::set_second_factor(tx, person_id, None))),
            ("setting::set", Box::new(|tx| setting::set(tx, "key", "value"))),
            (
                "rule::save",
                Box::new(|tx| {
                    let row = RuleRow {
                        id: "r".into(),
                        valid_from: day("2020-01-01"),
                        valid_to: None,
                        body: "{}".into(),
                        version: 0,
                    };
                    rule::save(tx, &row)
                }),
            ),
            ("rule::delete", Box::new(|tx| rule::delete(tx, "r", day("2020-01-01"), 1))),
            ("calendar::save_day", Box::new(|tx| calendar::save_day(tx, &calendar_day))),
            ("calendar::delete_day", Box::new(|tx| calendar::delete_day(tx, day("2020-09-02"), "", 1))),
            (
                "calendar::save_year",
                Box::new(|tx| {
                    let row = CalendarYearRow {
                        year: 2020,
                        state: "known".into(),
                        source: String::new(),
                        confirmed_by: None,
                        confirmed_at: None,
                        version: 0,
                    };
                    calendar::save_year(tx, &row)
                }),
            ),
            ("import::insert", Box::new(|tx| import::insert(tx, &import_row))),
            ("import::finish", Box::new(|tx| import::finish(tx, &import_row))),
            (
                "register::open",
                Box::new(|tx| register::open(tx, Register::Questions, unit_a, None).map(drop)),
            ),
            (
                "register::insert",
                Box::new(|tx| {
                    let Insertion::Inserted(id) = register::insert(tx, &new)? else { panic!("a duplicate") };
                    *record.borrow_mut() = register::find(tx, Register::News, id)?.map(|found| found.record);
                    Ok(())
                }),
            ),
            (
                "register::insert_many",
                Box::new(|tx| {
                    let rows = [cast::news("2020-01-02", "Tin khác")];
                    register::insert_many(tx, Register::News, unit_a, None, &rows).map(drop)
                }),
            ),
            (
                "register::update",
                Box::new(|tx| register::update(tx, record.borrow().as_ref().unwrap()).map(drop)),
            ),
            (
                "register::delete",
                Box::new(|tx| register::delete(tx, Register::News, record.borrow().as_ref().unwrap().id, 2)),
            ),
            (
                "report::insert",
                Box::new(|tx| report::insert(tx, &crate::report::row(report_id, unit_a)).map(drop)),
            ),
            (
                "report::update",
                Box::new(|tx| {
                    let found = report::find(tx, report_id)?.unwrap();
                    report::update(tx, "report.text_changed", &found).map(drop)
                }),
            ),
            (
                "report::add_version",
                Box::new(|tx| {
                    let row = ReportVersionRow {
                        report: report_id,
                        version: 1,
                        frozen_set: "{}".into(),
                        digest: String::new(),
                        ledger_sequence: 1,
                        ledger_hash: String::new(),
                        reason: String::new(),
                        frozen_by: "system".into(),
                        frozen_at: tx.now(),
                    };
                    report::add_version(tx, &row)
                }),
            ),
            ("report::add_step", Box::new(|tx| report::add_step(tx, report_id, "freeze", ""))),
            (
                "report::put_file",
                Box::new(|tx| {
                    let row = ReportFileRow {
                        report: report_id,
                        version: 1,
                        kind: "pdf".into(),
                        digest: Digest::of(b"").to_string(),
                    };
                    report::put_file(tx, &row)
                }),
            ),
            ("report::add_short_link", Box::new(|tx| report::add_short_link(tx, "abc", report_id))),
            (
                "register::insert_as",
                Box::new(|tx| {
                    let values = cast::news("2020-01-03", "Tin đăng");
                    let new = NewRecord { values, ..new.clone() };
                    let id = tx.new_id()?;
                    register::insert_as(tx, id, &new).map(drop)
                }),
            ),
            (
                "publication::insert",
                Box::new(|tx| {
                    publication::insert(tx, &crate::publication::row(publication_id, unit_a)).map(drop)
                }),
            ),
            (
                "publication::update",
                Box::new(|tx| {
                    let found = publication::find(tx, publication_id)?.unwrap();
                    publication::update(tx, "publication.edit", &found).map(drop)
                }),
            ),
            (
                "publication::publish",
                Box::new(|tx| {
                    let (row, item) = crate::publication::version(publication_id, 1, "Tin", tx.now());
                    publication::publish(tx, &row, &item)
                }),
            ),
            (
                "publication::withdraw",
                Box::new(|tx| publication::withdraw(tx, publication_id, day("2020-01-04"), "Sai")),
            ),
            (
                "publication::add_step",
                Box::new(|tx| publication::add_step(tx, publication_id, "edit", "", "")),
            ),
            (
                "publication::add_preview",
                Box::new(|tx| {
                    let now = tx.now();
                    publication::add_preview(tx, publication_id, "abc", now)
                }),
            ),
            (
                "publication::revoke_previews",
                Box::new(|tx| publication::revoke_previews(tx, publication_id).map(drop)),
            ),
            ("uploaded_document::insert", Box::new(|tx| uploaded_document::insert(tx, &uploaded).map(drop))),
            (
                "uploaded_document::update",
                Box::new(|tx| {
                    let row = UploadedRow { state: State::Discarded, version: 1, ..uploaded.clone() };
                    uploaded_document::update(tx, "uploaded_document.discarded", &row).map(drop)
                }),
            ),
            ("notice::insert", Box::new(|tx| notice::insert(tx, &crate::notice::given(notice_id, "a")))),
            (
                "notice::update",
                Box::new(|tx| {
                    let found = notice::find(tx, notice_id)?.unwrap();
                    notice::update(
                        tx,
                        &NoticeRow { state: domain::notice::State::Refused, closed_at: Some(1), ..found },
                    )
                }),
            ),
            (
                "notice::erase_contacts",
                Box::new(|tx| {
                    let now = tx.now();
                    notice::erase_contacts(tx, now).map(drop)
                }),
            ),
            ("data_breach::insert", Box::new(|tx| store::data_breach::insert(tx, &breach).map(drop))),
            (
                "data_breach::update",
                Box::new(|tx| store::data_breach::update(tx, "data_breach.edit", &breach).map(drop)),
            ),
            ("data_request::insert", Box::new(|tx| store::data_request::insert(tx, &asked).map(drop))),
            (
                "data_request::update",
                Box::new(|tx| {
                    let closed = store::data_request::DataRequestRow {
                        closed_at: Some(asked.received_at),
                        ..asked.clone()
                    };
                    store::data_request::update(tx, "data_request.refuse", &closed).map(drop)
                }),
            ),
            (
                "data_request::forget_people",
                Box::new(|tx| {
                    store::data_request::forget_people(tx, domain::time::Timestamp::MAX, 10).map(drop)
                }),
            ),
            ("roll_out::insert", Box::new(|tx| store::roll_out::insert(tx, &campaign).map(drop))),
            ("roll_out::insert_answer", Box::new(|tx| store::roll_out::insert_answer(tx, &answer).map(drop))),
            (
                "roll_out::update_answer",
                Box::new(|tx| store::roll_out::update_answer(tx, "roll_out_answer.ask", &answer).map(drop)),
            ),
            (
                "standstill::insert",
                Box::new(|tx| {
                    let now = tx.now();
                    store::standstill::insert(tx, now, now).map(drop)
                }),
            ),
            (
                "standstill::settle",
                Box::new(|tx| {
                    let row = store::standstill::open(tx)?.remove(0);
                    let state = store::standstill::State::Noted;
                    store::standstill::settle(tx, &store::standstill::StandstillRow { state, ..row })
                }),
            ),
            ("absence::insert", Box::new(|tx| store::absence::insert(tx, &absence))),
            ("absence::end", Box::new(|tx| store::absence::end(tx, &absence, day("2020-06-02")))),
            (
                "absence::cancel",
                Box::new(|tx| {
                    let ended = store::absence::AbsenceRow { version: 2, ..absence.clone() };
                    store::absence::cancel(tx, &ended)
                }),
            ),
            ("conference::insert", Box::new(|tx| store::conference::insert(tx, &conference).map(drop))),
            (
                "conference::update",
                Box::new(|tx| store::conference::update(tx, "press_conference.edit", &conference).map(drop)),
            ),
            ("emergency::insert", Box::new(|tx| store::emergency::insert(tx, &emergency).map(drop))),
            (
                "emergency::update",
                Box::new(|tx| store::emergency::update(tx, "press_emergency.close", &emergency).map(drop)),
            ),
            ("press::insert", Box::new(|tx| press::insert(tx, &case).map(drop))),
            ("press::update", Box::new(|tx| press::update(tx, "press_case.accept", &case).map(drop))),
            ("press::add_step", Box::new(|tx| press::add_step(tx, case.id, "accept", "", ""))),
            ("press::insert_part", Box::new(|tx| press::insert_part(tx, &part).map(drop))),
            (
                "press::update_part",
                Box::new(|tx| press::update_part(tx, "press_part.accept", &part).map(drop)),
            ),
            (
                "statement::insert",
                Box::new(|tx| store::statement::insert(tx, "press_statement.begun", &release).map(drop)),
            ),
            (
                "statement::update",
                Box::new(|tx| store::statement::update(tx, "press_statement.submit", &release).map(drop)),
            ),
            ("packet::insert", Box::new(|tx| store::packet::insert(tx, &packet))),
            (
                "packet::add_status",
                Box::new(|tx| {
                    let status = store::packet::StatusRow {
                        packet: packet.id,
                        number: 0,
                        code: "03".into(),
                        description: String::new(),
                        organ_id: "H42.10".into(),
                        reported_at: None,
                        person: String::new(),
                        handled_at: tx.now(),
                    };
                    store::packet::add_status(tx, &status)
                }),
            ),
            (
                "press::add_remark",
                Box::new(|tx| press::add_remark(tx, part.id, "Tính từ tháng nào?").map(drop)),
            ),
            ("press::insert_agency", Box::new(|tx| press::insert_agency(tx, &agency))),
            ("press::update_agency", Box::new(|tx| press::update_agency(tx, &agency))),
            (
                "press::insert_reply_template",
                Box::new(|tx| press::insert_reply_template(tx, &crate::press::reply_template("Mẫu"))),
            ),
            (
                "press::update_reply_template",
                Box::new(|tx| press::update_reply_template(tx, &crate::press::reply_template("Mẫu khác"))),
            ),
            ("press::insert_reporter", Box::new(|tx| press::insert_reporter(tx, &reporter))),
            ("press::update_reporter", Box::new(|tx| press::update_reporter(tx, &reporter))),
            (
                "press::forget_reporters",
                Box::new(|tx| press::forget_reporters(tx, domain::time::Timestamp::MAX, 10).map(drop)),
            ),
            (
                "bulletin_batch::insert",
                Box::new(|tx| {
                    store::bulletin_batch::insert(tx, batch, store::bulletin_batch::State::Open, "{}")
                }),
            ),
            (
                "bulletin_batch::end",
                Box::new(|tx| {
                    store::bulletin_batch::end(tx, (batch, 1), store::bulletin_batch::State::Dropped, "{}")
                }),
            ),
            ("outgoing_number::give", Box::new(|tx| store::outgoing_number::give(tx, &number))),
            ("outgoing_number::void", Box::new(|tx| store::outgoing_number::void(tx, &number, "Nhầm"))),
            ("programme::insert", Box::new(|tx| programme::insert(tx, &slot))),
            ("programme::delete", Box::new(|tx| programme::delete(tx, &slot))),
            (
                "line_look::look",
                Box::new(|tx| {
                    let news = cast::news("2020-01-03", "Tin chờ xem lại");
                    register::insert_many(tx, Register::News, unit_a, None, &[news])?;
                    let line = store::line_look::waiting(tx, 1)?.remove(0);
                    store::line_look::look(tx, &line)
                }),
            ),
            (
                "page_view::close_before",
                Box::new(|tx| {
                    store::page_view::add(tx, day("2020-01-01"), &[])?;
                    store::page_view::close_before(tx, day("2020-01-02")).map(drop)
                }),
            ),
            ("import::forget_files", Box::new(|tx| import::forget_files(tx, Timestamp::MAX).map(drop))),
            (
                "blob::remove_unused",
                Box::new(|tx| {
                    let unused = blob::unused(tx, Timestamp::MAX)?;
                    blob::remove_unused(tx, &unused).map(drop)
                }),
            ),
            (
                "ledger::erase",
                Box::new(|tx| {
                    let erased = ledger::Erased { sequence: 1, remainder: None };
                    ledger::erase(tx, "retention", &[erased]).map(drop)
                }),
            ),
            (
                "register::forget_personal",
                Box::new(|tx| {
                    let held = register::holding_personal(tx, Register::Questions)?;
                    let ids: Vec<_> = held.iter().map(|held| held.id).collect();
                    register::forget_personal(tx, Register::Questions, &ids, "retention").map(drop)
                }),
            ),
        ];
        let mut walked: BTreeMap<&str, i64> = BTreeMap::new();
        for (name, mut step) in steps {
            let before = office.db.read(|r| ledger::checkpoint(r)).unwrap().sequence;
            office.db.write(&office.actor(), |tx| step(tx)).unwrap();
            let after = office.db.read(|r| ledger::checkpoint(r)).unwrap().sequence;
            assert!(after > before, "{name} wrote no entry");
            walked.insert(name, after - before);
        }
        let known: BTreeSet<String> =
            walked.keys().chain(WITHOUT_ENTRY).map(|name| (*name).to_owned()).collect();
        assert_eq!(changing_functions(), known, "a function that changes something is in neither list");
        let verification = office.db.read(|r| ledger::verify(r, |_, _| ())).unwrap();
        assert_eq!(verification.first_fault, None);
    });
}

#[test]
fn units_successions_and_settings_are_found_as_they_stood_at_an_entry() {
    for_each_backend(|office| {
        let write = |work: &dyn Fn(&mut Tx<'_>) -> Result<(), StoreError>| {
            office.db.write(&office.actor(), |tx| work(tx)).unwrap();
            office.db.read(|r| ledger::checkpoint(r)).unwrap().sequence
        };
        let (first, second) = (cast::unit(office), cast::unit(office));
        let link = UnitLinkRow {
            predecessor: first,
            successor: second,
            changed_on: day("2025-07-01"),
            basis: "NQ 1686/NQ-UBTVQH15".into(),
        };
        let before = write(&|tx| setting::set(tx, "office", "\"cũ\""));
        let row = UnitRow { short_name: "Mới".into(), ..cast::unit_row(first, "A") };
        write(&|tx| unit::update(tx, &row));
        write(&|tx| unit::link(tx, &link));
        let after = write(&|tx| setting::set(tx, "office", "mới"));
        write(&|tx| unit::unlink(tx, first, second).map(drop));
        office
            .db
            .read(|r| {
                let name =
                    |units: Vec<UnitRow>| units.into_iter().find(|u| u.id == first).map(|u| u.short_name);
                assert_ne!(name(unit::all_at(r, before)?).as_deref(), Some("Mới"));
                assert_eq!(name(unit::all_at(r, after)?).as_deref(), Some("Mới"));
                assert_eq!(unit::all_at(r, 1)?.len(), 1);
                assert_eq!(
                    (unit::links_at(r, before)?, unit::links_at(r, after)?),
                    (vec![], vec![link.clone()])
                );
                assert_eq!(unit::links_at(r, i64::MAX)?, []);
                assert_eq!(setting::get_at(r, "office", 1)?, None);
                assert_eq!(setting::get_at(r, "office", before)?.as_deref(), Some("\"cũ\""));
                assert_eq!(setting::get_at(r, "office", i64::MAX)?.as_deref(), Some("mới"));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}
