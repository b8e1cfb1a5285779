//! Atom, RFC 4287.

use std::io;

use domain::time::Timestamp;
use web_kit::Visitor;

use super::Source;
use super::xml::Xml;
use crate::{link, meta};

fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The feed.
pub(super) fn write(visitor: &Visitor, source: &Source) -> io::Result<String> {
    let mut xml = Xml::new()?;
    let name = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "vi")];
    xml.element("feed", &name, |xml| {
        xml.text("id", &source.own)?;
        xml.text("title", &source.title)?;
        xml.text("subtitle", source.about)?;
        xml.text("updated", &instant(source.changed))?;
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &source.own)])?;
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &source.list)])?;
        xml.element("author", &[], |xml| xml.text("name", &source.office))?;
        source.items.iter().try_for_each(|found| {
            let item = &found.item;
            let posted = source.posted(found);
            xml.element("entry", &[], |xml| {
                xml.text("id", &visitor.site.absolute(&link::lasting(&item.kind, found.id)))?;
                xml.text("title", &item.title)?;
                xml.empty(
                    "link",
                    &[("rel", "alternate"), ("href", &visitor.site.absolute(&link::item(found)))],
                )?;
                xml.text("published", &instant(posted))?;
                xml.text("updated", &instant(found.updated_at))?;
                xml.text("summary", &meta::description(item))?;
                if !item.section.is_empty() {
                    xml.empty("category", &[("term", &item.section)])?;
                }
                for file in &item.files {
                    let (href, size) =
                        (visitor.site.absolute(&link::file(&file.digest, &file.name)), file.size.to_string());
                    let attributes = [
                        ("rel", "enclosure"),
                        ("type", file.media_type.as_str()),
                        ("length", &size),
                        ("href", &href),
                    ];
                    xml.empty("link", &attributes)?;
                }
                Ok(())
            })
        })
    })?;
    xml.finish()
}
