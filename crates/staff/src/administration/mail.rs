//! The mail server of the office, what waits, trying it out.

use app::ActionError;
use app::mail::{self, MailForm, MailOverview, Sent};
use askama::Template;
use domain::id::MailId;
use serde::Deserialize;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{
    Badge, Banner, Cell, Choice, Column, Empty, Fact, Facts, Field, FormStart, Kind, Table, Tone,
};
use web_kit::form::{Form, FormState, Path, Submitted};
use web_kit::page::{redirect_with_notice, with_form};
use web_kit::{Cache, Fault, PageResult, page, show};
use words::key;

use super::{MAIL, PATH};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

/// Where the settings are.
const SETTINGS: &str = "/administration/mail/settings";

/// A letter that was given up.
struct Lost {
    name: String,
    template: String,
    action: String,
}

#[derive(Template)]
#[template(path = "administration/mail.html")]
struct Page {
    chrome: Chrome,
    facts: Facts,
    is_on: bool,
    start: FormStart,
    letters: Option<Table>,
    none: Empty,
    lost: Vec<Lost>,
    without_address: Vec<String>,
}

#[derive(Template)]
#[template(path = "administration/mail_settings.html")]
struct SettingsPage {
    chrome: Chrome,
    form: FormPart,
}

pub(super) async fn show(staff: Staff) -> PageResult {
    draw(&staff, None).await
}

async fn draw(staff: &Staff, banner: Option<Banner>) -> PageResult {
    let t = staff.t();
    let found = staff.run(mail::overview).await.map_err(refusal::fault)?;
    let chrome =
        staff.chrome(t.text("mail.title")).under(vec![Link::new(t.text("administration.title"), PATH)]);
    let shown = Page {
        chrome: match banner {
            Some(banner) => chrome.banner(banner),
            None => chrome,
        },
        facts: facts(staff, &found),
        is_on: found.settings.is_on,
        start: FormStart::plain(&staff.visitor.form_token()),
        letters: (!found.letters.is_empty()).then(|| table(staff, &found.letters)),
        none: Empty::new(t.text("mail.empty_title"), t.text("mail.empty")),
        lost: found.letters.iter().filter(|sent| is_lost(sent)).map(|sent| lost(staff, sent)).collect(),
        without_address: found.without_address,
    };
    page(&shown, Cache::Private)
}

fn is_lost(sent: &Sent) -> bool {
    sent.row.state == "failed"
}

fn lost(staff: &Staff, sent: &Sent) -> Lost {
    Lost {
        name: sent.name.clone(),
        template: template(staff, sent),
        action: format!("{MAIL}/{}/again", sent.row.id),
    }
}

/// Why a letter did not leave, in words of ours where the machine's words are known; else as the server said it.
fn why(t: web_kit::Language, error: &str) -> String {
    let known = [
        ("lookup address", "mail.why_lookup"),
        ("onnection refused", "mail.why_refused"),
        ("timed out", "mail.why_patience"),
        ("certificate", "mail.why_certificate"),
    ];
    let words = known.iter().find(|(part, _)| error.contains(part)).map(|(_, key)| t.text(key));
    words.map_or_else(|| error.to_owned(), |words| format!("{words} ({error})"))
}

fn template(staff: &Staff, sent: &Sent) -> String {
    let key = format!("mail.template.{}", sent.template);
    staff.t().find(&key).unwrap_or(&sent.template).to_owned()
}

fn facts(staff: &Staff, found: &MailOverview) -> Facts {
    let t = staff.t();
    let settings = &found.settings;
    let state = t.text(if settings.is_on { "mail.on" } else { "mail.off" });
    let server =
        if settings.host.is_empty() { String::new() } else { format!("{}:{}", settings.host, settings.port) };
    Facts::new(
        t,
        vec![
            Fact::new(t.text("mail.state"), state),
            Fact::new(t.text("mail.server"), server),
            Fact::new(t.text("mail.from"), settings.from.clone()),
            Fact::new(t.text("mail.waiting"), found.waiting.to_string()),
            Fact::new(t.text("mail.failed"), found.failed.to_string()),
        ],
    )
}

