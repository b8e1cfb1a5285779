//! Requests of the press: found by their code, listed, due, moved on once; names of reporters stay out of revisions.

use domain::id::{
    AbsenceId, AgencyId, CaseId, ConferenceId, EmergencyId, PartId, PersonId, ReplyTemplateId, ReporterId,
    UnitId,
};
use domain::press::conference::Conference;
use domain::press::emergency::{Class, Emergency, Moments};
use domain::press::part;
use domain::press::request::{Asked, Request};
use domain::press::workflow::State;
use domain::time::{Timestamp, at};
use store::absence::{self, AbsenceRow};
use store::conference::{self, ConferenceRow};
use store::emergency::{self, EmergencyRow};
use store::press::{self, AgencyRow, CaseRow, Filter, PartRow, ReplyTemplateRow, ReporterRow};
use store::{StoreError, ledger};
use testkit::{Office, for_each_backend};

use crate::cast::{self, day};

fn instant(text: &str) -> Timestamp {
    at(day(text), 9, 0).unwrap()
}

pub fn case(unit: UnitId, number: u128) -> CaseRow {
    CaseRow {
        id: CaseId::from_parts(1, number),
        unit,
        number: format!("YC-{number:04}/2020"),
        code_hash: format!("hash{number}"),
        replaced_code_hash: None,
        state: State::Received,
        request: Request {
            asked: Asked {
                requester: "Báo Hà Nam".into(),
                subject: format!("Thu gom rác thải {number}"),
                ..Asked::default()
            },
            ..Request::default()
        },
        reporter: "Nguyễn Thị Phóng".into(),
        contact: "0912 345 678".into(),
        card: "NB 4711".into(),
        confirmed_contact: "024 3825 0000".into(),
        delivered_to: "toasoan@bao.example".into(),
        due_at: Some(instant("2020-06-15")),
        received_at: instant("2020-06-01"),
        closed_at: None,
        created_by: String::new(),
        updated_at: instant("2020-06-01"),
        version: 1,
    }
}

pub fn part_of(unit: UnitId, case: Option<CaseId>, number: u128) -> PartRow {
    PartRow {
        id: PartId::from_parts(1, number),
        case,
        unit,
        question: "Khối lượng rác?".into(),
        state: part::State::Asked,
        answer: String::new(),
        person: None,
        due_on: day("2020-06-04"),
        asked_by: String::new(),
        asked_at: instant("2020-06-01"),
        done_at: None,
        version: 1,
    }
}

pub fn agency(name: &str) -> AgencyRow {
    AgencyRow {
        id: AgencyId::from_parts(1, 1),
        name: name.into(),
        kind: "press_agency".into(),
        medium: "daily_print".into(),
        cycle_days: None,
        contact: "toasoan@bao.example".into(),
        note: String::new(),
        is_active: true,
        version: 1,
    }
}

pub fn reporter(agency: &AgencyRow) -> ReporterRow {
    ReporterRow {
        id: ReporterId::from_parts(1, 1),
        agency: agency.id,
        name: "Trần Thị Viết".into(),
        card: "GGT 12".into(),
        contact: "viet@bao.example".into(),
        is_active: true,
        updated_at: instant("2020-06-01"),
        version: 1,
    }
}

pub fn reply_template(title: &str) -> ReplyTemplateRow {
    ReplyTemplateRow {
        id: ReplyTemplateId::from_parts(1, 1),
        title: title.into(),
        body: "Kính gửi [CƠ QUAN BÁO CHÍ]".into(),
        is_active: true,
        updated_at: instant("2020-06-01"),
        version: 1,
    }
}

