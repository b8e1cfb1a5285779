//! One publication: what readers will see, where it stands, what can be done, what happened.

use app::publication::{self, Shown};
use app::radio::{self, Lengths};
use askama::Template;
use domain::access::Capability;
use domain::id::PublicationId;
use domain::publication::workflow::{Event, Refusal, State};
use domain::publication::{Attachment, Purpose};
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Event as Happened, Fact, Facts, FormStart, Prose, Timeline, Tone};
use web_kit::form::Path;
use web_kit::{Cache, Language, PageResult, page, show as words_of};

use super::hidden::{self, Notes};
use super::version::version_path;
use super::whole::own_facts;
use super::{event_name, kind_name, path, state_badge};
use crate::gate::Staff;
use crate::{refusal, show_day};

/// A button, or the reason why it is none.
struct Button {
    label: &'static str,
    href: String,
    refused: Option<&'static str>,
}

/// A file with where to see it.
struct FileLine {
    file: Attachment,
    href: String,
    detach: String,
    is_picture: bool,
    is_sound: bool,
    /// How long a recording is, when that is known.
    length: String,
    /// What is hidden in it.
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "publication/show.html")]
struct Page {
    chrome: Chrome,
    state: web_kit::component::Badge,
    facts: Facts,
    buttons: Vec<Button>,
    edit: Option<String>,
    attach: Option<String>,
    word: Option<String>,
    detach: String,
    preview: Option<String>,
    start: FormStart,
    version: i64,
    summary: String,
    body: Prose,
    fields: Facts,
    files: Vec<FileLine>,
    versions: Vec<Facts>,
    steps: Option<Timeline>,
}

/// Shows a publication.
pub(super) async fn show(staff: Staff, Path(id): Path<PublicationId>) -> PageResult {
    let t = staff.t();
    let shown =
        staff.run(move |app, actor| publication::show(app, actor, id)).await.map_err(refusal::fault)?;
    let listed = shown.row.content.files.clone();
    let lengths = staff.run(move |app, _| radio::lengths(app, &listed)).await.map_err(refusal::fault)?;
    let notes = hidden::notes(&staff, shown.row.content.files.clone()).await?;
    let row = &shown.row;
    let mut chrome = staff
        .chrome(row.content.title.clone())
        .under(vec![Link::new(t.text("nav.publications"), "/publications")]);
    if row.is_public && row.state != State::Published {
        chrome = chrome.banner(Banner::new(Tone::Info, t.text("publication_page.old_is_public")));
    }
    let may_write = staff.may(Capability::WritePublications);
    let own = path(id);
    let page_of = Page {
        chrome,
        state: state_badge(t, row.state),
        facts: facts(&staff, &shown),
        buttons: buttons(t, &shown),
        edit: may_write.then(|| format!("{own}/edit")),
        attach: may_write.then(|| format!("{own}/attach")),
        word: may_write.then(|| format!("{own}/word")),
        detach: format!("{own}/detach"),
        preview: (may_write && row.state != State::Published).then(|| format!("{own}/preview")),
        start: FormStart::plain(&staff.visitor.form_token()),
        version: row.version,
        summary: row.content.summary.clone(),
        body: Prose::new(&row.content.body).pictures_at(&format!("{own}/files")),
        fields: Facts::new(t, own_facts(t, row.kind, &row.content)),
        files: row.content.files.iter().map(|file| file_line(t, &own, file, &lengths, &notes)).collect(),
        versions: versions(t, &shown),
        steps: steps(t, &shown),
    };
    page(&page_of, Cache::Private)
}

fn file_line(t: Language, own: &str, file: &Attachment, lengths: &Lengths, notes: &Notes) -> FileLine {
    FileLine {
        href: format!("{own}/files/{}", file.digest),
        detach: t.fill("publication_page.detach", &[("name", &file.name)]),
        is_picture: file.purpose == Purpose::Picture,
        is_sound: file.purpose == Purpose::Sound,
        length: lengths
            .get(&file.digest)
            .map_or(String::new(), |seconds| words_of::length(t, u64::from(*seconds))),
        notes: notes.get(&file.digest).cloned().unwrap_or_default(),
        file: file.clone(),
    }
}

fn facts(staff: &Staff, shown: &Shown) -> Facts {
    let (t, row) = (staff.t(), &shown.row);
    let mut facts = vec![Fact::new(t.text("publication_list.kind"), kind_name(t, row.kind))];
    if !row.content.section.is_empty() {
        facts.push(Fact::new(t.text("publication_field.section"), row.content.section.clone()));
    }
    if let Some(day) = row.first_posted_on {
        facts.push(Fact::new(t.text("publication_page.first_posted"), show_day::day(day)));
    }
    if let Some(at) = row.publish_at {
        facts.push(Fact::new(t.text("publication_page.publish_at"), show_day::instant(at)));
    }
    if let Some(day) = row.content.last_day {
        facts.push(Fact::new(t.text("publication_field.last_day"), show_day::day(day)));
    }
    if let Some(at) = row.expires_at {
        facts.push(Fact::new(t.text("publication_page.expires_at"), show_day::instant(at)));
    }
    if let Some(day) = row.review_on {
        facts.push(Fact::new(t.text("publication_field.review_on"), show_day::day(day)));
    }
    if row.is_public {
        let slug = domain::publication::slug(&row.content.title);
        let href = publication::public_path(row.kind, &slug, row.id);
        facts.push(Fact::new(t.text("publication_page.public"), href.clone()).href(href));
    }
    Facts::new(t, facts)
}

fn buttons(t: Language, shown: &Shown) -> Vec<Button> {
    let button = |(event, result): &(Event, Result<(), Refusal>)| Button {
        label: event_name(t, *event),
        href: format!("{}/acts/{}", path(shown.row.id), event.word()),
        refused: result.err().map(|refusal| t.text(&format!("refusal.{}", refusal.code()))),
    };
    let is_act = |(event, _): &&(Event, Result<(), Refusal>)| *event != Event::Edit;
    shown.buttons.iter().filter(is_act).map(button).collect()
}

fn versions(t: Language, shown: &Shown) -> Vec<Facts> {
    let version = |version: &app::publication::VersionRow| {
        let mut facts = vec![
            Fact::new(t.text("publication_page.version"), version.version.to_string())
                .href(version_path(version.publication, version.version)),
            Fact::new(t.text("publication_page.published_at"), show_day::instant(version.published_at)),
            Fact::new(t.text("publication_field.title"), version.content.title.clone()),
        ];
        if !version.note.is_empty() {
            let key =
                if version.is_correction { "publication_page.corrected" } else { "publication_page.changed" };
            facts.push(Fact::new(t.text(key), version.note.clone()));
        }
        facts.push(Fact::new(t.text("publication_page.digest"), version.content.digest()));
        Facts::new(t, facts)
    };
    shown.versions.iter().map(version).collect()
}

fn steps(t: Language, shown: &Shown) -> Option<Timeline> {
    let step = |(step, who): &(app::publication::StepRow, String)| {
        let event = Event::from_word(&step.event);
        let what = event.map_or(step.event.as_str(), |event| event_name(t, event));
        Happened {
            when: show_day::instant(step.taken_at),
            datetime: step.taken_at.to_string(),
            title: what.to_owned(),
            detail: if step.note.is_empty() { who.clone() } else { format!("{who}: {}", step.note) },
            tone: Tone::Plain,
        }
    };
    (!shown.steps.is_empty()).then(|| Timeline::new(shown.steps.iter().map(step).collect()))
}
