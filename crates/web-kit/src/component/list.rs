//! Lists: facts of one thing, what happened to it, the pages of a long list.

use askama::Template;
use askama::filters::HtmlSafe;
use words::Language;

use super::small::{Badge, Tone};
use crate::chrome::{Icon, Link};

/// One fact: a term and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The term.
    pub term: String,
    /// What it is. Empty for nothing known.
    pub value: String,
    /// A mark beside it.
    pub badge: Option<Badge>,
    /// Where more stands.
    pub href: String,
}

impl Fact {
    /// A fact.
    pub fn new(term: impl Into<String>, value: impl Into<String>) -> Fact {
        Fact { term: term.into(), value: value.into(), badge: None, href: String::new() }
    }

    /// The same, with a mark.
    #[must_use]
    pub fn badge(mut self, badge: Badge) -> Fact {
        self.badge = Some(badge);
        self
    }

    /// The same, as a link.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Fact {
        self.href = href.into();
        self
    }
}

/// The facts of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/facts.html")]
pub struct Facts {
    facts: Vec<Fact>,
    nothing: &'static str,
}

impl HtmlSafe for Facts {}

impl Facts {
    /// These facts, in this order.
    pub fn new(t: Language, facts: Vec<Fact>) -> Facts {
        Facts { facts, nothing: t.text("value.none") }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, as shown.
    pub when: String,
    /// When, for machines: `2020-11-20T08:30:00+07:00`.
    pub datetime: String,
    /// What.
    pub title: String,
    /// Who, and anything more.
    pub detail: String,
    /// How it is meant.
    pub tone: Tone,
}

/// What happened, newest or oldest first as given.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    events: Vec<Event>,
}

impl HtmlSafe for Timeline {}

impl Timeline {
    /// These events.
    pub fn new(events: Vec<Event>) -> Timeline {
        Timeline { events }
    }
}

/// The pages of a long list.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/pager.html")]
pub struct Pager {
    t: Language,
    summary: String,
    previous: Option<String>,
    next: Option<String>,
    pages: Vec<PageLink>,
    previous_icon: Icon,
    next_icon: Icon,
}

impl HtmlSafe for Pager {}

#[derive(Debug, Clone, PartialEq, Eq)]
enum PageLink {
    Page(Link),
    Current(String),
    Gap,
}

impl Pager {
    /// Page `page` (from 1) of a list of `total` lines, `size` on a page. `href` makes the address of a page.
    pub fn new(t: Language, (page, size, total): (u64, u64, u64), href: impl Fn(u64) -> String) -> Pager {
        let size = size.max(1);
        let last = total.div_ceil(size).max(1);
        let page = page.clamp(1, last);
        let first_line = ((page - 1) * size + 1).min(total);
        let last_line = (page * size).min(total);
        let numbers =
            [("first", t.number(first_line)), ("last", t.number(last_line)), ("total", t.number(total))];
        let args: Vec<(&str, &dyn std::fmt::Display)> =
            numbers.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
        let mut pages = Vec::new();
        let mut before = 0;
        for number in (1..=last).filter(|n| *n == 1 || *n == last || n.abs_diff(page) <= 1) {
            if number > before + 1 {
                pages.push(PageLink::Gap);
            }
            let label = t.number(number);
            pages.push(if number == page {
                PageLink::Current(label)
            } else {
                PageLink::Page(Link::new(label, href(number)))
            });
            before = number;
        }
        Pager {
            t,
            summary: t.fill("list.range", &args),
            previous: (page > 1).then(|| href(page - 1)),
            next: (page < last).then(|| href(page + 1)),
            pages,
            previous_icon: Icon::new("chevron-left"),
            next_icon: Icon::new("chevron-right"),
        }
    }
}
