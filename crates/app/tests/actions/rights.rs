//! The rights of every action, for every role: the table of actions walked cell by cell, and the sources read, so that
//! no action is missing from it.

use std::collections::BTreeSet;
use std::path::Path;

use app::importing::{self, Mode, Options};
use app::press;
use app::publication::{self, Draft};
use app::radio::programme as radio;
use app::register::{self, Query, Typed};
use app::reports::{self, Act, Edit, Kind, Make};
use app::{ActionError, Actor, App, figures, jobs, office, overseeing, rules};
use app::{account, data_breach, data_request, documents};
use domain::access::{Capability, may};
use domain::calendar::DayKind;
use domain::id::{AgencyId, CaseId, PartId, PersonId, PublicationId, RecordId, ReportId, UnitId, UploadId};
use domain::publication::workflow;
use domain::register::Register;
use domain::report::Event;
use domain::time::Day;
use domain::unit::UnitKind;
use testkit::for_each_backend;
use words::Language;

use crate::world::{World, new_person, year};

const NOTHING: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const NEWS: Register = Register::News;

type Call = fn(&App, &Actor) -> Result<(), ActionError>;

fn radio_day() -> domain::time::Day {
    domain::time::Day::constant(2020, 3, 5)
}

fn person() -> PersonId {
    NOTHING.parse().unwrap()
}

fn record() -> (Register, RecordId) {
    (NEWS, NOTHING.parse().unwrap())
}

fn unit() -> UnitId {
    NOTHING.parse().unwrap()
}

fn report() -> ReportId {
    NOTHING.parse().unwrap()
}

fn text() -> PublicationId {
    NOTHING.parse().unwrap()
}

fn packet() -> domain::id::PacketId {
    NOTHING.parse().unwrap()
}

fn case() -> CaseId {
    NOTHING.parse().unwrap()
}

fn part() -> PartId {
    NOTHING.parse().unwrap()
}

fn emergency() -> domain::id::EmergencyId {
    NOTHING.parse().unwrap()
}

fn breach() -> domain::id::BreachId {
    NOTHING.parse().unwrap()
}

fn asked() -> domain::id::DataRequestId {
    NOTHING.parse().unwrap()
}

fn agency() -> AgencyId {
    NOTHING.parse().unwrap()
}

fn uploaded() -> publication::Uploaded {
    publication::Uploaded { name: String::new(), bytes: Vec::new(), text: String::new() }
}

fn upload() -> UploadId {
    NOTHING.parse().unwrap()
}

fn day() -> Day {
    Day::constant(2020, 3, 10)
}

fn make() -> Make {
    Make { period: year(), template: Some("none".to_owned()), letter: None, signer: None }
}

fn rule() -> domain::law::Rule {
    let mut rule = domain::law::Law::shipped().rules.first().unwrap().clone();
    rule.title = String::new();
    rule
}

fn ground() -> domain::law::Ground {
    let mut ground = domain::law::Law::shipped().grounds.first().unwrap().clone();
    ground.title = String::new();
    ground
}

fn closing() -> domain::law::Closing {
    let mut closing = domain::law::Law::shipped().closings.first().unwrap().clone();
    closing.title = String::new();
    closing
}

fn new_unit() -> office::NewUnit {
    office::NewUnit {
        name: String::new(),
        short_name: String::new(),
        kind: UnitKind::Commune,
        parent: None,
        valid_from: None,
        aliases: Vec::new(),
    }
}

fn end() -> office::UnitEnd {
    office::UnitEnd { last: day(), successors: Vec::new(), basis: String::new() }
}

fn act(app: &App, actor: &Actor, event: Event) -> Result<(), ActionError> {
    reports::act(app, actor, (report(), 1), event, &Act::default())
}

