//! What is done to a press conference: its notice and invitation leave under numbers, the answer of the authority, who
//! came, the minutes; its papers and files.

use app::press::{self, ConferencePaper, File, ShownConference, Told};
use app::publication::Uploaded;
use domain::id::ConferenceId;
use domain::press::conference::{Event, Guest, Refusal};
use http::header::{CONTENT_TYPE, HeaderValue};
use web_kit::component::{Field, Kind};
use web_kit::form::{Fields, FormKey, FormState, Path, Upload};
use web_kit::page::{attachment, redirect_with_notice};
use web_kit::{Fault, Language, PageResult};
use words::key;

use super::act::day_of;
use super::conference::{
    PLAN, Work, box_of, draw_plan, finish, instant_of, late_notice, load, number_of, offered, path,
    read_plan, stored,
};
use super::form::{Page as FormPage, refused};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::{refusal, show_day};

/// What is typed with an event.
const TOLD: [&str; 13] = [
    "symbol",
    "number",
    "gap_reason",
    "addressee",
    "sent_on",
    "sent_time",
    "answered_on",
    "answered_time",
    "ended_on",
    "ended_time",
    "minute_taker",
    "others",
    "text",
];

/// Files that are taken.
const TAKEN: &str = ".pdf,.docx,.jpg,.jpeg,.png,.webp";

fn event_of(word: &str) -> Result<Event, Fault> {
    Event::from_word(word).ok_or_else(Fault::not_found)
}

/// What is asked for with an act; `next` is the number that comes next in the register of outgoing documents.
fn fields(
    t: Language,
    state: &FormState,
    found: &ShownConference,
    (event, next): (Event, u32),
) -> Vec<Field> {
    let word = event.word();
    let symbol = t.text(&format!("conference.told.{word}"));
    let symbol = || Field::new(state, t, "symbol", symbol, Kind::Line("text")).max(500).required();
    let moment = |name: &str| {
        let day =
            Field::new(state, t, &format!("{name}_on"), t.text(&format!("conference.{name}_on")), Kind::Day);
        let hour = format!("{name}_time");
        let hour = Field::new(state, t, &hour, t.text(&format!("conference.{hour}")), Kind::Line("text"));
        [day.required(), hour.help(t.text("press_take.time_help")).required()]
    };
    match event {
        Event::Hold => {
            let guest = |(index, guest): (usize, &Guest)| {
                Field::new(state, t, &format!("came.{index}"), &guest.agency, Kind::Check)
            };
            found.row.conference.guests.iter().enumerate().map(guest).collect()
        }
        Event::Notify => {
            let to = Field::new(state, t, "addressee", t.text("conference.addressee"), Kind::Line("text"));
            let mut fields = vec![to.max(200).required()];
            if found.has_begun {
                let number = Field::new(state, t, "number", t.text("press_issue.number"), Kind::Number);
                fields.push(number.help(t.text("conference.noted_number_help")).required());
            } else {
                fields.extend(number_fields(state, t, next));
            }
            fields.push(symbol());
            fields.extend(moment("sent"));
            fields
        }
        Event::Invite => {
            let mut fields: Vec<Field> = number_fields(state, t, next).into();
            fields.push(symbol());
            fields
                .push(Field::new(state, t, "sent_on", t.text("conference.issued_on"), Kind::Day).required());
            fields
        }
        Event::Accept | Event::Object => {
            let [day, hour] = moment("answered");
            vec![symbol(), day, hour]
        }
        Event::Close | Event::Correct => {
            let [day, hour] = moment("ended");
            let line =
                |name: &str, kind| Field::new(state, t, name, t.text(&format!("conference.{name}")), kind);
            vec![
                Field::new(state, t, "number", t.text("conference.minutes_number"), Kind::Number)
                    .help(t.text("conference.minutes_number_help")),
                Field::new(state, t, "symbol", t.text("conference.told.close"), Kind::Line("text")).max(40),
                line("minute_taker", Kind::Line("text")).max(100).required(),
                line("others", Kind::Text(3)).help(t.text("conference.others_help")).max(2_000),
                Field::new(state, t, "text", t.text("conference.minutes"), Kind::Text(12))
                    .help(t.text("conference.minutes_help"))
                    .max(20_000)
                    .required(),
                day,
                hour,
            ]
        }
        Event::Edit | Event::Cancel => vec![symbol()],
    }
}

async fn draw_act(
    staff: &Staff,
    found: &ShownConference,
    event: Event,
    (state, key): (&FormState, Option<&FormKey>),
) -> PageResult {
    let t = staff.t();
    let own = path(found.row.id);
    let word = event.word();
    let today = staff.state.app.today();
    let next = staff.run(move |app, actor| press::next_number(app, actor, today)).await;
    let (next, _) = next.map_err(refusal::fault)?;
    let fields = fields(t, state, found, (event, next));
    let label = t.text(&format!("conference.event.{word}"));
    let form = FormPart::new(staff, (format!("{own}/{word}"), label), (state, key), fields)
        .hidden("version", found.row.version.to_string())
        .back(own.clone());
    let below = Some((found.row.conference.subject.clone(), own));
    let lead = match event {
        Event::Notify if found.has_begun => t.text("conference.note_lead"),
        _ => t.text(&format!("conference.lead.{word}")),
    };
    let warning = late_notice(t, found).filter(|_| event == Event::Notify);
    FormPage::new(staff, (label, lead), below, form).banner(warning).draw(state)
}

