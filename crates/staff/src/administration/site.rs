//! How the public site presents itself: names, contacts for the foot, colour, menu, picture.

use app::site::{self, LINES, TEXTS, Typed};
use askama::Template;
use domain::site::{Accent, LONGEST_LINE, LONGEST_TEXT, Look};
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Choice, ErrorSummary, Field, FormStart, Kind};
use web_kit::form::{Fields, FormState, Upload};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Language, PageResult};
use words::key;

use super::{PATH, SITE};
use crate::gate::Staff;
use crate::refusal;

/// Bytes of a logo, in megabytes as its message names them.
const MOST_MEGABYTES: usize = 10;
/// Bytes of a logo.
pub(super) const MOST_BYTES: usize = MOST_MEGABYTES * 1_024 * 1_024;

#[derive(Template)]
#[template(path = "administration/site.html")]
struct Page {
    chrome: Chrome,
    errors: ErrorSummary,
    start: FormStart,
    names: Vec<Field>,
    contacts: Vec<Field>,
    texts: Vec<Field>,
    colours: Vec<Field>,
    menu: Field,
    file: Field,
    logo: Option<Picture>,
}

/// The present picture.
struct Picture {
    src: String,
    width: u32,
    height: u32,
}

fn names() -> Vec<&'static str> {
    LINES.into_iter().chain(TEXTS).chain(["palette", "own", "menu"]).collect()
}

fn filled(look: &Look) -> FormState {
    let Look { name, slogan, address, phone, email, responsible, license, reuse, name_en, .. } = look.clone();
    let lines = [name, slogan, address, phone, email, responsible, license, reuse, name_en];
    let lines = LINES.into_iter().zip(lines);
    let texts = TEXTS.into_iter().zip([look.about.clone(), look.privacy.clone()]);
    let own = if let Accent::Own(color) = look.accent { color.to_string() } else { String::new() };
    let entries = look.menu.iter().map(|entry| {
        let english =
            if entry.label_en.is_empty() { String::new() } else { format!(" | {}", entry.label_en) };
        format!("{} | {}{english}", entry.label, entry.href)
    });
    let menu = entries.collect::<Vec<_>>().join("\n");
    let more = [("palette", look.accent.word().to_owned()), ("own", own), ("menu", menu)];
    FormState::of(lines.chain(texts).chain(more))
}

fn line(t: Language, form: &FormState, name: &str) -> Field {
    let kind = Kind::Line(if name == "email" { "email" } else { "text" });
    let field = Field::new(form, t, name, t.text(&format!("site.{name}")), kind)
        .max(u32::try_from(LONGEST_LINE).unwrap_or(u32::MAX));
    match t.find(&format!("site.help.{name}")) {
        Some(help) => field.help(help),
        None => field,
    }
}

fn paragraphs(t: Language, form: &FormState, name: &str) -> Field {
    Field::new(form, t, name, t.text(&format!("site.{name}")), Kind::Text(8))
        .max(u32::try_from(LONGEST_TEXT).unwrap_or(u32::MAX))
        .help(t.text(&format!("site.help.{name}")))
}

fn colours(t: Language, form: &FormState) -> Vec<Field> {
    let ready = Accent::READY.map(Accent::word);
    let choice = |word: &str| Choice::new(word, t.text(&format!("site.colour.{word}")));
    let choices = ready.into_iter().chain(["own"]).map(choice).collect();
    vec![
        Field::new(form, t, "palette", t.text("site.palette"), Kind::Radios(choices)),
        Field::new(form, t, "own", t.text("site.own"), Kind::Line("text")).help(t.text("site.help.own")),
    ]
}

fn draw(staff: &Staff, state: &FormState, look: &Look) -> PageResult {
    let t = staff.t();
    let [name, slogan, rest @ .., name_en] = LINES.map(|name| line(t, state, name));
    let (names, contacts) = (vec![name, slogan, name_en], rest.to_vec());
    let texts: Vec<Field> = TEXTS.iter().map(|name| paragraphs(t, state, name)).collect();
    let colours = colours(t, state);
    let menu =
        Field::new(state, t, "menu", t.text("site.menu"), Kind::Text(8)).help(t.text("site.help.menu"));
    let file = Field::new(state, t, "file", t.text("site.logo"), Kind::File(".png,.jpg,.jpeg,.webp"))
        .help(t.text("site.help.logo"));
    let all: Vec<Field> = names.iter().chain(&contacts).chain(&texts).chain(&colours).cloned().collect();
    let all = [all, vec![menu.clone(), file.clone()]].concat();
    let page = Page {
        chrome: staff
            .chrome(t.text("site.title"))
            .under(vec![Link::new(t.text("administration.title"), PATH)]),
        errors: ErrorSummary::new(state, t, &all),
        start: FormStart::plain(&staff.visitor.form_token()),
        names,
        contacts,
        texts,
        colours,
        menu,
        file,
        logo: look.logo.as_ref().map(|logo| Picture {
            src: format!("/bieu-trung/{}.{}", logo.digest, logo.ending),
            width: logo.width,
            height: logo.height,
        }),
    };
    with_form(&page, state)
}

/// The form.
pub async fn show(staff: Staff) -> PageResult {
    let look = staff.run(|app, _| site::look(app)).await.map_err(refusal::fault)?;
    draw(&staff, &filled(&look), &look)
}

/// Saves it.
pub async fn save(staff: Staff, fields: Fields) -> PageResult {
    let state = fields.only(&names())?;
    let typed = Typed {
        lines: LINES.map(|name| state.line(name)),
        texts: TEXTS.map(|name| state.text(name)),
        palette: state.line("palette"),
        own: state.line("own"),
        menu: state.text("menu"),
    };
    let done = staff.run(move |app, actor| site::change(app, actor, &typed)).await;
    answer(&staff, state, done).await
}

/// Takes the picture; takes the present one away when the button for that was pressed.
pub async fn logo(staff: Staff, sent: Upload) -> PageResult {
    let asked = sent.only(&["act"])?;
    let look = staff.run(|app, _| site::look(app)).await.map_err(refusal::fault)?;
    let mut state = filled(&look);
    let takes_away = asked.value("act") == "remove";
    if sent.is_too_large {
        let refused = web_kit::form::FieldError::new("file", key!("publication_file.too_large"));
        state.refuse(refused.with("limit", MOST_MEGABYTES));
        return draw(&staff, &state, &look);
    }
    if sent.bytes.is_empty() && !takes_away {
        state.refuse(web_kit::form::FieldError::new("file", key!("publication_file.none")));
        return draw(&staff, &state, &look);
    }
    let bytes = if takes_away { Vec::new() } else { sent.bytes.to_vec() };
    let done = staff.run(move |app, actor| site::set_logo(app, actor, &bytes)).await;
    answer(&staff, state, done).await
}

async fn answer(staff: &Staff, mut state: FormState, done: Result<(), app::ActionError>) -> PageResult {
    match done {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, SITE, key!("site.saved"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            let look = staff.run(|app, _| site::look(app)).await.map_err(refusal::fault)?;
            draw(staff, &state, &look)
        }
    }
}