#[test]
fn a_template_of_answers_has_a_title_of_its_own_and_is_saved_once_from_a_version() {
    for_each_backend(|office| {
        let write = |work: &dyn Fn(&mut store::Tx<'_>) -> Result<(), StoreError>| {
            office.db.write(&office.actor(), |tx| work(tx))
        };
        let row = reply_template("Tiến độ dự án");
        write(&|tx| press::insert_reply_template(tx, &row)).unwrap();
        let same = ReplyTemplateRow {
            id: ReplyTemplateId::from_parts(2, 2),
            title: "  TIẾN ĐỘ dự án".trim().into(),
            ..row.clone()
        };
        let twice = write(&|tx| press::insert_reply_template(tx, &same));
        assert!(matches!(twice, Err(StoreError::Unique(_))), "{twice:?}");
        let changed = ReplyTemplateRow { is_active: false, body: "Khác".into(), ..row.clone() };
        write(&|tx| press::update_reply_template(tx, &changed)).unwrap();
        let stale = write(&|tx| press::update_reply_template(tx, &row));
        assert!(matches!(stale, Err(StoreError::Stale { .. })), "{stale:?}");
        let kept = office.db.read(|r| press::find_reply_template(r, row.id)).unwrap().unwrap();
        assert_eq!((kept.body.as_str(), kept.is_active, kept.version), ("Khác", false, 2));
        assert_eq!(office.db.read(press::reply_templates).unwrap(), [kept]);
    });
}

#[test]
fn a_reporter_is_known_once_at_an_agency_and_forgotten_when_the_time_is_over() {
    for_each_backend(|office| {
        let agency = agency("Báo Hà Nam");
        let row = reporter(&agency);
        let write = |work: &dyn Fn(&mut store::Tx<'_>) -> Result<(), StoreError>| {
            office.db.write(&office.actor(), |tx| work(tx))
        };
        write(&|tx| press::insert_agency(tx, &agency)).unwrap();
        write(&|tx| press::insert_reporter(tx, &row)).unwrap();
        let twice =
            ReporterRow {
                id: ReporterId::from_parts(2, 2), name: "TRẦN THỊ VIẾT".into(), ..row.clone()
            };
        assert!(matches!(write(&|tx| press::insert_reporter(tx, &twice)), Err(StoreError::Unique(_))));
        let gone = ReporterRow { is_active: false, ..row.clone() };
        write(&|tx| press::update_reporter(tx, &gone)).unwrap();
        assert!(matches!(write(&|tx| press::update_reporter(tx, &gone)), Err(StoreError::Stale { .. })));
        let found = office.db.read(|r| press::reporters(r, agency.id)).unwrap();
        assert_eq!((found.len(), found[0].name.as_str(), found[0].version), (1, "Trần Thị Viết", 2));
        assert_eq!(office.db.read(|r| press::find_reporter(r, row.id)).unwrap().as_ref(), found.first());

        let unit = cast::unit(office);
        let open = insert(office, &case(unit, 1));
        let mut closed = case(unit, 2);
        closed.closed_at = Some(instant("2020-06-02"));
        let closed = insert(office, &closed);
        let forget =
            |before| office.db.write(&office.actor(), |tx| press::forget_reporters(tx, before, 10)).unwrap();
        assert_eq!(forget(instant("2020-06-02")), 0, "not before its time");
        assert_eq!(forget(Timestamp::MAX), 2, "the closed request, the reporter who left");
        assert_eq!(forget(Timestamp::MAX), 0);
        let personal_of = |id| {
            let row = office.db.read(|r| press::find(r, id)).unwrap().unwrap();
            [row.reporter, row.contact, row.card, row.confirmed_contact, row.delivered_to]
        };
        assert!(personal_of(open.id).iter().all(|text| !text.is_empty()));
        assert!(personal_of(closed.id).iter().all(String::is_empty), "{:?}", personal_of(closed.id));
        assert_eq!(office.db.read(|r| press::find_reporter(r, row.id)).unwrap(), None);
        let history = office.db.read(|r| ledger::history(r, "press_reporter", &row.id.to_string())).unwrap();
        let text = format!("{history:?}");
        assert!(history.len() == 3 && !text.contains("Viết") && !text.contains("GGT"), "{text}");
    });
}

fn insert(office: &Office, row: &CaseRow) -> CaseRow {
    office.db.write(&office.actor(), |tx| press::insert(tx, row)).unwrap()
}

