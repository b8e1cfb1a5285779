//! What programs are told of an item: Dublin Core (TCVN 7980), schema.org, OpenGraph. From published content only
//! (PUB-03).

use app::public::{Named, PublicItem, Status};
use domain::publication::item::Item;
use domain::publication::relation::Act;
use domain::publication::{Kind, Purpose};
use domain::time::vietnam;
use serde_json::{Map, Value, json};
use web_kit::component::Data;
use web_kit::{Language, Visitor};

use crate::document::{self, Known};
use crate::frame::Frame;
use crate::link;

/// The name of the set of elements; nothing is loaded from there.
pub(crate) const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
/// Signs of a description.
const LONGEST: usize = 200;

/// An item in a sentence or two: its summary, else who issued it and what it is, else its title.
pub(crate) fn description(item: &Item) -> String {
    let text = if !item.summary.is_empty() {
        item.summary.clone()
    } else if let Some(symbol) = item.fields.get("symbol") {
        let issuer = item.fields.get("issuer").map_or("", String::as_str);
        let parts = [item.section.as_str(), symbol, issuer, item.title.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    } else {
        item.title.clone()
    };
    let text = domain::text::clean_line(&text);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{cut}…")
}

fn field<'a>(item: &'a Item, key: &str) -> &'a str {
    item.fields.get(key).map_or("", String::as_str)
}

/// Who made it: the issuer of a document, the supplier of news, else the body itself.
fn creator<'a>(frame: &'a Frame, item: &'a Item) -> &'a str {
    let made_by = [field(item, "issuer"), field(item, "supplier")];
    made_by.into_iter().find(|name| !name.is_empty()).unwrap_or(&frame.chrome.office)
}

