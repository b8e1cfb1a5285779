//! A page with one form and what one should see beside it.

use askama::Template;
use http::StatusCode;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Difference, Facts, Field};
use web_kit::form::FormState;
use web_kit::page::with_form;
use web_kit::{Cache, Language, PageResult, page};

use super::PATH;
use crate::gate::Staff;
use crate::part::FormPart;

/// How what was typed differs from what stands, field by field.
pub(super) fn typed_against(t: Language, stands: &[Field], typed: &[Field]) -> Difference {
    let words = |fields: &[Field]| fields.iter().map(Field::in_words).collect::<Vec<_>>().join("\n");
    Difference::new(t, &words(stands), &words(typed))
}

/// A text beside the form: its heading, its paragraphs.
pub(crate) type Panel = (&'static str, String);

#[derive(Template)]
#[template(path = "press/form.html")]
pub(crate) struct Page {
    chrome: Chrome,
    lead: &'static str,
    form: FormPart,
    facts: Option<(&'static str, Facts)>,
    links: Vec<Link>,
    changed: Option<(String, Difference)>,
    panels: Vec<(String, Panel)>,
    is_below: bool,
}

impl Page {
    /// The page with this title below a request, or below the list.
    pub(super) fn new(
        staff: &Staff,
        (title, lead): (&str, &'static str),
        below: Option<(String, String)>,
        form: FormPart,
    ) -> Page {
        let mut crumbs = vec![Link::new(staff.t().text("nav.press"), PATH)];
        crumbs.extend(below.map(|(label, href)| Link::new(label, href)));
        Page::under(staff, (title, lead), crumbs, form)
    }

    /// The page with this title below others.
    pub(crate) fn under(
        staff: &Staff,
        (title, lead): (&str, &'static str),
        crumbs: Vec<Link>,
        form: FormPart,
    ) -> Page {
        Page {
            chrome: staff.chrome(title).under(crumbs),
            lead,
            form,
            facts: None,
            links: Vec::new(),
            changed: None,
            panels: Vec::new(),
            is_below: false,
        }
    }

    /// What one is warned of before sending the form.
    pub(super) fn banner(mut self, banner: Option<Banner>) -> Page {
        self.chrome = banner.into_iter().fold(self.chrome, Chrome::banner);
        self
    }

    pub(crate) fn panel(mut self, panel: Panel) -> Page {
        if !panel.1.trim().is_empty() {
            let id = format!("s-panel-{}", self.panels.len());
            self.panels.push((id, panel));
        }
        self
    }

    /// What somebody else changed meanwhile: who and when, and the difference.
    pub(super) fn changed(mut self, who: String, difference: Difference) -> Page {
        self.changed = Some((who, difference));
        self
    }

    /// What stands now beside what was typed, when somebody else changed it meanwhile.
    pub(super) fn over(mut self, t: Language, difference: Option<Difference>) -> Page {
        self.changed = difference.map(|difference| (t.text("press_page.stands").to_owned(), difference));
        self
    }

    /// What is known of what the form is about, with its files.
    pub(crate) fn about(mut self, facts: (&'static str, Facts), links: Vec<Link>) -> Page {
        (self.facts, self.links) = (Some(facts), links);
        self
    }

    /// The same, with what one should see above the form: the text that is decided stands above its button.
    pub(crate) fn panels_first(mut self) -> Page {
        self.is_below = true;
        self
    }

    pub(crate) fn draw(&self, state: &FormState) -> PageResult {
        with_form(self, state)
    }
}

/// Why an act that was asked for is not possible now.
#[derive(Template)]
#[template(
    source = r#"{% extends "base.html" %}{% block content %}<p class="lead">{{ reason }}</p><p><a class="button" href="{{ back }}">{{ chrome.t.text("action.back") }}</a></p>{% endblock %}"#,
    ext = "html"
)]
struct Refused {
    chrome: Chrome,
    reason: &'static str,
    back: String,
}

/// The page of an act that is not possible now: its title, the reason, the way back. 409, as the act itself would be.
pub(super) fn refused(
    staff: &Staff,
    (title, reason): (&str, &'static str),
    (label, back): (String, String),
) -> PageResult {
    let above = Link::new(staff.t().text("nav.press"), PATH);
    refused_under(staff, (title, reason), vec![above, Link::new(label, back)])
}

/// The same below `crumbs`; the way back is the last of them.
pub(crate) fn refused_under(
    staff: &Staff,
    (title, reason): (&str, &'static str),
    crumbs: Vec<Link>,
) -> PageResult {
    let back = crumbs.last().map(|link| link.href.clone()).unwrap_or_default();
    let mut response =
        page(&Refused { chrome: staff.chrome(title).under(crumbs), reason, back }, Cache::Private)?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}
