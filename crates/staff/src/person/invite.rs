//! The link with which a person sets a password: shown once, to the administrator who made it.

use app::account::{self, Invitation};
use askama::Template;
use domain::id::PersonId;
use web_kit::chrome::{Chrome, Link};
use web_kit::form::{Path, Submitted};
use web_kit::{Cache, PageResult, page, show};

use super::PATH;
use crate::gate::Staff;
use crate::refusal;

#[derive(Template)]
#[template(path = "person/invite.html")]
struct Page {
    chrome: Chrome,
    lead: String,
    link: String,
}

/// Makes a new link; the one before no longer works.
pub async fn invite(staff: Staff, Path(id): Path<PersonId>, _: Submitted) -> PageResult {
    let work = move |app: &app::App, actor: &app::Actor| {
        Ok((account::person(app, actor, id)?.full_name, account::invite(app, actor, id)?))
    };
    let (name, invitation) = staff.run(work).await.map_err(refusal::fault)?;
    draw(&staff, &name, &invitation)
}

pub(super) fn draw(staff: &Staff, name: &str, invitation: &Invitation) -> PageResult {
    let t = staff.t();
    let until = show::instant(t, invitation.expires_at);
    let shown = Page {
        chrome: staff.chrome(t.text("person.invited")).under(vec![Link::new(t.text("person.title"), PATH)]),
        lead: t.fill("person.invited_lead", &[("name", &name), ("until", &until)]),
        link: staff.visitor.site.absolute(&invitation.path),
    };
    page(&shown, Cache::Private)
}
