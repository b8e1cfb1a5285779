//! *Liên thông văn bản*: packets made of outgoing documents, packets taken in, what was reported of them.

use app::exchange::{self, PER_PAGE, PacketRow, Received, Sending, Shown, Taken};
use app::publication::Uploaded;
use askama::Template;
use axum::routing::{get, post};
use domain::access::Capability::{IssuePress, ReadRegisters};
use domain::id::{PacketId, RecordId};
use domain::register::Register;
use edxml::{Business, MOST_BYTES, StatusCode};
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{
    Badge, Cell, Choice, Column, Empty, Event, Fact, Facts, Field, Kind, Pager, Table, Timeline, Tone,
};
use web_kit::form::{FieldError, Fields, FormKey, FormState, Path, Query, Upload, with_file_of};
use web_kit::page::{attachment, redirect_with_notice, with_form};
use web_kit::{Cache, Fault, Language, PageResult, page, show as words_of};
use words::key;

use crate::gate::Staff;
use crate::part::FormPart;
use crate::{Gate, Route, link, refusal, show_day};

/// Where the list is.
const PATH: &str = "/exchange";

/// The pages.
pub const ROUTES: &[Route] = &[
    Route::get(PATH, Gate::May(ReadRegisters), || get(list)),
    Route::get("/exchange/receive", Gate::May(IssuePress), || get(ask_receive)),
    Route::post("/exchange/receive", Gate::May(IssuePress), || with_file_of(MOST_BYTES, post(receive))),
    Route::get("/exchange/send/{record}", Gate::May(IssuePress), || get(ask_send)),
    Route::post("/exchange/send/{record}", Gate::May(IssuePress), || with_file_of(MOST_BYTES, post(send))),
    Route::get("/exchange/{id}", Gate::May(ReadRegisters), || get(show)),
    Route::get("/exchange/{id}/packet", Gate::May(ReadRegisters), || get(packet)),
    Route::get("/exchange/{id}/files/{place}", Gate::May(ReadRegisters), || get(file)),
    Route::post("/exchange/{id}/status", Gate::May(IssuePress), || post(report)),
];

fn path(id: PacketId) -> String {
    format!("{PATH}/{id}")
}

/// Where a packet is made of a line of the register of outgoing documents.
pub(crate) fn send_path(id: RecordId) -> String {
    format!("{PATH}/send/{id}")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    page: Option<u32>,
}

#[derive(Template)]
#[template(path = "exchange/list.html")]
struct List {
    chrome: Chrome,
    may_receive: bool,
    empty: Option<Empty>,
    table: Table,
    pager: Pager,
}

async fn list(staff: Staff, Query(asked): Query<Asked>) -> PageResult {
    let t = staff.t();
    let number = asked.page.unwrap_or(1).max(1);
    let (packets, total) =
        staff.run(move |app, actor| exchange::list(app, actor, number)).await.map_err(refusal::fault)?;
    let columns = vec![
        Column::new(t.text("exchange.subject")).wide(),
        Column::new(t.text("exchange.way")),
        Column::new(t.text("exchange.organ")),
        Column::new(t.text("exchange.at")).short(),
    ];
    let row = |row: &PacketRow| {
        vec![
            Cell::link(row.subject.clone(), path(row.id)).note(row.code.clone()),
            Cell::badge(way(t, row)),
            Cell::new(row.organ_name.clone()).note(row.organ_id.clone()),
            Cell::new(words_of::instant(t, row.handled_at)),
        ]
    };
    let href = |page: u64| format!("{PATH}?page={page}");
    let shown = List {
        chrome: staff.chrome(t.text("exchange.title")),
        may_receive: staff.may(IssuePress),
        empty: (total == 0).then(|| Empty::new(t.text("exchange.empty_title"), t.text("exchange.empty"))),
        table: Table::new(t, "packets", t.text("exchange.title"), columns)
            .rows(packets.iter().map(row).collect())
            .caption_hidden()
            .cards(),
        pager: Pager::new(t, (u64::from(number), u64::from(PER_PAGE), total.unsigned_abs()), href),
    };
    page(&shown, Cache::Private)
}

fn way(t: Language, row: &PacketRow) -> Badge {
    let (tone, key) =
        if row.is_incoming { (Tone::Info, "exchange.incoming") } else { (Tone::Done, "exchange.outgoing") };
    Badge::new(tone, t.text(key))
}

