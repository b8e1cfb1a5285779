//! What waits for one person, whatever it is about (G6): requests of the press, parts of the own unit, regulations,
//! texts for the public, uploaded documents, notices of readers, reports. Each is judged by the machine of its kind, so
//! that what is listed is what the person can do.

use domain::access::Capability;
use domain::id::{
    BreachId, CaseId, ConferenceId, DataRequestId, EmergencyId, NoticeId, PartId, PublicationId, RecordId,
    ReportId, RollOutId, StatementId,
};
use domain::notice::State as NoticeState;
use domain::press::conference::Event as ConferenceEvent;
use domain::press::part as part_machine;
use domain::press::statement::Event as ReleaseEvent;
use domain::press::workflow::{Event as PressEvent, State as PressState};
use domain::publication::workflow::State as PublicationState;
use domain::report::Event as ReportEvent;
use domain::time::{Day, Timestamp};
use store::uploaded_document::{self, State as UploadState};

use crate::{
    ActionError, Actor, App, data_breach, data_request, outages, press, publication, reports, rules,
};

/// Things of one kind that are looked through.
const MOST: u16 = 200;

/// What has to be done, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A step of a request of the press.
    Request(CaseId, PressEvent),
    /// A part of the own unit.
    Part(PartId, Option<CaseId>, part_machine::Event),
    /// Looking at what was approved past the chain.
    SecondLook(CaseId),
    /// Answering a reporter's complaint.
    Complaint(CaseId),
    /// Speaking on an extraordinary case.
    Emergency(EmergencyId),
    /// A step of a press conference.
    Conference(ConferenceId, ConferenceEvent),
    /// A step of a press release.
    Release(StatementId, ReleaseEvent),
    /// Publishing who may speak, in the register.
    Publishing(RecordId),
    /// Acknowledging a regulation.
    Regulation(RollOutId),
    /// Approving a text of another person.
    Approval(PublicationId),
    /// Looking at lines that went public without a second person; how many of the first page, and whether there are more.
    Lines(usize, bool),
    /// Putting an approved text on the portal.
    Posting(PublicationId),
    /// Confirming uploaded documents; how many.
    Documents(i64),
    /// Looking into a notice of a reader.
    Notice(NoticeId),
    /// Saying whether times without a sign of life were outages; how many.
    Standstills(usize),
    /// A request of a person about their own data.
    DataRequest(DataRequestId),
    /// Telling the authority of a breach of personal data.
    Breach(BreachId),
    /// A step of a report.
    Report(ReportId, ReportEvent),
}

/// Until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// An instant.
    At(Timestamp),
    /// The end of a day.
    On(Day),
}

/// Something that waits for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What has to be done.
    pub subject: Subject,
    /// What it is about; empty where the kind says it.
    pub title: String,
    /// Its number or symbol; may be empty.
    pub number: String,
    /// Until when; none without a limit.
    pub due: Option<Due>,
    /// Whether that is over.
    pub is_late: bool,
}

/// What waits for this person, the first due first; what has no limit last.
///
/// # Errors
/// Without the right to see reports, which everybody with an account has.
pub fn mine(app: &App, actor: &Actor) -> Result<Vec<Task>, ActionError> {
    actor.require(Capability::ReadReports)?;
    let mut tasks = Vec::new();
    if actor.may(Capability::ReadPress) {
        of_press(app, actor, &mut tasks)?;
    }
    if actor.may(Capability::ReadPublications) {
        of_portal(app, actor, &mut tasks)?;
    }
    if actor.may(Capability::WriteRegisters) {
        let count = outages::standstills(app, actor)?.len();
        if count > 0 {
            tasks.push(task(Subject::Standstills(count), "", "", None));
        }
    }
    if actor.may(Capability::HandleDataRequests) {
        for row in data_request::waiting(app, actor)? {
            let due = row.due_at.map(Due::At);
            tasks.push(task(Subject::DataRequest(row.id), "", &row.number, due));
        }
    }
    if actor.may(Capability::ReportBreaches) {
        for row in data_breach::waiting(app, actor)? {
            let due = row.due_at.map(Due::At);
            tasks.push(task(Subject::Breach(row.id), &row.breach.known.subject, "", due));
        }
    }
    of_reports(app, actor, &mut tasks)?;
    let (now, today) = (app.now(), app.today());
    for task in &mut tasks {
        task.is_late = match task.due {
            Some(Due::At(at)) => at < now,
            Some(Due::On(day)) => day < today,
            None => false,
        };
    }
    // Of one day the moments stand before the day itself, first to last.
    tasks.sort_by_key(|task| {
        let at = match task.due {
            Some(Due::At(at)) => at,
            _ => Timestamp::MAX,
        };
        (task.due.is_none(), task.due.map(last_day), at)
    });
    Ok(tasks)
}

fn last_day(due: Due) -> Day {
    match due {
        Due::At(at) => domain::time::day_of(at),
        Due::On(day) => day,
    }
}

fn task(subject: Subject, title: &str, number: &str, due: Option<Due>) -> Task {
    Task { subject, title: title.to_owned(), number: number.to_owned(), due, is_late: false }
}