/// Every action with what it takes, one of these. Each is called with something that is not there or cannot be taken, so that who
/// may is told that, and nobody changes what the next one meets.
const ACTIONS: &[(&str, &[Capability], Call)] = &[
    ("account::people", &[Capability::WritePeople], |app, actor| account::people(app, actor).map(drop)),
    ("account::person", &[Capability::WritePeople], |app, actor| {
        account::person(app, actor, person()).map(drop)
    }),
    ("account::add_person", &[Capability::WritePeople], |app, actor| {
        account::add_person(app, actor, &new_person("", &[])).map(drop)
    }),
    ("account::change_person", &[Capability::WritePeople], |app, actor| {
        account::change_person(app, actor, (person(), 1), &new_person("x", &[]), true)
    }),
    ("account::invite", &[Capability::WritePeople], |app, actor| {
        account::invite(app, actor, person()).map(drop)
    }),
    ("figures::of_period", &[Capability::ReadReports], |app, actor| {
        figures::of_period(app, actor, year()).map(drop)
    }),
    ("figures::years", &[Capability::ReadReports], |app, actor| figures::years(app, actor).map(drop)),
    ("figures::open", &[Capability::ReadReports], |app, actor| {
        figures::open(app, actor, year(), ("news.total", None), 1).map(drop)
    }),
    ("importing::preview", &[Capability::ImportRegisters], |app, actor| {
        importing::preview(app, actor, "x.csv", Vec::new(), &Options::default(), Language::Vi).map(drop)
    }),
    ("importing::preview_again", &[Capability::ImportRegisters], |app, actor| {
        importing::preview_again(app, actor, ("x", "x.csv"), &Options::default(), Language::Vi).map(drop)
    }),
    ("importing::run", &[Capability::ImportRegisters], |app, actor| {
        let options = Options::default();
        importing::run(app, actor, ("x", "x.csv"), &options, Mode::GoodRows, &mut |_| {}).map(drop)
    }),
    ("importing::history", &[Capability::ReadRegisters], |app, actor| {
        importing::history(app, actor, 5).map(drop)
    }),
    ("importing::rejected_file", &[Capability::ImportRegisters], |app, actor| {
        importing::rejected_file(app, actor, "x").map(drop)
    }),
    ("mail::overview", &[Capability::Administer], |app, actor| app::mail::overview(app, actor).map(drop)),
    ("mail::save_settings", &[Capability::Administer], |app, actor| {
        app::mail::save_settings(app, actor, &app::mail::MailForm::default())
    }),
    ("mail::try_again", &[Capability::Administer], |app, actor| {
        app::mail::try_again(app, actor, NOTHING.parse().unwrap())
    }),
    ("mail::try_out", &[Capability::Administer], |app, actor| app::mail::try_out(app, actor).map(drop)),
    ("jobs::timetable", &[Capability::Administer], |app, actor| jobs::timetable(app, actor).map(drop)),
    ("jobs::save_timetable", &[Capability::Administer], |app, actor| {
        jobs::save_timetable(app, actor, &jobs::TimetableForm::default())
    }),
    ("jobs::overview", &[Capability::Administer], |app, actor| jobs::overview(app, actor).map(drop)),
    ("jobs::run_now", &[Capability::Administer], |app, actor| jobs::run_now(app, actor, jobs::Kind::Sweep)),
    ("duty::list", &[Capability::ReadPublications], |app, actor| app::duty::list(app, actor).map(drop)),
    ("duty::show", &[Capability::ReadPublications], |app, actor| {
        app::duty::show(app, actor, "none").map(drop)
    }),
    ("duty::prove", &[Capability::WritePublications], |app, actor| {
        app::duty::prove(app, actor, "none", &app::duty::Typed::default())
    }),
    ("duty::rows", &[Capability::ReadReports], |app, actor| app::duty::rows(app, actor).map(drop)),
    ("duty::add", &[Capability::WriteLaw], |app, actor| {
        app::duty::add(app, actor, &domain::duty::shipped()[0], "")
    }),
    ("duty::end", &[Capability::WriteLaw], |app, actor| {
        let last = domain::time::Day::constant(2020, 1, 1);
        let ending = app::duty::Ending { last, basis: String::new(), source: String::new() };
        app::duty::end(app, actor, "none", &ending, "")
    }),
    ("outages::standstills", &[Capability::WriteRegisters], |app, actor| {
        app::outages::standstills(app, actor).map(drop)
    }),
    ("outages::standstill", &[Capability::WriteRegisters], |app, actor| {
        app::outages::standstill(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("outages::note_standstill", &[Capability::WriteRegisters], |app, actor| {
        app::outages::note_standstill(app, actor, NOTHING.parse().unwrap(), &Typed::default()).map(drop)
    }),
    ("outages::dismiss_standstill", &[Capability::WriteRegisters], |app, actor| {
        app::outages::dismiss_standstill(app, actor, NOTHING.parse().unwrap(), "")
    }),
    ("links::health", &[Capability::ReadPublications], |app, actor| app::links::health(app, actor).map(drop)),
    ("radio::months", &[Capability::ReadPublications], |app, actor| {
        app::radio::months(app, actor, 2020).map(drop)
    }),
    ("radio::batch", &[Capability::WritePublications], |app, actor| {
        app::radio::batch(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("radio::waiting", &[Capability::WritePublications], |app, actor| {
        app::radio::waiting(app, actor).map(drop)
    }),
    ("radio::confirm", &[Capability::WritePublications], |app, actor| {
        app::radio::confirm(app, actor, (NOTHING.parse().unwrap(), 1), &BTreeSet::new())
    }),
    ("radio::put_aside", &[Capability::WritePublications], |app, actor| {
        app::radio::put_aside(app, actor, (NOTHING.parse().unwrap(), 1))
    }),
    ("radio::fetch", &[Capability::WritePublications], |app, actor| {
        app::radio::fetch(app, actor, "https://example.vn/rss").map(drop)
    }),
    ("radio::add", &[Capability::WritePublications], |app, actor| {
        let typed =
            radio::Typed { start: "5:30".into(), minutes: "5".into(), title: "A".into(), bulletin: None };
        radio::add(app, actor, radio_day(), &typed)
    }),
    ("radio::remove", &[Capability::WritePublications], |app, actor| {
        radio::remove(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("radio::copy", &[Capability::WritePublications], |app, actor| {
        radio::copy(app, actor, (radio_day(), radio_day())).map(drop)
    }),
    ("notice::list", &[Capability::ReadPublications], |app, actor| {
        app::notice::list(app, actor, None, 1).map(drop)
    }),
    ("notice::show", &[Capability::ReadPublications], |app, actor| {
        app::notice::show(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("notice::act", &[Capability::WritePublications], |app, actor| {
        let next = domain::notice::State::Accepted;
        app::notice::act(app, actor, (NOTHING.parse().unwrap(), 1), next, "")
    }),
    ("office::change_office", &[Capability::Administer], |app, actor| {
        let mut changed = office::office(app)?;
        changed.names.name = String::new();
        office::change_office(app, actor, &changed)
    }),
    ("office::units", &[Capability::ReadRegisters], |app, actor| office::units(app, actor, None).map(drop)),
    ("office::add_unit", &[Capability::WriteUnits], |app, actor| {
        office::add_unit(app, actor, &new_unit()).map(drop)
    }),
    ("office::end_unit", &[Capability::WriteUnits], |app, actor| {
        office::end_unit(app, actor, unit(), 1, &end())
    }),
    ("overseeing::ledger", &[Capability::ReadLedger], |app, actor| {
        overseeing::ledger(app, actor, None, 5).map(drop)
    }),
    ("overseeing::verify", &[Capability::ReadLedger], |app, actor| {
        overseeing::verify(app, actor, &mut |_, _| {}).map(drop)
    }),
    ("security::events", &[Capability::ReadSecurityLog], |app, actor| {
        app::security::events(app, actor, (None, None), 10).map(drop)
    }),
    ("overseeing::verify_now", &[Capability::ReadLedger], |app, actor| {
        overseeing::verify_now(app, actor).map(drop)
    }),
    ("overseeing::backups", &[Capability::Administer], |app, actor| {
        overseeing::backups(app, actor).map(drop)
    }),
    ("overseeing::make_backup", &[Capability::Administer], |app, actor| {
        overseeing::make_backup(app, actor).map(drop)
    }),
    ("roll_out::list", &[Capability::ReadPress], |app, actor| app::roll_out::list(app, actor).map(drop)),
    ("roll_out::show", &[Capability::ReadPress], |app, actor| {
        app::roll_out::show(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("roll_out::answer", &[Capability::ReadPress], |app, actor| {
        app::roll_out::answer(app, actor, record().1).map(drop)
    }),
    ("roll_out::send", &[Capability::TakePress], |app, actor| {
        app::roll_out::send(app, actor, &app::roll_out::NewRollOut::default()).map(drop)
    }),
    ("roll_out::hand_on", &[Capability::ReadPress], |app, actor| {
        app::roll_out::hand_on(app, actor, (record().1, 1), &[NOTHING.parse().unwrap()]).map(drop)
    }),
    ("roll_out::acknowledge_by_paper", &[Capability::TakePress], |app, actor| {
        let paper = app::roll_out::AcknowledgedOnPaper::default();
        app::roll_out::acknowledge_by_paper(app, actor, (record().1, 1), &paper).map(drop)
    }),
    ("roll_out::paper_file", &[Capability::ReadPress], |app, actor| {
        app::roll_out::paper_file(app, actor, record().1).map(drop)
    }),
    ("roll_out::audience", &[Capability::TakePress], |app, actor| {
        app::roll_out::audience(app, actor).map(drop)
    }),
    ("roll_out::regulation_file", &[Capability::ReadPress], |app, actor| {
        app::roll_out::regulation_file(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("roll_out::own_file", &[Capability::ReadPress], |app, actor| {
        app::roll_out::own_file(app, actor, record().1).map(drop)
    }),
    ("roll_out::return_own", &[Capability::ReadPress], |app, actor| {
        app::roll_out::return_own(app, actor, (record().1, 1), &app::roll_out::OwnRegulation::default())
            .map(drop)
    }),
    ("roll_out::act", &[Capability::ReadPress], |app, actor| {
        let event = domain::roll_out::Event::Acknowledge;
        app::roll_out::act(app, actor, (record().1, 1), event, ("", None)).map(drop)
    }),
    ("press::list", &[Capability::ReadPress], |app, actor| {
        press::list(app, actor, &press::Filter::default()).map(drop)
    }),
    ("press::board", &[Capability::ReadPress], |app, actor| press::board(app, actor, true).map(drop)),
    ("press::overview", &[Capability::ReadPress], |app, actor| press::overview(app, actor).map(drop)),
    ("press::chains", &[Capability::ReadReports], |app, actor| press::chains(app, actor).map(drop)),
    ("press::add_chain", &[Capability::WriteLaw], |app, actor| {
        let chain = domain::press::chain::Chain {
            kind: "default".into(),
            steps: Vec::new(),
            valid_from: jiff::civil::date(2026, 9, 1),
            valid_to: None,
            basis: String::new(),
        };
        press::add_chain(app, actor, &chain)
    }),
    ("press::show", &[Capability::ReadPress], |app, actor| press::show(app, actor, case()).map(drop)),
    ("press::drafts", &[Capability::ReadPress], |app, actor| press::drafts(app, actor, case()).map(drop)),
    ("press::part", &[Capability::ReadPress], |app, actor| press::part(app, actor, part()).map(drop)),
    ("press::waiting", &[Capability::ReadPress], |app, actor| press::waiting(app, actor).map(drop)),
    ("press::units", &[Capability::ReadPress], |app, actor| press::units(app, actor).map(drop)),
    ("press::agencies", &[Capability::ReadPress], |app, actor| press::agencies(app, actor).map(drop)),
    ("press::emergencies", &[Capability::ReadPress], |app, actor| press::emergencies(app, actor).map(drop)),
    ("absence::absences", &[Capability::ReadPress], |app, actor| {
        app::absence::absences(app, actor).map(drop)
    }),
    ("absence::stands_in", &[Capability::ReadPress], |app, actor| {
        app::absence::stands_in(app, actor).map(drop)
    }),
    ("absence::speakers_without_account", &[Capability::ReadPress], |app, actor| {
        app::absence::speakers_without_account(app, actor).map(drop)
    }),
    ("absence::colleagues", &[Capability::ReadPress], |app, actor| {
        app::absence::colleagues(app, actor).map(drop)
    }),
    ("absence::add_absence", &[Capability::ReadPress], |app, actor| {
        app::absence::add_absence(app, actor, &app::absence::NewAbsence::default())
    }),
    ("absence::end_absence", &[Capability::ReadPress], |app, actor| {
        app::absence::end_absence(app, actor, (NOTHING.parse().unwrap(), 1))
    }),
    ("press::conferences", &[Capability::ReadPress], |app, actor| press::conferences(app, actor).map(drop)),
    ("press::conference", &[Capability::ReadPress], |app, actor| {
        press::conference(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("press::plan_conference", &[Capability::TakePress], |app, actor| {
        press::plan_conference(app, actor, &press::Plan::default()).map(drop)
    }),
    ("press::edit_conference", &[Capability::TakePress], |app, actor| {
        press::edit_conference(app, actor, (NOTHING.parse().unwrap(), 1), &press::Plan::default())
    }),
    ("press::act_on_conference", &[Capability::ReadPress], |app, actor| {
        let event = domain::press::conference::Event::Hold;
        press::act_on_conference(app, actor, (NOTHING.parse().unwrap(), 1), event, &press::Told::default())
    }),
    ("press::attach_to_conference", &[Capability::TakePress], |app, actor| {
        press::attach_to_conference(app, actor, (NOTHING.parse().unwrap(), 1), uploaded())
    }),
    ("press::detach_from_conference", &[Capability::TakePress], |app, actor| {
        press::detach_from_conference(app, actor, (NOTHING.parse().unwrap(), 1), "")
    }),
    ("press::conference_file", &[Capability::ReadPress], |app, actor| {
        press::conference_file(app, actor, NOTHING.parse().unwrap(), "").map(drop)
    }),
    ("press::conference_paper", &[Capability::ReadPress], |app, actor| {
        let paper = (press::ConferencePaper::Notice, press::File::Docx);
        press::conference_paper(app, actor, NOTHING.parse().unwrap(), paper).map(drop)
    }),
    ("press::conference_symbol", &[Capability::ReadPress], |app, actor| {
        press::conference_symbol(app, actor, domain::press::conference::Event::Notify).map(drop)
    }),
    ("press::statements", &[Capability::ReadPress], |app, actor| press::statements(app, actor).map(drop)),
    ("press::statement", &[Capability::ReadPress], |app, actor| {
        press::statement(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("press::begin_statement", &[Capability::TakePress, Capability::DraftPress], |app, actor| {
        let form = domain::press::statement::Form::Release;
        press::begin_statement(app, actor, (form, &press::StatementEdit::default())).map(drop)
    }),
    ("press::edit_statement", &[Capability::ReadPress], |app, actor| {
        let at = (NOTHING.parse().unwrap(), 1);
        press::edit_statement(app, actor, at, &press::StatementEdit::default())
    }),
    ("press::act_on_statement", &[Capability::ReadPress], |app, actor| {
        let event = domain::press::statement::Event::Submit;
        press::act_on_statement(app, actor, (NOTHING.parse().unwrap(), 1), event, ("", None))
    }),
    ("press::issue_statement", &[Capability::IssuePress], |app, actor| {
        press::issue_statement(app, actor, (NOTHING.parse().unwrap(), 1), &press::Release::default())
    }),
    ("press::statement_file", &[Capability::ReadPress], |app, actor| {
        press::statement_file(app, actor, NOTHING.parse().unwrap(), press::File::Pdf).map(drop)
    }),
    ("press::statement_to_portal", &[Capability::TakePress], |app, actor| {
        press::statement_to_portal(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("press::next_release", &[Capability::ReadPress], |app, actor| press::next_release(app, actor).map(drop)),
    ("press::speakers", &[Capability::ReadPress], |app, actor| press::speakers(app, actor, day()).map(drop)),
    ("press::emergency", &[Capability::ReadPress], |app, actor| {
        press::emergency(app, actor, emergency()).map(drop)
    }),
    ("press::open_emergency", &[Capability::TakePress], |app, actor| {
        let new = press::NewEmergency {
            determined_by: String::new(),
            determined_why: String::new(),
            subject: String::new(),
            class: domain::press::emergency::Class::HighImpact,
            moments: domain::press::emergency::Moments::default(),
        };
        press::open_emergency(app, actor, &new).map(drop)
    }),
    ("press::classify_emergency", &[Capability::ApprovePress], |app, actor| {
        let new = press::Classification {
            class: domain::press::emergency::Class::HighImpact,
            determined_at: None,
            determined_by: String::new(),
            determined_why: String::new(),
        };
        press::classify_emergency(app, actor, (emergency(), 1), &new)
    }),
    ("press::speak", &[Capability::ApprovePress], |app, actor| {
        press::speak(app, actor, (emergency(), 1), &press::Speech::default())
    }),
    ("press::set_crisis", &[Capability::ApprovePress], |app, actor| {
        press::set_crisis(app, actor, (emergency(), 1), "", &[])
    }),
    ("press::close_emergency", &[Capability::ApprovePress], |app, actor| {
        press::close_emergency(app, actor, (emergency(), 1))
    }),
    ("press::agency", &[Capability::TakePress], |app, actor| press::agency(app, actor, agency()).map(drop)),
    ("press::reporters", &[Capability::TakePress], |app, actor| {
        press::reporters(app, actor, agency()).map(drop)
    }),
    ("press::reporter", &[Capability::TakePress], |app, actor| {
        press::reporter(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("press::save_reporter", &[Capability::TakePress], |app, actor| {
        press::save_reporter(app, actor, (agency(), None), &press::ReporterEdit::default())
    }),
    ("press::library", &[Capability::ReadPress], |app, actor| press::library(app, actor, "").map(drop)),
    ("press::from_library", &[Capability::ReadPress], |app, actor| {
        press::from_library(app, actor, case(), press::Source::Answer(case())).map(drop)
    }),
    ("press::reply_template", &[Capability::TakePress], |app, actor| {
        press::reply_template(app, actor, NOTHING.parse().unwrap()).map(drop)
    }),
    ("press::save_reply_template", &[Capability::TakePress], |app, actor| {
        press::save_reply_template(app, actor, None, &press::TemplateEdit::default())
    }),
    ("press::save_agency", &[Capability::TakePress], |app, actor| {
        press::save_agency(app, actor, None, &press::AgencyEdit::default()).map(drop)
    }),
    ("press::take", &[Capability::TakePress], |app, actor| {
        press::take(app, actor, &press::Intake::default()).map(drop)
    }),
    ("press::identify", &[Capability::TakePress], |app, actor| {
        press::identify(app, actor, (case(), 1), &press::Identification::default()).map(drop)
    }),
    // What each event takes is decided by `domain::press`, walked in its own tests and in those of the press desk.
    ("press::assign", &[Capability::ReadPress], |app, actor| {
        press::assign(app, actor, (case(), 1), &press::Assignment::default())
    }),
    ("press::write", &[Capability::ReadPress], |app, actor| {
        press::write(app, actor, (case(), 1), &domain::press::request::Answer::default())
    }),
    ("press::act", &[Capability::ReadPress], |app, actor| {
        let act = press::Act::default();
        press::act(app, actor, (case(), 1), domain::press::workflow::Event::Submit, &act)
    }),
    ("press::ask", &[Capability::TakePress], |app, actor| {
        press::ask(app, actor, None, &press::NewPart::default()).map(drop)
    }),
    ("press::reply_templates", &[Capability::ReadPress], |app, actor| {
        press::reply_templates(app, actor).map(drop)
    }),
    ("exchange::list", &[Capability::ReadRegisters], |app, actor| {
        app::exchange::list(app, actor, 1).map(drop)
    }),
    ("exchange::show", &[Capability::ReadRegisters], |app, actor| {
        app::exchange::show(app, actor, packet()).map(drop)
    }),
    ("exchange::packet_file", &[Capability::ReadRegisters], |app, actor| {
        app::exchange::packet_file(app, actor, packet()).map(drop)
    }),
    ("exchange::file", &[Capability::ReadRegisters], |app, actor| {
        app::exchange::file(app, actor, packet(), 0).map(drop)
    }),
    ("exchange::document", &[Capability::IssuePress], |app, actor| {
        app::exchange::document(app, actor, record().1).map(drop)
    }),
    ("exchange::send", &[Capability::IssuePress], |app, actor| {
        app::exchange::send(app, actor, record().1, &app::exchange::Sending::default()).map(drop)
    }),
    ("exchange::next_arrival", &[Capability::ReadRegisters], |app, actor| {
        app::exchange::next_arrival(app, actor).map(drop)
    }),
    ("exchange::receive", &[Capability::IssuePress], |app, actor| {
        app::exchange::receive(app, actor, &app::exchange::Received::default()).map(drop)
    }),
    ("exchange::report", &[Capability::IssuePress], |app, actor| {
        app::exchange::report(app, actor, packet(), (edxml::StatusCode::Accepted, "")).map(drop)
    }),
    ("data_breach::list", &[Capability::ReportBreaches], |app, actor| {
        data_breach::list(app, actor).map(drop)
    }),
    ("data_breach::show", &[Capability::ReportBreaches], |app, actor| {
        data_breach::show(app, actor, breach()).map(drop)
    }),
    ("data_breach::open", &[Capability::ReportBreaches], |app, actor| {
        data_breach::open(app, actor, &domain::data_breach::Known::default()).map(drop)
    }),
    ("data_breach::edit", &[Capability::ReportBreaches], |app, actor| {
        data_breach::edit(app, actor, (breach(), 1), &domain::data_breach::Known::default())
    }),
    ("data_breach::finish", &[Capability::ReportBreaches], |app, actor| {
        data_breach::finish(app, actor, (breach(), 1), domain::data_breach::Event::Close, "")
    }),
    ("data_breach::next_notice", &[Capability::ReportBreaches], |app, actor| {
        data_breach::next_notice(app, actor).map(drop)
    }),
    ("data_breach::notify", &[Capability::ReportBreaches], |app, actor| {
        data_breach::notify(app, actor, (breach(), 1), &data_breach::Notice::default())
    }),
    ("data_breach::notice_file", &[Capability::ReportBreaches], |app, actor| {
        data_breach::notice_file(app, actor, breach(), (None, press::File::Pdf)).map(drop)
    }),
    ("data_request::list", &[Capability::HandleDataRequests], |app, actor| {
        data_request::list(app, actor, None, 1).map(drop)
    }),
    ("data_request::show", &[Capability::HandleDataRequests], |app, actor| {
        data_request::show(app, actor, asked()).map(drop)
    }),
    ("data_request::take", &[Capability::HandleDataRequests], |app, actor| {
        data_request::take(app, actor, &data_request::Intake::default()).map(drop)
    }),
    ("data_request::identify", &[Capability::HandleDataRequests], |app, actor| {
        data_request::identify(app, actor, (asked(), 1), &data_request::Identification::default()).map(drop)
    }),
    ("data_request::act", &[Capability::HandleDataRequests], |app, actor| {
        let event = domain::data_request::Event::Acknowledge;
        data_request::act(app, actor, (asked(), 1), event, &data_request::Given::default())
    }),
    ("uploads::quota", &[Capability::Administer], |app, actor| app::uploads::quota(app, actor).map(drop)),
    ("uploads::save_quota", &[Capability::Administer], |app, actor| {
        app::uploads::save_quota(app, actor, &app::uploads::QuotaForm::default())
    }),
    ("work::mine", &[Capability::ReadReports], |app, actor| app::work::mine(app, actor).map(drop)),
    ("press::discuss", &[Capability::ReadPress], |app, actor| press::discuss(app, actor, part(), "Xong")),
    ("press::answer_complaint", &[Capability::TakePress, Capability::ApprovePress], |app, actor| {
        press::answer_complaint(app, actor, (case(), 1), "Xin lỗi")
    }),
    ("press::act_on_part", &[Capability::ReadPress], |app, actor| {
        press::act_on_part(app, actor, (part(), 1), domain::press::part::Event::Accept, "").map(drop)
    }),
    ("press::next_number", &[Capability::ReadPress], |app, actor| {
        press::next_number(app, actor, day()).map(drop)
    }),
    ("overseeing::last_change", &[Capability::ReadPress], |app, actor| {
        app::overseeing::last_change(app, actor, ("press_case", NOTHING)).map(drop)
    }),
    ("work::by_the_clock", &[Capability::ReadPress], |app, actor| {
        app::work::by_the_clock(app, actor).map(drop)
    }),
    ("press::tell", &[Capability::ReadPress], |app, actor| {
        press::tell(app, actor, (case(), 1), &press::Telling::default())
    }),
    ("press::send_out", &[Capability::IssuePress], |app, actor| {
        press::send_out(app, actor, (case(), 1), &press::Issue::default())
    }),
    ("press::for_portal", &[Capability::TakePress], |app, actor| {
        press::for_portal(app, actor, case(), &[]).map(drop)
    }),
    ("press::to_portal", &[Capability::TakePress], |app, actor| {
        press::to_portal(app, actor, case(), &[]).map(drop)
    }),
    ("press::file", &[Capability::ReadPress], |app, actor| {
        press::file(app, actor, case(), press::File::Pdf).map(drop)
    }),
    ("publication::list", &[Capability::ReadPublications], |app, actor| {
        publication::list(app, actor, &publication::Filter::default()).map(drop)
    }),
    ("publication::show", &[Capability::ReadPublications], |app, actor| {
        publication::show(app, actor, text()).map(drop)
    }),
    ("publication::version", &[Capability::ReadPublications], |app, actor| {
        publication::version(app, actor, text(), 1).map(drop)
    }),
    ("publication::version_file", &[Capability::ReadPublications], |app, actor| {
        publication::version_file(app, actor, (text(), 1), "").map(drop)
    }),
    ("publication::waiting_for_approval", &[Capability::ApprovePublications], |app, actor| {
        publication::waiting_for_approval(app, actor).map(drop)
    }),
    ("publication::lines_to_look_at", &[Capability::ApprovePublications], |app, actor| {
        publication::lines_to_look_at(app, actor).map(drop)
    }),
    ("publication::look_at_lines", &[Capability::ApprovePublications], |app, actor| {
        publication::look_at_lines(app, actor, &[]).map(drop)
    }),
    ("publication::approve_many", &[Capability::ApprovePublications], |app, actor| {
        publication::approve_many(app, actor, &[], false).map(drop)
    }),
    ("publication::waiting", &[Capability::ReadPublications], |app, actor| {
        publication::waiting(app, actor).map(drop)
    }),
    // What each event takes is decided by `domain::publication::workflow`, walked in its own tests.
    ("publication::act", &[Capability::ReadPublications], |app, actor| {
        let act = publication::Act::default();
        publication::act(app, actor, (text(), 1), workflow::Event::Publish, &act)
    }),
    ("publication::begin", &[Capability::WritePublications], |app, actor| {
        publication::begin(app, actor, domain::publication::Kind::News, &Draft::default()).map(drop)
    }),
    ("publication::begin_for", &[Capability::WritePublications], |app, actor| {
        publication::begin_for(app, actor, NEWS, record().1).map(drop)
    }),
    ("publication::edit", &[Capability::WritePublications], |app, actor| {
        publication::edit(app, actor, (text(), 1), &Draft::default()).map(drop)
    }),
    ("publication::attach", &[Capability::WritePublications], |app, actor| {
        let uploaded =
            publication::Uploaded { name: "a.pdf".into(), bytes: b"%PDF-1.4".to_vec(), text: String::new() };
        publication::attach(app, actor, (text(), 1), uploaded).map(drop)
    }),
    ("publication::detach", &[Capability::WritePublications], |app, actor| {
        publication::detach(app, actor, (text(), 1), "").map(drop)
    }),
    ("publication::read_file", &[Capability::ReadPublications], |app, actor| {
        publication::read_file(app, actor, text(), "").map(drop)
    }),
    ("publication::look_at_word", &[Capability::WritePublications], |app, actor| {
        publication::look_at_word(app, actor, b"PK".to_vec()).map(drop)
    }),
    ("publication::word_picture", &[Capability::WritePublications], |app, actor| {
        publication::word_picture(app, actor, "").map(drop)
    }),
    ("publication::begin_with_word", &[Capability::WritePublications], |app, actor| {
        publication::begin_with_word(app, actor, domain::publication::Kind::News, "", ("Tin", &[])).map(drop)
    }),
    ("publication::take_word", &[Capability::WritePublications], |app, actor| {
        publication::take_word(app, actor, (text(), 1), "", (false, &[])).map(drop)
    }),
    ("documents::take", &[Capability::WritePublications], |app, actor| {
        documents::take(app, actor, "a.pdf", b"%PDF-1.4".to_vec()).map(drop)
    }),
    ("documents::note_too_large", &[Capability::WritePublications], |app, actor| {
        documents::note_too_large(app, actor, "a.pdf").map(drop)
    }),
    ("documents::list", &[Capability::ReadPublications], |app, actor| {
        documents::list(app, actor, documents::State::Proposed, 1).map(drop)
    }),
    ("documents::show", &[Capability::ReadPublications], |app, actor| {
        documents::show(app, actor, upload()).map(drop)
    }),
    ("documents::proposal", &[Capability::ReadPublications], |app, actor| {
        documents::proposal(app, actor, upload()).map(drop)
    }),
    ("documents::file", &[Capability::ReadPublications], |app, actor| {
        documents::file(app, actor, upload()).map(drop)
    }),
    ("documents::recognise", &[Capability::WritePublications], |app, actor| {
        documents::recognise(app, actor, (upload(), 1))
    }),
    ("documents::confirm", &[Capability::WritePublications], |app, actor| {
        documents::confirm(app, actor, (upload(), 1), &Draft::default()).map(drop)
    }),
    ("documents::certain", &[Capability::ReadPublications], |app, actor| {
        documents::certain(app, actor).map(drop)
    }),
    ("documents::confirm_many", &[Capability::WritePublications], |app, actor| {
        documents::confirm_many(app, actor, &[(upload(), 1)]).map(drop)
    }),
    ("documents::beside", &[Capability::ReadPublications], |app, actor| {
        documents::beside(app, actor, upload()).map(drop)
    }),
    ("documents::discard", &[Capability::WritePublications], |app, actor| {
        documents::discard(app, actor, (upload(), 1))
    }),
    ("publication::make_preview", &[Capability::WritePublications], |app, actor| {
        publication::make_preview(app, actor, text()).map(drop)
    }),
    ("publication::revoke_previews", &[Capability::WritePublications], |app, actor| {
        publication::revoke_previews(app, actor, text())
    }),
    ("register::list", &[Capability::ReadRegisters], |app, actor| {
        register::list(app, actor, &Query::all(NEWS)).map(drop)
    }),
    ("register::counts", &[Capability::ReadRegisters], |app, actor| register::counts(app, actor).map(drop)),
    ("register::show", &[Capability::ReadRegisters], |app, actor| {
        register::show(app, actor, NEWS, record().1).map(drop)
    }),
    ("register::add", &[Capability::WriteRegisters], |app, actor| {
        register::add(app, actor, NEWS, &Typed::new()).map(drop)
    }),
    ("register::amend", &[Capability::WriteRegisters], |app, actor| {
        register::amend(app, actor, record(), 1, &Typed::new())
    }),
    ("register::remove", &[Capability::WriteRegisters], |app, actor| {
        register::remove(app, actor, record(), 1, "")
    }),
    ("register::export_xlsx", &[Capability::ExportRegisters], |app, actor| {
        register::export_xlsx(app, actor, &Query::all(NEWS)).map(drop)
    }),
    ("register::export_csv", &[Capability::ExportRegisters], |app, actor| {
        register::export_csv(app, actor, &Query::all(NEWS)).map(drop)
    }),
    ("reports::list", &[Capability::ReadReports], |app, actor| reports::list(app, actor).map(drop)),
    ("reports::create", &[Capability::DraftReport], |app, actor| {
        reports::create(app, actor, year(), "none").map(drop)
    }),
    ("reports::create_over", &[Capability::DraftReport], |app, actor| {
        reports::create_over(app, actor, (year(), "x"), "none").map(drop)
    }),
    ("reports::edit", &[Capability::DraftReport], |app, actor| {
        reports::edit(app, actor, (report(), 1), &Edit::default())
    }),
    // What each event takes is walked in `reports`; nobody acts who may not even read.
    ("reports::next_number", &[Capability::ReadReports], |app, actor| {
        reports::next_number(app, actor, day()).map(drop)
    }),
    ("reports::act", &[Capability::ReadReports], |app, actor| act(app, actor, Event::Freeze)),
    ("reports::editor", &[Capability::ReadReports], |app, actor| {
        reports::editor(app, actor, report()).map(drop)
    }),
    ("reports::file", &[Capability::ReadReports], |app, actor| {
        reports::file(app, actor, report(), Kind::Json).map(drop)
    }),
    ("reports::preview_html", &[Capability::ReadReports], |app, actor| {
        reports::preview_html(app, actor, report()).map(drop)
    }),
    ("reports::make", &[Capability::DraftReport], |app, actor| reports::make(app, actor, &make()).map(drop)),
    ("site::change", &[Capability::Administer], |app, actor| {
        app::site::change(app, actor, &app::site::Typed::default())
    }),
    ("site::set_logo", &[Capability::Administer], |app, actor| app::site::set_logo(app, actor, b"x")),
    ("rules::set_day", &[Capability::WriteCalendar], |app, actor| {
        rules::set_day(app, actor, day(), DayKind::Holiday, "")
    }),
    ("rules::confirm_year", &[Capability::WriteCalendar], |app, actor| rules::confirm_year(app, actor, 2020)),
    ("rules::add_ground", &[Capability::WriteLaw], |app, actor| rules::add_ground(app, actor, &ground())),
    ("reports::add_template", &[Capability::WriteLaw], |app, actor| {
        reports::add_template(app, actor, &reports::NewTemplate::default())
    }),
    ("rules::add_closing", &[Capability::WriteLaw], |app, actor| rules::add_closing(app, actor, &closing())),
    ("rules::add_rule", &[Capability::WriteLaw], |app, actor| rules::add_rule(app, actor, &rule())),
];

#[test]
fn sec_az_08_each_role_does_exactly_the_actions_its_capabilities_open() {
    for_each_backend(|office| {
        let world = World::new(office);
        let people = world.cast();
        for (name, needs, call) in ACTIONS {
            for (role, actor) in &people {
                let result = call(&world.app, actor);
                let case = format!("{name} as {}: {result:?}", role.word());
                if needs.iter().any(|capability| may(&[*role], *capability)) {
                    assert!(
                        !matches!(result, Err(ActionError::Forbidden(_) | ActionError::Internal(_))),
                        "{case}"
                    );
                } else {
                    assert!(
                        matches!(result, Err(ActionError::Forbidden(what)) if what == needs[0].word()),
                        "{case}"
                    );
                }
            }
        }
    });
}

#[test]
fn a_person_without_a_role_does_nothing_and_the_command_line_everything_but_approving() {
    for_each_backend(|office| {
        let world = World::new(office);
        let nobody = Actor::person(person(), None, Vec::new());
        for (name, needs, call) in ACTIONS {
            let result = call(&world.app, &nobody);
            assert!(matches!(result, Err(ActionError::Forbidden(_))), "{name}: {result:?}");
            // Nobody approves a text but a person who was shown it.
            let approves = *needs == [Capability::ApprovePublications];
            let result = call(&world.app, &Actor::command_line());
            let is_forbidden = matches!(result, Err(ActionError::Forbidden(_)));
            assert_eq!(is_forbidden, approves, "{name}: {result:?}");
        }
    });
}

#[test]
fn sec_az_02_every_function_that_takes_an_actor_stands_in_the_table() {
    // Setting up is for whoever may run commands on the machine; who may know of no fault is warned of none.
    let besides = ["installation::make", "jobs::warnings"];
    let listed: BTreeSet<String> =
        ACTIONS.iter().map(|(name, _, _)| *name).chain(besides).map(str::to_owned).collect();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let module = path.strip_prefix(&source).unwrap().iter().next().unwrap().to_str().unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            for function in text.split("\npub fn ").skip(1) {
                let (name, rest) = function.split_once('(').unwrap();
                let (arguments, _) = rest.split_once('{').unwrap();
                if arguments.contains("actor: &Actor") {
                    found.insert(format!("{}::{name}", module.trim_end_matches(".rs")));
                }
            }
        }
    }
    assert_eq!(found, listed);
}
