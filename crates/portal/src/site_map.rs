//! The site map: a tree for people, an index with its parts for programs (TT 32/2017 Đ16 k4b).

use std::io;

use app::App;
use app::public::{self, Facet, Filter};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::publication::Kind;
use web_kit::form::Path;
use web_kit::{Fault, PageResult, Visitor, page};

use crate::feed::answer;
use crate::feed::xml::Xml;
use crate::frame::{self, Entry, Frame};
use crate::link;

/// How many addresses a part holds.
const PART: u16 = 5_000;
/// How many sections of a kind are named.
const SECTIONS: usize = 30;
const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

#[derive(Template)]
#[template(path = "site_map.html")]
struct Page {
    frame: Frame,
    branches: Vec<Branch>,
    more: Vec<Entry>,
}

/// A kind with its sections: label, path, how many items.
struct Branch {
    label: &'static str,
    href: String,
    count: String,
    sections: Vec<(String, String)>,
}

/// The tree.
pub async fn tree(State(app): State<App>, visitor: Visitor) -> PageResult {
    let work = |app: &App| {
        let mut found = Vec::new();
        for kind in Kind::ALL {
            let filter = public::filter(app, &[kind]);
            let count = public::list(app, &Filter { per_page: 1, ..filter.clone() })?.total;
            found.push((kind, count, public::facet(app, Facet::Section, &filter)?));
        }
        Ok(found)
    };
    let (mut frame, found) = frame::with(&app, &visitor, work).await?;
    let t = frame.t();
    let branches = found.into_iter().map(|(kind, count, sections)| Branch {
        label: frame::kind_word(t, kind),
        href: link::list(kind),
        count: t.number(u64::try_from(count).unwrap_or(0)),
        sections: sections
            .into_iter()
            .take(SECTIONS)
            .map(|(section, _)| (link::with_query(&link::list(kind), &[("muc", &section)]), section))
            .collect(),
    });
    let is_other =
        |entry: &Entry| Kind::ALL.into_iter().all(|kind| link::list(kind) != entry.href) && entry.href != "/";
    let own =
        |entry: &Entry| Entry { label: entry.label.clone(), href: entry.href.clone(), is_current: false };
    let more = frame.menu.iter().chain(&frame.more).filter(|entry| is_other(entry)).map(own).collect();
    let title = t.text("portal.nav.site_map");
    frame = frame.title(title).under(Vec::new()).about(t.text("portal.site_map.lead"));
    page(&Page { branches: branches.collect(), more, frame }, frame::SHARED)
}

/// `/sitemap.xml`: where the parts are.
pub async fn index(State(app): State<App>, visitor: Visitor) -> Result<Response, Fault> {
    let count = |app: &App| {
        public::list(app, &Filter { per_page: 1, ..public::filter(app, &[]) }).map(|page| page.total)
    };
    let total = app.run(count).await.map_err(frame::fault)?;
    let parts = u64::try_from(total).unwrap_or(0).div_ceil(u64::from(PART)).max(1);
    let write = || -> io::Result<String> {
        let mut xml = Xml::new()?;
        xml.element("sitemapindex", &[NAMESPACE], |xml| {
            (1..=parts).try_for_each(|number| {
                let href = visitor.site.absolute(&format!("/sitemap/{number}.xml"));
                xml.element("sitemap", &[], |xml| xml.text("loc", &href))
            })
        })?;
        xml.finish()
    };
    Ok(answer(write().map_err(Fault::internal)?, "application/xml; charset=utf-8"))
}

/// A part: the lists and the first items in the first, further items in the others.
pub async fn part(
    State(app): State<App>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    let number = name.strip_suffix(".xml").and_then(|number| number.parse::<u32>().ok());
    let number = number.filter(|number| *number > 0).ok_or_else(Fault::not_found)?;
    let work = move |app: &App| {
        let filter = Filter { page: number, per_page: PART, ..public::filter(app, &[]) };
        public::addresses(app, &filter)
    };
    let addresses = app.run(work).await.map_err(frame::fault)?;
    if addresses.is_empty() && number > 1 {
        return Err(Fault::not_found());
    }
    let write = || -> io::Result<String> {
        let mut xml = Xml::new()?;
        xml.element("urlset", &[NAMESPACE], |xml| {
            if number == 1 {
                let fixed = [
                    "/",
                    link::CONTACT,
                    crate::conference::PATH,
                    link::OPEN_DATA,
                    link::SITE_MAP,
                    crate::calculator::PATH,
                ];
                let lists = Kind::ALL.map(link::list);
                for path in fixed.into_iter().chain(lists.iter().map(String::as_str)) {
                    xml.element("url", &[], |xml| xml.text("loc", &visitor.site.absolute(path)))?;
                }
            }
            addresses.iter().try_for_each(|found| {
                let href = visitor.site.absolute(&link::path(&found.kind, &found.slug, found.id));
                xml.element("url", &[], |xml| {
                    xml.text("loc", &href)?;
                    xml.text("lastmod", &found.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
                })
            })
        })?;
        xml.finish()
    };
    Ok(answer(write().map_err(Fault::internal)?, "application/xml; charset=utf-8"))
}
