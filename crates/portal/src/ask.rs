//! What an address asks of a list. Names that no page knows are ignored, so that a link with a tracker's tail still
//! opens the page (PUB-04); a page that cannot be is not found.

use app::App;
use app::public::{self, Filter, Status};
use axum::extract::FromRequestParts;
use domain::publication::Kind;
use http::request::Parts;
use web_kit::Fault;

use crate::link;

/// Signs of a value that are read.
const MOST: usize = 200;

/// What was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// `muc`: the section; of documents the type.
    pub section: String,
    /// `nguon`: the issuer or supplier.
    pub source: String,
    /// `nam`: the year, four digits.
    pub year: String,
    /// `hieu-luc`: how documents stand, by its word in addresses.
    pub effect: String,
    /// `trang`: the page, from 1.
    pub page: u32,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Fault> {
        let query = parts.uri.query().unwrap_or_default();
        let mut asked = Asked { page: 1, ..Asked::default() };
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = value.replace('+', " ");
            let value = percent_encoding::percent_decode_str(&value).decode_utf8_lossy();
            let value: String = value.trim().chars().take(MOST).collect();
            match name {
                "muc" => asked.section = value,
                "nguon" => asked.source = value,
                "nam" => asked.year = value,
                "hieu-luc" => asked.effect = value,
                "trang" => asked.page = value.parse().map_err(|_| Fault::not_found())?,
                _ => {}
            }
        }
        Ok(asked)
    }
}

impl Asked {
    /// The filter of these kinds. Nothing when what was asked cannot be.
    pub(crate) fn filter(&self, app: &App, kinds: &[Kind]) -> Option<Filter> {
        let mut filter = public::filter(app, kinds);
        let given = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        filter.section = given(&self.section);
        filter.source = given(&self.source);
        filter.year = if self.year.is_empty() { None } else { Some(year_of(&self.year)?) };
        filter.effect = if self.effect.is_empty() { None } else { Some(status_of(&self.effect)?) };
        filter.page = self.page;
        (self.page > 0).then_some(filter)
    }

    /// Whether anything narrows the list.
    pub(crate) fn is_narrowed(&self) -> bool {
        let asked = [&self.section, &self.source, &self.year, &self.effect];
        asked.into_iter().any(|value| !value.is_empty())
    }

    /// The address of this list at `path`, on a page.
    pub(crate) fn href(&self, path: &str, page: u64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let pairs = [
            ("muc", self.section.as_str()),
            ("nguon", &self.source),
            ("nam", &self.year),
            ("hieu-luc", &self.effect),
            ("trang", &page),
        ];
        link::with_query(path, &pairs)
    }
}

/// A state of effect in addresses.
pub(crate) const fn status_word(status: Status) -> &'static str {
    match status {
        Status::InForce => "con",
        Status::NotYet => "chua",
        Status::PartlyEnded => "het-mot-phan",
        Status::Ended => "het",
        Status::Unknown => "chua-xac-dinh",
    }
}

/// The state of effect of a word in addresses.
pub(crate) fn status_of(word: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|status| status_word(*status) == word)
}

/// A year as days write it.
fn year_of(year: &str) -> Option<String> {
    let number: i16 = year.parse().ok().filter(|number| (1900..=2200).contains(number))?;
    Some(number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(query: &str) -> Result<Asked, Fault> {
        let request = http::Request::get(format!("/tin-tuc?{query}")).body(()).unwrap();
        Asked::from_request_parts(&mut request.into_parts().0, &()).await
    }

    #[tokio::test]
    async fn what_no_page_knows_is_ignored_and_a_page_that_cannot_be_is_not_found() {
        let asked = read("fbclid=x&muc=V%C4%83n+h%C3%B3a&trang=3&muc").await.unwrap();
        assert_eq!((asked.section.as_str(), asked.page), ("", 3));
        let asked = read("muc=V%C4%83n+h%C3%B3a").await.unwrap();
        assert_eq!(asked.section, "Văn hóa");
        assert_eq!(asked.href("/tin-tuc", 2), "/tin-tuc?muc=V%C4%83n%20h%C3%B3a&trang=2");
        assert_eq!(read("trang=-1").await, Err(Fault::not_found()));
        assert_eq!(read("trang=x").await, Err(Fault::not_found()));
        assert_eq!(year_of("20200"), None);
        for status in Status::ALL {
            assert_eq!(status_of(status_word(status)), Some(status));
        }
    }
}
