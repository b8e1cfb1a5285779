//! One request: where it stands, when it is due and why, what was asked, what is answered, what was said before, what
//! happened.

use app::press::{self, File, PartRow, SaidAt, SaidElsewhere, Shown};
use askama::Template;
use domain::access::Capability;
use domain::id::CaseId;
use domain::press::delay;
use domain::press::part as part_machine;
use domain::press::request::Complaint;
use domain::press::workflow::{Event, State};
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Badge, Banner, Event as Happened, Fact, Facts, Table, Timeline, Tone};
use web_kit::form::Path;
use web_kit::page::attachment;
use web_kit::{Cache, Fault, Language, PageResult, page, show as words_of};

use super::part::PartLine;
use super::{PATH, event_name, overview, path, state_badge, word_of};
use crate::gate::Staff;
use crate::{refusal, show_day};

/// A button, or the reason why it is none.
pub(super) struct Button {
    label: &'static str,
    href: String,
    refused: Option<&'static str>,
    is_main: bool,
}

/// What the reporter complained of, and what was answered; or where to answer.
struct ComplaintLine {
    when: String,
    text: String,
    reply: Option<(String, String)>,
    answer: Option<String>,
}

#[derive(Template)]
#[template(path = "press/show.html")]
struct Page {
    chrome: Chrome,
    state: Badge,
    facts: Facts,
    trace: Vec<String>,
    buttons: Vec<Button>,
    questions: String,
    answer: String,
    answer_facts: Facts,
    drafts: Option<Link>,
    chain: Vec<(String, String)>,
    letters: Vec<Link>,
    portal: Option<String>,
    publication: Option<Link>,
    parts: Vec<(PartLine, Link)>,
    ask: Option<String>,
    complaints: Vec<ComplaintLine>,
    said_before: Vec<(Link, String)>,
    shares: Option<Table>,
    steps: Timeline,
}

pub(super) async fn show(staff: Staff, Path(id): Path<CaseId>) -> PageResult {
    let t = staff.t();
    let shown = staff.run(move |app, actor| press::show(app, actor, id)).await.map_err(refusal::fault)?;
    let row = &shown.row;
    let own = path(id);
    let request = &row.request;
    let has_text = !request.answer.text.is_empty();
    let may_take = staff.may(Capability::TakePress);
    let may_publish = may_take && row.state == State::Answered && request.publication.is_none();
    let mut chrome =
        staff.chrome(request.asked.subject.clone()).under(vec![Link::new(t.text("nav.press"), PATH)]);
    if let Some(crisis) = &shown.frozen_by {
        let of = &crisis.emergency;
        let words = [("subject", &of.subject as &dyn std::fmt::Display), ("speaker", &of.one_speaker)];
        chrome = chrome.banner(Banner::new(Tone::Bad, t.fill("press_page.frozen", &words)));
    }
    let found = Page {
        chrome,
        state: state_badge(t, row.state),
        facts: facts(&staff, &shown),
        trace: trace(t, &shown),
        buttons: buttons(&staff, &shown),
        questions: request.asked.questions.clone(),
        answer: request.answer.text.clone(),
        answer_facts: answer_facts(&staff, &shown),
        drafts: has_text.then(|| Link::new(t.text("press_drafts.title"), format!("{own}/drafts"))),
        chain: chain(t, &shown),
        letters: letters(t, &shown),
        portal: may_publish.then(|| format!("{own}/portal")),
        publication: request.publication.map(|publication| {
            Link::new(t.text("press_page.publication"), crate::publication::path(publication))
        }),
        parts: shown.parts.iter().map(|(part, events)| part_line(t, &shown, part, events)).collect(),
        ask: shown.may_ask.then(|| format!("{own}/ask")),
        complaints: complaints(&shown),
        said_before: said_before(t, &shown),
        shares: shares(t, &shown),
        steps: steps(t, &shown),
    };
    page(&found, Cache::Private)
}

/// The letter as it stands, to print and for Word; nothing before there is a text, and for what was said instead.
pub(super) fn letters(t: Language, shown: &Shown) -> Vec<Link> {
    let request = &shown.row.request;
    if request.answer.text.is_empty() || request.spoken.is_some() {
        return Vec::new();
    }
    let own = path(shown.row.id);
    [(File::Pdf, "press_page.pdf"), (File::Docx, "press_page.docx")]
        .map(|(file, key)| Link::new(t.text(key), format!("{own}/letter/{}", file.word())))
        .to_vec()
}