#[test]
fn a_request_is_found_by_id_and_code_and_saved_once_from_a_version() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let kept = insert(office, &case(unit, 1));
        assert_eq!(office.db.read(|r| press::find(r, kept.id)).unwrap(), Some(kept.clone()));
        assert_eq!(office.db.read(|r| press::by_code(r, "hash1")).unwrap(), Some(kept.clone()));
        assert_eq!(office.db.read(|r| press::by_code(r, "other")).unwrap(), None);
        let moved = CaseRow {
            state: State::Withdrawn,
            closed_at: Some(instant("2020-06-02")),
            code_hash: "newer".into(),
            replaced_code_hash: Some("hash1".into()),
            ..kept
        };
        office.db.write(&office.actor(), |tx| press::update(tx, "press_case.withdraw", &moved)).unwrap();
        let stale = office.db.write(&office.actor(), |tx| press::update(tx, "press_case.withdraw", &moved));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
        assert_eq!(
            office.db.read(|r| press::by_code(r, "hash1")).unwrap(),
            None,
            "another code stands there"
        );
        assert!(office.db.read(|r| press::is_replaced(r, "hash1")).unwrap());
        assert!(!office.db.read(|r| press::is_replaced(r, "newer")).unwrap());
        let twice = office.db.write(&office.actor(), |tx| {
            press::insert(tx, &CaseRow { id: CaseId::from_parts(9, 9), ..case(unit, 1) })
        });
        assert!(matches!(twice, Err(StoreError::Unique(_))));
        assert_eq!(office.db.read(|r| press::numbered(r, unit, 2020)).unwrap(), 1);
        assert_eq!(office.db.read(|r| press::numbered(r, unit, 2021)).unwrap(), 0);
    });
}

#[test]
fn every_text_of_an_answer_stays_readable_first_to_last() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let mut row = insert(office, &case(unit, 1));
        for (event, text) in [("write", "Một"), ("submit", "Một"), ("write", "Hai"), ("write", "Một")] {
            row.request.answer.text = text.into();
            let kind = format!("press_case.{event}");
            row = office.db.write(&office.actor(), |tx| press::update(tx, &kind, &row)).unwrap();
        }
        let drafts = office.db.read(|r| press::drafts(r, row.id)).unwrap();
        let texts: Vec<&str> = drafts.iter().map(|draft| draft.text.as_str()).collect();
        assert_eq!(texts, ["Một", "Hai", "Một"]);
        assert!(drafts.iter().all(|draft| !draft.person.is_empty()));
        assert_eq!(office.db.read(|r| press::drafts(r, CaseId::from_parts(9, 9))).unwrap(), []);
    });
}

#[test]
fn what_was_approved_past_the_chain_waits_for_a_second_look_until_somebody_took_it() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let mut row = insert(office, &case(unit, 1));
        insert(office, &case(unit, 2));
        let waiting = || {
            let rows = office.db.read(|r| press::second_looks(r, 10)).unwrap();
            rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
        };
        assert!(waiting().is_empty());
        row.request.bypass = Some(domain::press::request::Bypass {
            person: "person:1".into(),
            at: instant("2020-06-02"),
            digest: "d".into(),
            reason: "vì".into(),
            look_by: Some(instant("2020-06-03")),
            looked: None,
        });
        row = office.db.write(&office.actor(), |tx| press::update(tx, "press_case.bypass", &row)).unwrap();
        office.db.write(&office.actor(), |tx| press::add_step(tx, row.id, "bypass", "", "")).unwrap();
        assert_eq!(waiting(), ["YC-0001/2020"]);
        let counted = |since: &str| office.db.read(|r| press::bypassed_since(r, instant(since))).unwrap();
        assert_eq!((counted("2000-01-01"), counted("2100-01-01")), (1, 0));
        if let Some(bypass) = &mut row.request.bypass {
            bypass.looked = Some(("person:2".into(), instant("2020-06-02")));
        }
        office.db.write(&office.actor(), |tx| press::update(tx, "press_case.second_look", &row)).unwrap();
        assert!(waiting().is_empty());
    });
}

