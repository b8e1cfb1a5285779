//! Feeds keep the rules they are checked by: RSS 2.0, Atom (RFC 4287), and what directories of podcasts ask for.

use app::publication::Draft;
use domain::publication::{Kind, Purpose};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::site::{Site, draft};

/// An element: where it stands (`rss/channel/item`), its attributes, its text.
struct Element {
    path: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

fn read(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let above = open.last().map(|at| format!("{}/", elements[*at].path)).unwrap_or_default();
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (attribute.key.as_ref().to_owned(), attribute.value.to_string())
                });
                let attributes = attributes.collect();
                open.push(elements.len());
                elements.push(Element { path: format!("{above}{name}"), attributes, text: String::new() });
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    elements[*at].text.push_str(&text);
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "every element is closed");
    elements
}

fn at<'a>(all: &'a [Element], path: &str) -> Vec<&'a Element> {
    all.iter().filter(|element| element.path == path).collect()
}

/// That each of these stands exactly so often.
fn each(all: &[Element], parent: &str, names: &[&str], times: usize) {
    for name in names {
        let found = at(all, &format!("{parent}/{name}"));
        assert_eq!(found.len(), times, "{parent}/{name}");
        assert!(found.iter().all(|one| !one.text.trim().is_empty() || !one.attributes.is_empty()), "{name}");
    }
}

fn is_rfc_822(text: &str) -> bool {
    jiff::fmt::rfc2822::parse(text).is_ok()
}

fn check_rss(all: &[Element], items: usize) {
    assert_eq!(at(all, "rss")[0].attribute("version"), "2.0");
    each(all, "rss/channel", &["title", "link", "description", "language", "lastBuildDate", "atom:link"], 1);
    assert_eq!(at(all, "rss/channel/atom:link")[0].attribute("rel"), "self");
    assert!(at(all, "rss/channel/atom:link")[0].attribute("href").starts_with("http"));
    each(all, "rss/channel/item", &["title", "link", "guid", "pubDate", "description"], items);
    let dates = [at(all, "rss/channel/lastBuildDate"), at(all, "rss/channel/item/pubDate")].concat();
    assert!(dates.iter().all(|date| is_rfc_822(&date.text)), "dates are of RFC 822");
    let mut guids: Vec<&str> =
        at(all, "rss/channel/item/guid").iter().map(|guid| guid.text.as_str()).collect();
    guids.sort_unstable();
    guids.dedup();
    assert_eq!(guids.len(), items, "each guid is of one item");
    for enclosure in at(all, "rss/channel/item/enclosure") {
        assert!(enclosure.attribute("url").starts_with("http"));
        assert!(enclosure.attribute("length").parse::<u64>().unwrap() > 0);
        assert!(enclosure.attribute("type").contains('/'));
    }
}

#[tokio::test]
async fn rss_atom_and_podcast_keep_the_rules_of_their_formats() {
    let site = Site::new();
    site.publish(Kind::News, &draft("Tin một & <hai>"));
    site.publish(Kind::News, &draft("Tin hai"));
    let sound = site.file(b"ID3 am thanh", "ban-tin.mp3", "audio/mpeg", Purpose::Sound);
    site.publish(Kind::Bulletin, &Draft { files: vec![sound], ..draft("Bản tin ngày 15/12") });
    let sound = site.file(&testkit::recording(312, "a"), "ban-tin-2.mp3", "audio/mpeg", Purpose::Sound);
    let long = site.publish(Kind::Bulletin, &Draft { files: vec![sound], ..draft("Bản tin ngày 16/12") });

    check_rss(&read(&site.get("/tin-tuc/rss.xml").await.text), 2);

    let atom = read(&site.get("/tin-tuc/atom.xml").await.text);
    assert_eq!(at(&atom, "feed")[0].attribute("xmlns"), "http://www.w3.org/2005/Atom");
    each(&atom, "feed", &["id", "title", "updated"], 1);
    each(&atom, "feed/entry", &["id", "title", "updated", "link"], 2);
    let updated = [at(&atom, "feed/updated"), at(&atom, "feed/entry/updated")].concat();
    assert!(updated.iter().all(|one| one.text.parse::<jiff::Timestamp>().is_ok()), "dates are of RFC 3339");
    assert!(at(&atom, "feed/link").iter().any(|link| link.attribute("rel") == "self"));
    let authors = at(&atom, "feed/author/name").len();
    assert!(authors == 1 || at(&atom, "feed/entry/author/name").len() == 2, "an author for each entry");

    let podcast = read(&site.get("/ban-tin/podcast.xml").await.text);
    check_rss(&podcast, 2);
    each(
        &podcast,
        "rss/channel",
        &["itunes:author", "itunes:explicit", "itunes:category", "itunes:image"],
        1,
    );
    each(&podcast, "rss/channel/item", &["enclosure", "itunes:explicit"], 2);
    // The other is no recording at all: what is not known is not said.
    let lengths = at(&podcast, "rss/channel/item/itunes:duration");
    assert_eq!(lengths.iter().map(|length| length.text.as_str()).collect::<Vec<_>>(), ["312"]);
    let page = site.get(&site.path(long)).await.text;
    assert!(page.contains("5 phút 12 giây"), "{page}");
    let explicit = at(&podcast, "rss/channel/itunes:explicit")[0];
    assert!(["true", "false"].contains(&explicit.text.as_str()));
}
