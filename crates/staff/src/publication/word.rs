//! Writing in Word: a file is sent, what it would become is shown, and taken over when the person says so.

use app::publication::{self, FromWord};
use askama::Template;
use domain::id::PublicationId;
use domain::publication::{Attachment, Kind, Purpose};
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, ErrorSummary, Field, FormStart, Kind as Shape, Prose, Tone};
use web_kit::form::{Fields, FormState, Path, Upload};
use web_kit::page::{page, redirect_with_notice, with_form};
use web_kit::{Cache, Fault, PageResult};
use words::key;

use super::{has_file, path};
use crate::gate::Staff;
use crate::refusal;

/// Pictures that can be described on the page; the reader takes no more out of a file.
const MOST_PICTURES: usize = 50;

#[derive(Template)]
#[template(path = "publication/word.html")]
struct Asking {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    file: Field,
    back: String,
}

#[derive(Template)]
#[template(path = "publication/word_look.html")]
struct Looking {
    chrome: Chrome,
    start: FormStart,
    version: i64,
    digest: String,
    title: String,
    takes_title: Option<Field>,
    body: Prose,
    pictures: Vec<Field>,
    left_out: Vec<&'static str>,
    action: String,
    back: String,
}

/// Where a text from Word goes: into a working copy, or into a new publication of a kind.
#[derive(Clone, Copy)]
enum Goal {
    Working(PublicationId),
    New(Kind),
}

/// What is known of the goal: the page's head, the version, whether it has a text already.
struct Known {
    chrome: Chrome,
    version: i64,
    has_text: bool,
}

impl Goal {
    fn new(word: &str) -> Result<Goal, Fault> {
        Kind::from_word(word).map(Goal::New).ok_or_else(Fault::not_found)
    }

    /// Where the file is sent.
    fn path(self) -> String {
        match self {
            Goal::Working(id) => format!("{}/word", path(id)),
            Goal::New(kind) => format!("/publications/new/{}/word", kind.word()),
        }
    }

    fn back(self) -> String {
        match self {
            Goal::Working(id) => path(id),
            Goal::New(kind) => format!("/publications/new/{}", kind.word()),
        }
    }

    async fn known(self, staff: &Staff) -> Result<Known, Fault> {
        let t = staff.t();
        let list = Link::new(t.text("nav.publications"), "/publications");
        let title = t.text("word_page.title");
        let Goal::Working(id) = self else {
            let Goal::New(kind) = self else { return Err(Fault::not_found()) };
            let below = Link::new(super::kind_name(t, kind), self.back());
            let chrome = staff.chrome(title).under(vec![list, below]);
            return Ok(Known { chrome, version: 0, has_text: false });
        };
        let shown =
            staff.run(move |app, actor| publication::show(app, actor, id)).await.map_err(refusal::fault)?;
        let content = &shown.row.content;
        let chrome = staff.chrome(title).under(vec![list, Link::new(content.title.clone(), path(id))]);
        Ok(Known { chrome, version: shown.row.version, has_text: !content.body.is_empty() })
    }
}

/// The page that asks for a Word file.
pub(super) async fn ask(staff: Staff, Path(id): Path<PublicationId>) -> PageResult {
    draw(&staff, Goal::Working(id), &FormState::new()).await
}

/// The page that asks for a Word file to begin with.
pub(super) async fn ask_new(staff: Staff, Path(kind): Path<String>) -> PageResult {
    draw(&staff, Goal::new(&kind)?, &FormState::new()).await
}

async fn draw(staff: &Staff, goal: Goal, form: &FormState) -> PageResult {
    let t = staff.t();
    let known = goal.known(staff).await?;
    let file = Field::new(form, t, "file", t.text("word_page.file"), Shape::File(".docx"))
        .required()
        .help(t.text("word_page.file_help"));
    let page = Asking {
        chrome: known.chrome,
        errors: ErrorSummary::new(form, t, std::slice::from_ref(&file)),
        start: FormStart::plain(&staff.visitor.form_token()),
        file,
        back: goal.back(),
    };
    with_form(&page, form)
}

/// Shows what the file would become.
pub(super) async fn look(staff: Staff, Path(id): Path<PublicationId>, sent: Upload) -> PageResult {
    look_at(staff, Goal::Working(id), sent).await
}

/// Shows what a publication would begin with.
pub(super) async fn look_new(staff: Staff, Path(kind): Path<String>, sent: Upload) -> PageResult {
    let goal = Goal::new(&kind)?;
    look_at(staff, goal, sent).await
}