#[test]
fn lists_are_narrowed_by_state_words_unit_and_lateness_and_the_first_due_comes_first() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        insert(office, &case(unit, 1));
        let mut second = case(unit, 2);
        second.due_at = Some(instant("2020-06-03"));
        second.request.lead = Some(unit);
        second.request.asked.subject = "Đường liên xã".into();
        insert(office, &second);
        let mut third = case(unit, 3);
        third.due_at = None;
        third.state = State::Answered;
        third.closed_at = Some(instant("2020-06-02"));
        insert(office, &third);
        let found = |filter: &Filter| {
            let rows = office.db.read(|r| press::list(r, filter)).unwrap();
            let count = office.db.read(|r| press::count(r, filter)).unwrap();
            assert_eq!(count, i64::try_from(rows.len()).unwrap());
            rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
        };
        let filter = || Filter { page: 1, per_page: 10, ..Filter::default() };
        assert_eq!(found(&filter()).len(), 3);
        assert_eq!(found(&Filter { states: vec![State::Answered], ..filter() }), ["YC-0003/2020"]);
        assert_eq!(found(&Filter { search: "duong lien xa".into(), ..filter() }), ["YC-0002/2020"]);
        assert_eq!(found(&Filter { lead: Some(unit), ..filter() }), ["YC-0002/2020"]);
        assert_eq!(found(&Filter { late_at: Some(instant("2020-06-10")), ..filter() }), ["YC-0002/2020"]);
        let open = office.db.read(|r| press::open(r, None, 10)).unwrap();
        assert_eq!(
            open.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(),
            ["YC-0002/2020", "YC-0001/2020"]
        );
        assert_eq!(office.db.read(|r| press::open(r, Some(unit), 10)).unwrap().len(), 1);
        let closed = |since| office.db.read(|r| press::closed_since(r, instant(since))).unwrap();
        assert_eq!(
            (closed("2020-06-01"), closed("2020-06-03")),
            ((1, 0), (0, 0)),
            "without a limit nothing is late"
        );
        let mut fourth = case(unit, 4);
        (fourth.due_at, fourth.closed_at) = (Some(instant("2020-06-03")), Some(instant("2020-06-04")));
        fourth.state = State::Withdrawn;
        insert(office, &fourth);
        assert_eq!(closed("2020-06-01"), (2, 1));
        let late = office.db.read(|r| press::closed_late(r, instant("2020-06-01"), 10)).unwrap();
        assert_eq!(late.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["YC-0004/2020"]);
        let words = ["rac".to_owned(), "thai".to_owned()];
        let before = office.db.read(|r| press::said_before(r, CaseId::from_parts(1, 1), &words, 5)).unwrap();
        assert_eq!(before.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["YC-0003/2020"]);
    });
}

#[test]
fn steps_are_numbered_and_parts_wait_for_their_unit() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let kept = insert(office, &case(unit, 1));
        for event in ["receive", "assign"] {
            office.db.write(&office.actor(), |tx| press::add_step(tx, kept.id, event, "", "")).unwrap();
        }
        let steps = office.db.read(|r| press::steps(r, kept.id)).unwrap();
        assert_eq!(
            steps.iter().map(|step| (step.number, step.event.as_str())).collect::<Vec<_>>(),
            [(1, "receive"), (2, "assign")]
        );
        let add = |row: &PartRow| office.db.write(&office.actor(), |tx| press::insert_part(tx, row)).unwrap();
        let first = add(&part_of(unit, Some(kept.id), 1));
        add(&part_of(unit, None, 2));
        assert_eq!(office.db.read(|r| press::parts(r, kept.id)).unwrap(), vec![first.clone()]);
        assert_eq!(office.db.read(|r| press::waiting_parts(r, Some(unit), 10)).unwrap().len(), 2);
        let done = PartRow { state: part::State::Delivered, answer: "12 tấn".into(), ..first.clone() };
        office.db.write(&office.actor(), |tx| press::update_part(tx, "press_part.deliver", &done)).unwrap();
        let stale =
            office.db.write(&office.actor(), |tx| press::update_part(tx, "press_part.deliver", &done));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
        assert_eq!(office.db.read(|r| press::waiting_parts(r, None, 10)).unwrap().len(), 1);
        let found = office.db.read(|r| press::find_part(r, first.id)).unwrap().unwrap();
        assert_eq!((found.answer.as_str(), found.version), ("12 tấn", 2));
    });
}