fn table(staff: &Staff, letters: &[Sent]) -> Table {
    let t = staff.t();
    let columns = vec![
        Column::new(t.text("mail.at")),
        Column::new(t.text("mail.to")),
        Column::new(t.text("mail.what")),
        Column::new(t.text("mail.became")).wide(),
    ];
    let row = |sent: &Sent| {
        let tone = match sent.row.state.as_str() {
            "sent" => Tone::Done,
            "failed" => Tone::Bad,
            "expired" => Tone::Plain,
            _ => Tone::Info,
        };
        let badge = Badge::new(tone, t.text(&format!("mail.state_{}", sent.row.state)));
        vec![
            Cell::new(show::instant(t, sent.row.created_at)),
            Cell::new(sent.name.clone()),
            Cell::new(template(staff, sent)),
            Cell::new(sent.row.last_error.as_deref().map(|error| why(t, error)).unwrap_or_default())
                .with_badge(badge),
        ]
    };
    Table::new(t, "letters", t.text("mail.letters"), columns)
        .rows(letters.iter().map(row).collect())
        .caption_hidden()
        .cards()
}

pub(super) async fn settings(staff: Staff) -> PageResult {
    let found = staff.run(mail::overview).await.map_err(refusal::fault)?.settings;
    let port = if found.port == 0 { String::new() } else { found.port.to_string() };
    let security = if found.security.is_empty() { "tls".to_owned() } else { found.security.clone() };
    let state = FormState::of([
        ("is_on", if found.is_on { "on" } else { "" }.to_owned()),
        ("host", found.host.clone()),
        ("security", security),
        ("port", port),
        ("account", found.account.clone()),
        ("from", found.from.clone()),
        ("authority", found.authority.clone()),
    ]);
    draw_settings(&staff, &state)
}

fn draw_settings(staff: &Staff, state: &FormState) -> PageResult {
    let t = staff.t();
    let field = |name: &str, kind: Kind| {
        let help = t.find(&format!("mail.field.{name}_help"));
        let field =
            Field::new(state, t, name, t.text(&format!("mail.field.{name}")), kind).autocomplete("off");
        match help {
            Some(help) => field.help(help),
            None => field,
        }
    };
    let security = ["tls", "starttls"]
        .into_iter()
        .map(|word| Choice::new(word, t.text(&format!("mail.security.{word}"))))
        .collect();
    let fields = vec![
        field("is_on", Kind::Check),
        field("host", Kind::Line("text")),
        field("security", Kind::Select(security)),
        field("port", Kind::Number),
        field("from", Kind::Line("email")),
        field("account", Kind::Line("text")),
        field("password", Kind::Password),
        field("authority", Kind::Text(4)),
    ];
    let shown = SettingsPage {
        chrome: staff.chrome(t.text("mail.settings")).under(vec![
            Link::new(t.text("administration.title"), PATH),
            Link::new(t.text("mail.title"), MAIL),
        ]),
        form: FormPart::new(staff, (SETTINGS, t.text("action.save")), (state, None), fields).back(MAIL),
    };
    with_form(&shown, state)
}

/// What was typed. The password is read from here alone: what is shown again holds none.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    is_on: String,
    host: String,
    port: String,
    security: String,
    account: String,
    password: String,
    from: String,
    authority: String,
}

pub(super) async fn save(staff: Staff, form: Form<Settings>) -> PageResult {
    let mut state = form.state;
    let typed = form.value;
    let form = MailForm {
        is_on: !typed.is_on.is_empty(),
        host: typed.host,
        port: typed.port,
        security: typed.security,
        account: typed.account,
        password: typed.password,
        from: typed.from,
        authority: typed.authority,
    };
    match staff.run(move |app, actor| mail::save_settings(app, actor, &form)).await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, MAIL, key!("mail.notice.saved"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw_settings(&staff, &state)
        }
    }
}

/// Hands a letter to the administrator's own address and says what the server answered.
pub(super) async fn try_out(staff: Staff, _: Submitted) -> PageResult {
    let t = staff.t();
    let text = match staff.run(mail::try_out).await {
        Ok(Ok(())) => return Ok(redirect_with_notice(&staff.visitor, MAIL, key!("mail.notice.tried"))),
        Ok(Err(failure)) => t.fill("mail.trial_failed", &[("why", &failure.why())]),
        Err(ActionError::Refused(code)) => t.text(&format!("refusal.{code}")).to_owned(),
        Err(error) => return Err(refusal::fault(error)),
    };
    let banner = Banner::new(Tone::Bad, text);
    draw(&staff, Some(banner)).await
}

pub(super) async fn again(staff: Staff, Path(id): Path<String>, _: Submitted) -> PageResult {
    let id: MailId = id.parse().map_err(|_| Fault::not_found())?;
    staff.run(move |app, actor| mail::try_again(app, actor, id)).await.map_err(refusal::fault)?;
    Ok(redirect_with_notice(&staff.visitor, MAIL, key!("mail.notice.again")))
}