/// What somebody who clears a letter should know of it beside its text: to whom, about what, until when, who speaks,
/// who cleared it before.
pub(super) fn letter_facts(t: Language, shown: &Shown) -> Facts {
    let request = &shown.row.request;
    let fact = |key: &str, value: &str| Fact::new(t.text(key), value.to_owned());
    let mut facts = vec![
        fact("press_field.number", &shown.row.number),
        fact("press_act.addressee", &request.asked.requester),
        fact("press_field.subject", &request.asked.subject),
        fact("press_field.form", &word_of(t, "reply_form", &request.answer.form)),
    ];
    if !request.answer.speaker.is_empty() {
        facts.push(fact("press_field.speaker", &request.answer.speaker));
    }
    if let Some(deadline) = &request.deadline {
        let due = fact("press_field.due", &deadline.due.in_words());
        let late = || Badge::new(Tone::Bad, t.text("press_list.late"));
        facts.push(if shown.is_late { due.badge(late()) } else { due });
    }
    let cleared = chain(t, shown).into_iter().take(request.clearances.len());
    facts.extend(cleared.map(|(title, who)| Fact::new(title, who)));
    Facts::new(t, facts)
}

fn facts(staff: &Staff, shown: &Shown) -> Facts {
    let (t, row) = (staff.t(), &shown.row);
    let asked = &row.request.asked;
    let fact = |key: &str, value: String| Fact::new(t.text(key), value);
    let mut facts = vec![
        fact("press_field.number", row.number.clone()),
        fact("press_field.requester", asked.requester.clone()),
    ];
    let kind = word_of(t, "requester_kind", &asked.requester_kind);
    let more = [
        ("press_field.requester_kind", kind),
        ("press_field.symbol", asked.request_symbol.clone()),
        ("press_field.channel", word_of(t, "channel", &asked.channel)),
        ("press_field.legal_kind", word_of(t, "legal_kind", &asked.legal_kind)),
    ];
    facts
        .extend(more.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| fact(key, value)));
    let identity = t.text(&format!("press.identity.{}", asked.identity.word()));
    facts.push(fact("press_field.identity", identity.to_owned()));
    if staff.may(Capability::ReadPersonalData) {
        for (key, value) in [
            ("press_field.reporter", &row.reporter),
            ("press_field.contact", &row.contact),
            ("press_field.card", &row.card),
            ("press_field.confirmed_contact", &row.confirmed_contact),
        ] {
            if !value.is_empty() {
                facts.push(fact(key, value.clone()));
            }
        }
    }
    facts.push(fact("press_field.received", show_day::instant(row.received_at)));
    if let Some(at) = row.request.entered_at.filter(|at| *at != row.received_at) {
        facts.push(fact("press_field.entered", show_day::instant(at)));
    }
    if let Some(deadline) = &row.request.deadline {
        let due = fact("press_field.due", deadline.due.in_words());
        facts.push(if shown.is_late {
            due.badge(Badge::new(Tone::Bad, t.text("press_list.late")))
        } else if deadline.is_provisional {
            due.badge(Badge::new(Tone::Warning, t.text("press_page.provisional")))
        } else {
            due
        });
        if let Some(first) = deadline.first_due {
            facts.push(fact("press_field.first_due", first.in_words()));
        }
    } else {
        facts.push(fact("press_field.due", t.text("press_page.no_due").to_owned()));
    }
    if let Some(pause) = row.request.pause() {
        facts.push(fact("press_page.paused", format!("{} · {}", show_day::day(pause.from), pause.reason)));
    }
    if let Some(unit) = row.request.lead.and_then(|unit| shown.tree.get(unit)) {
        facts.push(fact("press_field.lead", unit.name.clone()));
    }
    if let Some(follows) = row.request.follows {
        facts.push(
            fact("press_field.follows", t.text("press_page.first_request").to_owned())
                .href(format!("{PATH}/{follows}")),
        );
    }
    if let Some(rating) = &row.request.rating {
        facts.push(fact("press_field.rating", format!("{}/5 {}", rating.stars, rating.text)));
    }
    Facts::new(t, facts)
}

fn trace(t: Language, shown: &Shown) -> Vec<String> {
    let Some(deadline) = &shown.row.request.deadline else { return Vec::new() };
    let mut lines = match t {
        Language::Vi => deadline.describe_vi(),
        Language::En => deadline.describe_en(),
    };
    lines.push(t.fill("press_page.basis", &[("basis", &deadline.bases())]));
    // The paper by which it was moved, as it was written down.
    let papers = shown.row.request.shifts.iter().filter(|shift| !shift.document.is_empty());
    lines.extend(papers.map(|shift| {
        let key = if shift.days > 0 { "press_page.extended_by" } else { "press_page.paused_by" };
        t.fill(key, &[("document", &shift.document), ("day", &show_day::day(shift.from))])
    }));
    lines
}

