//! What an address asks of the search page. Every value is taken; what cannot be read does not narrow (SRCH-A01).

use std::ops::RangeInclusive;

use app::public::Status;
use app::search::{DEEPEST, Facet, Order, Query};
use axum::extract::FromRequestParts;
use domain::publication::Kind;
use domain::time::Day;
use http::request::Parts;

use crate::ask::status_of;
use crate::link;

/// Where the search page is.
pub(crate) const PATH: &str = "/tim-kiem";
/// Hits on a page.
pub(crate) const PER_PAGE: usize = 20;
/// Signs of a value that are read; of the question the index reads less.
const MOST: usize = 600;
/// Years that can be asked for.
const YEARS: RangeInclusive<i16> = 1900..=2200;

/// The names of facets in addresses, in the order of the page.
pub(crate) const FACETS: [(Facet, &str); 6] = [
    (Facet::Kind, "muc"),
    (Facet::DocumentType, "loai"),
    (Facet::Section, "chuyen-muc"),
    (Facet::Effect, "hieu-luc"),
    (Facet::Issuer, "nguon"),
    (Facet::Year, "nam"),
];
/// The names of orders in addresses; the first is what is meant without one.
pub(crate) const ORDERS: [(Order, &str); 3] =
    [(Order::Relevance, ""), (Order::Newest, "moi-nhat"), (Order::Oldest, "cu-nhat")];

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// `q`: words, as typed.
    pub text: String,
    /// One value for each facet of [`FACETS`]; empty when it does not narrow. Of kinds the part of the address,
    /// of states of effect their word there.
    pub values: [String; 6],
    /// `tu`, `den`: the days as `2020-11-20`; what is none as typed.
    pub days: [String; 2],
    /// `xep`.
    pub order: Order,
    /// `trang`, from 1.
    pub page: usize,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked {
            text: String::new(),
            values: Default::default(),
            days: Default::default(),
            order: Order::Relevance,
            page: 1,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Self::Rejection> {
        Ok(Asked::read(parts.uri.query().unwrap_or_default()))
    }
}

impl Asked {
    pub(crate) fn read(query: &str) -> Asked {
        let mut asked = Asked::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = value.replace('+', " ");
            let value = percent_encoding::percent_decode_str(&value).decode_utf8_lossy();
            let value = domain::text::clean_line(&value.chars().take(MOST).collect::<String>());
            if let Some(place) = FACETS.iter().position(|(_, known)| *known == name) {
                asked.values[place] = value;
                continue;
            }
            match name {
                "q" => asked.text = value,
                "tu" => asked.days[0] = in_order(value),
                "den" => asked.days[1] = in_order(value),
                "xep" => {
                    let known = ORDERS.iter().find(|(_, known)| *known == value);
                    asked.order = known.map_or(Order::Relevance, |(order, _)| *order);
                }
                "trang" => asked.page = value.parse().unwrap_or(1).clamp(1, DEEPEST / PER_PAGE),
                _ => {}
            }
        }
        asked
    }

    /// Whether anything was asked for: words or a value.
    pub(crate) fn is_something(&self) -> bool {
        !self.text.is_empty() || self.is_narrowed()
    }

    /// Whether values narrow what is found.
    pub(crate) fn is_narrowed(&self) -> bool {
        self.values.iter().chain(&self.days).any(|value| !value.is_empty())
    }

    /// The days that were typed and cannot be read: of the first, of the last.
    pub(crate) fn wrong_days(&self) -> [bool; 2] {
        [0, 1].map(|place: usize| !self.days[place].is_empty() && day_of(&self.days[place]).is_none())
    }

    /// The question to the index.
    pub(crate) fn query(&self, today: Day) -> Query {
        let mut query = Query::new(self.text.as_str(), today);
        for ((facet, _), value) in FACETS.iter().zip(&self.values).filter(|(_, value)| !value.is_empty()) {
            let value = match facet {
                // A kind nobody knows is a value that nothing has.
                Facet::Kind => Kind::from_path(value).map_or("-", Kind::word),
                Facet::Effect => status_of(value).map_or("-", Status::word),
                _ => value,
            };
            query = query.with(*facet, value);
        }
        query.from = day_of(&self.days[0]);
        query.to = day_of(&self.days[1]);
        query.order = self.order;
        query.offset = (self.page - 1) * PER_PAGE;
        query.limit = PER_PAGE;
        query
    }

    /// The address of this search.
    pub(crate) fn href(&self) -> String {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let mut pairs = vec![("q", self.text.as_str())];
        pairs.extend(FACETS.iter().zip(&self.values).map(|((_, name), value)| (*name, value.as_str())));
        pairs.extend([("tu", self.days[0].as_str()), ("den", &self.days[1])]);
        pairs.extend([("xep", order_word(self.order)), ("trang", &page)]);
        link::with_query(PATH, &pairs)
    }

    /// The same search, from the first page, with this value for the facet at a place; empty for none.
    pub(crate) fn with_value(&self, place: usize, value: &str) -> Asked {
        let mut other = Asked { page: 1, ..self.clone() };
        value.clone_into(&mut other.values[place]);
        other
    }

    /// Pairs that a form has to carry on, besides those it asks for itself.
    pub(crate) fn carried(&self, except: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("q", self.text.clone())];
        pairs.extend(FACETS.iter().zip(&self.values).map(|((_, name), value)| (*name, value.clone())));
        pairs.extend([("tu", self.days[0].clone()), ("den", self.days[1].clone())]);
        pairs.push(("xep", order_word(self.order).to_owned()));
        pairs.retain(|(name, value)| !value.is_empty() && !except.contains(name));
        pairs
    }
}

