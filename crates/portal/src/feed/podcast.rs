//! The programme of bulletins, as programs for listening read it: RSS 2.0 with Apple's tags.

use std::io;

use app::App;
use app::public::PublicItem;
use app::radio::{self, Lengths};
use axum::extract::State;
use axum::response::Response;
use domain::publication::{Attachment, Kind, Purpose};
use web_kit::{Fault, Visitor, asset};

use super::xml::Xml;
use super::{Source, answer, gather, rss};
use crate::ask::Asked;
use crate::{frame, link, meta};

/// The picture directories show: square, 1,400 pixels a side. A logo of the office is seldom either.
const COVER: &str = "podcast.png";

/// The feed.
pub(crate) async fn show(State(app): State<App>, visitor: Visitor, asked: Asked) -> Result<Response, Fault> {
    let source = gather(&app, &visitor, asked, Kind::Bulletin).await?;
    let files: Vec<Attachment> = source.items.iter().filter_map(sound).cloned().collect();
    let lengths = app.run(move |app| radio::lengths(app, &files)).await.map_err(frame::fault)?;
    let text = write(&visitor, &source, &lengths).map_err(Fault::internal)?;
    Ok(answer(text, "application/rss+xml; charset=utf-8"))
}

/// The recording of a bulletin; one without any is no episode.
fn sound(found: &PublicItem) -> Option<&Attachment> {
    found.item.files.iter().find(|file| file.purpose == Purpose::Sound)
}

fn write(visitor: &Visitor, source: &Source, lengths: &Lengths) -> io::Result<String> {
    let names = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
        ("xmlns:podcast", "https://podcastindex.org/namespace/1.0"),
    ];
    let mut xml = Xml::new()?;
    xml.element("rss", &names, |xml| {
        xml.element("channel", &[], |xml| {
            rss::head(xml, source)?;
            xml.text("itunes:author", &source.office)?;
            xml.text("itunes:summary", source.about)?;
            xml.text("itunes:explicit", "false")?;
            xml.text("itunes:type", "episodic")?;
            xml.empty("itunes:category", &[("text", "Government")])?;
            let cover = visitor.site.absolute(&asset::href(COVER));
            xml.empty("itunes:image", &[("href", &cover)])?;
            source.items.iter().filter_map(|found| Some((found, sound(found)?))).try_for_each(
                |(found, file)| {
                    xml.element("item", &[], |xml| {
                        rss::item(xml, visitor, (found, source.posted(found)), Some(file))?;
                        xml.text("itunes:title", &found.item.title)?;
                        xml.text("itunes:summary", &meta::description(&found.item))?;
                        xml.text("itunes:explicit", "false")?;
                        if let Some(seconds) = lengths.get(&file.digest) {
                            xml.text("itunes:duration", &seconds.to_string())?;
                        }
                        if !found.item.body.is_empty() {
                            let page = visitor.site.absolute(&link::item(found));
                            xml.empty("podcast:transcript", &[("url", &page), ("type", "text/html")])?;
                        }
                        Ok(())
                    })
                },
            )
        })
    })?;
    xml.finish()
}