#[derive(Template)]
#[template(path = "exchange/form.html")]
struct FormPage {
    chrome: Chrome,
    lead: &'static str,
    facts: Option<Facts>,
    form: FormPart,
}

fn form_page(
    staff: &Staff,
    (title, lead): (&'static str, &'static str),
    facts: Option<Facts>,
    form: FormPart,
) -> FormPage {
    let crumbs = vec![Link::new(staff.t().text("exchange.title"), PATH)];
    FormPage { chrome: staff.chrome(title).under(crumbs), lead, facts, form }
}

// In.

async fn ask_receive(staff: Staff) -> PageResult {
    let next = staff.run(exchange::next_arrival).await.map_err(refusal::fault)?;
    let today = show_day::day(staff.state.app.today());
    let state = FormState::of([("arrival_number", next.to_string()), ("arrived_on", today)]);
    draw_receive(&staff, &state, None)
}

fn draw_receive(staff: &Staff, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let fields = vec![
        Field::new(state, t, "file", t.text("exchange.file"), Kind::File(".edxml,.xml"))
            .help(t.text("exchange.file_help"))
            .required(),
        Field::new(state, t, "arrival_number", t.text("exchange.arrival_number"), Kind::Line("text"))
            .help(t.text("exchange.arrival_help"))
            .required(),
        Field::new(state, t, "arrived_on", t.text("exchange.arrived_on"), Kind::Day),
        Field::new(state, t, "handler", t.text("exchange.handler"), Kind::Line("text")).max(200),
    ];
    let label = t.text("exchange.receive");
    let form =
        FormPart::new(staff, ("/exchange/receive", label), (state, key), fields).with_file().back(PATH);
    with_form(&form_page(staff, (label, t.text("exchange.receive_lead")), None, form), state)
}

async fn receive(staff: Staff, sent: Upload) -> PageResult {
    let mut state = sent.only(&["arrival_number", "arrived_on", "handler"])?;
    let typed = state.line("arrived_on");
    let arrived_on = app::rules::read_day(&typed);
    if arrived_on.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("arrived_on", key!("form.not_a_day")));
    }
    if sent.is_too_large {
        state.refuse(FieldError::new("file", key!("refusal.packet_too_large")));
    }
    if !state.has_errors() {
        let received = Received {
            file_name: sent.file_name.clone(),
            bytes: sent.bytes.to_vec(),
            arrival_number: state.line("arrival_number"),
            arrived_on,
            handler: state.line("handler"),
        };
        let worker = staff.clone();
        let work = async move {
            worker.run(move |app, actor| exchange::receive(app, actor, &received)).await.map(|taken| {
                match taken {
                    Taken::Document(id) | Taken::Status(id) => path(id),
                }
            })
        };
        match staff.state.once(sent.key.as_ref(), work).await {
            Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("exchange.received"))),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    draw_receive(&staff, &state, sent.key.as_ref())
}

// Out.

async fn ask_send(staff: Staff, Path(id): Path<RecordId>) -> PageResult {
    let state = FormState::of([
        ("type_name", "Công văn".to_owned()),
        ("priority", "0".to_owned()),
        ("business", Business::New.word().to_owned()),
    ]);
    draw_send(&staff, id, &state, None).await
}

const BUSINESS: [Business; 4] = [Business::New, Business::Update, Business::Replace, Business::Recall];