/// Why the answer does not leave while a crisis freezes it.
pub(super) fn frozen(t: Language, shown: &Shown, event: Event) -> Option<&'static str> {
    let leaves = matches!(event, Event::Tell | Event::Issue | Event::IssueRefusal);
    (leaves && shown.frozen_by.is_some()).then(|| t.text("refusal.press_frozen"))
}

fn buttons(staff: &Staff, shown: &Shown) -> Vec<Button> {
    let t = staff.t();
    let own = path(shown.row.id);
    let mut buttons: Vec<Button> = shown
        .buttons
        .iter()
        .map(|(event, result)| Button {
            label: event_name(t, *event),
            href: match event {
                Event::Assign => format!("{own}/assign"),
                Event::Write => format!("{own}/write"),
                Event::Tell => format!("{own}/tell"),
                Event::Issue | Event::IssueRefusal => format!("{own}/issue"),
                other => format!("{own}/acts/{}", other.word()),
            },
            refused: match result {
                Err(refusal) => Some(t.text(&format!("refusal.{}", refusal.code()))),
                Ok(()) => frozen(t, shown, *event),
            },
            is_main: !matches!(
                event,
                Event::Withdraw
                    | Event::Extend
                    | Event::Pause
                    | Event::Bypass
                    | Event::Decline
                    | Event::SendBack
                    | Event::Recheck
            ),
        })
        .collect();
    if staff.may(Capability::TakePress) && !shown.row.state.is_closed() {
        buttons.push(Button {
            label: t.text("press.event.identify"),
            href: format!("{own}/identify"),
            refused: None,
            is_main: false,
        });
    }
    buttons
}

fn answer_facts(staff: &Staff, shown: &Shown) -> Facts {
    let t = staff.t();
    let answer = &shown.row.request.answer;
    let mut facts = Vec::new();
    let form = word_of(t, "reply_form", &answer.form);
    if !form.is_empty() {
        facts.push(Fact::new(t.text("press_field.form"), form));
    }
    if answer.refuses() {
        let ground = shown.grounds.iter().find(|ground| ground.code == answer.ground);
        let title = ground
            .map_or_else(|| answer.ground.clone(), |ground| format!("{} ({})", ground.title, ground.basis));
        facts.push(Fact::new(t.text("press_field.ground"), title));
    }
    if !answer.speaker.is_empty() {
        facts.push(Fact::new(t.text("press_field.speaker"), answer.speaker.clone()));
    }
    if let Some(issued) = &shown.row.request.issued {
        facts.push(Fact::new(
            t.text("press_field.issued"),
            format!("{}, {}", issued.symbol, show_day::day(issued.day)),
        ));
        if let Some(delivery) = issued.delivery {
            let how = t.text(&format!("press.delivery.{}", delivery.word()));
            let to = shown.row.delivered_to.as_str();
            let is_told = staff.may(Capability::ReadPersonalData) && !to.is_empty();
            let how = if is_told { format!("{how}: {to}") } else { how.to_owned() };
            facts.push(Fact::new(t.text("press_field.delivery"), how));
        }
    }
    if let Some(spoken) = &shown.row.request.spoken {
        let when = format!("{}, {}", show_day::instant(spoken.at), spoken.place);
        facts.push(Fact::new(t.text("press_field.spoken"), when));
    }
    if shown.row.request.publication.is_some() {
        let covered = t.fill("press_portal.places", &[("count", &shown.row.request.covered)]);
        facts.push(Fact::new(t.text("press_portal.covered"), covered));
    }
    if let Some(bypass) = &shown.row.request.bypass {
        let name = shown.people.get(&bypass.person).cloned().unwrap_or_default();
        facts.push(Fact::new(
            t.text("press_page.bypass"),
            format!("{name}, {}: {}", show_day::instant(bypass.at), bypass.reason),
        ));
        let look = match (&bypass.looked, bypass.look_by) {
            (Some((who, at)), _) => {
                format!("{}, {}", shown.people.get(who).cloned().unwrap_or_default(), show_day::instant(*at))
            }
            (None, Some(by)) => t.fill("press_page.look_by", &[("at", &show_day::instant(by))]),
            (None, None) => t.text("press_page.not_looked").to_owned(),
        };
        facts.push(Fact::new(t.text("press_page.second_look"), look));
    }
    Facts::new(t, facts)
}

