//! A page with one form and what one should see beside it.

use askama::Template;
use web_kit::PageResult;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Difference, Facts};
use web_kit::form::FormState;
use web_kit::page::with_form;

use super::PATH;
use crate::gate::Staff;
use crate::part::FormPart;

/// A text beside the form: its heading, its paragraphs.
pub(super) type Panel = (&'static str, String);

#[derive(Template)]
#[template(path = "press/form.html")]
pub(super) struct Page {
    chrome: Chrome,
    lead: &'static str,
    form: FormPart,
    facts: Option<(&'static str, Facts)>,
    links: Vec<Link>,
    changed: Option<(String, Difference)>,
    panels: Vec<(String, Panel)>,
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
        Page {
            chrome: staff.chrome(title).under(crumbs),
            lead,
            form,
            facts: None,
            links: Vec::new(),
            changed: None,
            panels: Vec::new(),
        }
    }

    pub(super) fn panel(mut self, panel: Panel) -> Page {
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

    /// What is known of what the form is about, with its files.
    pub(super) fn about(mut self, facts: (&'static str, Facts), links: Vec<Link>) -> Page {
        (self.facts, self.links) = (Some(facts), links);
        self
    }

    pub(super) fn draw(&self, state: &FormState) -> PageResult {
        with_form(self, state)
    }
}