/// Why an act is not possible now, or not for this person; nothing for one that is, or that waits for what the form asks.
fn stands_against(found: &ShownConference, event: Event) -> Option<Refusal> {
    match found.buttons.iter().find(|(of, _)| *of == event) {
        Some((_, result)) => result.err(),
        None => Some(Refusal::NotNow),
    }
}

/// The number of a paper that leaves: the next one when nothing is typed.
fn number_fields(state: &FormState, t: Language, next: u32) -> [Field; 2] {
    [
        Field::new(state, t, "number", t.text("press_issue.number"), Kind::Number)
            .help(t.fill("outgoing.number_help", &[("next", &next)])),
        Field::new(state, t, "gap_reason", t.text("outgoing.gap_reason"), Kind::Line("text"))
            .help(t.text("outgoing.gap_help"))
            .max(500),
    ]
}

pub(super) async fn ask(staff: Staff, Path((id, word)): Path<(ConferenceId, String)>) -> PageResult {
    let event = event_of(&word)?;
    let found = load(&staff, id).await?;
    let row = &found.row;
    if let Some(reason) = stands_against(&found, event) {
        let t = staff.t();
        let title = t.text(&format!("conference.event.{}", event.word()));
        let below = (row.conference.subject.clone(), path(id));
        return refused(&staff, (title, t.text(&format!("refusal.{}", reason.code()))), below);
    }
    if event == Event::Edit {
        let state = stored(row, &offered(&staff).await?);
        return draw_plan(&staff, Some(row), (&state, None)).await;
    }
    let now = show_day::instant(staff.state.app.now());
    let (day, hour) = now.split_once(' ').unwrap_or((&now, ""));
    let conference = &row.conference;
    let ended = conference.ended_at.unwrap_or_else(|| conference.ends_at(row.starts_at));
    let ended = show_day::instant(ended);
    let (ended_on, ended_time) = ended.split_once(' ').unwrap_or((&ended, ""));
    let today = staff.state.app.today();
    let found_symbol = staff.run(move |app, actor| press::conference_symbol(app, actor, event)).await;
    // Minutes that are corrected bear what they bore; where that was no number, it is proposed anew.
    let bore = conference.minutes_symbol.split_once('/').filter(|_| event == Event::Correct);
    let bore = bore.filter(|(number, _)| number.parse::<u32>().is_ok());
    let (number, symbol) =
        bore.map_or_else(Default::default, |(number, own)| (number.to_owned(), own.to_owned()));
    let has_none = event == Event::Correct && conference.minutes_symbol.is_empty();
    let symbol = if bore.is_some() || has_none { symbol } else { found_symbol.map_err(refusal::fault)? };
    // When a notice left that is only noted is not known here.
    let is_noted = event == Event::Notify && found.has_begun;
    let (sent_on, sent_time) =
        if is_noted { Default::default() } else { (show_day::day(today), hour.to_owned()) };
    let state = FormState::of([
        ("number", number),
        ("symbol", symbol),
        ("minute_taker", conference.secretary.clone()),
        ("others", conference.others.clone()),
        ("text", conference.minutes.clone()),
        ("addressee", found.authority.clone()),
        ("sent_on", sent_on),
        ("sent_time", sent_time),
        ("answered_on", day.to_owned()),
        ("answered_time", hour.to_owned()),
        ("ended_on", ended_on.to_owned()),
        ("ended_time", ended_time.to_owned()),
    ]);
    draw_act(&staff, &found, event, (&state, None)).await
}