fn order_word(order: Order) -> &'static str {
    ORDERS.iter().find(|(known, _)| *known == order).map_or("", |(_, word)| word)
}

/// A day as forms show it; what is none as it was typed.
fn in_order(typed: String) -> String {
    day_of(&typed).map_or(typed, |day| day.to_string())
}

/// A day as browsers send it, or as people write it.
fn day_of(text: &str) -> Option<Day> {
    let written: Option<Day> = text.parse().ok();
    let day = written.or_else(|| {
        let mut parts = text.split(['/', '-', '.']).map(str::trim);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let is_all = parts.next().is_none();
        is_all.then(|| Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()).flatten()
    });
    day.filter(|day| YEARS.contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_again() {
        let asked = Asked::read(
            "q=ph%C3%A1t+ng%C3%B4n&muc=van-ban&nam=2020&tu=01%2F02%2F2020&den=2020-12-31&xep=moi-nhat&trang=2&utm=x",
        );
        assert_eq!((asked.text.as_str(), asked.order, asked.page), ("phát ngôn", Order::Newest, 2));
        let query = asked.query(Day::constant(2026, 1, 1));
        assert!(query.filters[&Facet::Kind].contains("document"));
        assert_eq!((query.from.unwrap().to_string(), query.offset), ("2020-02-01".into(), PER_PAGE));
        assert_eq!(Asked::read(asked.href().split_once('?').unwrap().1), asked);
        assert_eq!(
            asked.with_value(0, "").href(),
            asked.href().replace("&muc=van-ban", "").replace("&trang=2", "")
        );
    }

    #[test]
    fn sec_srch_a01_what_cannot_be_read_does_not_narrow_and_pages_end() {
        let asked =
            Asked::read("q=%FF%00&trang=99999999999999999999&tu=hom+qua&den=31/02/2020&xep=x&muc=khong-co");
        assert_eq!(asked.page, 1);
        assert_eq!(Asked::read("trang=100000").page, DEEPEST / PER_PAGE);
        assert_eq!(asked.wrong_days(), [true, true]);
        assert_eq!((asked.query(Day::constant(2026, 1, 1)).from, asked.order), (None, Order::Relevance));
        assert!(Asked::read(&"q=a&".repeat(100_000)).is_something());
    }
}
