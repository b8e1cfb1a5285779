//! The answer of a unit: acknowledging, asking, handing on to the units below, returning the unit's own regulation.

use app::ActionError;
use app::publication::Uploaded;
use app::roll_out::{self, AcknowledgedOnPaper, Owed, OwnRegulation};
use axum::response::Response;
use domain::id::{RecordId, RollOutId, UnitId};
use domain::publication::Attachment;
use domain::roll_out::Event;
use http::header::{CONTENT_TYPE, HeaderValue};
use web_kit::chrome::Link;
use web_kit::component::{Difference, Field, Kind};
use web_kit::form::{FieldError, Fields, FormState, Path, Upload};
use web_kit::page::{attachment, redirect_with_notice, with_form};
use web_kit::{Fault, PageResult};
use words::key;

use super::{FormPage, PATH, against, box_of, event_name, form_page, path};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::press::refused_under;
use crate::refusal;

/// Files of an internal regulation that are taken.
pub(super) const TAKEN: &str = ".pdf,.docx,.jpg,.jpeg,.png,.webp";

fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word).ok_or_else(Fault::not_found)
}

pub(super) async fn ask(staff: Staff, Path((id, word)): Path<(RecordId, String)>) -> PageResult {
    let event = event_of(&word)?;
    if let Some(refused) = impossible(&staff, &owed(&staff, id).await?, event) {
        return refused;
    }
    draw_act(&staff, id, event, &FormState::new()).await
}

/// The page that says why an act cannot be, when it cannot.
fn impossible(staff: &Staff, owed: &Owed, event: Event) -> Option<PageResult> {
    let t = staff.t();
    let reason = t.text(&format!("refusal.{}", against(staff, &owed.answer, event)?.code()));
    let title = format!("{} {}", owed.campaign.symbol, owed.campaign.title);
    let crumbs =
        vec![Link::new(t.text("nav.roll_outs"), PATH), Link::new(title.trim(), path(owed.campaign.id))];
    Some(refused_under(staff, (event_name(t, event), reason), crumbs))
}

async fn owed(staff: &Staff, id: RecordId) -> Result<Owed, Fault> {
    staff.run(move |app, actor| roll_out::answer(app, actor, id)).await.map_err(refusal::fault)
}

async fn draw_act(staff: &Staff, id: RecordId, event: Event, state: &FormState) -> PageResult {
    let t = staff.t();
    let Owed { answer, unit, campaign, before, .. } = owed(staff, id).await?;
    let label = match event {
        // A paper has a page of its own.
        Event::Acknowledge | Event::ByPaper => None,
        Event::Ask => Some("roll_out.question"),
        Event::Reply => Some("roll_out.reply"),
        Event::Exempt => Some("press_act.reason"),
    };
    let fields =
        label.map(|key| Field::new(state, t, "words", t.text(key), Kind::Text(4)).max(5_000).required());
    let action = format!("{PATH}/answers/{id}/{}", event.word());
    let name = event_name(t, event);
    let form = FormPart::new(staff, (action, name), (state, None), fields.into_iter().collect())
        .hidden("version", answer.version.to_string())
        .hidden("digest", campaign.digest.clone())
        .back(path(campaign.id));
    let lead = t.text(&format!("roll_out.lead.{}", event.word()));
    let shown = FormPage {
        changed: before.map(|before| Difference::new(t, &before.body, &campaign.body)),
        text: campaign.body.clone(),
        file: campaign
            .about
            .file
            .as_ref()
            .map(|file| Link::new(file.name.clone(), format!("{}/file", path(campaign.id)))),
        question: answer.question.clone(),
        // Which unit it is about stands in the title.
        ..form_page(staff, &format!("{name}: {unit}"), lead, form)
    };
    with_form(&shown, state)
}

