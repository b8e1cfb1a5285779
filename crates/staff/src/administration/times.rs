//! When recurring work is done, and how long backups are kept.

use app::jobs::{self, TimetableForm};
use askama::Template;
use web_kit::PageResult;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Field, Kind};
use web_kit::form::{Fields, FormState};
use web_kit::page::{redirect_with_notice, with_form};
use words::key;

use super::{JOBS, PATH, TIMES};
use crate::gate::Staff;
use crate::part::FormPart;
use crate::refusal;

#[derive(Template)]
#[template(path = "administration/times.html")]
struct Page {
    chrome: Chrome,
    form: FormPart,
}

/// The form.
pub async fn show(staff: Staff) -> PageResult {
    let form = staff.run(jobs::timetable).await.map_err(refusal::fault)?.form();
    let state = FormState::of([
        ("backup_at", form.backup_at),
        ("verify_at", form.verify_at),
        ("keep_days", form.keep_days),
        ("outside_links", if form.outside_links { "1" } else { "" }.to_owned()),
    ]);
    draw(&staff, &state)
}

fn draw(staff: &Staff, state: &FormState) -> PageResult {
    let t = staff.t();
    let field = |name: &str, label, help, kind| {
        Field::new(state, t, name, t.text(label), kind).help(t.text(help)).required()
    };
    let time = || Kind::Line("text");
    let fields = vec![
        field(
            "backup_at",
            key!("administration.times.backup_at"),
            key!("administration.times.at_help"),
            time(),
        ),
        field(
            "verify_at",
            key!("administration.times.verify_at"),
            key!("administration.times.at_help"),
            time(),
        ),
        field(
            "keep_days",
            key!("administration.times.keep_days"),
            key!("administration.times.keep_days_help"),
            Kind::Number,
        ),
        Field::new(state, t, "outside_links", t.text("administration.times.outside_links"), Kind::Check)
            .help(t.text("administration.times.outside_links_help")),
    ];
    let page = Page {
        chrome: staff.chrome(t.text("administration.times.title")).under(vec![
            Link::new(t.text("administration.title"), PATH),
            Link::new(t.text("administration.job.title"), JOBS),
        ]),
        form: FormPart::new(staff, (TIMES, t.text("action.save")), (state, None), fields).back(JOBS),
    };
    with_form(&page, state)
}

/// Saves it.
pub async fn save(staff: Staff, fields: Fields) -> PageResult {
    let mut state = fields.only(&["backup_at", "verify_at", "keep_days", "outside_links"])?;
    let form = TimetableForm {
        backup_at: state.line("backup_at"),
        verify_at: state.line("verify_at"),
        keep_days: state.line("keep_days"),
        outside_links: !state.value("outside_links").is_empty(),
    };
    match staff.run(move |app, actor| jobs::save_timetable(app, actor, &form)).await {
        Ok(()) => Ok(redirect_with_notice(&staff.visitor, JOBS, key!("administration.notice.times"))),
        Err(error) => {
            refusal::note(&mut state, error)?;
            draw(&staff, &state)
        }
    }
}