/// The steps of the chain, each with who took it and when, or that it waits.
fn chain(t: Language, shown: &Shown) -> Vec<(String, String)> {
    let request = &shown.row.request;
    let waits = request.next_step();
    request
        .chain
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let taken = request.clearances.get(index).map(|clearance| {
                let name = shown.people.get(&clearance.person).cloned().unwrap_or_default();
                format!("{name}, {}", show_day::instant(clearance.at))
            });
            let state = taken.unwrap_or_else(|| {
                let is_next = index == waits && shown.row.state == State::InClearance;
                t.text(if is_next { "press_page.waits" } else { "press_page.not_yet" }).to_owned()
            });
            (step.title.clone(), state)
        })
        .chain(
            request
                .passed_over
                .iter()
                .map(|title| (title.clone(), t.text("press_page.passed_over").to_owned())),
        )
        .collect()
}

/// A part with the way to the talk about it.
fn part_line(t: Language, shown: &Shown, part: &PartRow, events: &[part_machine::Event]) -> (PartLine, Link) {
    let said = shown.remarks.get(&part.id).copied().unwrap_or(0);
    let label = t.fill("press_part.talk", &[("count", &said)]);
    let talk = Link::new(label, super::part::part_path(part.id));
    (super::part::line(t, part, events, (&shown.tree, &shown.people)), talk)
}

fn complaints(shown: &Shown) -> Vec<ComplaintLine> {
    let line = |complaint: &Complaint| ComplaintLine {
        when: show_day::instant(complaint.at),
        text: complaint.text.clone(),
        reply: complaint.reply.as_ref().map(|(text, who, at)| {
            let name = shown.people.get(who).cloned().unwrap_or_else(|| who.clone());
            (format!("{name}, {}", show_day::instant(*at)), text.clone())
        }),
        answer: (shown.may_answer_complaints && complaint.reply.is_none())
            .then(|| format!("{}/complaint", path(shown.row.id))),
    };
    shown.row.request.complaints.iter().map(line).collect()
}

/// Where something that was said before stands, with when, by whom and how it begins.
pub(super) fn elsewhere(t: Language, said: &SaidElsewhere) -> (Link, String) {
    let href = match said.at {
        SaidAt::Conference(id) => super::conference::path(id),
        SaidAt::Statement(id) => super::statement::path(id),
        SaidAt::Register(id) => format!("/registers/statements/{id}"),
    };
    let text: String = said.text.chars().take(300).collect();
    let day = said.day.map(|day| words_of::day(t, day)).unwrap_or_default();
    let parts = [day, said.speaker.clone(), text];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    (Link::new(said.subject.clone(), href), told.join(" – "))
}

fn said_before(t: Language, shown: &Shown) -> Vec<(Link, String)> {
    let answered = shown.said_before.iter().map(|row| {
        let said: String = row.request.answer.text.chars().take(300).collect();
        let symbol = row.request.reply_symbol();
        let day = row.request.answered_on().map(|day| words_of::day(t, day)).unwrap_or_default();
        let when = [symbol, day.as_str()].into_iter().filter(|part| !part.is_empty());
        let when = when.collect::<Vec<_>>().join(", ");
        (Link::new(row.request.asked.subject.clone(), path(row.id)), format!("{when} – {said}"))
    });
    answered.chain(shown.said_elsewhere.iter().map(|said| elsewhere(t, said))).collect()
}

/// How long it was with whom; who had it longest is named only when it is late.
fn shares(t: Language, shown: &Shown) -> Option<Table> {
    let row = &shown.row;
    let longest = delay::longest(&shown.shares).map(|share| &share.place);
    let charged = row.request.charged.as_ref().or(longest).filter(|_| shown.is_late);
    overview::shares(t, &shown.shares, charged, &shown.tree)
}

fn steps(t: Language, shown: &Shown) -> Timeline {
    let step = |(step, who): &(press::StepRow, String)| {
        let who = crate::register::value::who(t, who);
        Happened {
            when: show_day::instant(step.taken_at),
            datetime: step.taken_at.to_string(),
            title: t.text(&format!("press_step.{}", step.event)).to_owned(),
            detail: if step.note.is_empty() || step.event == "follow_up" {
                who
            } else {
                format!("{who}: {}", step.note)
            },
            tone: Tone::Plain,
        }
    };
    Timeline::new(shown.steps.iter().map(step).collect())
}

/// A file of the reply.
pub(super) async fn letter(staff: Staff, Path((id, word)): Path<(CaseId, String)>) -> PageResult {
    let file = File::from_word(&word).ok_or_else(Fault::not_found)?;
    let bytes =
        staff.run(move |app, actor| press::file(app, actor, id, file)).await.map_err(refusal::fault)?;
    Ok(attachment(bytes, file.media_type(), &format!("tra-loi-bao-chi-{id}.{}", file.word())))
}
