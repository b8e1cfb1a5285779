//! A feed of another site as bulletins: RSS, Atom or JSON Feed, as a file or by its address.

use domain::access::Capability;
use domain::text;
use domain::time::day_of;
use outgoing::{Answer, Fetched};

use super::batch::{Batch, Entry};
use crate::{ActionError, Actor, App, Invalid};

/// The field of the address, as forms name it.
const ADDRESS: &str = "address";
/// Bytes of a feed that is fetched (MON-02).
const LARGEST: usize = 10 * 1_024 * 1_024;
/// The deepest nesting of elements that is read.
const DEEPEST: usize = 100;

/// What the feed at an address holds. Blocks until it is there or its time is over.
///
/// # Errors
/// Without the right to write; [`ActionError::Invalid`] with why nothing was fetched.
pub fn fetch(app: &App, actor: &Actor, address: &str) -> Result<Batch, ActionError> {
    actor.require(Capability::WritePublications)?;
    let address = text::clean_line(address);
    if address.is_empty() {
        return Err(ActionError::invalid(ADDRESS, "required"));
    }
    let prober = app.prober().ok_or_else(|| ActionError::invalid(ADDRESS, "feed_silent"))?;
    let code = match prober.fetch(&address, LARGEST).map_err(|error| ActionError::Internal(error.into()))? {
        Fetched::Document(bytes) => {
            return Batch::of_feed(&address, &bytes)
                .ok_or_else(|| ActionError::invalid(ADDRESS, "feed_unreadable"));
        }
        Fetched::TooLarge => "feed_too_large",
        Fetched::Not(Answer::Forbidden) => {
            tracing::warn!(%address, person = ?actor, "a feed was not fetched: its address is not public");
            "feed_not_public"
        }
        Fetched::Not(Answer::Status(status)) => {
            let refused = Invalid::new(ADDRESS, "feed_status").with("status", status);
            return Err(ActionError::Invalid(vec![refused]));
        }
        Fetched::Not(Answer::Lost) => "feed_lost",
        Fetched::Not(Answer::Untrusted) => "feed_untrusted",
        Fetched::Not(Answer::Leads | Answer::Unanswered | Answer::Silent) => "feed_silent",
    };
    Err(ActionError::invalid(ADDRESS, code))
}

/// Whether a text is read as XML at all: no document type, no entities of its own, no endless nesting.
fn is_plain(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = text.as_ref();
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(data) = rest.strip_prefix("![CDATA[") {
            rest = data.split_once("]]>").map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with('!') {
            return false;
        } else if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !rest.starts_with('?') {
            let tag = tag(rest);
            rest = &rest[tag.len()..];
            depth += usize::from(!tag.ends_with('/'));
            deepest = deepest.max(depth);
        }
    }
    deepest <= DEEPEST
}

/// A tag up to its end; signs in quotes do not end it.
fn tag(text: &str) -> &str {
    let mut quote = None;
    let end = text.find(|sign: char| match quote {
        None if sign == '>' => true,
        None => {
            quote = Some(sign).filter(|sign| ['"', '\''].contains(sign));
            false
        }
        Some(open) => {
            quote = quote.filter(|_| sign != open);
            false
        }
    });
    &text[..end.unwrap_or(text.len())]
}

/// The entries of a feed, none when the bytes are no feed.
pub(super) fn entries(name: &str, bytes: &[u8]) -> Option<Vec<Entry>> {
    if !bytes.trim_ascii_start().starts_with(b"{") && !is_plain(bytes) {
        return None;
    }
    let feed = feed_rs::parser::parse(bytes).ok()?;
    Some(feed.entries.into_iter().enumerate().map(|(at, entry)| read(name, at, entry)).collect())
}

fn read(name: &str, at: usize, entry: feed_rs::model::Entry) -> Entry {
    let sound = entry.media.iter().flat_map(|media| &media.content).find_map(|content| {
        let url = content.url.as_ref()?;
        Some(url.path_segments()?.next_back()?.to_owned())
    });
    let linked = entry.links.iter().find(|link| link.rel.as_deref() == Some("enclosure"));
    let linked = linked.and_then(|link| link.href.rsplit('/').next()).map(str::to_owned);
    let sound = sound.or(linked).unwrap_or_default();
    let sound = percent_encoding::percent_decode_str(&sound).decode_utf8_lossy().into_owned();
    let full = entry.content.and_then(|content| content.body);
    let told = full.or_else(|| entry.summary.map(|summary| summary.content)).unwrap_or_default();
    let published = entry.published.or(entry.updated);
    Entry {
        from: format!("{name}, {}", at + 1),
        title: text::clean_line(&entry.title.map(|title| title.content).unwrap_or_default()),
        body: told,
        section: entry.categories.first().map(|category| category.term.clone()).unwrap_or_default(),
        day: published.and_then(|at| jiff::Timestamp::from_second(at.timestamp()).ok()).map(day_of),
        sound,
        ..Entry::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Đài</title>
      <item><title>Bản tin sáng</title><description>&lt;p&gt;Lời văn&lt;/p&gt;</description>
      <pubDate>Thu, 05 Mar 2020 05:30:00 +0700</pubDate><category>Thời sự</category>
      <enclosure url="https://dai.example.vn/tep/B%E1%BA%A3n%20tin.mp3" length="3" type="audio/mpeg"/></item></channel></rss>"#;

    #[test]
    fn an_entry_has_title_words_day_and_the_name_of_its_recording() {
        let found = entries("dai.xml", FEED.as_bytes()).unwrap();
        assert_eq!(found.len(), 1);
        let entry = &found[0];
        assert_eq!((entry.title.as_str(), entry.section.as_str()), ("Bản tin sáng", "Thời sự"));
        assert_eq!((entry.body.as_str(), entry.sound.as_str()), ("<p>Lời văn</p>", "Bản tin.mp3"));
        assert_eq!(entry.day, domain::time::Day::new(2020, 3, 5).ok());
        let hostile = [
            FEED.replacen("<rss", "<!DOCTYPE rss [<!ENTITY a \"x\">]><rss", 1),
            FEED.replacen("<rss", "<!-- <rss> --><!doctype rss SYSTEM \"file:///etc/passwd\"><rss", 1),
            FEED.replacen("<item>", &"<a>".repeat(200_000), 1),
            FEED.replacen("<item>", &"<item>".repeat(200_000), 1),
        ];
        for feed in hostile {
            assert!(
                entries("x.xml", feed.as_bytes()).is_none(),
                "{}",
                feed.chars().take(200).collect::<String>()
            );
        }
        let attributes =
            FEED.replacen("<item>", &"<x a='>' b=\">\"/>".repeat(1_000), 1).replacen("</item>", "<item/>", 1);
        assert!(is_plain(attributes.as_bytes()));
        let quoted =
            FEED.replacen("&lt;p&gt;Lời văn&lt;/p&gt;", "<![CDATA[<!DOCTYPE html><p>Lời văn</p>]]>", 1);
        assert_eq!(entries("x.xml", quoted.as_bytes()).map(|found| found.len()), Some(1));
        assert!(entries("x.xml", b"<html><body>x</body></html>").is_none());
    }
}