#[test]
fn agencies_are_found_by_name_however_written_and_stand_once() {
    for_each_backend(|office| {
        let row = agency("Báo Hà Nam");
        office.db.write(&office.actor(), |tx| press::insert_agency(tx, &row)).unwrap();
        let found = office.db.read(|r| press::agency_called(r, " báo HÀ nam")).unwrap().unwrap();
        assert_eq!(found, row);
        assert_eq!(office.db.read(|r| press::find_agency(r, row.id)).unwrap(), Some(row.clone()));
        let twice = AgencyRow { id: AgencyId::from_parts(2, 2), ..row.clone() };
        let twice = office.db.write(&office.actor(), |tx| press::insert_agency(tx, &twice));
        assert!(matches!(twice, Err(StoreError::Unique(_))));
        let changed = AgencyRow { medium: "online".into(), ..row };
        office.db.write(&office.actor(), |tx| press::update_agency(tx, &changed)).unwrap();
        assert_eq!(office.db.read(|r| press::agencies(r)).unwrap()[0].medium, "online");
        let stale = office.db.write(&office.actor(), |tx| press::update_agency(tx, &changed));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
    });
}

#[test]
fn no_revision_holds_the_name_or_contact_of_a_reporter_or_the_code() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let kept = insert(office, &case(unit, 1));
        let history = office.db.read(|r| ledger::history(r, "press_case", &kept.id.to_string())).unwrap();
        let text = format!("{history:?}");
        assert!(text.contains("Báo Hà Nam"), "{text}");
        for secret in ["Phóng", "0912", "4711", "3825", "toasoan", "hash1"] {
            assert!(!text.contains(secret), "{secret}");
        }
    });
}

pub fn emergency(unit: UnitId) -> EmergencyRow {
    EmergencyRow {
        id: EmergencyId::from_parts(1, 1),
        unit,
        emergency: Emergency {
            determined_by: String::new(),
            determined_why: String::new(),
            earlier: Vec::new(),
            subject: "Cháy chợ Quế".into(),
            class: Class::HighImpact,
            moments: Moments { happened_at: Some(instant("2020-08-29")), ..Moments::default() },
            clock: None,
            said: Vec::new(),
            on_time: None,
            one_speaker: String::new(),
            related: Vec::new(),
        },
        due_at: Some(instant("2020-08-30")),
        closed_at: None,
        created_by: String::new(),
        created_at: instant("2020-08-29"),
        version: 1,
    }
}

pub fn conference(unit: UnitId) -> ConferenceRow {
    ConferenceRow {
        id: ConferenceId::from_parts(1, 1),
        unit,
        state: domain::press::conference::State::Planned,
        starts_at: instant("2020-08-29"),
        conference: Conference { subject: "Kết quả quý III".into(), ..Conference::default() },
        created_by: String::new(),
        created_at: instant("2020-08-01"),
        version: 1,
    }
}

