//! RSS 2.0, and what RSS and the podcast share.

use std::io;

use app::public::PublicItem;
use domain::publication::{Attachment, Purpose};
use domain::time::{Timestamp, vietnam};
use web_kit::Visitor;

use super::Source;
use super::xml::Xml;
use crate::{link, meta};

/// RFC 822 with the year in four digits.
fn instant(at: Timestamp) -> String {
    at.to_zoned(vietnam()).strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
}

/// The feed.
pub(super) fn write(visitor: &Visitor, source: &Source) -> io::Result<String> {
    let mut xml = Xml::new()?;
    xml.element("rss", &[("version", "2.0"), ("xmlns:atom", "http://www.w3.org/2005/Atom")], |xml| {
        xml.element("channel", &[], |xml| {
            head(xml, source)?;
            source.items.iter().try_for_each(|found| {
                xml.element("item", &[], |xml| {
                    let file = found.item.files.iter().find(|file| file.purpose != Purpose::Picture);
                    item(xml, visitor, (found, source.posted(found)), file)
                })
            })
        })
    })?;
    xml.finish()
}

/// What the channel says of itself.
pub(super) fn head(xml: &mut Xml, source: &Source) -> io::Result<()> {
    xml.text("title", &source.title)?;
    xml.text("link", &source.list)?;
    xml.text("description", source.about)?;
    xml.text("language", "vi")?;
    xml.text("lastBuildDate", &instant(source.changed))?;
    xml.text("ttl", "60")?;
    xml.empty("atom:link", &[("href", &source.own), ("rel", "self"), ("type", "application/rss+xml")])
}

/// What an item says of itself.
pub(super) fn item(
    xml: &mut Xml,
    visitor: &Visitor,
    (found, posted): (&PublicItem, Timestamp),
    file: Option<&Attachment>,
) -> io::Result<()> {
    let item = &found.item;
    xml.text("title", &item.title)?;
    xml.text("link", &visitor.site.absolute(&link::item(found)))?;
    xml.text_with(
        "guid",
        &[("isPermaLink", "true")],
        &visitor.site.absolute(&link::lasting(&item.kind, found.id)),
    )?;
    xml.text("pubDate", &instant(posted))?;
    xml.text("description", &meta::description(item))?;
    if !item.section.is_empty() {
        xml.text("category", &item.section)?;
    }
    if let Some(file) = file {
        let (href, size) =
            (visitor.site.absolute(&link::file(&file.digest, &file.name)), file.size.to_string());
        xml.empty("enclosure", &[("url", &href), ("length", &size), ("type", &file.media_type)])?;
    }
    Ok(())
}
