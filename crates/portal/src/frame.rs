//! What stands around every public page, and how errors of actions are answered.

use app::{ActionError, App, office};
use web_kit::chrome::{Chrome, Icon, NavGroup, NavItem};
use web_kit::{Fault, Visitor};

/// The menu: key of the text, path, picture.
const MENU: [(&str, &str, &str); 3] = [
    (words::key!("portal.nav.deadline"), crate::calculator::PATH, "clock"),
    (words::key!("portal.nav.accessibility"), crate::about::ACCESSIBILITY, "info"),
    (words::key!("portal.nav.sign_in"), "/sign-in", "people"),
];

/// The frame of a page: public menu, name of the office once there is one.
pub(crate) async fn chrome(app: &App, visitor: &Visitor, title: impl Into<String>) -> Chrome {
    let name = app.run(|app| office::office(app).map(|office| office.names.name)).await.unwrap_or_default();
    let t = visitor.language;
    let path = visitor.path.split('?').next().unwrap_or_default();
    let items = MENU
        .into_iter()
        .map(|(key, href, icon)| NavItem {
            label: t.text(key),
            href,
            icon: Icon::new(icon),
            current: path == href,
        })
        .collect();
    let mut chrome = Chrome::bare(visitor, title.into()).office(name);
    chrome.nav = vec![NavGroup { label: "", items }];
    chrome
}

/// The page for an action that gave no answer. The public is told no more than that.
pub(crate) fn fault(error: ActionError) -> Fault {
    match error {
        ActionError::NotFound => Fault::not_found(),
        ActionError::TooMany { seconds } => Fault::too_often(u64::try_from(seconds).unwrap_or(1)),
        ActionError::Forbidden(_) | ActionError::Stale => Fault::not_found(),
        ActionError::Refused(code) => Fault::not_found().cause(code),
        ActionError::Invalid(fields) => Fault::bad_request().cause(format!("{fields:?}")),
        ActionError::Internal(error) => Fault::internal(format!("{error:#}")),
    }
}