#[test]
fn press_conferences_are_listed_by_their_time_and_saved_once_from_a_version() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let write = |row: &ConferenceRow| office.db.write(&office.actor(), |tx| conference::insert(tx, row));
        let kept = write(&conference(unit)).unwrap();
        let later = ConferenceRow {
            id: ConferenceId::from_parts(2, 2),
            starts_at: instant("2020-09-29"),
            ..conference(unit)
        };
        let later = write(&later).unwrap();
        assert_eq!(office.db.read(|r| conference::find(r, kept.id)).unwrap(), Some(kept.clone()));
        let at = |day| instant(day);
        let coming = |day| office.db.read(|r| conference::coming(r, at(day), 10)).unwrap();
        assert_eq!(coming("2020-08-29"), [kept.clone(), later.clone()]);
        assert_eq!(coming("2020-08-30"), [later.clone()]);
        assert_eq!(office.db.read(|r| conference::past(r, at("2020-10-01"), 1)).unwrap(), [later]);
        let edition = || office.db.read(|r| store::public_item::edition(r)).unwrap();
        let before = edition();
        let held = ConferenceRow { state: domain::press::conference::State::Held, ..kept };
        let save =
            || office.db.write(&office.actor(), |tx| conference::update(tx, "press_conference.hold", &held));
        assert_eq!(save().unwrap().version, 2);
        assert!(matches!(save(), Err(StoreError::Stale { .. })));
        assert!(edition() > before, "readers see it at once");
    });
}

#[test]
fn an_absence_stands_until_its_last_day_is_ended_early_once_and_cancelled_before_it_begins() {
    for_each_backend(|office| {
        let person = office.db.write(&office.actor(), |tx| cast::person(tx, "an")).unwrap();
        let row = absence(person);
        office.db.write(&office.actor(), |tx| absence::insert(tx, &row)).unwrap();
        let since = |on| office.db.read(|r| absence::since(r, day(on))).unwrap();
        let kept = office.db.read(|r| absence::find(r, row.id)).unwrap().unwrap();
        assert_eq!(since("2020-06-05"), [kept.clone()]);
        assert_eq!(since("2020-06-06"), []);
        let end = || office.db.write(&office.actor(), |tx| absence::end(tx, &kept, day("2020-06-02")));
        end().unwrap();
        assert!(matches!(end(), Err(StoreError::Stale { .. })));
        assert_eq!(since("2020-06-03"), []);
        let ended = since("2020-06-02").remove(0);
        office.db.write(&office.actor(), |tx| absence::cancel(tx, &ended)).unwrap();
        assert_eq!(office.db.read(|r| absence::find(r, row.id)).unwrap(), None);
        let nobody = AbsenceRow { person: Some(PersonId::from_parts(9, 9)), ..row.clone() };
        let dangling = office.db.write(&office.actor(), |tx| absence::insert(tx, &nobody));
        assert!(matches!(dangling, Err(StoreError::Dangling(_))), "{dangling:?}");
        let speaker = AbsenceRow { person: None, speaker: Some("Trần Thị B".into()), ..row.clone() };
        office.db.write(&office.actor(), |tx| absence::insert(tx, &speaker)).unwrap();
        assert_eq!(since("2020-06-05")[0].speaker.as_deref(), Some("Trần Thị B"));
        for of in [None, row.person] {
            let both = AbsenceRow { id: AbsenceId::from_parts(1, 2), person: of, ..speaker.clone() };
            let both = AbsenceRow { speaker: of.and(both.speaker.clone()), ..both };
            let none_or_two = office.db.write(&office.actor(), |tx| absence::insert(tx, &both));
            assert!(none_or_two.is_err(), "{none_or_two:?}");
        }
    });
}

/// A press release.
pub fn release(
    unit: UnitId,
    number: u128,
    state: domain::press::statement::State,
) -> store::statement::StatementRow {
    use domain::press::statement::{Form, Statement, Told};
    let told = Told {
        form: Form::Release,
        subject: "Kết quả quý III".into(),
        text: "Văn bản".into(),
        occasion: "periodic".into(),
        is_speech: false,
        unit: None,
        speaker: String::new(),
        with: String::new(),
        at: None,
        url: String::new(),
    };
    store::statement::StatementRow {
        id: domain::id::StatementId::from_parts(1, number),
        unit,
        state,
        statement: Statement {
            told,
            by: None,
            writers: vec!["one".into()],
            approval: None,
            issued: None,
            publication: None,
            note: String::new(),
        },
        created_by: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
        version: 1,
    }
}

