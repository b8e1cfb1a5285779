//! Whom to ask: the spokespersons of today and how to reach the body (NĐ 09/2017 Đ3 k4, k6; NĐ 244/2026 Đ3 k3).

use app::App;
use app::public::{self, Spokesperson};
use askama::Template;
use axum::extract::State;
use web_kit::component::{Fact, Facts};
use web_kit::{Language, PageResult, Visitor, page, show};

use crate::frame::{self, Frame};

#[derive(Template)]
#[template(path = "contact.html")]
struct Page {
    frame: Frame,
    /// How to reach the office; nothing when none of it is known.
    reach: Option<Facts>,
    people: Vec<Person>,
}

/// A spokesperson as the page shows them.
struct Person {
    name: String,
    kind: &'static str,
    facts: Facts,
    away: Option<String>,
}

/// Shows it.
pub async fn show(State(app): State<App>, visitor: Visitor) -> PageResult {
    let (frame, people) = frame::with(&app, &visitor, public::spokespersons).await?;
    let t = frame.t();
    let people = people.into_iter().map(|person| Person::of(t, person)).collect();
    let frame =
        frame.title(t.text("portal.contact.title")).under(Vec::new()).about(t.text("portal.contact.lead"));
    let reach = reach(&frame);
    page(&Page { frame, reach, people }, frame::SHARED)
}

fn reach(frame: &Frame) -> Option<Facts> {
    let (t, look) = (frame.t(), &frame.look);
    let number: String = look.phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    let label = |key| t.text(key).trim_end_matches(':');
    let facts = [
        (label("portal.foot.address"), &look.address, String::new()),
        (label("portal.foot.phone"), &look.phone, format!("tel:{number}")),
        (label("portal.foot.email"), &look.email, format!("mailto:{}", look.email)),
        (label("portal.foot.responsible"), &look.responsible, String::new()),
    ];
    let facts = facts.into_iter().filter(|(_, value, _)| !value.is_empty());
    let facts = facts.map(|(label, value, href)| {
        let fact = Fact::new(label, value.clone());
        if href.is_empty() { fact } else { fact.href(href) }
    });
    let facts: Vec<Fact> = facts.collect();
    (!facts.is_empty()).then(|| Facts::new(t, facts))
}

impl Person {
    fn of(t: Language, person: Spokesperson) -> Person {
        let label = |key: &str| t.field("spokespersons", key);
        let mut facts = Vec::new();
        let mut add = |key: &str, value: String, href: Option<String>| {
            if !value.is_empty() {
                let fact = Fact::new(label(key), value);
                facts.push(if let Some(href) = href { fact.href(href) } else { fact });
            }
        };
        let phone: String =
            person.phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
        let mail = person.email.contains('@').then(|| format!("mailto:{}", person.email));
        add("title", person.title, None);
        add("body", person.body, None);
        add("phone", person.phone, (phone.len() >= 3).then(|| format!("tel:{phone}")));
        add("email", person.email, mail);
        add("matter", person.matter, None);
        add("starts_on", show::day(t, person.starts_on), None);
        add("ends_on", person.ends_on.map(|day| show::day(t, day)).unwrap_or_default(), None);
        add("decision_symbol", person.decision_symbol, None);
        add("authorised_by", person.authorised_by, None);
        let away = person.away_until.map(|last| {
            let last = show::day(t, last);
            if person.deputy.is_empty() {
                t.fill("portal.contact.away", &[("last", &last)])
            } else {
                t.fill("portal.contact.away_deputy", &[("last", &last), ("deputy", &person.deputy)])
            }
        });
        Person {
            away,
            name: person.full_name,
            kind: t.word("spokespersons", "kind", &person.kind),
            facts: Facts::new(t, facts),
        }
    }
}