async fn draw_send(staff: &Staff, id: RecordId, state: &FormState, key: Option<&FormKey>) -> PageResult {
    let t = staff.t();
    let values =
        staff.run(move |app, actor| exchange::document(app, actor, id)).await.map_err(refusal::fault)?;
    let register = Register::OutgoingDocuments;
    let fact = |key: &str, value: String| Fact::new(t.field(register.word(), key), value);
    let day = values.day("issued_on").map(|day| words_of::day(t, day)).unwrap_or_default();
    let said = |key: &str| values.text(key).unwrap_or_default().to_owned();
    let facts = vec![
        fact("symbol", said("symbol")),
        fact("issued_on", day),
        fact("summary", said("summary")),
        fact("recipients", said("recipients")),
    ];
    let priorities = (0..=4u8)
        .map(|number| Choice::new(number.to_string(), t.text(&format!("exchange.priority_{number}"))))
        .collect();
    let business = BUSINESS
        .map(|of| Choice::new(of.word(), t.text(&format!("exchange.business.{}", of.word()))))
        .to_vec();
    let fields = vec![
        Field::new(state, t, "receivers", t.text("exchange.receivers"), Kind::Text(4))
            .help(t.text("exchange.receivers_help"))
            .required(),
        Field::new(state, t, "file", t.text("exchange.document_file"), Kind::File(".pdf,.docx"))
            .help(t.text("exchange.document_help"))
            .required(),
        Field::new(state, t, "type_name", t.text("exchange.type_name"), Kind::Line("text"))
            .max(100)
            .required(),
        Field::new(state, t, "priority", t.text("exchange.priority"), Kind::Select(priorities)).required(),
        Field::new(state, t, "business", t.text("exchange.business_label"), Kind::Select(business))
            .required(),
    ];
    let label = t.text("exchange.send");
    let back = format!("/registers/{}/{id}", register.word());
    let form = FormPart::new(staff, (send_path(id), label), (state, key), fields).with_file().back(back);
    let facts = Some(Facts::new(t, facts));
    with_form(&form_page(staff, (label, t.text("exchange.send_lead")), facts, form), state)
}

async fn send(staff: Staff, Path(id): Path<RecordId>, sent: Upload) -> PageResult {
    let mut state = sent.only(&["receivers", "type_name", "priority", "business"])?;
    if sent.is_too_large {
        state.refuse(FieldError::new("file", key!("refusal.packet_too_large")));
    }
    if !state.has_errors() {
        let file = (!sent.bytes.is_empty()).then(|| Uploaded {
            name: sent.file_name.clone(),
            bytes: sent.bytes.to_vec(),
            text: staff.t().text("exchange.full_text").to_owned(),
        });
        let business = BUSINESS.into_iter().find(|of| of.word() == state.value("business"));
        let sending = Sending {
            receivers: state.text("receivers"),
            type_name: state.line("type_name"),
            priority: state.value("priority").parse().unwrap_or(u8::MAX),
            business: business.unwrap_or_default(),
            file,
        };
        let worker = staff.clone();
        let work = async move {
            worker.run(move |app, actor| exchange::send(app, actor, id, &sending)).await.map(path)
        };
        match staff.state.once(sent.key.as_ref(), work).await {
            Ok(path) => return Ok(redirect_with_notice(&staff.visitor, &path, key!("exchange.sent"))),
            Err(error) => refusal::note(&mut state, error)?,
        }
    }
    draw_send(&staff, id, &state, sent.key.as_ref()).await
}

// One packet.

#[derive(Template)]
#[template(path = "exchange/show.html")]
struct Page {
    chrome: Chrome,
    way: Badge,
    facts: Facts,
    files: Vec<(Link, String)>,
    packet: String,
    statuses: Option<Timeline>,
    form: Option<FormPart>,
}

async fn show(staff: Staff, Path(id): Path<PacketId>) -> PageResult {
    draw(&staff, id, &FormState::new()).await
}

/// What a receiver reports; the rest is said by senders.
const REPORTED: [StatusCode; 5] = [
    StatusCode::Accepted,
    StatusCode::Assigned,
    StatusCode::InProgress,
    StatusCode::Finished,
    StatusCode::Refused,
];

fn status_name(t: Language, digits: &str) -> &'static str {
    t.find(&format!("exchange.status.{digits}")).unwrap_or_else(|| t.text("exchange.status_other"))
}