pub(super) async fn act(
    staff: Staff,
    Path((id, word)): Path<(ConferenceId, String)>,
    sent: Fields,
) -> PageResult {
    let event = event_of(&word)?;
    let found = load(&staff, id).await?;
    let key = sent.key.clone();
    let boxes: Vec<String> =
        (0..found.row.conference.guests.len()).map(|index| format!("came.{index}")).collect();
    let offered = offered(&staff).await?;
    let agencies: Vec<String> = offered.agencies.iter().map(|(id, _)| box_of(*id)).collect();
    let boxed = boxes.iter().chain(&agencies).map(String::as_str);
    let known: Vec<&str> = PLAN.into_iter().chain(TOLD).chain(boxed).collect();
    let mut state = sent.only(&known)?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let work: Option<Work> = if event == Event::Edit {
        read_plan(staff.t(), &mut state, &offered).map(|plan| -> Work {
            Box::new(move |app, actor| press::edit_conference(app, actor, (id, version), &plan).map(|()| id))
        })
    } else {
        let at = match event {
            Event::Notify => instant_of(&mut state, "sent"),
            Event::Accept | Event::Object => instant_of(&mut state, "answered"),
            _ => None,
        };
        let writes_minutes = matches!(event, Event::Close | Event::Correct);
        let ended_at = if writes_minutes { instant_of(&mut state, "ended") } else { None };
        let day = if event == Event::Invite { day_of(&mut state, "sent_on") } else { None };
        let number = number_of(&mut state);
        let came = boxes.iter().enumerate().filter(|(_, name)| state.value(name) == "on");
        let told = Told {
            symbol: state.line("symbol"),
            number,
            gap_reason: state.line("gap_reason"),
            addressee: state.line("addressee"),
            at,
            day,
            ended_at,
            secretary: state.line("minute_taker"),
            others: state.text("others"),
            came: came.map(|(index, _)| index).collect(),
            text: state.text("text"),
        };
        (!state.has_errors()).then(|| -> Work {
            Box::new(move |app, actor| {
                press::act_on_conference(app, actor, (id, version), event, &told).map(|()| id)
            })
        })
    };
    if let Some(work) = work
        && let Some(done) = finish(&staff, (&mut state, key.as_ref()), (Some(id), work)).await?
    {
        return Ok(done);
    }
    // What is sent again goes over what stands now.
    let found = load(&staff, id).await?;
    if event == Event::Edit {
        draw_plan(&staff, Some(&found.row), (&state, key.as_ref())).await
    } else {
        draw_act(&staff, &found, event, (&state, key.as_ref())).await
    }
}

/// A paper of the conference as a file.
pub(super) async fn paper(
    staff: Staff,
    Path((id, paper, file)): Path<(ConferenceId, String, String)>,
) -> PageResult {
    let paper = ConferencePaper::from_word(&paper).ok_or_else(Fault::not_found)?;
    let file = File::from_word(&file).ok_or_else(Fault::not_found)?;
    let bytes = staff.run(move |app, actor| press::conference_paper(app, actor, id, (paper, file))).await;
    let name = match paper {
        ConferencePaper::Notice => "thong-bao-hop-bao",
        ConferencePaper::Invitation => "giay-moi-hop-bao",
        ConferencePaper::Minutes => "bien-ban-hop-bao",
    };
    let name = format!("{name}-{id}.{}", file.word());
    Ok(attachment(bytes.map_err(refusal::fault)?, file.media_type(), &name))
}

pub(super) async fn ask_attach(staff: Staff, Path(id): Path<ConferenceId>) -> PageResult {
    draw_attach(&staff, id, &FormState::new()).await
}

async fn draw_attach(staff: &Staff, id: ConferenceId, state: &FormState) -> PageResult {
    let t = staff.t();
    let found = load(staff, id).await?;
    let fields = vec![
        Field::new(state, t, "file", t.text("publication_file.file"), Kind::File(TAKEN))
            .help(t.text("conference.file_help"))
            .required(),
        Field::new(state, t, "text", t.text("conference.file_title"), Kind::Line("text")).max(300),
    ];
    let own = path(id);
    let form = FormPart::new(
        staff,
        (format!("{own}/attach"), t.text("publication_file.add")),
        (state, None),
        fields,
    )
    .with_file()
    .hidden("version", found.row.version.to_string())
    .back(own.clone());
    let below = Some((found.row.conference.subject.clone(), own));
    let title = (t.text("publication_file.add"), t.text("conference.file_lead"));
    FormPage::new(staff, title, below, form).draw(state)
}

pub(super) async fn attach(staff: Staff, Path(id): Path<ConferenceId>, sent: Upload) -> PageResult {
    let mut state = sent.only(&["version", "text"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    if crate::publication::has_file(&mut state, &sent) {
        let uploaded =
            Uploaded { name: sent.file_name.clone(), bytes: sent.bytes.to_vec(), text: state.line("text") };
        let done =
            staff.run(move |app, actor| press::attach_to_conference(app, actor, (id, version), uploaded));
        match done.await {
            Ok(()) => {
                return Ok(redirect_with_notice(&staff.visitor, &path(id), key!("publication_file.added")));
            }
            Err(error) => refusal::keep(&mut state, error)?,
        }
    }
    draw_attach(&staff, id, &state).await
}

pub(super) async fn detach(staff: Staff, Path(id): Path<ConferenceId>, sent: Fields) -> PageResult {
    let state = sent.only(&["version", "digest"])?;
    let version: i64 = state.value("version").parse().map_err(|_| Fault::bad_request())?;
    let digest = state.value("digest").to_owned();
    let done =
        staff.run(move |app, actor| press::detach_from_conference(app, actor, (id, version), &digest)).await;
    done.map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, &path(id), key!("publication_file.removed")))
}

pub(super) async fn file(staff: Staff, Path((id, digest)): Path<(ConferenceId, String)>) -> PageResult {
    let found = staff.run(move |app, actor| press::conference_file(app, actor, id, &digest)).await;
    let (file, bytes) = found.map_err(refusal::fault)?;
    let mut response = attachment(bytes, "application/octet-stream", &file.name);
    let kind = HeaderValue::from_str(&file.media_type).map_err(Fault::internal)?;
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}
