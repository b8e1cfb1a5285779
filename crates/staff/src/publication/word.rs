//! Writing in Word: a file is sent, what it would become is shown, and taken over when the person says so.

use app::publication::{self, FromWord};
use askama::Template;
use domain::id::PublicationId;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, ErrorSummary, Field, FormStart, Kind, Prose, Tone};
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

/// The page that asks for a Word file.
pub(super) async fn ask(staff: Staff, Path(id): Path<PublicationId>) -> PageResult {
    draw(&staff, id, &FormState::new()).await
}

async fn chrome(staff: &Staff, id: PublicationId) -> Result<(Chrome, i64, bool), Fault> {
    let t = staff.t();
    let shown =
        staff.run(move |app, actor| publication::show(app, actor, id)).await.map_err(refusal::fault)?;
    let content = &shown.row.content;
    let chrome = staff.chrome(t.text("word_page.title")).under(vec![
        Link::new(t.text("nav.publications"), "/publications"),
        Link::new(content.title.clone(), path(id)),
    ]);
    Ok((chrome, shown.row.version, !content.body.is_empty()))
}

async fn draw(staff: &Staff, id: PublicationId, form: &FormState) -> PageResult {
    let t = staff.t();
    let (chrome, _, _) = chrome(staff, id).await?;
    let file = Field::new(form, t, "file", t.text("word_page.file"), Kind::File(".docx"))
        .required()
        .help(t.text("word_page.file_help"));
    let page = Asking {
        chrome,
        errors: ErrorSummary::new(form, t, std::slice::from_ref(&file)),
        start: FormStart::plain(&staff.visitor.form_token()),
        file,
        back: path(id),
    };
    with_form(&page, form)
}

/// Shows what the file would become.
pub(super) async fn look(staff: Staff, Path(id): Path<PublicationId>, sent: Upload) -> PageResult {
    let mut form = sent.only(&[])?;
    if !has_file(&mut form, &sent) {
        return draw(&staff, id, &form).await;
    }
    let bytes = sent.bytes.to_vec();
    match staff.run(move |app, actor| publication::look_at_word(app, actor, bytes)).await {
        Ok(found) => show(&staff, id, found).await,
        Err(error) => {
            refusal::note(&mut form, error)?;
            draw(&staff, id, &form).await
        }
    }
}

async fn show(staff: &Staff, id: PublicationId, found: FromWord) -> PageResult {
    let t = staff.t();
    let (mut chrome, version, has_text) = chrome(staff, id).await?;
    if has_text {
        chrome = chrome.banner(Banner::new(Tone::Warning, t.text("word_page.replaces")));
    }
    let names: Vec<String> = (1..=found.pictures.len()).map(|number| format!("alt{number}")).collect();
    let told = names.iter().map(String::as_str).zip(found.pictures.iter().cloned());
    let form = FormState::of(told.chain([("takes_title", "on".to_owned())]));
    let picture = |(at, name): (usize, &String)| {
        let label = t.fill("word_page.picture", &[("number", &(at + 1))]);
        Field::new(&form, t, name, &label, Kind::Line("text")).required()
    };
    let looking = Looking {
        chrome,
        start: FormStart::once(&staff.visitor),
        version,
        digest: found.digest,
        takes_title: (!found.title.is_empty())
            .then(|| Field::new(&form, t, "takes_title", t.text("word_page.takes_title"), Kind::Check)),
        title: found.title,
        body: Prose::new(&found.body),
        pictures: names.iter().enumerate().map(picture).collect(),
        left_out: found
            .left_out
            .iter()
            .map(|left| t.text(&format!("word_page.left_out.{}", left.word())))
            .collect(),
        action: format!("{}/word/take", path(id)),
        back: path(id),
    };
    page(&looking, Cache::Private)
}

/// Takes the text over.
pub(super) async fn take(staff: Staff, Path(id): Path<PublicationId>, sent: Fields) -> PageResult {
    let key = sent.key.clone();
    let names: Vec<String> = (1..=MOST_PICTURES).map(|number| format!("alt{number}")).collect();
    let known: Vec<&str> =
        names.iter().map(String::as_str).chain(["version", "digest", "takes_title"]).collect();
    let form = sent.only(&known)?;
    let version: i64 = form.value("version").parse().map_err(|_| Fault::bad_request())?;
    let digest = form.line("digest");
    let takes_title = !form.value("takes_title").is_empty();
    let told: Vec<String> = names.iter().map(|name| form.line(name)).collect();
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