/// A packet that came.
pub fn packet(unit: UnitId) -> store::packet::PacketRow {
    store::packet::PacketRow {
        id: "01BRZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap(),
        unit,
        is_incoming: true,
        organ_id: "H42.10".into(),
        organ_name: "Sở Thí Dụ".into(),
        identifier: "H42.10,2020/06/01,7/STD".into(),
        code: "7/STD".into(),
        issued_on: None,
        subject: "Về việc mẫu".into(),
        business: "new".into(),
        record: None,
        file_digest: "0".repeat(64),
        file_name: "goi.edxml".into(),
        person: String::new(),
        handled_at: Timestamp::UNIX_EPOCH,
    }
}

pub fn absence(person: PersonId) -> AbsenceRow {
    AbsenceRow {
        id: AbsenceId::from_parts(1, 1),
        person: Some(person),
        speaker: None,
        first: day("2020-06-01"),
        last: day("2020-06-05"),
        deputy: None,
        created_by: String::new(),
        version: 1,
    }
}

#[test]
fn an_extraordinary_case_is_open_until_it_is_over_and_saved_once_from_a_version() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let kept = office.db.write(&office.actor(), |tx| emergency::insert(tx, &emergency(unit))).unwrap();
        assert_eq!(office.db.read(|r| emergency::find(r, kept.id)).unwrap(), Some(kept.clone()));
        assert_eq!(office.db.read(|r| emergency::open(r)).unwrap(), vec![kept.clone()]);
        let over = EmergencyRow { closed_at: Some(instant("2020-08-31")), ..kept };
        office.db.write(&office.actor(), |tx| emergency::update(tx, "press_emergency.close", &over)).unwrap();
        let stale =
            office.db.write(&office.actor(), |tx| emergency::update(tx, "press_emergency.close", &over));
        assert!(matches!(stale, Err(StoreError::Stale { .. })));
        assert!(office.db.read(|r| emergency::open(r)).unwrap().is_empty());
        assert_eq!(office.db.read(|r| emergency::over(r, 10)).unwrap().len(), 1);
    });
}

#[test]
fn requests_in_a_state_come_by_their_limit_those_without_last_and_only_so_many() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let mut expected = Vec::new();
        for (number, due) in [Some(300), None, Some(100), Some(200)].into_iter().enumerate() {
            let mut row = case(unit, number as u128 + 10);
            let number = row.number.clone();
            row.state = State::Received;
            row.due_at = due.map(|at| Timestamp::from_millisecond(at).unwrap());
            office.db.write(&office.actor(), |tx| press::insert(tx, &row).map(drop)).unwrap();
            expected.push((due, number));
        }
        expected.sort_by_key(|(due, _)| (due.is_none(), *due));
        let found = |limit| {
            let rows = office.db.read(|r| press::in_state(r, State::Received, None, limit)).unwrap();
            rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
        };
        let numbers: Vec<String> = expected.into_iter().map(|(_, number)| number).collect();
        assert_eq!(found(10), numbers);
        assert_eq!(found(2), numbers[..2]);
        let none = office.db.read(|r| press::in_state(r, State::Received, Some(unit), 10)).unwrap();
        assert!(none.is_empty(), "nobody leads them");
        let none = office.db.read(|r| press::in_state(r, State::Drafting, None, 10)).unwrap();
        assert!(none.is_empty());
    });
}