/// Dublin Core; no empty element (TT 24/2011).
pub(crate) fn dublin_core(
    frame: &Frame,
    visitor: &Visitor,
    (found, known): (&PublicItem, &Known),
) -> Vec<(&'static str, String)> {
    let item = &found.item;
    let symbol = field(item, "symbol");
    let url = visitor.site.absolute(&link::item(found));
    let t = frame.t();
    [
        ("DC.title", item.title.clone()),
        ("DC.creator", creator(frame, item).to_owned()),
        ("DC.subject", item.section.clone()),
        ("DC.description", frame.description.clone()),
        ("DC.publisher", frame.chrome.office.clone()),
        ("DC.contributor", field(item, "signer").to_owned()),
        ("DC.date", item.day.to_string()),
        ("DC.type", field(item, "type_name").to_owned()),
        ("DC.identifier", if symbol.is_empty() { url } else { format!("{symbol}; {url}") }),
        ("DC.language", "vi".to_owned()),
        ("DC.coverage", coverage(t, item, known)),
        ("DC.relation", related(t, known)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

/// From when on it holds, and how it stands.
fn coverage(t: Language, item: &Item, known: &Known) -> String {
    let Some(status) = known.status() else { return String::new() };
    let days = [("start", "effective_on"), ("end", "expires_on")];
    let days = days.map(|(word, key)| (word, field(item, key)));
    let days = days.iter().filter(|(_, day)| !day.is_empty()).map(|(word, day)| format!("{word}={day}"));
    days.chain([document::status(t, status).to_owned()]).collect::<Vec<_>>().join("; ")
}

/// What it does to other documents and they to it, parted by `;` (TT 24/2011).
fn related(t: Language, known: &Known) -> String {
    let said = known.said().iter().map(|(relation, _)| {
        format!("{} {}", t.text(&format!("document_act.{}", relation.act.word())), relation.symbol)
    });
    let suffered = known.suffered().iter().map(|(act, named)| {
        format!("{} {}", t.text(&format!("document_acted.{}", act.word())), field(&named.item, "symbol"))
    });
    said.chain(suffered).collect::<Vec<_>>().join("; ")
}

/// What schema.org calls an act, from the acting document.
const fn property(act: Act) -> &'static str {
    match act {
        Act::Replaces | Act::Repeals => "legislationRepeals",
        Act::RepealsPart | Act::Amends => "legislationAmends",
        Act::Corrects => "legislationCorrects",
        Act::Guides => "legislationEnsuresImplementationOf",
        Act::BasedOn => "isBasedOn",
    }
}

/// What schema.org says of a legal normative document: <https://schema.org/Legislation>.
fn legislation(visitor: &Visitor, item: &Item, known: &Known) -> Vec<(&'static str, Value)> {
    let Some(status) = known.status() else { return Vec::new() };
    let force = match status {
        Status::InForce => "https://schema.org/InForce",
        Status::PartlyEnded => "https://schema.org/PartiallyInForce",
        Status::NotYet | Status::Ended => "https://schema.org/NotInForce",
        Status::Unknown => "",
    };
    let other = |symbol: &str, named: Option<&Named>| {
        let mut other = Map::new();
        other.insert("@type".to_owned(), json!("Legislation"));
        other.insert("legislationIdentifier".to_owned(), json!(symbol));
        if let Some(named) = named {
            let path = link::path(&named.item.kind, &named.item.slug, named.id);
            other.insert("name".to_owned(), json!(named.item.title));
            other.insert("url".to_owned(), json!(visitor.site.absolute(&path)));
        }
        Value::Object(other)
    };
    let mut said: std::collections::BTreeMap<&str, Vec<Value>> = std::collections::BTreeMap::new();
    for (relation, named) in known.said() {
        let told = other(&relation.symbol, named.as_ref());
        if !matches!(relation.act, Act::BasedOn | Act::Guides) {
            said.entry("legislationChanges").or_default().push(told.clone());
        }
        said.entry(property(relation.act)).or_default().push(told);
    }
    let from = field(item, "effective_on");
    [
        ("legislationIdentifier", json!(field(item, "symbol"))),
        ("legislationType", json!(item.section)),
        ("legislationDate", json!(item.day.to_string())),
        ("legislationDateOfApplicability", json!(from)),
        ("temporalCoverage", json!(if from.is_empty() { String::new() } else { coverage_of(item) })),
        ("legislationLegalForce", json!(force)),
        ("legislationPassedBy", json!(field(item, "issuer"))),
        ("legislationResponsible", json!(field(item, "signer"))),
    ]
    .into_iter()
    .chain(said.into_iter().map(|(key, told)| (key, json!(told))))
    .collect()
}

/// `2020-03-15/..`, ISO 8601.
fn coverage_of(item: &Item) -> String {
    let ends = field(item, "expires_on");
    format!("{}/{}", field(item, "effective_on"), if ends.is_empty() { ".." } else { ends })
}

/// OpenGraph, for whoever passes the address on.
pub(crate) fn open_graph(
    frame: &Frame,
    visitor: &Visitor,
    found: &PublicItem,
) -> Vec<(&'static str, String)> {
    let item = &found.item;
    let mut made = vec![
        ("og:type", "article".to_owned()),
        ("article:published_time", item.posted_on.to_string()),
        ("article:modified_time", instant(found)),
    ];
    if !item.section.is_empty() {
        made.push(("article:section", item.section.clone()));
    }
    if let Some(picture) = item.files.iter().find(|file| file.purpose == Purpose::Picture) {
        made.push(("og:image", visitor.site.absolute(&link::file(&picture.digest, &picture.name))));
        made.push(("og:image:alt", picture.text.clone()));
    } else if let Some(logo) = &frame.logo {
        made.push(("og:image", visitor.site.absolute(&logo.src)));
    }
    if !frame.description.is_empty() {
        made.push(("og:description", frame.description.clone()));
    }
    made
}

fn instant(found: &PublicItem) -> String {
    found.updated_at.to_zoned(vietnam()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// schema.org, by the type of the kind.
pub(crate) fn json_ld(
    frame: &Frame,
    visitor: &Visitor,
    kind: Kind,
    (found, known): (&PublicItem, &Known),
) -> Data {
    let item = &found.item;
    let url = visitor.site.absolute(&link::item(found));
    let body = |name: &str| json!({ "@type": "GovernmentOrganization", "name": name });
    let mut made = Map::new();
    let mut set = |key: &str, value: Value| {
        let is_empty =
            value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            made.insert(key.to_owned(), value);
        }
    };
    set("@context", json!("https://schema.org"));
    let is_law = known.status().is_some();
    set("@type", json!(if is_law { "Legislation" } else { kind.spec().schema_type }));
    set("name", json!(item.title));
    set("headline", if kind == Kind::News { json!(item.title) } else { json!("") });
    set("url", json!(url));
    set("mainEntityOfPage", json!(url));
    set("identifier", json!(field(item, "symbol")));
    set("description", json!(frame.description));
    set("datePublished", json!(item.posted_on.to_string()));
    set("dateCreated", if kind == Kind::Document { json!(item.day.to_string()) } else { json!("") });
    set("dateModified", json!(instant(found)));
    set("inLanguage", json!("vi"));
    set("genre", json!(item.section));
    set("author", body(creator(frame, item)));
    set("publisher", body(&frame.chrome.office));
    let files = |purpose: Purpose| -> Vec<Value> {
        let of = item.files.iter().filter(|file| file.purpose == purpose);
        of.map(|file| {
            json!({
                "@type": if purpose == Purpose::Sound { "AudioObject" } else { "MediaObject" },
                "name": file.name,
                "contentUrl": visitor.site.absolute(&link::file(&file.digest, &file.name)),
                "encodingFormat": file.media_type,
                "contentSize": file.size.to_string(),
            })
        })
        .collect()
    };
    set("associatedMedia", json!([files(Purpose::Sound), files(Purpose::Attachment)].concat()));
    let pictures = item.files.iter().filter(|file| file.purpose == Purpose::Picture);
    let pictures: Vec<String> =
        pictures.map(|file| visitor.site.absolute(&link::file(&file.digest, &file.name))).collect();
    set("image", json!(pictures));
    for (key, value) in legislation(visitor, item, known) {
        set(key, value);
    }
    Data::new(&Value::Object(made).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_cut_at_a_word() {
        let item = Item {
            kind: "news".into(),
            slug: "a".into(),
            title: "chữ ".repeat(80),
            summary: String::new(),
            body: String::new(),
            section: String::new(),
            day: "2020-01-01".parse().unwrap(),
            posted_on: "2020-01-01".parse().unwrap(),
            fields: std::collections::BTreeMap::new(),
            files: Vec::new(),
            relations: Vec::new(),
        };
        let made = description(&item);
        assert!(made.ends_with("chữ…") && made.chars().count() <= LONGEST + 1, "{made}");
    }
}
