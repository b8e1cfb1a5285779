//! The words of a letter.

use std::fmt::Write as _;

use domain::time::{self, Day, Timestamp};
use words::Language;

use super::settings::Sender;
use super::{Content, Item, Subject};
use crate::{ActionError, App, office};

/// Letters are written in Vietnamese.
const T: Language = Language::Vi;
/// Where who sent a request types the code.
const STATUS: &str = "/yeu-cau-bao-chi/tra-cuu";

/// Writes a letter.
pub(super) fn write(
    app: &App,
    (sender, to): (&Sender, &str),
    (id, written_at): (&str, Timestamp),
    content: &Content,
) -> Result<post::Letter, ActionError> {
    let office = office::office(app)?;
    let (subject, body) = say(app.base_url(), app.today(), content);
    let footer = match content {
        Content::RequestReceived { .. } | Content::RequestAnswered { .. } => "mail.footer_outside",
        _ => "mail.footer",
    };
    let text = format!(
        "{}\n\n{body}\n{}\n",
        T.text("mail.greeting"),
        T.fill(footer, &[("office", &office.names.name), ("site", &app.base_url())])
    );
    let host = app.base_url().split_once("://").map_or("localhost", |(_, rest)| rest);
    let host = host.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("localhost");
    Ok(post::Letter {
        message_id: format!("{id}@{host}"),
        date: written_at.into(),
        from_name: office.names.short,
        from: sender.from.clone(),
        to: to.to_owned(),
        subject: format!("[{}] {subject}", T.text("mail.mark")),
        text,
    })
}

fn day(day: Day) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

fn instant(at: Timestamp) -> String {
    let local = at.to_zoned(time::vietnam());
    format!("{:02}:{:02} {}", local.hour(), local.minute(), day(local.date()))
}

/// Subject and body.
fn say(site: &str, today: Day, content: &Content) -> (String, String) {
    match content {
        Content::Reminder { day: of, items, more } => reminder(site, (*of, today), items, *more),
        Content::Emergency { due, path } => {
            let due = due.map_or_else(|| T.text("mail.emergency.no_clock").to_owned(), instant);
            let text = T.fill("mail.emergency.text", &[("due", &due)]);
            (T.text("mail.emergency.subject").to_owned(), format!("{text}\n{site}{path}\n"))
        }
        Content::PasswordChanged { at } => (
            T.text("mail.password_changed.subject").to_owned(),
            format!("{}\n", T.fill("mail.password_changed.text", &[("at", &instant(*at))])),
        ),
        Content::FactorChanged { at, is_on } => {
            let key = if *is_on { "mail.factor_changed.on" } else { "mail.factor_changed.off" };
            let text = T.fill(key, &[("at", &instant(*at))]);
            (T.text("mail.factor_changed.subject").to_owned(), format!("{text}\n"))
        }
        Content::RequestReceived { number, due } => {
            let mut text = format!("{}\n", T.fill("mail.request_received.text", &[("number", number)]));
            if let Some(due) = due {
                let _ = writeln!(text, "{}", T.fill("mail.request_received.due", &[("day", &day(*due))]));
            }
            let _ = write!(text, "\n{}\n{site}{STATUS}\n", T.text("mail.request_received.where"));
            let _ = write!(text, "\n{}\n", T.text("mail.request_received.stranger"));
            (T.fill("mail.request_received.subject", &[("number", number)]), text)
        }
        Content::RequestAnswered { number } => (
            T.fill("mail.request_answered.subject", &[("number", number)]),
            format!("{}\n{site}{STATUS}\n", T.fill("mail.request_answered.text", &[("number", number)])),
        ),
        Content::Trial => {
            (T.text("mail.trial.subject").to_owned(), format!("{}\n", T.text("mail.trial.text")))
        }
    }
}

fn reminder(site: &str, (of, today): (Day, Day), items: &[Item], more: usize) -> (String, String) {
    let count = items.len() + more;
    let late = items.iter().filter(|item| item.due < of).count();
    let subject = match late {
        0 => T.fill("mail.reminder.subject", &[("count", &count), ("day", &day(of))]),
        _ => T.fill("mail.reminder.subject_late", &[("count", &count), ("late", &late), ("day", &day(of))]),
    };
    let mut body = format!("{}\n", T.fill("mail.reminder.lead", &[("day", &day(of))]));
    for item in items {
        let kind = match item.subject {
            Subject::Case => "mail.reminder.case",
            Subject::Part => "mail.reminder.part",
            Subject::RollOut => "mail.reminder.roll_out",
            Subject::Emergency => "mail.reminder.emergency",
            Subject::SecondLook => "mail.reminder.second_look",
        };
        let what = T.fill(kind, &[("label", &item.label)]);
        let key = match item.due.cmp(&today) {
            std::cmp::Ordering::Less => "mail.reminder.late",
            std::cmp::Ordering::Equal => "mail.reminder.today",
            std::cmp::Ordering::Greater => "mail.reminder.due",
        };
        let when = T.fill(key, &[("day", &day(item.due))]);
        let _ = write!(body, "\n- {what}: {when}\n  {site}{}\n", item.path);
    }
    if more > 0 {
        let _ = write!(body, "\n{}\n", T.fill("mail.reminder.more", &[("count", &more)]));
    }
    let _ = write!(body, "\n{} {site}/press/work\n", T.text("mail.reminder.all"));
    (subject, body)
}