pub(super) async fn act(
    staff: Staff,
    Path((id, word)): Path<(RecordId, String)>,
    sent: Fields,
) -> PageResult {
    let event = event_of(&word)?;
    let mut state = sent.only(&["version", "digest", "words"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let (words, digest) = (state.text("words"), state.value("digest").to_owned());
    let done =
        staff.run(move |app, actor| roll_out::act(app, actor, (id, version), event, (&words, Some(&digest))));
    let done = done.await;
    if matches!(done, Err(ActionError::Refused("roll_out_no_words"))) {
        state.refuse(FieldError::new("words", key!("invalid.required")));
    } else if let Some(page) = finish(&staff, &mut state, (id, done)).await? {
        return Ok(page);
    }
    draw_act(&staff, id, event, &state).await
}

/// Where to go after an act; or what was wrong with it, on the form.
async fn finish(
    staff: &Staff,
    state: &mut FormState,
    (answer, done): (RecordId, Result<RollOutId, ActionError>),
) -> Result<Option<Response>, Fault> {
    match done {
        Ok(id) => return Ok(Some(redirect_with_notice(&staff.visitor, &path(id), key!("press_page.done")))),
        Err(error) => {
            refusal::keep_over(staff, state, ("roll_out_answer", answer.to_string()), error).await?;
        }
    }
    Ok(None)
}

pub(super) async fn ask_hand_on(staff: Staff, Path(id): Path<RecordId>) -> PageResult {
    let owed = owed(&staff, id).await?;
    let boxes: Vec<String> = owed.below.iter().map(|(unit, _)| box_of(*unit)).collect();
    let state = FormState::of(boxes.iter().map(|name| (name.as_str(), "on".to_owned())));
    draw_hand_on(&staff, &owed, &state)
}

fn draw_hand_on(staff: &Staff, owed: &Owed, state: &FormState) -> PageResult {
    let t = staff.t();
    let fields: Vec<Field> = owed
        .below
        .iter()
        .map(|(unit, name)| Field::new(state, t, &box_of(*unit), name, Kind::Check))
        .collect();
    let lead = t.text(if fields.is_empty() { "roll_out.none_below" } else { "roll_out.lead.hand_on" });
    let action = format!("{PATH}/answers/{}/hand-on", owed.answer.id);
    let form = FormPart::new(staff, (action, t.text("roll_out.hand_on")), (state, None), fields)
        .hidden("version", owed.answer.version.to_string())
        .back(path(owed.campaign.id));
    with_form(&form_page(staff, t.text("roll_out.hand_on"), lead, form), state)
}

pub(super) async fn hand_on(staff: Staff, Path(id): Path<RecordId>, sent: Fields) -> PageResult {
    let owed = owed(&staff, id).await?;
    let boxes: Vec<String> = owed.below.iter().map(|(unit, _)| box_of(*unit)).collect();
    let known: Vec<&str> = std::iter::once("version").chain(boxes.iter().map(String::as_str)).collect();
    let mut state = sent.only(&known)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let chosen = owed.below.iter().filter(|(unit, _)| state.value(&box_of(*unit)) == "on");
    let units: Vec<UnitId> = chosen.map(|(unit, _)| *unit).collect();
    let done = staff.run(move |app, actor| roll_out::hand_on(app, actor, (id, version), &units)).await;
    match finish(&staff, &mut state, (id, done)).await? {
        Some(page) => Ok(page),
        None => draw_hand_on(&staff, &owed, &state),
    }
}

pub(super) async fn ask_own(staff: Staff, Path(id): Path<RecordId>) -> PageResult {
    let owed = owed(&staff, id).await?;
    let day = owed.answer.own_issued_on.map(domain::time::day_in_table).unwrap_or_default();
    let state = FormState::of([("symbol", owed.answer.own_symbol.clone()), ("issued_on", day)]);
    draw_own(&staff, &owed, &state)
}

fn draw_own(staff: &Staff, owed: &Owed, state: &FormState) -> PageResult {
    let t = staff.t();
    let fields = vec![
        Field::new(state, t, "symbol", t.text("roll_out.own_symbol"), Kind::Line("text")).max(100).required(),
        Field::new(state, t, "issued_on", t.text("roll_out.own_issued_on"), Kind::Day).required(),
        Field::new(state, t, "file", t.text("roll_out.own_file"), Kind::File(TAKEN))
            .help(t.text("roll_out.own_file_help")),
    ];
    let action = format!("{PATH}/answers/{}/own-regulation", owed.answer.id);
    let form = FormPart::new(staff, (action, t.text("roll_out.return_own")), (state, None), fields)
        .with_file()
        .hidden("version", owed.answer.version.to_string())
        .back(path(owed.campaign.id));
    with_form(
        &form_page(staff, t.text("roll_out.return_own"), t.text("roll_out.lead.return_own"), form),
        state,
    )
}

pub(super) async fn return_own(staff: Staff, Path(id): Path<RecordId>, sent: Upload) -> PageResult {
    let mut state = sent.only(&["version", "symbol", "issued_on"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let typed = state.line("issued_on");
    let symbol = state.line("symbol");
    let file = (!sent.bytes.is_empty()).then(|| Uploaded {
        name: sent.file_name.clone(),
        bytes: sent.bytes.to_vec(),
        text: symbol.clone(),
    });
    let own = OwnRegulation { symbol, issued_on: app::rules::read_day(&typed), file };
    if own.issued_on.is_none() && !typed.is_empty() {
        state.refuse(FieldError::new("issued_on", key!("form.not_a_day")));
    } else {
        let done = staff.run(move |app, actor| roll_out::return_own(app, actor, (id, version), &own)).await;
        if let Some(page) = finish(&staff, &mut state, (id, done)).await? {
            return Ok(page);
        }
    }
    draw_own(&staff, &owed(&staff, id).await?, &state)
}

/// The file of the internal regulation a unit returned.
pub(super) async fn own_file(staff: Staff, Path(id): Path<RecordId>) -> PageResult {
    let (file, bytes) =
        staff.run(move |app, actor| roll_out::own_file(app, actor, id)).await.map_err(refusal::fault)?;
    download(&file, bytes)
}

/// A kept file as it is saved.
pub(super) fn download(file: &Attachment, bytes: Vec<u8>) -> PageResult {
    let mut response = attachment(bytes, "application/octet-stream", &file.name);
    let kind = HeaderValue::from_str(&file.media_type).map_err(Fault::internal)?;
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}

pub(super) async fn ask_paper(staff: Staff, Path(id): Path<RecordId>) -> PageResult {
    let today = domain::time::day_in_table(staff.state.app.today());
    let owed = owed(&staff, id).await?;
    if let Some(refused) = impossible(&staff, &owed, Event::ByPaper) {
        return refused;
    }
    draw_paper(&staff, &owed, &FormState::of([("issued_on", today)]))
}

fn draw_paper(staff: &Staff, owed: &Owed, state: &FormState) -> PageResult {
    let t = staff.t();
    let fields = vec![
        Field::new(state, t, "symbol", t.text("roll_out.paper_symbol"), Kind::Line("text"))
            .max(100)
            .required(),
        Field::new(state, t, "issued_on", t.text("roll_out.paper_day"), Kind::Day).required(),
        Field::new(state, t, "file", t.text("roll_out.paper_file"), Kind::File(TAKEN)),
    ];
    let action = format!("{PATH}/answers/{}/by_paper", owed.answer.id);
    let name = event_name(t, Event::ByPaper);
    let form = FormPart::new(staff, (action, name), (state, None), fields)
        .with_file()
        .hidden("version", owed.answer.version.to_string())
        .back(path(owed.campaign.id));
    let title = format!("{name}: {}", owed.unit);
    with_form(&form_page(staff, &title, t.text("roll_out.lead.by_paper"), form), state)
}

/// Notes for a unit that it acknowledged by a paper.
pub(super) async fn note_paper(staff: Staff, Path(id): Path<RecordId>, sent: Upload) -> PageResult {
    let mut state = sent.only(&["version", "symbol", "issued_on"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let day = super::day_of(&mut state, "issued_on");
    if sent.is_too_large {
        crate::publication::has_file(&mut state, &sent);
    }
    if !state.has_errors() {
        let symbol = state.line("symbol");
        let typed = AcknowledgedOnPaper { file: super::uploaded(&sent, &symbol), symbol, day };
        let done =
            staff.run(move |app, actor| roll_out::acknowledge_by_paper(app, actor, (id, version), &typed));
        let done = done.await;
        if let Some(page) = finish(&staff, &mut state, (id, done)).await? {
            return Ok(page);
        }
    }
    draw_paper(&staff, &owed(&staff, id).await?, &state)
}

/// The file of the paper by which a unit acknowledged.
pub(super) async fn paper_file(staff: Staff, Path(id): Path<RecordId>) -> PageResult {
    let found = staff.run(move |app, actor| roll_out::paper_file(app, actor, id)).await;
    let (file, bytes) = found.map_err(refusal::fault)?;
    download(&file, bytes)
}