#[test]
fn packets_are_found_by_their_document_and_what_was_reported_stands_in_its_order() {
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let row = packet(unit);
        office.db.write(&office.actor(), |tx| store::packet::insert(tx, &row)).unwrap();
        for code in ["03", "06"] {
            let status = store::packet::StatusRow {
                packet: row.id,
                number: 0,
                code: code.into(),
                description: "Ghi chú".into(),
                organ_id: "H42.15".into(),
                reported_at: Some(Timestamp::UNIX_EPOCH),
                person: String::new(),
                handled_at: Timestamp::UNIX_EPOCH,
            };
            office.db.write(&office.actor(), |tx| store::packet::add_status(tx, &status)).unwrap();
        }
        let (found, statuses, about, (list, total)) = office
            .db
            .read(|r| {
                Ok::<_, StoreError>((
                    store::packet::find(r, row.id)?.unwrap(),
                    store::packet::statuses(r, row.id)?,
                    store::packet::about(r, &row.identifier, true)?,
                    store::packet::list(r, 1, 10)?,
                ))
            })
            .unwrap();
        assert_eq!((found.subject.as_str(), found.issued_on, found.is_incoming), ("Về việc mẫu", None, true));
        let codes: Vec<(i64, &str)> = statuses.iter().map(|row| (row.number, row.code.as_str())).collect();
        assert_eq!(codes, [(1, "03"), (2, "06")]);
        assert_eq!((about.len(), list.len(), total), (1, 1, 1));
        let sent = office.db.read(|r| store::packet::about(r, &row.identifier, false)).unwrap();
        assert!(sent.is_empty(), "what was sent is another thing");
    });
}

#[test]
fn press_statements_are_listed_by_their_state_and_saved_once_from_a_version() {
    use domain::press::statement::State;
    use store::statement::{self, StatementRow};
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let row = |number, state| release(unit, number, state);
        let write = |row: &StatementRow| {
            office
                .db
                .write(&office.actor(), |tx| statement::insert(tx, "press_statement.begun", row))
                .unwrap()
        };
        let (draft, given) = (write(&row(1, State::Draft)), write(&row(2, State::Given)));
        let list = |states: &[State]| office.db.read(|r| statement::list(r, states, 10)).unwrap();
        assert_eq!(list(&[State::Draft, State::InReview]), std::slice::from_ref(&draft));
        assert_eq!(list(&[State::Given]), [given]);
        let next = StatementRow { state: State::InReview, ..draft };
        let save =
            || office.db.write(&office.actor(), |tx| statement::update(tx, "press_statement.submit", &next));
        let saved = save().unwrap();
        assert_eq!(saved.version, 2);
        assert!(matches!(save(), Err(StoreError::Stale { .. })));
        assert_eq!(office.db.read(|r| statement::find(r, saved.id)).unwrap(), Some(saved));
    });
}

#[test]
fn lines_of_the_register_of_statements_are_found_by_the_words_they_share_the_latest_first() {
    use domain::register::{Register, Value, Values};
    use store::register::{self, NewRecord};
    for_each_backend(|office| {
        let unit = cast::unit(office);
        let line = |day: &str, subject: &str| {
            let mut values = Values::new();
            let register = Register::Statements;
            for (key, value) in [
                ("held_on", Value::Day(day.parse().unwrap())),
                ("form", Value::Word("portal_post")),
                ("subject", Value::Text(subject.to_owned())),
            ] {
                assert!(values.set(register.field(key).unwrap(), value));
            }
            let new = NewRecord { register, unit, values, import: None };
            office.db.write(&office.actor(), |tx| register::insert(tx, &new)).unwrap();
        };
        line("2020-03-02", "Thu gom rác thải tại chợ Quế");
        line("2020-05-02", "Thu gom rác thải sinh hoạt");
        line("2020-06-02", "Lịch tiếp công dân");
        let words = |of: &[&str]| of.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let about = |of: &[&str], most| {
            let of = words(of);
            let found = office.db.read(|r| register::statements_about(r, &of, most)).unwrap();
            found.into_iter().map(|record| record.title().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            about(&["thu", "gom", "rac", "thai"], 5),
            ["Thu gom rác thải sinh hoạt", "Thu gom rác thải tại chợ Quế"]
        );
        assert_eq!(about(&["thu", "gom", "cho", "que"], 1), ["Thu gom rác thải tại chợ Quế"]);
        assert!(about(&["gom", "khac", "100%", "la_"], 5).is_empty(), "one word is not enough");
        assert!(about(&[], 5).is_empty());
    });
}