async fn draw(staff: &Staff, id: PacketId, state: &FormState) -> PageResult {
    let t = staff.t();
    let shown = staff.run(move |app, actor| exchange::show(app, actor, id)).await.map_err(refusal::fault)?;
    let own = path(id);
    let file = |(place, (file, size)): (usize, (&edxml::File, &usize))| {
        let size = words_of::size(t, u64::try_from(*size).unwrap_or(u64::MAX));
        (Link::new(file.name.clone(), format!("{own}/files/{place}")), size)
    };
    let status = |(status, who): &(exchange::StatusRow, String)| Event {
        when: show_day::instant(status.handled_at),
        datetime: status.handled_at.to_string(),
        title: status_name(t, &status.code).to_owned(),
        detail: [status.organ_id.as_str(), status.description.as_str(), who.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        tone: Tone::Plain,
    };
    let statuses: Vec<Event> = shown.statuses.iter().map(status).collect();
    let page = Page {
        chrome: staff
            .chrome(shown.row.subject.clone())
            .under(vec![Link::new(t.text("exchange.title"), PATH)]),
        way: way(t, &shown.row),
        facts: facts(t, &shown),
        files: shown.packet.files.iter().zip(&shown.sizes).enumerate().map(file).collect(),
        packet: format!("{own}/packet"),
        statuses: (!statuses.is_empty()).then(|| Timeline::new(statuses)),
        form: (shown.row.is_incoming && staff.may(IssuePress)).then(|| status_form(staff, id, state)),
    };
    with_form(&page, state)
}

fn status_form(staff: &Staff, id: PacketId, state: &FormState) -> FormPart {
    let t = staff.t();
    let choices = REPORTED.map(|code| Choice::new(code.digits(), status_name(t, code.digits()))).to_vec();
    let fields = vec![
        Field::new(state, t, "status", t.text("exchange.status_label"), Kind::Select(choices)).required(),
        Field::new(state, t, "description", t.text("exchange.description"), Kind::Line("text"))
            .help(t.text("exchange.description_help"))
            .max(500),
    ];
    FormPart::new(staff, (format!("{}/status", path(id)), t.text("exchange.report")), (state, None), fields)
}

fn facts(t: Language, shown: &Shown) -> Facts {
    let (row, packet) = (&shown.row, &shown.packet);
    let day = |day: domain::time::Day| words_of::day(t, day);
    let mut facts = vec![
        Fact::new(t.text("exchange.code"), row.code.clone()),
        Fact::new(t.text("exchange.issued_on"), row.issued_on.map(day).unwrap_or_default()),
        Fact::new(t.text("exchange.type_name"), packet.type_name.clone()),
        Fact::new(t.text("exchange.from"), format!("{} {}", packet.from.id, packet.from.name)),
    ];
    for to in &packet.to {
        facts.push(Fact::new(t.text("exchange.to"), format!("{} {}", to.id, to.name)));
    }
    facts.extend([
        Fact::new(t.text("exchange.business_label"), t.text(&format!("exchange.business.{}", row.business))),
        Fact::new(t.text("exchange.priority"), t.text(&format!("exchange.priority_{}", packet.priority))),
        Fact::new(t.text("exchange.identifier"), row.identifier.clone()),
        Fact::new(t.text("exchange.who"), format!("{}, {}", shown.who, show_day::instant(row.handled_at))),
    ]);
    if let Some(record) = row.record {
        let register =
            if row.is_incoming { Register::IncomingDocuments } else { Register::OutgoingDocuments };
        let name = crate::register::name(t, register);
        facts.push(
            Fact::new(t.text("exchange.line"), name).href(format!("{}/{record}", link::register(register))),
        );
    }
    Facts::new(t, facts)
}

async fn packet(staff: Staff, Path(id): Path<PacketId>) -> PageResult {
    let (name, bytes) =
        staff.run(move |app, actor| exchange::packet_file(app, actor, id)).await.map_err(refusal::fault)?;
    Ok(attachment(bytes, exchange::MEDIA_TYPE, &name))
}

async fn file(staff: Staff, Path((id, place)): Path<(PacketId, usize)>) -> PageResult {
    let (name, bytes) =
        staff.run(move |app, actor| exchange::file(app, actor, id, place)).await.map_err(refusal::fault)?;
    Ok(attachment(bytes, "application/octet-stream", &name))
}

async fn report(staff: Staff, Path(id): Path<PacketId>, sent: Fields) -> PageResult {
    let mut state = sent.only(&["status", "description"])?;
    let code = REPORTED.into_iter().find(|code| code.digits() == state.value("status"));
    let code = code.ok_or_else(Fault::bad_request)?;
    let description = state.line("description");
    match staff.run(move |app, actor| exchange::report(app, actor, id, (code, &description))).await {
        Ok((name, bytes)) => Ok(attachment(bytes, exchange::MEDIA_TYPE, &name)),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, id, &state).await
        }
    }
}