async fn look_at(staff: Staff, goal: Goal, sent: Upload) -> PageResult {
    let mut form = sent.only(&[])?;
    if !has_file(&mut form, &sent) {
        return draw(&staff, goal, &form).await;
    }
    let bytes = sent.bytes.to_vec();
    match staff.run(move |app, actor| publication::look_at_word(app, actor, bytes)).await {
        Ok(found) => show(&staff, goal, found).await,
        Err(error) => {
            refusal::note(&mut form, error)?;
            draw(&staff, goal, &form).await
        }
    }
}

async fn show(staff: &Staff, goal: Goal, found: FromWord) -> PageResult {
    let t = staff.t();
    let Known { mut chrome, version, has_text } = goal.known(staff).await?;
    if has_text {
        chrome = chrome.banner(Banner::new(Tone::Warning, t.text("word_page.replaces")));
    }
    let names: Vec<String> = (1..=found.pictures.len()).map(|number| format!("alt{number}")).collect();
    let told = names.iter().map(String::as_str).zip(found.pictures.iter().cloned());
    let own = [("takes_title", "on".to_owned()), ("title", found.title.clone())];
    let form = FormState::of(told.chain(own));
    let picture = |(at, name): (usize, &String)| {
        let label = t.fill("word_page.picture", &[("number", &(at + 1))]);
        Field::new(&form, t, name, &label, Shape::Line("text")).required()
    };
    let title = match goal {
        Goal::New(_) => Some(
            Field::new(&form, t, "title", t.text("publication_field.title"), Shape::Line("text")).required(),
        ),
        Goal::Working(_) if found.title.is_empty() => None,
        Goal::Working(_) => {
            Some(Field::new(&form, t, "takes_title", t.text("word_page.takes_title"), Shape::Check))
        }
    };
    let looking = Looking {
        chrome,
        start: FormStart::once(&staff.visitor),
        version,
        digest: found.digest,
        takes_title: title,
        title: found.title,
        body: Prose::new(&found.body).pictures_at("/publications/pictures"),
        pictures: names.iter().enumerate().map(picture).collect(),
        left_out: found
            .left_out
            .iter()
            .map(|left| t.text(&format!("word_page.left_out.{}", left.word())))
            .collect(),
        action: format!("{}/take", goal.path()),
        back: goal.back(),
    };
    page(&looking, Cache::Private)
}

/// What each picture shows, and the other fields, as they were sent.
fn told(sent: Fields) -> Result<(FormState, Vec<String>), Fault> {
    let names: Vec<String> = (1..=MOST_PICTURES).map(|number| format!("alt{number}")).collect();
    let own = ["version", "digest", "takes_title", "title"];
    let known: Vec<&str> = names.iter().map(String::as_str).chain(own).collect();
    let form = sent.only(&known)?;
    let told = names.iter().map(|name| form.line(name)).collect();
    Ok((form, told))
}

/// Takes the text over.
pub(super) async fn take(staff: Staff, Path(id): Path<PublicationId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let (form, told) = told(sent)?;
    let version: i64 = form.value("version").parse().map_err(|_| Fault::bad_request())?;
    let digest = form.line("digest");
    let takes_title = !form.value("takes_title").is_empty();
    let work = async {
        let taken = staff
            .run(move |app, actor| {
                publication::take_word(app, actor, (id, version), &digest, (takes_title, &told))
            })
            .await;
        taken.map(|_| path(id))
    };
    let done = staff.state.once(key.as_ref(), work).await.map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, &done, key!("word_page.taken")))
}

/// Begins a publication with the text.
pub(super) async fn take_new(staff: Staff, Path(kind): Path<String>, sent: Fields) -> PageResult {
    let kind = Kind::from_word(&kind).ok_or_else(Fault::not_found)?;
    let key = sent.key.clone();
    let (mut form, told) = told(sent)?;
    let (digest, title) = (form.line("digest"), form.line("title"));
    let work = async {
        let begun = staff
            .run(move |app, actor| publication::begin_with_word(app, actor, kind, &digest, (&title, &told)))
            .await;
        begun.map(path)
    };
    match staff.state.once(key.as_ref(), work).await {
        Ok(path) => Ok(redirect_with_notice(&staff.visitor, &path, key!("word_page.taken"))),
        // The browser keeps the file out of a form: it is sent again.
        Err(error) => {
            refusal::note(&mut form, error)?;
            draw(&staff, Goal::New(kind), &form).await
        }
    }
}

/// A picture of a Word file that is looked at.
pub(super) async fn picture(staff: Staff, Path((digest, name)): Path<(String, String)>) -> PageResult {
    let (media_type, bytes) = staff
        .run(move |app, actor| publication::word_picture(app, actor, &digest))
        .await
        .map_err(refusal::fault)?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let (purpose, text) = (Purpose::Picture, String::new());
    let file = Attachment { digest: String::new(), name, media_type, size, purpose, text };
    Ok(super::file::response(&file, bytes))
}
