//! What the people who look after the installation are warned of, above the page.

use app::jobs::Warning;
use web_kit::Language;
use web_kit::chrome::{Chrome, Link};
use web_kit::component::{Banner, Tone};
use web_kit::show;

use super::JOBS;

/// The frame with a notice for each warning.
pub fn on(chrome: Chrome, t: Language, warnings: &[Warning]) -> Chrome {
    warnings.iter().fold(chrome, |chrome, warning| chrome.banner(banner(t, warning)))
}

fn banner(t: Language, warning: &Warning) -> Banner {
    match warning {
        Warning::Unsound { at, fault } => {
            let at = show::instant(t, *at);
            let text = t.fill("administration.warning.unsound_text", &[("at", &at), ("fault", fault)]);
            Banner::new(Tone::Bad, text)
                .title(t.text("administration.warning.unsound"))
                .link(Link::new(t.text("ledger.title"), crate::ledger::PATH))
        }
        Warning::MailStuck => Banner::new(Tone::Warning, t.text("administration.warning.mail_text"))
            .title(t.text("administration.warning.mail"))
            .link(Link::new(t.text("mail.title"), super::MAIL)),
        Warning::GivenUp { kind, at } => {
            let (name, at) = (super::jobs::kind_name(t, kind.word()), show::instant(t, *at));
            let text = t.fill("administration.warning.given_up_text", &[("kind", &name), ("at", &at)]);
            Banner::new(Tone::Warning, text)
                .title(t.text("administration.warning.given_up"))
                .link(Link::new(t.text("administration.job.title"), JOBS))
        }
    }
}