/// The extraordinary cases and press conferences that wait for this person.
///
/// # Errors
/// When the database fails.
pub fn by_the_clock(app: &App, actor: &Actor) -> Result<Vec<Task>, ActionError> {
    actor.require(Capability::ReadPress)?;
    let mut tasks = Vec::new();
    for row in press::emergencies_to_speak_on(app, actor)? {
        let due = row.due_at.map(Due::At);
        tasks.push(task(Subject::Emergency(row.id), &row.emergency.subject, "", due));
    }
    for (row, event, due) in press::conferences_waiting_for(app, actor)? {
        let subject = Subject::Conference(row.id, event);
        tasks.push(task(subject, &row.conference.subject, "", due.map(Due::At)));
    }
    Ok(tasks)
}

/// Approvals past the chain, each to be looked at by its time.
pub fn second_looks(rows: &[press::CaseRow]) -> Vec<Task> {
    let look = |row: &press::CaseRow| {
        let by = row.request.bypass.as_ref().and_then(|bypass| bypass.look_by).map(Due::At);
        task(Subject::SecondLook(row.id), &row.request.asked.subject, &row.number, by)
    };
    rows.iter().map(look).collect()
}

fn of_press(app: &App, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), ActionError> {
    let policy = rules::policy(app)?;
    let board = press::own_board(app, actor)?;
    let frozen = app.read(|r| Ok(press::frozen(r)?))?;
    for row in press::open_cases(app, actor, MOST)? {
        if let Some(event) = press::waits_for(actor, &policy, &row, app.now()) {
            // Nothing leaves while a crisis freezes it.
            if frozen.contains(&row.id) && row.state == PressState::Cleared {
                continue;
            }
            let due = row.due_at.map(Due::At);
            tasks.push(task(Subject::Request(row.id, event), &row.request.asked.subject, &row.number, due));
        }
    }
    let who = part_machine::Who { roles: &actor.roles, unit: actor.unit, leads: false };
    for (part, number) in board.parts.iter().filter(|(part, _)| Some(part.unit) == actor.unit) {
        if let Some(event) = part_machine::available((part.state, part.unit), who).into_iter().next() {
            let title: String = part.question.chars().take(140).collect();
            let subject = Subject::Part(part.id, part.case, event);
            tasks.push(task(subject, &title, number, Some(Due::On(part.due_on))));
        }
    }
    tasks.extend(second_looks(&board.looks));
    for row in &board.complaints {
        tasks.push(task(Subject::Complaint(row.id), &row.request.asked.subject, &row.number, None));
    }
    tasks.extend(by_the_clock(app, actor)?);
    for (row, event) in press::releases_waiting_for(app, actor)? {
        tasks.push(task(Subject::Release(row.id, event), &row.statement.told.subject, "", None));
    }
    if actor.may(Capability::WriteRegisters) {
        for named in &board.unpublished {
            let due = named.due_at.map(Due::At).or(named.due_on.map(Due::On));
            tasks.push(task(Subject::Publishing(named.id), &named.who, "", due));
        }
    }
    if actor.may(Capability::DraftPress) {
        for campaign in &board.regulations {
            let due = Some(Due::On(campaign.due_on));
            tasks.push(task(Subject::Regulation(campaign.id), &campaign.title, &campaign.symbol, due));
        }
    }
    Ok(())
}

fn of_portal(app: &App, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), ActionError> {
    if actor.may(Capability::ApprovePublications) {
        for waiting in publication::waiting_for_approval(app, actor)?.open {
            let row = waiting.row;
            tasks.push(task(Subject::Approval(row.id), &row.content.title, "", None));
        }
        let found = publication::lines_to_look_at(app, actor)?;
        let count = found.lines.iter().filter(|line| !line.is_own).count();
        if count > 0 {
            tasks.push(task(Subject::Lines(count, found.has_more), "", "", None));
        }
    }
    if actor.may(Capability::PublishPublications) {
        let filter = store::publication::Filter {
            state: Some(PublicationState::Approved),
            page: 1,
            per_page: MOST,
            ..store::publication::Filter::default()
        };
        for row in app.read(|r| Ok(store::publication::list(r, &filter)?))? {
            tasks.push(task(Subject::Posting(row.id), &row.content.title, "", None));
        }
    }
    if actor.may(Capability::WritePublications) {
        let count = app.read(|r| Ok(uploaded_document::count(r, UploadState::Proposed)?))?;
        if count > 0 {
            tasks.push(task(Subject::Documents(count), "", "", None));
        }
        for state in [NoticeState::New, NoticeState::Accepted] {
            for row in app.read(|r| Ok(store::notice::list(r, Some(state), 1, MOST)?))?.0 {
                let title: String = row.message.chars().take(140).collect();
                tasks.push(task(Subject::Notice(row.id), &title, "", row.due_on.map(Due::On)));
            }
        }
    }
    Ok(())
}

fn of_reports(app: &App, actor: &Actor, tasks: &mut Vec<Task>) -> Result<(), ActionError> {
    for (id, title, event) in reports::waiting_for(app, actor)? {
        tasks.push(task(Subject::Report(id, event), &title, "", None));
    }
    Ok(())
}
