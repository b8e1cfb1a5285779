//! A feed of another site as bulletins: RSS, Atom or JSON Feed, as a file.

use domain::text;
use domain::time::day_of;

use super::batch::Entry;

/// The entries of a feed, none when the bytes are no feed.
pub(super) fn entries(name: &str, bytes: &[u8]) -> Option<Vec<Entry>> {
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
        assert!(entries("x.xml", b"<html><body>x</body></html>").is_none());
    }
}
