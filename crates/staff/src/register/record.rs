//! One record: its values, its limit, what happened to it.

use app::register::{HistoryLine, Shown};
use askama::Template;
use domain::access::Capability;
use domain::id::RecordId;
use domain::register::{Record, Register};
use web_kit::chrome::Chrome;
use web_kit::component::{Fact, Facts, FormStart};
use web_kit::form::Path;
use web_kit::{Cache, Fault, Language, PageResult, page, show};

use super::{crumbs, may_see, of_word, value};
use crate::refusal::fault;
use crate::{Staff, link, publication};

/// One change, in words.
struct Change {
    when: String,
    datetime: String,
    title: &'static str,
    who: String,
    erased: Option<&'static str>,
    fields: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "register/record.html")]
struct Page {
    chrome: Chrome,
    path: String,
    may_write: bool,
    /// Where its text is, when that keeps the line.
    text: Option<String>,
    begin_text: Option<(String, FormStart)>,
    /// Where a packet of the exchange is made of it.
    packet: Option<String>,
    facts: Facts,
    deadline: Vec<String>,
    due: String,
    history: Vec<Change>,
    import: Option<String>,
}

/// The record an address names.
pub(super) async fn find(staff: &Staff, word: &str, id: &str) -> Result<Shown, Fault> {
    let register = of_word(word)?;
    let id: RecordId = id.parse().map_err(|_| Fault::not_found())?;
    staff.run(move |app, actor| app::register::show(app, actor, register, id)).await.map_err(fault)
}

pub(super) async fn show(staff: Staff, Path((word, id)): Path<(String, String)>) -> PageResult {
    let shown = find(&staff, &word, &id).await?;
    let t = staff.t();
    let record = &shown.record;
    page(
        &Page {
            chrome: staff.chrome(value::title(t, record)).under(crumbs(t, record.register)),
            path: link::record(record),
            may_write: staff.may(Capability::WriteRegisters) && shown.publication.is_none(),
            text: text(&staff, &shown),
            begin_text: shown.publication.is_none().then(|| begin_text(&staff, record)).flatten(),
            packet: (record.register == Register::OutgoingDocuments && staff.may(Capability::IssuePress))
                .then(|| crate::exchange::send_path(record.id)),
            facts: facts(&staff, record),
            due: shown.deadline.as_ref().and_then(|steps| steps.last()).cloned().unwrap_or_default(),
            deadline: shown.deadline.unwrap_or_default(),
            history: shown.history.iter().map(|line| change(t, record.register, line)).collect(),
            import: shown.import,
        },
        Cache::Private,
    )
}

/// All fields of a record; what is personal only for those with the right.
pub(super) fn facts(staff: &Staff, record: &Record) -> Facts {
    let t = staff.t();
    let today = staff.state.app.today();
    let register = record.register;
    let fact = |field: &domain::register::Field| {
        let label = t.field(register.word(), field.key);
        if !may_see(staff, field) {
            return Fact::new(label, t.text("value.hidden"));
        }
        let text = record.values.get(field.key).map(|found| value::shown(t, register, field, found));
        let text = text.unwrap_or_default();
        let address = Some(text.clone()).filter(|text| field.key == "url" && is_web_address(text));
        let fact = Fact::new(label, text).href(address.unwrap_or_default());
        match value::mark(t, record, field, today) {
            Some(mark) if field.key == "due_on" => fact.badge(mark),
            _ => fact,
        }
    };
    Facts::new(t, register.fields().iter().map(fact).collect())
}

/// Anything else, such as `javascript:`, stays text.
fn is_web_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn change(t: Language, register: Register, line: &HistoryLine) -> Change {
    let what = line.kind.rsplit('.').next().unwrap_or_default();
    let title = match what {
        "recorded" => t.text("event.recorded"),
        "amended" => t.text("event.amended"),
        "deleted" => t.text("event.deleted"),
        "personal_forgotten" => t.text("event.personal_forgotten"),
        _ => t.text("event.other"),
    };
    let text = |key: &str, text: &Option<String>| match text {
        Some(text) => value::of_history(t, register, key, text),
        None => t.text("value.none").to_owned(),
    };
    let fields = line.changes.iter().filter(|_| what == "amended");
    let field = |(key, before, after): &(&'static str, Option<String>, Option<String>)| {
        (t.field(register.word(), key), text(key, before), text(key, after))
    };
    Change {
        when: show::instant(t, line.at),
        datetime: line.at.to_string(),
        title,
        who: value::who(t, &line.who),
        erased: line.is_erased.then(|| t.text("ledger.erased")),
        fields: fields.map(field).collect(),
    }
}

/// The page of the text that keeps a line, for who may open it.
pub(super) fn text(staff: &Staff, shown: &Shown) -> Option<String> {
    let id = shown.publication.filter(|_| staff.may(Capability::ReadPublications))?;
    Some(publication::path(id))
}

/// Where the text of a line that the public reads is written.
fn begin_text(staff: &Staff, record: &Record) -> Option<(String, FormStart)> {
    let can = domain::publication::item::is_public_register(record.register)
        && staff.may(Capability::WritePublications);
    can.then(|| {
        (format!("{}/publication", link::record(record)), FormStart::plain(&staff.visitor.form_token()))
    })
}
